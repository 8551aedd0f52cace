//! Trouble with Dropoff's own books: the ledger and the sealed copies.

use crate::{
    app::wording::{Explanation, failure, quantity},
    domain::failure::{LedgerFailure, SealFailure, SetAside},
};

/// Title and next step of trouble with the ledger.
pub fn ledger(failure: &LedgerFailure) -> Explanation {
    let (title, next) = match failure {
        LedgerFailure::Busy | LedgerFailure::IllegalMove { .. } | LedgerFailure::NoSuchSubmission => (
            "Another Dropoff on this computer was busy with this file.",
            "Try again in a minute.",
        ),
        LedgerFailure::DiskFull => (
            "The disk of this computer is full.",
            "Dropoff writes down what it does before it does it. Make room, then try again.",
        ),
        LedgerFailure::Damaged(_) => (
            "Dropoff's own list of files cannot be read.",
            "Call your IT before you send anything.",
        ),
        LedgerFailure::FromNewerVersion(_) => (
            "Dropoff's own list of files is from a newer Dropoff.",
            "Ask your IT to install the newer Dropoff on this computer.",
        ),
        LedgerFailure::Other(_) => (
            "Dropoff could not write down what it is about to do.",
            "Try again. If it stays so, ask your IT for room and rights in Dropoff's folder.",
        ),
    };
    Explanation {
        title: title.to_owned(),
        file: String::new(),
        next: next.to_owned(),
        details: vec![failure.to_string()],
    }
}

/// What is said until somebody has acknowledged that a new ledger was begun. So many sealed copies are not known to it.
pub fn set_aside(set_aside: &SetAside, copies: usize) -> Explanation {
    let mut details = vec![
        set_aside.why.to_string(),
        format!("The old list is kept as {}.", set_aside.file),
    ];
    if copies > 0 {
        let copies = quantity::count(copies as u64, "sealed copy", "sealed copies");
        details.push(format!(
            "{copies} from before: kept as long as Settings, Privacy says, and for a week at least."
        ));
    }
    Explanation {
        title: "Dropoff's own list of files could not be read. A new one was begun.".to_owned(),
        file: "Files that waited are not in it. What the registry's folders show is looked at before anything is sent."
            .to_owned(),
        next: "Call your IT before you send. Then press F5, and drop files that did not arrive once more.".to_owned(),
        details,
    }
}

/// Title and next step of trouble with a sealed copy.
pub fn copy(failure: &SealFailure) -> Explanation {
    let (title, next) = match failure {
        SealFailure::NoKey(vault) => return failure::vault(vault),
        SealFailure::Source(file) | SealFailure::Disk(file) => return failure::file(file),
        SealFailure::AnotherKey => (
            "Dropoff's own copy of the file cannot be opened: the key for it is not in this keychain.",
            "Nothing was sent. Export the file again, then drop it here.",
        ),
        SealFailure::Missing => (
            "Dropoff's own copy of the file is gone.",
            "Nothing was sent. Export the file again, then drop it here.",
        ),
        SealFailure::Damaged => (
            "Dropoff's own copy of the file was changed or damaged.",
            "Nothing of it was sent. Export the file again, then drop it here. Tell your IT.",
        ),
    };
    Explanation {
        title: title.to_owned(),
        file: String::new(),
        next: next.to_owned(),
        details: vec![failure.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_from_before_are_told_of_where_there_are_some() {
        let old = SetAside {
            why: LedgerFailure::Damaged("its pages do not fit together".to_owned()),
            file: "ledger-old".to_owned(),
        };
        let lines = |copies| set_aside(&old, copies).details;
        assert_eq!(lines(0).len(), 2);
        assert!(
            lines(1)
                .iter()
                .any(|line| line.starts_with("1 sealed copy from before:"))
        );
        assert!(
            lines(12)
                .iter()
                .any(|line| line.starts_with("12 sealed copies from before:"))
        );
    }
}
