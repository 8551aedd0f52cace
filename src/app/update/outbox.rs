//! What the ledger knows: files that wait, and what was sent this month, also by another Dropoff on this computer.

use chrono::TimeDelta;

use crate::{
    app::{
        message::{CardId, DeskJob, InLedger, Job, Tracked},
        model::{Card, CardState, Model, Notice, Place, SentTo},
        restored,
        update::{cards, notice, retire, schedule},
        wording,
    },
    domain::{
        account::{Account, AccountId},
        calendar::month_began,
        cancel::Cancel,
        failure::LedgerFailure,
        submission::{Answers, Outcome, Record, State, SubmissionId, Why},
    },
};

/// The ledger is read this often while another Dropoff on this computer has a file.
const CLOSE_WATCH: TimeDelta = TimeDelta::seconds(2);

/// Something may have changed in the ledger: reads it, or reads it again once the reading under way is done.
pub(super) fn ask(model: &mut Model) -> Vec<Job> {
    match model.place {
        Place::Registry | Place::Demo(_) => {}
        Place::DemoStarting | Place::DemoFailed(_) => return Vec::new(),
    }
    let account = model.account().map(Account::id);
    if model.outbox.running {
        model.outbox.is_stale = true;
        return Vec::new();
    }
    model.outbox.running = true;
    model.outbox.is_stale = false;
    model.outbox.next = None;
    vec![Job::Desk(DeskJob::ReadOutbox {
        account,
        destination: model.destination(),
        since: month_began(model.now, model.settings.time_zone),
    })]
}

pub(super) fn if_due(model: &mut Model) -> Vec<Job> {
    match model.outbox.next {
        Some(next) if next <= model.now => ask(model),
        Some(_) | None => Vec::new(),
    }
}

pub(super) fn read(
    model: &mut Model,
    account: Option<&AccountId>,
    result: Result<InLedger, LedgerFailure>,
) -> Vec<Job> {
    model.outbox.running = false;
    if model.outbox.is_stale || model.account().map(Account::id).as_ref() != account {
        return ask(model);
    }
    match result {
        Ok(InLedger {
            here,
            elsewhere,
            outage,
        }) => {
            for tracked in here {
                take_in(model, tracked);
            }
            model.elsewhere = elsewhere;
            model.outage = outage.map(|outage| *outage);
        }
        Err(failure) => model.notice = Some(Notice::Ledger(failure)),
    }
    let is_elsewhere = |card: &Card| card.is_under_way_elsewhere() || card.waits_for_another_dropoff();
    let mut jobs = schedule::due(model);
    if model.cards.iter().any(is_elsewhere) {
        model.outbox.next = Some(model.now + CLOSE_WATCH);
    }
    jobs.extend(retire::refresh(model));
    jobs.push(schedule::next_wake(model));
    jobs
}

/// Makes a card of a submission that has none, or tells its card what became of it. What this process sends is left alone.
fn take_in(model: &mut Model, tracked: Tracked) {
    match model
        .cards
        .iter_mut()
        .find(|card| card.submission == Some(tracked.record.entered.id))
    {
        Some(card) if matches!(card.state, CardState::Done(_)) => refresh(card, tracked.record),
        Some(_) => {}
        None => restore(model, tracked),
    }
}

fn refresh(card: &mut Card, record: Record) {
    let is_old_news = card.record.as_ref() == Some(&record)
        // It was read before the delivery was noted.
        || card.is_delivered() && !record.state.is_delivered()
        // Whoever has it is not done.
        || card.waits_for_another_dropoff() && is_moving(&record)
        // The ledger cannot know better than the one who could not write into it.
        || card.could_not_be_noted() && is_moving(&record);
    if !is_old_news {
        card.state = CardState::Done(restored::outcome_beside(card.source.as_ref(), &record));
    }
    if !card.is_delivered() || record.state.is_delivered() {
        card.record = Some(record);
    }
}

fn is_moving(record: &Record) -> bool {
    matches!(record.state, State::Queued | State::NameClaimed | State::Sending)
}

fn restore(model: &mut Model, tracked: Tracked) {
    let Tracked { record, file_name } = tracked;
    let is_shown = record.state.is_undelivered() || record.state.is_delivered();
    let Some(account) = model.account().filter(|_| is_shown).cloned() else {
        return;
    };
    let id = CardId(model.next_card);
    model.next_card += 1;
    let file_name = file_name.unwrap_or_else(|| wording::card::nameless(record.entered.at, model.settings.time_zone));
    let card = Card {
        id,
        source: None,
        file_name,
        submission: Some(record.entered.id),
        reading: None,
        state: CardState::Done(restored::outcome_beside(None, &record)),
        cancel: Cancel::default(),
        sent_to: Some(SentTo {
            account,
            destination: record.entered.destination,
        }),
        answers: Answers::default(),
        remarks: Vec::new(),
        repair: None,
        record: Some(record),
    };
    // Files are sent in this order: what was entered first stands first.
    let at = card.record.as_ref().map(|record| record.entered.at);
    let is_later = |other: &Card| other.record.as_ref().is_none_or(|record| Some(record.entered.at) > at);
    let place = model.cards.iter().position(is_later).unwrap_or(model.cards.len());
    model.cards.insert(place, card);
}

/// Somebody wants a submission cancelled, by its number. The reading that follows shows what came of it.
pub(super) fn withdraw(model: &mut Model, id: SubmissionId) -> Vec<Job> {
    let card = model.card_of(id).filter(|card| !card.is_sending());
    let here = card.and_then(|card| card.record.as_ref());
    let mut elsewhere = model.elsewhere.iter().map(|tracked| &tracked.record);
    let record = here.or_else(|| elsewhere.find(|record| record.entered.id == id));
    let mut jobs = cards::withdraw(record, &model.settings.initials);
    jobs.extend(ask(model));
    jobs
}

/// A submission was cancelled in the ledger, or could not be.
pub(super) fn moved(model: &mut Model, id: SubmissionId, result: Result<Record, LedgerFailure>) -> Vec<Job> {
    match result {
        Ok(record) => {
            let card = model.cards.iter_mut().find(|card| card.submission == Some(id));
            if let Some(card) = card.filter(|card| !card.is_sending()) {
                card.state = CardState::Done(restored::outcome_beside(card.source.as_ref(), &record));
                card.record = Some(record);
            }
            Vec::new()
        }
        // Somebody else was faster: the ledger says what it is now.
        Err(failure) => {
            let mut jobs = notice(model, Notice::Ledger(failure));
            jobs.extend(ask(model));
            jobs
        }
    }
}

/// The courier's queue was full: it waits in the ledger.
pub(super) fn not_taken(model: &mut Model, id: SubmissionId) {
    let until = model.now + CLOSE_WATCH;
    if let Some(card) = model.cards.iter_mut().find(|card| card.submission == Some(id)) {
        card.state = CardState::Done(Outcome::Waiting {
            until,
            why: Box::new(Why::TryNow),
        });
    }
}
