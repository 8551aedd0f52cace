//! What a folder's listing says: MLSD (RFC 3659), and LIST as Unix and Windows servers write it.
//!
//! LIST has no standard, so a line that cannot be read is left out. So is a name that could not be a plain file name: a
//! listing comes from outside, and nothing in it may point elsewhere.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};

/// Longest name, in bytes: more than any file system takes.
const NAME_BYTES: usize = 255;

/// What a line of a listing is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A symbolic link: to a file or to a folder, the listing does not say.
    Link,
}

/// One line of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) size_bytes: Option<u64>,
    pub(super) modified: Option<NaiveDateTime>,
}

/// How a listing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// MLSD: facts and a name.
    Facts,
    /// LIST: made for people.
    ForPeople,
}

/// Reads a listing. `today` supplies the year, which LIST leaves out of recent dates.
pub(super) fn parse(listing: &[u8], form: Form, today: NaiveDate) -> Vec<Entry> {
    String::from_utf8_lossy(listing)
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .filter_map(|line| match form {
            Form::Facts => facts_line(line),
            Form::ForPeople => unix_line(line, today).or_else(|| windows_line(line)),
        })
        .filter(|entry| is_plain_name(&entry.name))
        .collect()
}

/// Whether a name names something in its own folder, and nothing else.
pub(super) fn is_plain_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && name.len() <= NAME_BYTES
        && !name.chars().any(|c| c.is_control() || matches!(c, '/' | '\\'))
}

/// `type=file;size=12;modify=20261105102200; name with spaces.hl7`
fn facts_line(line: &str) -> Option<Entry> {
    let (facts, name) = line.split_once(' ')?;
    let fact = |wanted: &str| {
        facts
            .split(';')
            .filter_map(|fact| fact.split_once('='))
            .find(|(key, _)| key.eq_ignore_ascii_case(wanted))
            .map(|(_, value)| value)
    };
    let kind = match fact("type")?.to_ascii_lowercase().as_str() {
        "file" => Kind::File,
        "dir" => Kind::Folder,
        linked if linked.starts_with("os.unix=s") => Kind::Link,
        _ => return None,
    };
    Some(Entry {
        kind,
        name: name.to_owned(),
        size_bytes: fact("size").and_then(|size| size.parse().ok()),
        modified: fact("modify").and_then(|time| {
            let seconds = time.get(..14)?;
            NaiveDateTime::parse_from_str(seconds, "%Y%m%d%H%M%S").ok()
        }),
    })
}

/// `-rw-r--r--   1 owner group   8192 Nov  5 10:22 name with spaces.hl7`, and its kin with a year, an ISO date, no group.
fn unix_line(line: &str, today: NaiveDate) -> Option<Entry> {
    let kind = match line.bytes().next()? {
        b'-' => Kind::File,
        b'd' => Kind::Folder,
        b'l' => Kind::Link,
        _ => return None,
    };
    let words = words(line);
    // Owner and group may be missing or contain spaces, so the date is what is looked for: a size stands in front of it.
    let (size, modified, rest) = (2..words.len()).find_map(|at| {
        let size: u64 = words.get(at - 1)?.1.parse().ok()?;
        let (modified, length) = unix_date(words.get(at..)?, today)?;
        let (start, last) = words.get(at + length - 1)?;
        Some((size, modified, line.get(start + last.len()..)?))
    })?;
    // Exactly one space stands in front of the name: further ones belong to it.
    let name = rest.strip_prefix(' ')?;
    let name = match kind {
        Kind::Link => name.split(" -> ").next().unwrap_or(name),
        Kind::File | Kind::Folder => name,
    };
    Some(Entry {
        kind,
        name: name.to_owned(),
        size_bytes: (kind == Kind::File).then_some(size),
        modified,
    })
}

/// A date at the beginning of these words, and how many of them it takes.
fn unix_date(words: &[(usize, &str)], today: NaiveDate) -> Option<(Option<NaiveDateTime>, usize)> {
    let word = |at: usize| words.get(at).map(|(_, word)| *word);
    if let Ok(date) = NaiveDate::parse_from_str(word(0)?, "%Y-%m-%d") {
        return Some((Some(date.and_time(time(word(1)?)?)), 2));
    }
    let (month, day) = match (month(word(0)?), month(word(1)?)) {
        (Some(month), _) => (month, word(1)?),
        (None, Some(month)) => (month, word(0)?),
        (None, None) => return None,
    };
    let day: u32 = day
        .trim_end_matches(['.', ','])
        .parse()
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    let last = word(2)?;
    if let Some(time) = time(last) {
        return Some((recent(month, day, today).map(|date| date.and_time(time)), 3));
    }
    let year: i32 = last.parse().ok().filter(|year| (1900..=9999).contains(year))?;
    let date = NaiveDate::from_ymd_opt(year, month, day);
    Some((date.and_then(|date| date.and_hms_opt(0, 0, 0)), 3))
}

