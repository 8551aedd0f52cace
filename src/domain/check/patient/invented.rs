//! Words that stand where a patient's name should stand.
//!
//! A patient who looks invented, or a newborn without a name, keeps the whole file here. So what is looked for is what no family
//! is called: there are people whose name is Tester, Sample, Doe, Boy or Baby Rose.

/// Words that no name has.
const TESTS: [&[u8]; 5] = [b"TEST", b"TESTING", b"TESTPATIENT", b"PATIENTTEST", b"XTEST"];
/// Words of test patients that hardly anybody is called.
const PERHAPS: [&[u8]; 4] = [b"DEMO", b"DUMMY", b"FAKE", b"EXAMPLE"];
/// Words of test patients of which two together are certain.
const IN_PAIRS: [&[u8]; 6] = [b"DEMO", b"DUMMY", b"FAKE", b"EXAMPLE", b"SAMPLE", b"PATIENT"];
/// Last and first names of those who are known to be invented.
const FAMOUS: [[&[u8]; 2]; 5] = [
    [b"MOUSE", b"MICKEY"],
    [b"MOUSE", b"MINNIE"],
    [b"DUCK", b"DONALD"],
    [b"DUCK", b"DAISY"],
    [b"BUNNY", b"BUGS"],
];
/// Last and first names that stand for anybody.
const ANYBODY: [[&[u8]; 2]; 2] = [[b"DOE", b"JOHN"], [b"DOE", b"JANE"]];
/// A newborn in one word.
const NEWBORNS: [&[u8]; 3] = [b"BABYBOY", b"BABYGIRL", b"NEWBORN"];
/// A newborn in Spanish: what stands behind `Recién`, which is written in several ways.
const BESIDE_RECIEN: [&[u8]; 2] = [b"NACIDO", b"NACIDA"];
/// Baby boy and baby girl in two letters, where they are all of a first name. Somebody may be called so.
const INITIALS_OF_NEWBORNS: [&[u8]; 2] = [b"BB", b"BG"];
/// What stands behind the word for a newborn.
const BESIDE_BABY: [&[u8]; 9] = [b"BOY", b"GIRL", b"MALE", b"FEMALE", b"TWIN", b"A", b"B", b"C", b"OF"];
/// What is written where a name is not known.
const PLACEHOLDERS: [&[u8]; 12] = [
    b"UNKNOWN",
    b"UNK",
    b"NONE",
    b"NONAME",
    b"NO NAME",
    b"NFN",
    b"NLN",
    b"N/A",
    b"NOT GIVEN",
    b"NOT KNOWN",
    b"REDACTED",
    b"ANONYMOUS",
];

/// Whether somebody was invented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doubt {
    /// Nothing says so.
    None,
    /// Somebody may have that name.
    Perhaps,
    /// Nobody has.
    Certain,
}

/// What is to be thought of a last and a first name.
pub(super) fn doubt(names @ [last, first]: [&[u8]; 2]) -> Doubt {
    let is_test = |name: &[u8]| is_sorted_last(name) || words(name).any(|word| is_one_of(word, &TESTS));
    let is_pair = |pair: &[&[u8]; 2]| names.iter().zip(pair).all(|(name, of)| name.eq_ignore_ascii_case(of));
    let are_both = is_one_of(last, &IN_PAIRS) && is_one_of(first, &IN_PAIRS);
    if are_both || is_test(last) || is_test(first) || FAMOUS.iter().any(is_pair) {
        Doubt::Certain
    } else if ANYBODY.iter().any(is_pair) || names.iter().any(|name| is_one_of(name, &PERHAPS)) {
        Doubt::Perhaps
    } else {
        Doubt::None
    }
}

/// Whether the first name, or both, are those of a newborn who had none yet: BABY, BABY BOY, GIRL, TWIN A.
pub(super) fn is_not_named_yet([last, first]: [&[u8]; 2]) -> bool {
    let mut rest = words(first);
    let is_beside = |word: &[u8]| is_one_of(word, &BESIDE_BABY);
    let is_child = match rest.next() {
        Some(word) if is_one_of(word, &NEWBORNS) => true,
        Some(word) if is_one_of(word, &[b"BABY", b"INFANT"]) => rest
            .next()
            .is_none_or(|word| is_beside(word) || word.eq_ignore_ascii_case(last)),
        Some(word) if word.get(..4).is_some_and(|begin| begin.eq_ignore_ascii_case(b"RECI")) => {
            rest.next().is_some_and(|word| is_one_of(word, &BESIDE_RECIEN))
        }
        Some(word) if is_one_of(word, &[b"BOY", b"GIRL", b"MALE", b"FEMALE", b"TWIN"]) => rest.all(is_beside),
        Some(_) | None => false,
    };
    let mut rest = words(last);
    let is_childs = match rest.next() {
        Some(word) if is_one_of(word, &NEWBORNS) => true,
        Some(word) if word.eq_ignore_ascii_case(b"BABY") => rest.next().is_some_and(is_beside),
        Some(_) | None => false,
    };
    is_child || is_childs
}

/// Whether a word stands there because a name was not known, or no letter at all.
pub(super) fn is_placeholder(name: &[u8]) -> bool {
    is_one_of(name, &PLACEHOLDERS)
        // As a last name it is one, but the registry does not know that.
        || name.eq_ignore_ascii_case(b"BABY")
        || is_one_letter_over_and_over(name)
        || letters(name) == 0
}

/// Whether a first name is that of a newborn in two letters.
pub(super) fn is_newborn_in_initials(first: &[u8]) -> bool {
    is_one_of(first, &INITIALS_OF_NEWBORNS)
}

/// How many letters there are. A letter beyond ASCII counts once, however many bytes it takes in UTF-8.
pub(super) fn letters(name: &[u8]) -> usize {
    let begins = |byte: &&u8| is_letter(**byte) && (**byte & 0xC0) != 0x80;
    name.iter().filter(begins).count()
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || !byte.is_ascii()
}

/// `ZZ`, `ZZZ Smith`, `ZZTest`: how clinics sort their test patients to the end of the list. There are people called Zzyzx.
fn is_sorted_last(name: &[u8]) -> bool {
    let zs = name.iter().take_while(|byte| byte.eq_ignore_ascii_case(&b'Z')).count();
    let rest = name.get(zs..).unwrap_or_default();
    let word = words(rest).next().unwrap_or_default();
    let stands_alone = rest.first().is_none_or(|byte| !is_letter(*byte));
    zs >= 2 && (stands_alone || is_one_of(word, &TESTS) || is_one_of(word, &IN_PAIRS))
}

/// `XX`, `AAAA`. Two letters are a name, such as Oo; two X are none.
fn is_one_letter_over_and_over(name: &[u8]) -> bool {
    let Some((first, rest)) = name.split_first() else {
        return false;
    };
    let is_enough = name.len() > 2 || (name.len() == 2 && first.eq_ignore_ascii_case(&b'X'));
    is_enough && first.is_ascii_alphabetic() && rest.iter().all(|byte| byte.eq_ignore_ascii_case(first))
}

fn is_one_of(word: &[u8], list: &[&[u8]]) -> bool {
    list.iter().any(|listed| listed.eq_ignore_ascii_case(word))
}

/// The words of a name: what stands between characters that are no letters.
fn words(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    name.split(|byte| !is_letter(*byte)).filter(|word| !word.is_empty())
}
