//! Files arrive on cards, are read, and are taken away again.

use std::path::PathBuf;

use crate::{
    app::{
        message::{CardId, DeskJob, Job, LeftOut},
        model::{Card, CardState, Model, Notice},
        wording,
    },
    domain::{
        check::{Hold, Occasion, SoFar},
        failure::FileFailure,
        submission::{Duplicate, HoldReason, Outcome, Question, Reading, Record, SubmissionId},
    },
};

pub(super) fn choose() -> Vec<Job> {
    vec![Job::Desk(DeskJob::ChooseFiles {
        title: wording::screen::CHOOSE_FILES_TITLE.to_owned(),
    })]
}

pub(super) fn add(model: &mut Model, files: Vec<PathBuf>, left_out: LeftOut) -> Vec<Job> {
    let found = files.len();
    model.notice = (left_out != LeftOut::default()).then_some(Notice::LeftOut { found, left_out });
    let mut jobs = Vec::new();
    for path in files {
        if model
            .cards
            .iter()
            .any(|card| card.source.as_ref() == Some(&path) && blocks_a_second(card))
        {
            model.notice = Some(Notice::AlreadyOnACard);
            continue;
        }
        // A card of the same file that has ended makes room for the new look at it. What the ledger still has to send stays
        // until it is known whether the content is the same.
        model
            .cards
            .retain(|card| card.source.as_ref() != Some(&path) || card.is_in_the_outbox());
        jobs.push(add_one(model, path));
    }
    jobs
}

/// A card that is under way, can be sent, or was delivered is not read again; one that ended badly is.
fn blocks_a_second(card: &Card) -> bool {
    match card.state {
        CardState::Reading { .. } | CardState::Ready | CardState::Sending(_) => true,
        CardState::Unreadable(_) | CardState::Held(_) => false,
        CardState::Done(ref outcome) => match outcome {
            Outcome::Delivered(_) | Outcome::Unknown { .. } => true,
            Outcome::Waiting { .. } => !card.lacks_its_file(),
            Outcome::Duplicate(_)
            | Outcome::Asked(_)
            | Outcome::NotSent(_)
            | Outcome::FileTrouble(_)
            | Outcome::CopyTrouble(_)
            | Outcome::PartLeft { .. }
            | Outcome::Cancelled => false,
        },
    }
}

fn add_one(model: &mut Model, path: PathBuf) -> Job {
    let card = Card::chosen(CardId(model.next_card), path.clone());
    model.next_card += 1;
    let job = read(&card, path, model.occasion());
    model.cards.push(card);
    job
}

/// The same file, as another submission.
pub(super) fn read_anew(model: &mut Model, id: CardId) -> Option<Job> {
    let occasion = model.occasion();
    let card = find(model, id)?;
    let path = card.source.clone()?;
    *card = Card::chosen(id, path.clone());
    Some(read(card, path, occasion))
}

/// What was checked for another stage is read anew: a test patient who may go while testing may not when live.
pub(super) fn recheck(model: &mut Model) -> Vec<Job> {
    let stage = model.occasion().stage;
    let is_outdated = |card: &&Card| {
        let report = card.reading.as_ref().map(|reading| &reading.report);
        card.record.is_none() && !card.is_sending() && report.is_some_and(|report| report.stage != stage)
    };
    let outdated: Vec<CardId> = model.cards.iter().filter(is_outdated).map(|card| card.id).collect();
    outdated.into_iter().filter_map(|id| read_anew(model, id)).collect()
}

fn read(card: &Card, path: PathBuf, occasion: Occasion) -> Job {
    Job::Desk(DeskJob::Read {
        card: card.id,
        path,
        occasion,
        cancel: card.cancel.clone(),
    })
}