/// A date without a year is in the last twelve months; a server may be a day ahead of this computer.
fn recent(month: u32, day: u32, today: NaiveDate) -> Option<NaiveDate> {
    let latest = today.checked_add_days(Days::new(1))?;
    [today.year(), today.year() - 1]
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|date| *date <= latest)
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let at = MONTHS.iter().position(|month| word.eq_ignore_ascii_case(month))?;
    u32::try_from(at + 1).ok()
}

fn time(word: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(word, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(word, "%H:%M:%S%.f"))
        .ok()
}

/// `11-05-26  10:22AM       <DIR>          Accepted` and `11-05-2026  10:22PM  8192 name with spaces.hl7`
fn windows_line(line: &str) -> Option<Entry> {
    let words = words(line);
    let [(_, date), (_, clock), (at, size), ..] = words.as_slice() else {
        return None;
    };
    let date = ["%m-%d-%y", "%m/%d/%y", "%m-%d-%Y", "%m/%d/%Y", "%Y-%m-%d"]
        .into_iter()
        .filter(|form| form.ends_with("%y") == (date.len() == 8))
        .find_map(|form| NaiveDate::parse_from_str(date, form).ok())?;
    let clock = NaiveTime::parse_from_str(clock, "%I:%M%p")
        .or_else(|_| NaiveTime::parse_from_str(clock, "%H:%M"))
        .ok()?;
    let rest = line.get(at + size.len()..)?;
    let (kind, size_bytes, name) = if size.eq_ignore_ascii_case("<DIR>") {
        (Kind::Folder, None, rest.trim_start())
    } else {
        let bytes: u64 = size.replace(',', "").parse().ok()?;
        (Kind::File, Some(bytes), rest.strip_prefix(' ')?)
    };
    Some(Entry {
        kind,
        name: name.to_owned(),
        size_bytes,
        modified: Some(date.and_time(clock)),
    })
}

