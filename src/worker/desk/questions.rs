//! What a person is asked before a file is entered: it names another clinic, most of it went before or is to go, or days are missing.

use std::collections::HashSet;

use crate::{
    app::message::{Entry, EntryRefusal, Tracked},
    domain::{
        failure::{LedgerFailure, SealFailure, VaultFailure},
        fingerprint::{FileFacts, VaccinationPrint, gap, overlap},
        submission::{Asked, Earlier, Question, Record},
    },
    ports::Books,
    worker::desk::ledger,
};

/// A file of which less than this share of patients is known is not asked about: many exports repeat somebody.
const SHARE: usize = 2;

/// The fingerprints of a file, patient by patient.
pub(super) type Prints = Vec<Vec<VaccinationPrint>>;

/// Makes the fingerprints.
pub(super) fn prints(books: &Books, facts: &FileFacts) -> Result<Prints, SealFailure> {
    let patients = facts.patients.iter();
    patients.map(|patient| books.sealed.prints(&patient.facts)).collect()
}

/// Asks what has to be asked; what somebody has answered already comes back as remarks. Without a key there are no prints.
pub(super) fn ask(
    books: &Books,
    entry: &Entry,
    prints: Result<&Prints, &VaultFailure>,
) -> Result<Vec<Question>, EntryRefusal> {
    let mut remarks = Vec::new();
    let questions = [
        (another_clinic(books, entry), entry.answers.facility),
        (sent_before(books, entry, prints), entry.answers.overlap),
        (days_missing(books, entry), entry.answers.gap),
    ];
    for (question, asked) in questions {
        match (question.map_err(EntryRefusal::Ledger)?, asked) {
            (Some(question), Asked::First | Asked::Strictly) => return Err(EntryRefusal::Asked(question)),
            (Some(question), Asked::ThisIsRight) => remarks.push(question),
            (None, _) => {}
        }
    }
    Ok(remarks)
}

/// The first file of an account asks nothing, nor does the first one after a ledger was lost, or made before facilities were kept
/// in it: there is nothing to compare with, and somebody who has just set Dropoff up could not know what is meant.
fn another_clinic(books: &Books, entry: &Entry) -> Result<Option<Question>, LedgerFailure> {
    let earlier = books.ledger.known_facilities(&entry.account)?;
    let named = entry.facilities.strangers(&earlier);
    Ok(named.map(|named| Question::OtherClinic { named, earlier }))
}

fn sent_before(
    books: &Books,
    entry: &Entry,
    prints: Result<&Prints, &VaultFailure>,
) -> Result<Option<Question>, LedgerFailure> {
    let prints = match prints {
        Ok(prints) => prints,
        Err(reason) => return Ok(not_compared(entry.answers.overlap, reason)),
    };
    let every: Vec<VaccinationPrint> = prints.iter().flatten().copied().collect();
    let known = books.ledger.known_prints(&entry.account, &every)?;
    let overlap = overlap(prints, &known.iter().map(|(print, _)| *print).collect::<HashSet<_>>());
    if overlap.repeated_patients == 0 || overlap.repeated_patients * SHARE < overlap.patients {
        return Ok(None);
    }
    let earlier: HashSet<_> = known.iter().map(|(_, submission)| *submission).collect();
    let mut latest: Option<Earlier> = None;
    for submission in earlier {
        let found = books
            .ledger
            .record(submission)?
            .and_then(|record| whereabouts(books, record));
        latest = latest.into_iter().chain(found).max_by_key(Earlier::at);
    }
    Ok(latest.map(|earlier| Question::SentBefore { overlap, earlier }))
}

fn whereabouts(books: &Books, record: Record) -> Option<Earlier> {
    let Tracked { record, file_name } = ledger::track(books, record);
    Earlier::of(&record, file_name)
}

/// A person at the window would be asked this about every file, and could not know the answer: the window says once that there is
/// no keychain. Whoever wanted a file held sees that it was not compared, and it stays: a file that is late is noticed, a month
/// that went twice is not.
fn not_compared(asked: Asked, reason: &VaultFailure) -> Option<Question> {
    match asked {
        Asked::First => None,
        Asked::Strictly | Asked::ThisIsRight => Some(Question::NotCompared(reason.clone())),
    }
}

fn days_missing(books: &Books, entry: &Entry) -> Result<Option<Question>, LedgerFailure> {
    let last_ended = books.ledger.last_vaccination(&entry.account)?;
    Ok(match (last_ended, entry.counts.first_vaccination) {
        (Some(last_ended), Some(starts)) => gap(last_ended, starts).map(|_days| Question::Gap { last_ended, starts }),
        (None, _) | (_, None) => None,
    })
}
