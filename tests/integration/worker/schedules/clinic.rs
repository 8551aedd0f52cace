//! A clinic that wants its files at the registry, and does what people and the window do until they are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use dropoff::{
    app::message::{CourierJob, EntryRefusal, Shipment},
    domain::submission::{ContentHash, Outcome, Record, State, SubmissionId, Why, retry::is_due},
    ports::{Clock, Ledger},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    plan::{CALM_AFTER_ROUNDS, Mishap, Plan},
    truth,
};
use crate::support::{
    fake_computer::TurnWord,
    fake_registry::FakeRegistry,
    fake_sealed::SealedWord,
    lot::Lot,
    office::{BETWEEN_LOOKS, Office},
};

/// More than any schedule needs once nothing new goes wrong.
const ROUNDS: usize = CALM_AFTER_ROUNDS + 40;

/// A file that somebody wants sent.
pub(super) struct Chosen {
    pub(super) content: Vec<u8>,
    pub(super) sha256: ContentHash,
    pub(super) submission: Option<SubmissionId>,
    /// The same content was delivered before it was entered.
    pub(super) is_refused: bool,
}

pub(super) struct Clinic {
    pub(super) office: Office,
    pub(super) files: Vec<Chosen>,
    /// Who changed their mind.
    pub(super) cancelled: BTreeSet<SubmissionId>,
    pub(super) said: Vec<String>,
    lot: Lot,
    originals: BTreeMap<SubmissionId, std::path::PathBuf>,
    impatience: u64,
    changes_mind: bool,
    jumped_forward: Option<std::time::Duration>,
    started: std::time::Duration,
    ids: u64,
}

impl Clinic {
    pub(super) fn new(registry: FakeRegistry, contents: Vec<Vec<u8>>, seed: u64, impatience: u64) -> Self {
        let files = contents.into_iter().map(|content| Chosen {
            sha256: ContentHash(Sha256::digest(&content).into()),
            content,
            submission: None,
            is_refused: false,
        });
        Self {
            office: Office::at(registry),
            files: files.collect(),
            cancelled: BTreeSet::new(),
            said: Vec::new(),
            lot: Lot::of(seed ^ 0xc11c),
            originals: BTreeMap::new(),
            impatience,
            changes_mind: false,
            jumped_forward: None,
            started: std::time::Duration::ZERO,
            ids: seed << 32,
        }
    }

    fn say(&mut self, what: String) {
        let at = self.office.clock.passed().as_secs_f64();
        let now = self.office.clock.now();
        self.said
            .push(format!("{at:>9.3} [{}] {what}", now.format("%d %H:%M:%S")));
    }

    fn new_id(&mut self) -> SubmissionId {
        self.ids += 1;
        let high = self.ids.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        SubmissionId(Uuid::from_u64_pair(high, self.ids))
    }

    pub(super) fn record(&self, id: SubmissionId) -> Record {
        self.office.ledger.record(id).unwrap().unwrap()
    }

    /// Whether nothing is left to do for this file.
    fn is_over(&self, file: &Chosen) -> bool {
        file.is_refused
            || file.submission.is_some_and(|id| {
                let record = self.record(id);
                !record.state.is_undelivered() || is_known_duplicate(&record)
            })
    }

    pub(super) fn is_done(&self) -> bool {
        self.files.iter().all(|file| self.is_over(file))
    }

    /// What the computer suffers in this round.
    pub(super) fn suffer(&mut self, plan: &Plan, round: usize) {
        *self.office.turns.word.lock().unwrap() = TurnWord::Free;
        let mishaps: Vec<Mishap> = plan
            .mishaps
            .iter()
            .filter(|(at, _)| *at == round)
            .map(|(_, mishap)| *mishap)
            .collect();
        for mishap in mishaps {
            self.say(format!("{mishap:?}"));
            match mishap {
                Mishap::ClockJumps(by) => self.jump(by),
                Mishap::TurnTaken => *self.office.turns.word.lock().unwrap() = TurnWord::Taken,
                Mishap::CopyDamaged => {
                    let mut copies = self.office.sealed.copies();
                    let first = copies.bytes.keys().next().copied();
                    copies.damaged.extend(first);
                }
                Mishap::CopyLost => drop(self.office.sealed.copies().bytes.pop_first()),
                Mishap::Sealed(word) => self.office.sealed.set(word),
                Mishap::Cancel => self.changes_mind = true,
                Mishap::Restart => self.restart(),
            }
        }
    }

    /// Between a look of an earlier run and one of this run only the clock that anybody can set is known: when it jumps forward
    /// just then, nobody can tell.
    fn jump(&mut self, by: TimeDelta) {
        if by > TimeDelta::zero() {
            let pause = (self.started + BETWEEN_LOOKS).saturating_sub(self.office.clock.passed());
            self.office.clock.pass(TimeDelta::from_std(pause).unwrap());
            self.jumped_forward = Some(self.office.clock.passed());
        }
        self.office.clock.jump(by);
    }

    fn restart(&mut self) {
        if let Some(jumped) = self.jumped_forward.take() {
            let pause = (jumped + BETWEEN_LOOKS).saturating_sub(self.office.clock.passed());
            self.office.clock.pass(TimeDelta::from_std(pause).unwrap());
        }
        self.office.restart();
        self.started = self.office.clock.passed();
        self.say("started again".to_owned());
    }

    /// After whatever killed it, the program is started again.
    pub(super) fn revive(&mut self) {
        if self.office.life.is_dead() {
            self.office.turns.wait_until_free();
            self.restart();
        }
    }

    /// Drops what nobody has entered yet.
    pub(super) fn enter(&mut self) {
        for at in 0..self.files.len() {
            if self.files[at].submission.is_none() && !self.files[at].is_refused && !self.office.life.is_dead() {
                self.enter_one(at);
            }
        }
    }

