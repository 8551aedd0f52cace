//! From *Send* to the registry: a file is entered in the ledger first, then handed over.

use crate::{
    app::{
        message::{CardId, CourierJob, DeskJob, Entered, Entry, EntryRefusal, Job, Shipment},
        model::{Again, Card, CardState, Model, SentTo},
        update::{account, cards, closing, look, outbox, privacy, schedule},
    },
    domain::{
        account::Account,
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        submission::{Asked, Counts, IfDuplicate, Outcome, Phase, Question, Record, SubmissionId, Why},
    },
};

pub(super) fn send_ready(model: &mut Model) -> Vec<Job> {
    if !model.can_send() {
        return Vec::new();
    }
    let ready: Vec<CardId> = model.ready_cards().map(|card| card.id).collect();
    ready.into_iter().filter_map(|id| enter(model, id)).collect()
}

pub(super) fn try_again(model: &mut Model, id: CardId) -> Vec<Job> {
    let Some(again) = model.card(id).and_then(Card::again) else {
        return Vec::new();
    };
    if again != Again::Read && !model.has_password() {
        return Vec::new();
    }
    let job = match again {
        Again::HandOver => hand_over(model, id),
        Again::Enter => enter(model, id),
        Again::Read => cards::read_anew(model, id),
    };
    job.into_iter().collect()
}

pub(super) fn send_anyway(model: &mut Model, id: CardId) -> Vec<Job> {
    if !model.has_password() {
        return Vec::new();
    }
    let initials = model.settings.initials.clone();
    let Some(card) = cards::find(model, id).filter(|card| matches!(card.outcome(), Some(Outcome::Duplicate(_)))) else {
        return Vec::new();
    };
    card.answers.duplicate = IfDuplicate::SendAgain;
    if !card.is_in_the_outbox() {
        return enter(model, id).into_iter().collect();
    }
    let noted = note_answer(card.record.as_ref(), initials);
    noted.into_iter().chain(hand_over(model, id)).collect()
}

/// The courier may be busy, or elsewhere: the answer must not be lost until it comes to it.
fn note_answer(record: Option<&Record>, initials: String) -> Option<Job> {
    let entered = &record?.entered;
    Some(Job::Desk(DeskJob::NoteAnswer {
        submission: entered.id,
        destination: entered.destination,
        initials,
    }))
}

/// The question is answered. The next one, if there is one, is asked when the file is entered once more.
pub(super) fn this_is_right(model: &mut Model, id: CardId) -> Vec<Job> {
    if !model.has_password() {
        return Vec::new();
    }
    let Some(card) = cards::find(model, id) else {
        return Vec::new();
    };
    match card.outcome() {
        // It is asked when the file is read, and not again.
        Some(Outcome::Asked(Question::Invented { .. })) => {}
        Some(Outcome::Asked(Question::OtherClinic { .. })) => card.answers.facility = Asked::ThisIsRight,
        Some(Outcome::Asked(Question::SentBefore { .. } | Question::NotCompared(_))) => {
            card.answers.overlap = Asked::ThisIsRight;
        }
        Some(Outcome::Asked(Question::Gap { .. })) => card.answers.gap = Asked::ThisIsRight,
        Some(_) | None => return Vec::new(),
    }
    enter(model, id).into_iter().collect()
}

/// Has a sealed copy made, and the file entered in the ledger.
fn enter(model: &mut Model, id: CardId) -> Option<Job> {
    let to = SentTo {
        account: model.account()?.clone(),
        destination: model.destination(),
    };
    let initials = model.settings.initials.clone();
    let card = cards::find(model, id)?;
    let (reading, submission, path) = (card.reading.as_ref()?, card.submission?, card.source.clone()?);
    let summary = &reading.report.summary;
    let (size_bytes, sha256, counts) = (reading.size_bytes, reading.sha256, Counts::of(summary));
    let facilities = summary.facilities.clone();
    let (account, destination) = (Account::id(&to.account), to.destination);
    let repair = card.taken_repair();
    card.state = CardState::Sending(Phase::Entering { copied_bytes: 0 });
    card.cancel = Cancel::default();
    card.sent_to = Some(to);
    Some(Job::Desk(DeskJob::Enter(Box::new(Entry {
        submission,
        account,
        destination,
        path,
        size_bytes,
        sha256,
        repair,
        counts,
        facilities,
        initials,
        answers: card.answers,
        cancel: card.cancel.clone(),
    }))))
}

/// Hands a file over that is in the ledger, to where it was entered for: what is changed under Settings does not send it
/// to another account.
pub(super) fn hand_over(model: &mut Model, id: CardId) -> Option<Job> {
    cards::find(model, id)?.cancel = Cancel::default();
    ship(model, id)
}