pub(super) fn read_progress(model: &mut Model, id: CardId, read: u64, total: u64, found: SoFar) -> Vec<Job> {
    if let Some(card) = find(model, id)
        && let CardState::Reading {
            read_bytes,
            total_bytes,
            so_far,
        } = &mut card.state
    {
        *so_far = found;
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
    let stage = model.occasion().stage;
    let Some(card) = find(model, id) else {
        return Vec::new();
    };
    card.submission = Some(submission);
    match result {
        // It has changed meanwhile.
        Ok(reading) if reading.report.stage != stage => return read_anew(model, id).into_iter().collect(),
        Err(failure) => card.state = CardState::Unreadable(failure),
        Ok(reading) => judge(model, id, *reading),
    }
    Vec::new()
}

/// What is known of what a card is to send, now or once it was put right.
pub(super) fn judge(model: &mut Model, id: CardId, reading: Reading) {
    let Some(card) = find(model, id) else {
        return;
    };
    card.state = match reading.report.hold() {
        None => CardState::Ready,
        // It is known now, and needs no copy nor ledger to be asked.
        Some(Hold::Invented { patients }) => CardState::Done(Outcome::Asked(Question::Invented { patients })),
        Some(Hold::Fault) => CardState::Held(HoldReason::Checked),
    };
    let is_ready = card.state == CardState::Ready;
    card.reading = Some(reading);
    if is_ready {
        compare_with_others(model, id);
    }
}

/// The same content on another card: delivered this month, on its way, or held, perhaps for want of this very file.
fn compare_with_others(model: &mut Model, id: CardId) {
    let content = model.card(id).and_then(Card::sha256);
    let twin = model
        .cards
        .iter()
        .find(|other| other.id != id && other.sha256() == content);
    let Some(twin) = twin
        .filter(|twin| blocks_a_second(twin) || twin.is_in_the_outbox())
        .cloned()
    else {
        return;
    };
    let is_here = twin
        .sent_to
        .as_ref()
        .is_some_and(|to| model.is_in_use(&to.account.id()));
    let Some(card) = find(model, id) else {
        return;
    };
    if let Some(duplicate) = twin.record.as_ref().and_then(Duplicate::of) {
        card.state = CardState::Done(Outcome::Duplicate(duplicate));
    } else if blocks_a_second(&twin) && !(is_here && lacks_its_file(&twin)) {
        card.state = CardState::Held(HoldReason::OnAnotherCard);
    } else if is_here {
        // It has its file again, and goes on under its old number.
        card.submission = twin.submission;
        card.record = twin.record;
        model.cards.retain(|card| card.id != twin.id);
    }
}

/// A submission of an earlier run that is not delivered, and whose chosen file is not known in this one.
fn lacks_its_file(twin: &Card) -> bool {
    twin.source.is_none() && twin.is_in_the_outbox() && !twin.is_sending()
}

/// Takes a card away; what the ledger still has to send is cancelled there. What may be at the registry stays.
pub(super) fn remove(model: &mut Model, id: CardId) -> Vec<Job> {
    let Some(card) = model.card(id).filter(|card| !card.is_sending() && !card.is_unknown()) else {
        return Vec::new();
    };
    card.cancel.request();
    let jobs = withdraw(card.record.as_ref(), &model.settings.initials);
    model.cards.retain(|card| card.id != id);
    if !jobs.is_empty() {
        // What is being read right now may still show it.
        model.outbox.is_stale = model.outbox.running;
    }
    jobs
}

pub(super) fn cancel(model: &mut Model, id: CardId) -> Vec<Job> {
    let Some(card) = model.card(id) else {
        return Vec::new();
    };
    card.cancel.request();
    match &card.state {
        CardState::Reading { .. } => {
            model.cards.retain(|card| card.id != id);
            Vec::new()
        }
        CardState::Done(Outcome::Waiting { .. }) => withdraw(card.record.as_ref(), &model.settings.initials),
        // The worker answers with what became of a file that it has: until then nobody knows.
        CardState::Sending(_)
        | CardState::Unreadable(_)
        | CardState::Held(_)
        | CardState::Ready
        | CardState::Done(_) => Vec::new(),
    }
}

/// Cancels in the ledger what still stands there as to be sent.
pub(super) fn withdraw(record: Option<&Record>, initials: &str) -> Vec<Job> {
    let standing = record.filter(|record| record.state.is_undelivered());
    let job = standing.map(|record| {
        Job::Desk(DeskJob::Withdraw {
            submission: record.entered.id,
            destination: record.entered.destination,
            initials: initials.to_owned(),
        })
    });
    job.into_iter().collect()
}

pub(super) fn cancel_all(model: &Model) {
    model.cards.iter().for_each(|card| card.cancel.request());
}

pub(super) fn find(model: &mut Model, id: CardId) -> Option<&mut Card> {
    model.cards.iter_mut().find(|card| card.id == id)
}

pub(super) fn of(model: &mut Model, submission: SubmissionId) -> Option<&mut Card> {
    model.cards.iter_mut().find(|card| card.submission == Some(submission))
}