    fn enter_one(&mut self, at: usize) {
        let id = self.new_id();
        let content = self.files[at].content.clone();
        let entry = self.office.choose(id, &content);
        let path = entry.path.clone();
        match self.office.enter(&entry) {
            _ if self.office.life.is_dead() => self.say(format!("killed while file {at} was entered")),
            Ok(record) => {
                let id = record.entered.id;
                self.say(format!("file {at} is {id}, {:?}", record.entered.copy));
                self.originals.insert(id, path);
                self.files[at].submission = Some(id);
            }
            Err(EntryRefusal::Duplicate(found)) => {
                self.say(format!("file {at} went before as {}", found.name));
                self.files[at].is_refused = true;
            }
            Err(refusal) => {
                self.say(format!("file {at} is not entered: {refusal:?}"));
                // Somebody frees some room, or unlocks the keychain.
                self.office.sealed.set(SealedWord::Ready);
            }
        }
    }

    /// What a person does about what is held; whether it goes again now.
    fn help(&mut self, record: &Record) -> bool {
        let id = record.entered.id;
        match &record.why {
            Some(Why::Duplicate(_)) => return false,
            Some(Why::Copy(_) | Why::File(_)) => {
                self.office.sealed.set(SealedWord::Ready);
                let at = self.files.iter().position(|file| file.submission == Some(id));
                if let Some(at) = at {
                    self.enter_one(at);
                }
            }
            _ => {}
        }
        true
    }

    /// What is handed over now: what is due, what somebody has seen to, and sometimes what it is too soon for.
    pub(super) fn batch(&mut self) -> Vec<Shipment> {
        let account = self.office.account.id();
        let outbox = self.office.ledger.outbox(&account).unwrap();
        let now = self.office.clock.now();
        let mut batch = Vec::new();
        for record in outbox {
            let is_impatient = self.lot.percent(self.impatience);
            let goes = match record.state {
                State::Held => self.help(&record),
                State::Unknown | State::Waiting => record.until.is_none() || is_due(now, record.until) || is_impatient,
                _ => true,
            };
            if goes && !self.office.life.is_dead() {
                batch.push(Shipment {
                    original: self.originals.get(&record.entered.id).cloned(),
                    ..self.office.shipment(&self.record(record.entered.id))
                });
            }
        }
        batch
    }

    pub(super) fn hand_over(&mut self, batch: &[Shipment]) {
        if std::mem::take(&mut self.changes_mind) {
            batch.iter().for_each(|shipment| shipment.cancel.request());
        }
        let cancels = batch.iter().map(|shipment| shipment.cancel.clone());
        *self.office.registry.cancels.lock().unwrap() = cancels.collect();
        let account = self.office.account.id();
        if self.office.ledger.refused_since(&account).unwrap().is_some() {
            // Somebody enters the password.
            self.office.courier(CourierJob::AllowLogin(account));
        }
        self.office.hand_over_together(batch);
    }

    /// What became of them, when nobody works any more.
    pub(super) fn listen(&mut self, batch: &[Shipment]) -> Vec<Outcome> {
        let outcomes = batch.iter().map(|shipment| self.office.outcome(shipment)).collect();
        self.office.turns.wait_until_free();
        outcomes
    }

    /// Checks that what was said is true.
    pub(super) fn believe(&mut self, batch: &[Shipment], outcomes: Vec<Outcome>) {
        for (shipment, outcome) in batch.iter().zip(outcomes) {
            self.say(format!("{}: {}", shipment.submission, in_short(&outcome)));
            if shipment.cancel.is_requested() {
                self.cancelled.insert(shipment.submission);
            }
            // A program that is dead says nothing any more.
            if !self.office.life.is_dead() {
                truth::check_outcome(self, shipment, &outcome);
            }
        }
        self.office.events.clear();
    }

    /// Waits, as the window does, until something is due.
    pub(super) fn wait(&mut self) {
        let account = self.office.account.id();
        let outbox = self.office.ledger.outbox(&account).unwrap();
        let now = self.office.clock.now();
        let is_ahead = |until: &chrono::DateTime<chrono::Utc>| *until > now && !is_due(now, Some(*until));
        let next = outbox.iter().filter_map(|record| record.until).filter(is_ahead).min();
        let pause = match next {
            Some(next) if self.lot.percent(80) => next - now,
            _ => TimeDelta::seconds(i64::try_from(self.lot.below(30)).unwrap() + 1),
        };
        self.office.clock.pass(pause);
        self.office.registry.catch_up();
    }

    /// Until every file is where it belongs.
    pub(super) fn work(&mut self, plan: &Plan) {
        for round in 0..ROUNDS {
            self.revive();
            if round == CALM_AFTER_ROUNDS {
                self.calm_down();
            }
            if self.is_done() {
                return;
            }
            self.suffer(plan, round);
            self.enter();
            let batch = self.batch();
            if !self.office.life.is_dead() && !batch.is_empty() {
                self.hand_over(&batch);
                let outcomes = self.listen(&batch);
                self.believe(&batch, outcomes);
            }
            self.revive();
            self.wait();
        }
        panic!("not everything was delivered after {ROUNDS} rounds");
    }

    pub(super) fn calm_down(&mut self) {
        self.office.registry.state().faults.clear();
        self.office.life.plan(&[], &[]);
        self.office.sealed.set(SealedWord::Ready);
        self.say("from here on nothing new goes wrong".to_owned());
    }
}

fn is_known_duplicate(record: &Record) -> bool {
    record.state == State::Held && matches!(record.why, Some(Why::Duplicate(_)))
}

fn in_short(outcome: &Outcome) -> String {
    let text = format!("{outcome:?}");
    text.chars().take(200).collect()
}
