//! Files arrive on cards, are read, and are taken away again.

use std::path::PathBuf;

use crate::{
    app::{
        message::{CardId, DeskJob, Job},
        model::{Card, CardState, Model, Notice},
        wording,
    },
    domain::{
        cancel::Cancel,
        failure::FileFailure,
        hl7::content::ContentKind,
        submission::{HoldReason, Outcome, Reading, SubmissionId},
    },
};

pub(super) fn choose() -> Vec<Job> {
    vec![Job::Desk(DeskJob::ChooseFiles {
        title: wording::screen::CHOOSE_FILES_TITLE.to_owned(),
    })]
}

pub(super) fn add(model: &mut Model, files: Vec<PathBuf>, left_out: usize) -> Vec<Job> {
    let found = files.len();
    model.notice = (left_out > 0).then_some(Notice::LeftOut { found, left_out });
    let mut jobs = Vec::new();
    for path in files {
        if model
            .cards
            .iter()
            .any(|card| card.path == path && blocks_a_second(card))
        {
            model.notice = Some(Notice::AlreadyOnACard);
            continue;
        }
        // A card of the same file that has ended makes room for the new look at it.
        model.cards.retain(|card| card.path != path);
        jobs.push(add_one(model, path));
    }
    jobs
}

/// A card that is under way, can be sent, or was delivered is not read again; one that ended badly is.
fn blocks_a_second(card: &Card) -> bool {
    match card.state {
        CardState::Reading { .. } | CardState::Ready | CardState::Sending(_) => true,
        CardState::Unreadable(_) | CardState::Held(_) => false,
        CardState::Done(ref outcome) => matches!(outcome, Outcome::Delivered(_) | Outcome::Unknown { .. }),
    }
}

fn add_one(model: &mut Model, path: PathBuf) -> Job {
    let id = CardId(model.next_card);
    model.next_card += 1;
    let cancel = Cancel::default();
    model.cards.push(Card {
        id,
        path: path.clone(),
        submission: None,
        reading: None,
        state: CardState::Reading {
            read_bytes: 0,
            total_bytes: 0,
        },
        cancel: cancel.clone(),
        sent_to: None,
    });
    Job::Desk(DeskJob::Read { card: id, path, cancel })
}

pub(super) fn read_progress(model: &mut Model, id: CardId, read: u64, total: u64) -> Vec<Job> {
    if let Some(card) = find(model, id)
        && let CardState::Reading {
            read_bytes,
            total_bytes,
        } = &mut card.state
    {
        *read_bytes = read;
        *total_bytes = total;
    }
    Vec::new()
}

pub(super) fn file_read(
    model: &mut Model,
    id: CardId,
    submission: SubmissionId,
    result: Result<Box<Reading>, FileFailure>,
) -> Vec<Job> {
    let is_twin = match &result {
        Ok(reading) => model.cards.iter().any(|other| is_twin(other, id, reading)),
        Err(_) => false,
    };
    let Some(card) = find(model, id) else {
        return Vec::new();
    };
    card.submission = Some(submission);
    card.state = match result {
        Err(failure) => CardState::Unreadable(failure),
        Ok(reading) => {
            let hold = if is_twin {
                Some(HoldReason::OnAnotherCard)
            } else {
                reason_to_hold(&reading)
            };
            card.reading = Some(*reading);
            hold.map_or(CardState::Ready, CardState::Held)
        }
    };
    Vec::new()
}

fn is_twin(other: &Card, id: CardId, reading: &Reading) -> bool {
    other.id != id
        && blocks_a_second(other)
        && other
            .reading
            .as_ref()
            .is_some_and(|theirs| theirs.sha256 == reading.sha256)
}

fn reason_to_hold(reading: &Reading) -> Option<HoldReason> {
    match reading.kind {
        ContentKind::Hl7 if reading.summary.messages == 0 => Some(HoldReason::NoMessage),
        ContentKind::Hl7 if reading.summary.stops_early() => Some(HoldReason::StopsEarly),
        ContentKind::Hl7 => None,
        ContentKind::Hl7Utf16 => Some(HoldReason::Utf16),
        kind @ (ContentKind::Empty
        | ContentKind::Pdf
        | ContentKind::Zip
        | ContentKind::Office
        | ContentKind::Html
        | ContentKind::Xml
        | ContentKind::Json
        | ContentKind::Picture
        | ContentKind::Text
        | ContentKind::Binary) => Some(HoldReason::NotHl7(kind)),
    }
}

pub(super) fn remove(model: &mut Model, id: CardId) -> Vec<Job> {
    if let Some(card) = model.card(id)
        && !card.is_sending()
    {
        card.cancel.request();
        model.cards.retain(|card| card.id != id);
    }
    Vec::new()
}

pub(super) fn cancel(model: &mut Model, id: CardId) -> Vec<Job> {
    let Some(card) = find(model, id) else {
        return Vec::new();
    };
    card.cancel.request();
    // The courier answers with what became of a file that it has: until then nobody knows.
    if matches!(card.state, CardState::Reading { .. }) {
        model.cards.retain(|card| card.id != id);
    }
    Vec::new()
}

pub(super) fn cancel_all(model: &Model) {
    model.cards.iter().for_each(|card| card.cancel.request());
}

pub(super) fn find(model: &mut Model, id: CardId) -> Option<&mut Card> {
    model.cards.iter_mut().find(|card| card.id == id)
}
