//! A window whose worker is a list: what it was asked for is read, what happened is put in by hand.

use std::{
    cell::RefCell,
    collections::VecDeque,
    path::PathBuf,
    rc::Rc,
    sync::{Arc, LazyLock},
};

use chrono::{DateTime, Utc};
use dropoff::{
    adapters::profile,
    app::{
        message::{Command, DeskJob, Event, Job},
        model::Model,
    },
    domain::{
        account::{Account, Endpoint, ImportCode, Trust},
        person::Person,
        profile::Profile,
        settings::{Appearance, Role, Settings, Stage},
        submission::Copy,
    },
    ports::Clock,
    ui::{
        Drafts,
        theme::{self, InterfaceFont},
    },
    window::{Hands, Window, system_fonts},
};
use egui_kittest::{Harness, kittest::Queryable};

/// Friday, November 20, 2026, 9:12 AM in Texas.
pub(super) fn now() -> DateTime<Utc> {
    "2026-11-20T15:12:05Z".parse().unwrap()
}

pub(super) struct StillClock;

impl Clock for StillClock {
    fn now(&self) -> DateTime<Utc> {
        now()
    }

    fn steady(&self) -> std::time::Instant {
        std::time::Instant::now()
    }
}

/// What the window asked for, and what it will be told.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) jobs: Vec<Job>,
    pub(super) events: VecDeque<Event>,
    pub(super) closes: usize,
}

#[derive(Clone, Default)]
pub(super) struct SharedDesk(pub(super) Rc<RefCell<Desk>>);

impl Hands for SharedDesk {
    fn submit(&self, job: Job) -> Result<Option<Job>, Event> {
        match job {
            Job::CloseWindow => {
                self.0.borrow_mut().closes += 1;
                Ok(Some(job))
            }
            Job::WakeAt(_) | Job::StartBackground | Job::RemoveDataFolder => Ok(Some(job)),
            Job::Desk(_) | Job::Courier(_) | Job::RemoveEverything => {
                self.0.borrow_mut().jobs.push(job);
                Ok(None)
            }
        }
    }

    fn try_event(&self) -> Option<Event> {
        self.0.borrow_mut().events.pop_front()
    }
}

pub(super) fn registry() -> Profile {
    profile::immtrac2().unwrap()
}

pub(super) fn account() -> Account {
    let profile = registry();
    Account {
        user: "CLINIC01".to_owned(),
        import_code: ImportCode::parse("CLINIC01").unwrap(),
        endpoint: Endpoint {
            host: profile.host.clone(),
            port: profile.port(profile.protocol),
            protocol: profile.protocol,
            trust: Trust::System,
        },
    }
}

/// A clinic that is live and has an account.
pub(super) fn live_settings() -> Settings {
    Settings {
        role: Some(Role::WeSend),
        stage: Some(Stage::Live),
        account: Some(account()),
        clinic_name: "Main Street".to_owned(),
        day_of_month: Some(20),
        initials: "MG".to_owned(),
        appearance: Appearance::Light,
        ..Settings::fresh(&registry())
    }
}

pub(super) fn model(settings: Settings) -> Model {
    let person = Person {
        user: "mgarcia".to_owned(),
        computer: "FRONTDESK-2".to_owned(),
    };
    Model::new(now(), registry(), person, Ok(settings))
}

static FONT: LazyLock<Option<InterfaceFont>> = LazyLock::new(system_fonts::find);

/// A window of this size in points.
pub(super) struct OnStage<'a> {
    pub(super) harness: Harness<'a, Window>,
    pub(super) desk: SharedDesk,
}

pub(super) type TestWindow = OnStage<'static>;

/// Whether the window is drawn to a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawn {
    Yes,
    No,
}

pub(super) fn open(model: Model) -> TestWindow {
    open_at(model, [1100.0, 760.0], Drawn::No)
}

pub(super) fn open_at(model: Model, size: [f32; 2], drawn: Drawn) -> TestWindow {
    let desk = SharedDesk::default();
    let hands = Box::new(desk.clone());
    // What others wrote can have letters that no font here has.
    let has_foreign_letters = model.findings.is_some();
    let mut builder = Harness::builder()
        .with_size(size)
        .with_max_steps(12)
        .with_render_cursor(false)
        .with_context_setup(|ctx| theme::install(ctx, FONT.clone()));
    if has_foreign_letters {
        builder = builder.allow_missing_glyphs();
    }
    if drawn == Drawn::Yes {
        builder = builder.wgpu();
    }
    let mut harness =
        builder.build_eframe(|_| Window::new(model, Drafts::default(), hands, Arc::new(StillClock), Vec::new()));
    harness.run_steps(3);
    OnStage { harness, desk }
}

impl TestWindow {
    pub(super) fn model(&self) -> &Model {
        self.harness.state().model()
    }

    /// Tells the window what happened, and draws.
    pub(super) fn tell(&mut self, events: impl IntoIterator<Item = Event>) {
        self.desk.0.borrow_mut().events.extend(events);
        self.harness.run_steps(3);
    }

    /// Opens every fold.
    pub(super) fn unfold(&mut self) {
        let folds = ["For IT", "Details for IT", "Write to the registry", "Show them"];
        for name in folds.into_iter().chain(super::getting_out::TOPICS) {
            for fold in self.harness.query_all_by_label(name) {
                fold.click_accesskit();
            }
            self.harness.run_steps(3);
        }
    }

    /// Enters in the ledger what the window asked to enter.
    pub(super) fn enter(&mut self) {
        let entries: Vec<_> = self.desk.0.borrow().jobs.iter().filter_map(entered).collect();
        self.tell(entries);
    }

    /// The jobs since the last call.
    pub(super) fn jobs(&mut self) -> Vec<Job> {
        std::mem::take(&mut self.desk.0.borrow_mut().jobs)
    }

    pub(super) fn closes(&self) -> usize {
        self.desk.0.borrow().closes
    }
}

pub(super) fn path(name: &str) -> PathBuf {
    std::path::absolute(name).unwrap()
}

/// A command as the window would give it to the model, for scenes.
pub(super) fn ask(model: &mut Model, command: Command) -> Vec<Job> {
    dropoff::app::apply_command(model, command)
}

pub(super) fn happen(model: &mut Model, event: Event) -> Vec<Job> {
    dropoff::app::apply_event(model, event)
}

fn entered(job: &Job) -> Option<Event> {
    let Job::Desk(DeskJob::Enter(entry)) = job else {
        return None;
    };
    let record = super::scenes::entered(entry, Copy::Sealed);
    Some(Event::Entered(entry.submission, super::scenes::taken(record)))
}