/// The words of a line, each with the place where it begins.
fn words(line: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    for word in line.split(' ') {
        if !word.is_empty() {
            found.push((at, word));
        }
        at += word.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    /// Kind, size, date and name of the one entry in a line.
    #[track_caller]
    fn check(form: Form, line: &str, expected: &str) {
        let entries = parse(line.as_bytes(), form, today());
        let [entry] = entries.as_slice() else {
            panic!("{line:?} gives {entries:?}");
        };
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let shown = format!(
            "{:?} {} {} {}",
            entry.kind,
            or_dash(entry.size_bytes.map(|bytes| bytes.to_string())),
            or_dash(entry.modified.map(|time| time.format("%Y-%m-%dT%H:%M").to_string())),
            entry.name
        );
        assert_eq!(shown, expected);
    }

    #[test]
    fn unix_lines_of_every_usual_shape_are_read() {
        for (line, expected) in [
            (
                "-rw-------    1 14    65534   2048 Nov 05 10:22 A.hl7\r",
                "File 2048 2026-11-05T10:22 A.hl7",
            ),
            (
                "-rw-r--r-- 1 o g 7 Dec 31  2025 two  spaces .hl7",
                "File 7 2025-12-31T00:00 two  spaces .hl7",
            ),
            (
                "-rw-r--r-- 1 o g 5000000000 Nov 21 23:59 big",
                "File 5000000000 2026-11-21T23:59 big",
            ),
            (
                "-rw-r--r-- 1 o g 7 Nov 22 00:00 last year",
                "File 7 2025-11-22T00:00 last year",
            ),
            (
                "-rw-r--r-- 1 owner 7 Jan  1 00:00 no group",
                "File 7 2026-01-01T00:00 no group",
            ),
            (
                "-rw-r--r-- 1 Two Words A Group 7 2026-11-05 10:22 iso",
                "File 7 2026-11-05T10:22 iso",
            ),
            (
                "-rw-r--r-- 1 o g 7 5 Nov 10:22 day first",
                "File 7 2026-11-05T10:22 day first",
            ),
            (
                "-rw-r--r--+ 1 o g 7 Nov  5 10:22  leading",
                "File 7 2026-11-05T10:22  leading",
            ),
            (
                "-rw-r--r-- 1 o g 7 Nov  5 10:22 3 Nov 5 2020",
                "File 7 2026-11-05T10:22 3 Nov 5 2020",
            ),
            ("-rw-r--r-- 1 o g 7 Feb 30 2024 no such day", "File 7 - no such day"),
            (
                "drwxr-x--- 2 o g 4096 Nov 05 10:22 HL7-Dropoff",
                "Folder - 2026-11-05T10:22 HL7-Dropoff",
            ),
            (
                "lrwxrwxrwx 1 o g 9 Nov  5 10:22 Accepted -> /x",
                "Link - 2026-11-05T10:22 Accepted",
            ),
        ] {
            check(Form::ForPeople, line, expected);
        }
    }

    #[test]
    fn windows_lines_of_every_usual_shape_are_read() {
        for (line, expected) in [
            (
                "11-05-26  10:22AM       <DIR>          Accepted\r",
                "Folder - 2026-11-05T10:22 Accepted",
            ),
            (
                "11-05-2026  12:00AM   5000000000 two words.hl7",
                "File 5000000000 2026-11-05T00:00 two words.hl7",
            ),
            ("2026-11-05  22:22              1,234 x", "File 1234 2026-11-05T22:22 x"),
        ] {
            check(Form::ForPeople, line, expected);
        }
    }

    #[test]
    fn facts_are_read_in_any_order_and_case() {
        for (line, expected) in [
            (
                "Type=file;Size=5000000000;Modify=20261105102200.123;UNIX.mode=0644; a b\r",
                "File 5000000000 2026-11-05T10:22 a b",
            ),
            (
                "modify=20261105102200;perm=fle;type=dir; Receive",
                "Folder - 2026-11-05T10:22 Receive",
            ),
            ("type=OS.unix=slink:/x;  link", "Link - -  link"),
        ] {
            check(Form::Facts, line, expected);
        }
    }

    #[test]
    fn what_is_no_file_and_no_folder_is_left_out() {
        for line in [
            "",
            "total 3",
            "total 0",
            "crw-rw-rw- 1 root root 1, 3 Nov  5 10:22 null",
            "-rw-r--r--",
            "-rw-r--r-- 1 o g 7 Nov  5 10:22",
            "-rw-r--r-- 1 o g seven Nov  5 10:22 name",
            "-rw-r--r-- 1 o g 7 Nov 45 10:22 name",
            "13-45-26  10:22AM  <DIR>  x",
            "11-05-26  10:22AM  -5 x",
            "\u{0}\u{ff}garbage\u{1b}[2J",
            "ünïcödé everywhere ﷽ 1 2 3 Nov 5 2026",
        ] {
            assert_eq!(parse(line.as_bytes(), Form::ForPeople, today()), [], "{line:?}");
        }
        for line in [
            "type=cdir; .",
            "type=pdir; ..",
            "type=file;size=1;",
            "size=1; no type",
            "no facts",
            " ",
        ] {
            assert_eq!(parse(line.as_bytes(), Form::Facts, today()), [], "{line:?}");
        }
    }

    #[test]
    fn a_name_that_could_point_elsewhere_is_left_out() {
        let long = "x".repeat(256);
        for name in [
            "../../etc/passwd",
            "a/b",
            "a\\b",
            ".",
            "..",
            "bell\u{7}",
            "escape\u{1b}[2J",
            &long,
        ] {
            let unix = format!("-rw-r--r-- 1 o g 7 Nov  5 10:22 {name}");
            assert_eq!(parse(unix.as_bytes(), Form::ForPeople, today()), [], "{name:?}");
            let facts = format!("type=file;size=7; {name}");
            assert_eq!(parse(facts.as_bytes(), Form::Facts, today()), [], "{name:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(listing in "([-dl 0-9:;=NovAPMäe<>DIRtypfil\r\n\u{0}]|\\PC){0,200}") {
            parse(listing.as_bytes(), Form::ForPeople, today());
            parse(listing.as_bytes(), Form::Facts, today());
        }
    }
}