fn ship(model: &mut Model, id: CardId) -> Option<Job> {
    let template = model.settings.same_day_template.clone();
    let (zone, initials) = (model.settings.time_zone, model.settings.initials.clone());
    let card = cards::find(model, id)?;
    let (entered, to) = (&card.record.as_ref()?.entered, card.sent_to.clone()?);
    let (submission, size_bytes, sha256) = (entered.id, entered.size_bytes, entered.sha256);
    card.state = CardState::Sending(Phase::Queued);
    Some(Job::Courier(CourierJob::Send(Box::new(Shipment {
        submission,
        account: to.account,
        destination: to.destination,
        // The chosen file is not what goes where a copy was put right.
        original: card.source.clone().filter(|_| card.repair.is_none()),
        size_bytes,
        sha256,
        initials,
        template,
        zone,
        if_duplicate: card.answers.duplicate,
        cancel: card.cancel.clone(),
    }))))
}

/// The desk's queue was full: nothing was entered.
pub(super) fn not_taken(model: &mut Model, submission: SubmissionId) {
    if let Some(card) = cards::of(model, submission) {
        card.state = CardState::Ready;
    }
}

pub(super) fn entered(model: &mut Model, submission: SubmissionId, result: Result<Entered, EntryRefusal>) -> Vec<Job> {
    let mut jobs = take_entered(model, submission, result);
    jobs.extend(closing::if_all_entered(model));
    jobs
}

fn take_entered(model: &mut Model, submission: SubmissionId, result: Result<Entered, EntryRefusal>) -> Vec<Job> {
    let has_password = model.has_password();
    let Some(card) = cards::of(model, submission).filter(|card| card.is_sending()) else {
        // Its card is gone, or it is known already: whatever is in the ledger gets a card.
        return outbox::ask(model);
    };
    let id = card.id;
    match result {
        Err(refusal) => {
            card.state = CardState::Done(refused(refusal));
            Vec::new()
        }
        Ok(Entered { record, remarks }) => {
            card.remarks = remarks;
            let (known_as, is_wanted) = (record.entered.id, !card.cancel.is_requested());
            card.submission = Some(known_as);
            card.record = Some(record);
            // An earlier card of the same submission has its file again in this one.
            model
                .cards
                .retain(|card| card.id == id || card.submission != Some(known_as));
            if !has_password && is_wanted {
                wait_for_a_password(model, id);
                return Vec::new();
            }
            // Cancelled too late to be left out of the ledger: the courier cancels it there.
            ship(model, id).into_iter().collect()
        }
    }
}

/// An earlier file's try has shown in the meantime that the password is wrong.
fn wait_for_a_password(model: &mut Model, id: CardId) {
    let until = model.now;
    if let Some(card) = cards::find(model, id) {
        let failure = RegistryFailure::new(Trouble::PasswordRefused, Step::Login, "");
        card.state = CardState::Done(Outcome::Waiting {
            until,
            why: Box::new(Why::Registry(failure)),
        });
    }
}

fn refused(refusal: EntryRefusal) -> Outcome {
    match refusal {
        EntryRefusal::File(failure) => Outcome::FileTrouble(failure),
        EntryRefusal::Copy(failure) => Outcome::CopyTrouble(failure),
        EntryRefusal::Ledger(failure) => {
            Outcome::NotSent(RegistryFailure::new(Trouble::Books(failure), Step::Transfer, ""))
        }
        EntryRefusal::Duplicate(duplicate) => Outcome::Duplicate(*duplicate),
        EntryRefusal::Asked(question) => Outcome::Asked(question),
        EntryRefusal::Cancelled => Outcome::Cancelled,
    }
}

pub(super) fn phase_changed(model: &mut Model, submission: SubmissionId, phase: Phase) -> Vec<Job> {
    if let Some(card) = cards::of(model, submission)
        && card.is_sending()
    {
        card.state = CardState::Sending(phase);
    }
    Vec::new()
}

pub(super) fn finished(model: &mut Model, submission: SubmissionId, outcome: Outcome) -> Vec<Job> {
    if let Some(trouble) = schedule::trouble_of(&outcome) {
        account::note_refusal(model, trouble);
    }
    let tidying = privacy::after(model, &outcome);
    let delivery = match &outcome {
        Outcome::Delivered(delivery) => Some(delivery.clone()),
        Outcome::Duplicate(_)
        | Outcome::Asked(_)
        | Outcome::Unknown { .. }
        | Outcome::Waiting { .. }
        | Outcome::NotSent(_)
        | Outcome::FileTrouble(_)
        | Outcome::CopyTrouble(_)
        | Outcome::PartLeft { .. }
        | Outcome::Cancelled => None,
    };
    if let Some(card) = cards::of(model, submission).filter(|card| card.is_sending()) {
        card.state = CardState::Done(outcome);
    }
    let mut jobs = outbox::ask(model);
    jobs.extend(tidying);
    if let Some(delivery) = delivery {
        look::was_verified(model, &delivery);
        look::later(model);
        jobs.extend(schedule::network_is_back(model));
    }
    jobs.push(schedule::next_wake(model));
    jobs
}
