//! How far a delivered file has come, by what stands in the folders.

use crate::domain::{
    remote::{FoldersSeen, RemoteFile},
    submission::State,
};

/// The furthest station that the folders show; `None` when the file is in none of them just now.
pub fn station(sent_as: &str, seen: &FoldersSeen) -> Option<State> {
    let is_ours = |file: &RemoteFile| file.name.eq_ignore_ascii_case(sent_as);
    if seen.reports.iter().any(|report| is_report_on(&report.name, sent_as)) {
        Some(State::Reported)
    } else if seen.accepted.iter().any(is_ours) {
        Some(State::PickedUp)
    } else if seen.dropoff.iter().any(is_ours) {
        Some(State::AtRegistry)
    } else {
        None
    }
}

/// Whether a report is about this file.
///
/// The registry has not published how reports are named. One that begins with the file's name, with or without `.hl7`, is about it.
pub fn is_report_on(report: &str, sent_as: &str) -> bool {
    let (report, sent_as) = (report.to_ascii_lowercase(), sent_as.to_ascii_lowercase());
    let stem = sent_as.strip_suffix(".hl7").unwrap_or(&sent_as);
    // `CLINIC0126324.1.hl7` also begins with `CLINIC0126324.`: a number after the stem belongs to another file.
    report.strip_prefix(stem).is_some_and(|rest| {
        let mut rest = rest.chars();
        matches!(rest.next(), Some('.' | '_' | '-')) && !rest.next().is_some_and(|c| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::domain::account::AccountId;

    fn file(name: &str) -> RemoteFile {
        RemoteFile {
            name: name.to_owned(),
            size_bytes: None,
            modified: None,
        }
    }

    fn seen() -> FoldersSeen {
        FoldersSeen {
            at: DateTime::UNIX_EPOCH,
            account: AccountId::of("CLINIC01", "registry.example"),
            dropoff: Vec::new(),
            accepted: Vec::new(),
            reports: Vec::new(),
            receive: Vec::new(),
        }
    }

    #[test]
    fn the_furthest_folder_says_how_far_a_file_is() {
        let mut seen = seen();
        assert_eq!(station("A26324.hl7", &seen), None);
        seen.dropoff.push(file("a26324.HL7"));
        assert_eq!(station("A26324.hl7", &seen), Some(State::AtRegistry));
        seen.accepted.push(file("A26324.hl7"));
        assert_eq!(station("A26324.hl7", &seen), Some(State::PickedUp));
        seen.reports.push(file("A26324.1.hl7.txt"));
        assert_eq!(station("A26324.hl7", &seen), Some(State::PickedUp));
        seen.reports.push(file("A26324_DQA.txt"));
        assert_eq!(station("A26324.hl7", &seen), Some(State::Reported));
    }
}
