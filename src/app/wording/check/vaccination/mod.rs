//! Words on the vaccination: what was given when, the dose itself, and what stands beside it.

pub(super) mod dose;
pub(super) mod given;
pub(super) mod observation;

use crate::{
    app::wording::{check::Words, quantity},
    domain::check::Argument,
};

/// The words with what the finding names: the codes at issue behind the title's sentence, or which vaccination came first.
fn told(words: Words, arguments: &[Argument]) -> Words {
    let Some(sentence) = words.title.strip_suffix('.') else {
        return words;
    };
    let title = match arguments {
        [Argument::Code(code)] => format!("{sentence}: {}.", code.as_str()),
        [Argument::Code(maker), Argument::Code(vaccine)] => {
            format!("{sentence}: {} and CVX {}.", maker.as_str(), vaccine.as_str())
        }
        [Argument::Count(first)] => format!("{sentence}, first as vaccination {}.", quantity::thousands(*first)),
        _ => return words,
    };
    words.titled(Some(title))
}

#[cfg(test)]
mod tests {
    use crate::{
        app::wording::check::words,
        domain::check::{
            Argument, Code, Rule,
            vaccination::{DoseRule, VaccinationRule},
        },
    };

    #[track_caller]
    fn check(rule: impl Into<Rule>, arguments: &[Argument], title: &str) {
        assert_eq!(words(rule.into(), arguments).title, title);
    }

    #[test]
    fn a_title_names_the_codes_and_what_came_first() {
        let code = |text: &str| Argument::Code(Code::of(text.as_bytes()).unwrap());
        check(
            VaccinationRule::VaccineUnspecified,
            &[code("88")],
            "The code leaves open which vaccine was given: 88.",
        );
        check(
            DoseRule::MakerOther,
            &[code("MED"), code("161")],
            "This manufacturer is not known to make this vaccine: MED and CVX 161.",
        );
        check(
            VaccinationRule::OrderRepeated,
            &[Argument::Count(2)],
            "Two vaccinations have the same number, first as vaccination 2.",
        );
        check(DoseRule::LotMissing, &[], "The lot number is missing.");
    }
}
