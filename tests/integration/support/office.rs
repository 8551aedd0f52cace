//! An office with everything that the worker may use, in memory, and a check of what it was told.

use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Arc, PoisonError},
    time::Duration,
};

use dropoff::{
    adapters::ledger::SqliteLedger,
    app::message::{CourierJob, DeskJob, Entry, EntryRefusal, Event, Job, Shipment},
    domain::{
        account::{Account, Protocol, Trust},
        cancel::Cancel,
        hl7::Facilities,
        naming::SameDayTemplate,
        person::Person,
        receipt::Destination,
        submission::{Answers, ContentHash, Counts, IfDuplicate, Outcome, Record, State, Step, SubmissionId, Why},
    },
    ports::{Books, Claim, Clock, Ledger, Shelf, Wake},
    worker::{Outside, Worker},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{
    clinic::{PASSWORD, account, rules},
    fake_computer::{
        Body, FakeClock, FakeFiles, FakeSettings, FakeTurns, FakeVault, NoDialogs, NoSignIn, NoWake, PanickyWake,
        VaultWord,
    },
    fake_registry::FakeRegistry,
    fake_sealed::FakeSealed,
    mortal::{Life, MortalLedger},
};

/// The longest wait for one event: never reached by a test that passes.
const LIMIT: Duration = Duration::from_mins(1);
/// The pause between two looks.
pub(crate) const BETWEEN_LOOKS: Duration = Duration::from_mins(1);

/// The worker among fakes, and what was sent through it.
pub(crate) struct Office {
    pub(crate) registry: FakeRegistry,
    pub(crate) files: FakeFiles,
    pub(crate) vault: FakeVault,
    pub(crate) settings: FakeSettings,
    pub(crate) turns: FakeTurns,
    pub(crate) clock: FakeClock,
    pub(crate) sealed: FakeSealed,
    /// What stands in the books, also while the process is dead.
    pub(crate) ledger: Arc<SqliteLedger>,
    pub(crate) life: Life,
    pub(crate) account: Account,
    pub(crate) events: Vec<Event>,
    wake: Arc<dyn Wake>,
    worker: Option<Worker>,
    next_file: u64,
    contents: HashMap<SubmissionId, Vec<u8>>,
    outcomes: HashMap<SubmissionId, Outcome>,
}

impl Office {
    pub(crate) fn open() -> Self {
        Self::with(FakeRegistry::default(), Arc::new(NoWake))
    }

    pub(crate) fn with_a_wake_that_panics() -> Self {
        Self::with(FakeRegistry::default(), Arc::new(PanickyWake))
    }

    /// An office at this registry. The registry's life becomes that of the office's process.
    pub(crate) fn at(registry: FakeRegistry) -> Self {
        Self::with(registry, Arc::new(NoWake))
    }

    fn with(registry: FakeRegistry, wake: Arc<dyn Wake>) -> Self {
        PASSWORD.clone_into(&mut registry.state().password);
        let turns = FakeTurns::with(registry.baton.clone());
        let life = registry.life.clone();
        let mut office = Self {
            files: FakeFiles::default(),
            vault: FakeVault(Arc::new(std::sync::Mutex::new(VaultWord::Has(PASSWORD.to_owned())))),
            settings: FakeSettings::default(),
            turns,
            clock: registry.clock.clone(),
            sealed: FakeSealed::of(life.clone()),
            ledger: Arc::new(SqliteLedger::in_memory().unwrap()),
            life,
            account: account(
                "CLINIC01",
                "registry.example",
                990,
                Protocol::FtpsImplicit,
                Trust::System,
            ),
            events: Vec::new(),
            wake,
            worker: None,
            next_file: 1,
            contents: HashMap::new(),
            outcomes: HashMap::new(),
            registry,
        };
        office.start();
        office
    }

    fn start(&mut self) {
        let ledger = MortalLedger {
            life: self.life.clone(),
            ledger: Arc::clone(&self.ledger),
        };
        let books = Books {
            ledger: Arc::new(ledger),
            sealed: Arc::new(self.sealed.clone()),
        };
        let worker = Worker::start(Outside {
            files: Arc::new(self.files.clone()),
            shelf: Shelf {
                clinic: books.clone(),
                demo: books,
            },
            person: Person {
                user: "desk".to_owned(),
                computer: "FRONT-1".to_owned(),
            },
            between_looks: BETWEEN_LOOKS,
            settling: Duration::ZERO,
            expected: rules().expected,
            standard: rules().standard,
            vault: Arc::new(self.vault.clone()),
            settings: Arc::new(self.settings.clone()),
            dialogs: Box::new(NoDialogs),
            demo: None,
            sign_in: Box::new(NoSignIn),
            door: Box::new(self.registry.clone()),
            turns: Box::new(self.turns.clone()),
            clock: Arc::new(self.clock.clone()),
            wake: Arc::clone(&self.wake),
        });
        self.worker = Some(worker.unwrap());
    }

    /// The program ends and is started again; what it remembers is in its books.
    pub(crate) fn restart(&mut self) {
        self.worker = None;
        self.life.begin_again();
        self.start();
    }

    pub(crate) fn worker(&self) -> &Worker {
        self.worker.as_ref().unwrap()
    }

    /// Takes the worker away, to drop it somewhere.
    pub(crate) fn take_worker(&mut self) -> Worker {
        self.worker.take().unwrap()
    }

    /// Puts a file where somebody can choose it, as it was when it was read.
    pub(crate) fn choose(&mut self, submission: SubmissionId, content: &[u8]) -> Entry {
        let path = format!("/export/{}.hl7", self.next_file);
        self.next_file += 1;
        self.files.set(&path, Body::Bytes(content.to_vec()));
        self.contents.insert(submission, content.to_vec());
        Entry {
            submission,
            account: self.account.id(),
            destination: Destination::Testing,
            path: PathBuf::from(path),
            size_bytes: content.len() as u64,
            sha256: ContentHash(Sha256::digest(content).into()),
            counts: Counts::default(),
            facilities: Facilities::default(),
            initials: "JR".to_owned(),
            answers: Answers::default(),
            repair: None,
            cancel: Cancel::default(),
        }
    }

    /// Enters a file as *Send* does.
    #[track_caller]
    pub(crate) fn enter(&mut self, entry: &Entry) -> Result<Record, EntryRefusal> {
        self.desk(DeskJob::Enter(Box::new(entry.clone())));
        self.wait(|event| match event {
            Event::Entered(submission, result) if *submission == entry.submission => {
                Some((**result).clone().map(|entered| entered.record))
            }
            _ => None,
        })
    }

    /// A file on a card, entered in the ledger.
    #[track_caller]
    pub(crate) fn card(&mut self, content: &[u8]) -> Shipment {
        self.card_if(content, IfDuplicate::Hold)
    }

    /// The same, whether or not the content went before.
    #[track_caller]
    pub(crate) fn card_if(&mut self, content: &[u8], if_duplicate: IfDuplicate) -> Shipment {
        let entry = Entry {
            answers: Answers {
                duplicate: if_duplicate,
                ..Answers::default()
            },
            ..self.choose(SubmissionId(Uuid::new_v4()), content)
        };
        let record = self.enter(&entry).unwrap();
        Shipment {
            original: Some(entry.path),
            if_duplicate,
            ..self.shipment(&record)
        }
    }

    /// What the outbox hands over of a submission.
    pub(crate) fn shipment(&self, record: &Record) -> Shipment {
        Shipment {
            submission: record.entered.id,
            account: self.account.clone(),
            destination: record.entered.destination,
            original: None,
            size_bytes: record.entered.size_bytes,
            sha256: record.entered.sha256,
            initials: record.entered.by.initials.clone(),
            template: SameDayTemplate::parse("{code}{yy}{ddd}.{n}.hl7").unwrap(),
            zone: chrono_tz::America::Chicago,
            if_duplicate: IfDuplicate::Hold,
            cancel: Cancel::default(),
        }
    }

    /// What a run leaves that ends while a file travels under this name.
    pub(crate) fn leave_in_the_middle(&self, shipment: &Shipment, name: &str) {
        let named = |state| Step {
            sent_as: Some(name.to_owned()),
            ..self
                .record(shipment)
                .step_to(state, Clock::now(&self.clock), self.record(shipment).entered.by)
        };
        let claim = named(State::NameClaimed);
        assert_eq!(self.ledger.claim(shipment.submission, name, &claim), Ok(Claim::Ours));
        self.ledger
            .advance(shipment.submission, &named(State::Sending))
            .unwrap();
    }

    /// Where a submission stands in the ledger.
    pub(crate) fn record(&self, shipment: &Shipment) -> Record {
        self.ledger.record(shipment.submission).unwrap().unwrap()
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

    /// Hands all of them over before the courier begins with the first. It must not have the turn.
    pub(crate) fn hand_over_together(&self, shipments: &[Shipment]) {
        self.turns.wait_until_free();
        let gate = self.turns.gate.lock().unwrap_or_else(PoisonError::into_inner);
        for shipment in shipments {
            self.hand_over(shipment);
        }
        drop(gate);
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
            Event::Finished(submission, outcome) if *submission == shipment.submission => Some((**outcome).clone()),
            _ => None,
        });
        self.outcomes.insert(shipment.submission, outcome.clone());
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
    /// said to be unknown, or a part that the ledger knows of; and nothing forbidden happened.
    #[track_caller]
    pub(crate) fn check(&self) {
        let state = self.registry.state();
        assert_eq!(state.violations, Vec::<String>::new());
        let mut ours = state.of(self.registry.who);
        for (submission, outcome) in &self.outcomes {
            let known_parts = self.known_parts(*submission);
            ours.retain(|file| !known_parts.contains(&file.name));
            match outcome {
                Outcome::Delivered(delivery) => {
                    let at = ours.iter().position(|file| file.name == delivery.sent_as);
                    let Some(at) = at else {
                        panic!("{} is said to be delivered, and is not there", delivery.sent_as);
                    };
                    let file = ours.remove(at);
                    assert!(file.bytes == self.contents[submission], "{} is not whole", file.name);
                    assert_eq!(delivery.verified_bytes, file.bytes.len() as u64);
                }
                Outcome::Unknown { sent_as, .. } => ours.retain(|file| file.name != *sent_as),
                Outcome::Duplicate(duplicate) => {
                    let mut same = state
                        .everything()
                        .filter(|file| file.bytes == self.contents[submission]);
                    assert!(same.any(|file| file.name == duplicate.name));
                }
                Outcome::PartLeft { sent_as } => assert!(known_parts.contains(sent_as)),
                Outcome::Asked(_)
                | Outcome::Waiting { .. }
                | Outcome::NotSent(_)
                | Outcome::FileTrouble(_)
                | Outcome::CopyTrouble(_)
                | Outcome::Cancelled => {}
            }
        }
        let left: Vec<String> = ours.into_iter().map(|file| file.name).collect();
        assert_eq!(left, Vec::<String>::new(), "at the registry, and nobody said so");
    }

    /// Parts that stay at the registry, as the ledger knows.
    pub(crate) fn known_parts(&self, submission: SubmissionId) -> Vec<String> {
        let steps = self.ledger.steps(submission).unwrap();
        steps
            .into_iter()
            .filter(|step| !step.state.is_doubtful())
            .filter_map(|step| match step.why {
                Some(Why::PartStays { name } | Why::TakenUnfinished { name }) => Some(name),
                _ => None,
            })
            .collect()
    }
}
