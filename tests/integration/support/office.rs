//! An office with everything that the worker may use, in memory, and a check of what it was told.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, Mutex, mpsc::sync_channel},
    time::Duration,
};

use dropoff::{
    app::message::{CardId, CourierJob, DeskJob, Event, Job, Shipment},
    domain::{
        account::{Account, Protocol, Trust},
        cancel::Cancel,
        naming::SameDayTemplate,
        submission::{ContentHash, IfDuplicate, Outcome, SubmissionId},
    },
    ports::Wake,
    worker::{Outside, Worker},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{
    clinic::{PASSWORD, account},
    fake_computer::{
        Body, FakeClock, FakeFiles, FakeSettings, FakeTurns, FakeVault, NoDialogs, NoWake, PanickyWake, VaultWord,
    },
    fake_registry::FakeRegistry,
};

/// The longest wait for one event: never reached by a test that passes.
const LIMIT: Duration = Duration::from_mins(1);

/// The worker among fakes, and what was sent through it.
pub(crate) struct Office {
    pub(crate) registry: FakeRegistry,
    pub(crate) files: FakeFiles,
    pub(crate) vault: FakeVault,
    pub(crate) settings: FakeSettings,
    pub(crate) turns: FakeTurns,
    pub(crate) clock: FakeClock,
    pub(crate) account: Account,
    pub(crate) events: Vec<Event>,
    worker: Option<Worker>,
    next_card: u64,
    contents: HashMap<CardId, Vec<u8>>,
    outcomes: HashMap<CardId, Outcome>,
}

impl Office {
    pub(crate) fn open() -> Self {
        Self::with_wake(Arc::new(NoWake))
    }

    pub(crate) fn with_a_wake_that_panics() -> Self {
        Self::with_wake(Arc::new(PanickyWake))
    }

    fn with_wake(wake: Arc<dyn Wake>) -> Self {
        let registry = FakeRegistry::default();
        PASSWORD.clone_into(&mut registry.state().password);
        let files = FakeFiles::default();
        let vault = FakeVault(Arc::new(Mutex::new(VaultWord::Has(PASSWORD.to_owned()))));
        let (settings, turns) = (FakeSettings::default(), FakeTurns::default());
        let clock = FakeClock(Arc::new(Mutex::new("2026-11-20T15:12:00Z".parse().unwrap())));
        let worker = Worker::start(Outside {
            files: Arc::new(files.clone()),
            vault: Arc::new(vault.clone()),
            settings: Arc::new(settings.clone()),
            dialogs: Box::new(NoDialogs),
            demo: None,
            door: Box::new(registry.clone()),
            turns: Box::new(turns.clone()),
            clock: Arc::new(clock.clone()),
            wake,
        });
        Self {
            registry,
            files,
            vault,
            settings,
            turns,
            clock,
            account: account(
                "CLINIC01",
                "registry.example",
                990,
                Protocol::FtpsImplicit,
                Trust::System,
            ),
            events: Vec::new(),
            worker: Some(worker.unwrap()),
            next_card: 1,
            contents: HashMap::new(),
            outcomes: HashMap::new(),
        }
    }

    pub(crate) fn worker(&self) -> &Worker {
        self.worker.as_ref().unwrap()
    }

    /// Takes the worker away, to drop it somewhere.
    pub(crate) fn take_worker(&mut self) -> Worker {
        self.worker.take().unwrap()
    }

    /// A file on a card, as it was when it was read.
    pub(crate) fn card(&mut self, content: &[u8]) -> Shipment {
        let card = CardId(self.next_card);
        self.next_card += 1;
        let path = format!("/export/{}.hl7", card.0);
        self.files.set(&path, Body::Bytes(content.to_vec()));
        self.contents.insert(card, content.to_vec());
        Shipment {
            card,
            submission: SubmissionId(Uuid::new_v4()),
            account: self.account.clone(),
            path: PathBuf::from(path),
            size_bytes: content.len() as u64,
            sha256: ContentHash(Sha256::digest(content).into()),
            template: SameDayTemplate::parse("{code}{yy}{ddd}.{n}.hl7").unwrap(),
            zone: chrono_tz::America::Chicago,
            if_duplicate: IfDuplicate::Hold,
            cancel: Cancel::default(),
        }
    }

    pub(crate) fn submit(&self, job: Job) {
        assert_eq!(self.worker().submit(job), Ok(None));
    }

    pub(crate) fn desk(&self, job: DeskJob) {
        self.submit(Job::Desk(job));
    }

    pub(crate) fn courier(&self, job: CourierJob) {
        self.submit(Job::Courier(job));
    }

    pub(crate) fn hand_over(&self, shipment: &Shipment) {
        self.courier(CourierJob::Send(Box::new(shipment.clone())));
    }

    /// Hands all of them over before the registry answers the first.
    pub(crate) fn hand_over_together(&self, shipments: &[Shipment]) {
        let (go, may_go) = sync_channel::<()>(1);
        let mut has_waited = false;
        self.registry.on_each(move |_, _| {
            if !has_waited {
                has_waited = true;
                may_go.recv_timeout(LIMIT).unwrap();
            }
        });
        for shipment in shipments {
            self.hand_over(shipment);
        }
        go.send(()).unwrap();
    }

    /// Waits for the event that this is about.
    #[track_caller]
    pub(crate) fn wait<T>(&mut self, mut is_it: impl FnMut(&Event) -> Option<T>) -> T {
        loop {
            let Some(event) = self.worker().wait_event(LIMIT) else {
                panic!("the worker said nothing for a minute");
            };
            let found = is_it(&event);
            self.events.push(event);
            if let Some(found) = found {
                return found;
            }
        }
    }

    /// What became of a shipment that was handed over.
    #[track_caller]
    pub(crate) fn outcome(&mut self, shipment: &Shipment) -> Outcome {
        let outcome = self.wait(|event| match event {
            Event::Finished(card, outcome) if *card == shipment.card => Some((**outcome).clone()),
            _ => None,
        });
        self.outcomes.insert(shipment.card, outcome.clone());
        outcome
    }

    /// Hands a shipment over and waits, then checks that what was said is true.
    #[track_caller]
    pub(crate) fn send(&mut self, shipment: &Shipment) -> Outcome {
        self.hand_over(shipment);
        let outcome = self.outcome(shipment);
        self.check();
        outcome
    }

    /// Hands a shipment over, which must be delivered; returns its name.
    #[track_caller]
    pub(crate) fn deliver(&mut self, shipment: &Shipment) -> String {
        match self.send(shipment) {
            Outcome::Delivered(delivery) => delivery.sent_as,
            other => panic!("not delivered: {other:?}"),
        }
    }

    /// Everything that was said to be delivered is there whole, once, under that name; everything else of ours that is there is
    /// said to be unknown; and nothing forbidden happened.
    #[track_caller]
    pub(crate) fn check(&self) {
        let state = self.registry.state();
        assert_eq!(state.violations, Vec::<String>::new());
        let mut ours = state.ours();
        for (card, outcome) in &self.outcomes {
            match outcome {
                Outcome::Delivered(delivery) => {
                    let at = ours.iter().position(|file| file.name == delivery.sent_as);
                    let Some(at) = at else {
                        panic!("{} is said to be delivered, and is not there", delivery.sent_as);
                    };
                    let file = ours.remove(at);
                    assert!(file.bytes == self.contents[card], "{} is not whole", file.name);
                    assert_eq!(delivery.verified_bytes, file.bytes.len() as u64);
                }
                Outcome::Unknown { sent_as, .. } => ours.retain(|file| file.name != *sent_as),
                Outcome::Duplicate(duplicate) => {
                    let everywhere = state.folders.values().flatten().chain(&state.between_folders);
                    let same = everywhere.filter(|file| file.bytes == self.contents[card]);
                    assert!(same.into_iter().any(|file| file.name == duplicate.name));
                }
                Outcome::NotSent(_) | Outcome::PartRemoved(_) | Outcome::FileTrouble(_) | Outcome::Cancelled => {}
            }
        }
        let left: Vec<String> = ours.into_iter().map(|file| file.name).collect();
        assert_eq!(left, Vec::<String>::new(), "at the registry, and nobody said so");
    }
}
