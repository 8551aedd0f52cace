//! What the program knows right now. The screens draw it, `update` changes it.

use chrono::{DateTime, NaiveDate, Utc};

pub use crate::app::card::{Again, Card, CardState, SentTo};
pub use crate::app::findings::FindingsPage;
pub use crate::app::leaving::Leaving;
pub use crate::app::notice::{Notice, Unread};
use crate::{
    app::{
        message::{CardId, Tracked},
        past::PastFiles,
        proof::SaveTo,
        retire::Retire,
        wording::hint::CommandLine,
    },
    domain::{
        account::{Account, AccountId},
        check::Occasion,
        codes::TableSource,
        failure::{RegistryFailure, SettingsFailure, VaultFailure},
        naming::clinic_day,
        outage::Outage,
        person::Person,
        profile::Profile,
        receipt::Destination,
        remote::{ConnectionFacts, FoldersSeen},
        settings::{Role, Settings, Stage},
        submission::SubmissionId,
    },
};

/// A screen of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Send, and see what became of it.
    ThisMonth,
    /// What the reports say.
    FixList,
    /// Everything that was sent.
    PastFiles,
    /// Whom to ask.
    Help,
    /// What the clinic chose.
    Settings,
}

impl Screen {
    /// In the order of the navigation, Settings last, at its foot.
    pub const ALL: [Self; 5] = [
        Self::ThisMonth,
        Self::FixList,
        Self::PastFiles,
        Self::Help,
        Self::Settings,
    ];
}

/// The step of the first start that is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupStep {
    /// How do records reach the registry?
    Role,
    /// Is the clinic in production?
    Stage,
    /// The account name and the password.
    Account,
}

/// Where files go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The account in the settings.
    Registry,
    /// The Demo, on its way.
    DemoStarting,
    /// The Demo.
    Demo(Box<Account>),
    /// The Demo did not start; the technical reason.
    DemoFailed(String),
}

/// What is known of the password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PasswordState {
    /// Nobody has looked yet.
    NotLooked,
    /// Somebody entered one, and it is being kept: what an earlier look finds no longer counts.
    BeingKept,
    /// None is kept.
    Missing,
    /// It is in the keychain.
    InKeychain,
    /// It is in memory until the program ends, because of this.
    ThisRun(VaultFailure),
    /// It was given for this run, and is never kept.
    GivenOnce,
    /// The registry refused it. Nothing is tried until somebody enters another.
    Refused,
    /// The keychain did not answer.
    Trouble(VaultFailure),
}

impl PasswordState {
    /// Whether nobody is looking for it or keeping it just now.
    pub fn is_settled(&self) -> bool {
        !matches!(self, Self::NotLooked | Self::BeingKept)
    }
}

/// *Test the connection*.
#[derive(Debug, Clone, PartialEq)]
pub enum ConnectionTest {
    /// On its way.
    Running,
    /// What it found.
    Done(Result<Box<ConnectionFacts>, RegistryFailure>),
}

/// What was last seen in the registry's folders.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// Somebody is looking right now.
    pub running: bool,
    /// The last folders that were seen.
    pub seen: Option<FoldersSeen>,
    /// Why the last look failed, if it did.
    pub failure: Option<RegistryFailure>,
    /// When somebody should look again without being asked.
    pub next: Option<DateTime<Utc>>,
}

/// How the reading of the ledger stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outbox {
    /// It is being read right now.
    pub running: bool,
    /// Something has happened since: what is being read right now may be out of date.
    pub is_stale: bool,
    /// When it is read again without being asked.
    pub next: Option<DateTime<Utc>>,
    /// Another Dropoff on this computer is at the registry. Only the command line asks before it shows what waits.
    pub is_another_at_work: bool,
}

/// Whether files go by themselves when their time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tries {
    /// Only what somebody asks for: the command line.
    #[default]
    WhenAsked,
    /// Whatever is due: a window, or the background.
    ByThemselves,
}

/// Everything.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The last `Event::Tick`.
    pub now: DateTime<Utc>,
    /// The registry.
    pub profile: Profile,
    /// Who is signed in where.
    pub person: Person,
    /// How a person calls Dropoff from a terminal, in hints.
    pub command_line: CommandLine,
    /// What the clinic chose.
    pub settings: Settings,
    /// How often the settings are being saved right now.
    pub saves_under_way: usize,
    /// Where files go.
    pub place: Place,
    /// What is on the screen, after the first start.
    pub screen: Screen,
    /// What is on the screen during the first start.
    pub setup: Option<SetupStep>,
    /// What is known of the password of the account in use.
    pub password: PasswordState,
    /// The files on *This month*, oldest first.
    pub cards: Vec<Card>,
    /// What was found in one of them, while somebody looks at it.
    pub findings: Option<FindingsPage>,
    /// *Test the connection*.
    pub connection_test: Option<ConnectionTest>,
    /// The authority's text that was just chosen for the form; the form takes it over.
    pub chosen_authority: Option<String>,
    /// The registry's folders.
    pub look: Look,
    /// The ledger.
    pub outbox: Outbox,
    /// What is not delivered of accounts that are not in use.
    pub elsewhere: Vec<Tracked>,
    /// Whether files go by themselves.
    pub tries: Tries,
    /// The outage that the ledger last told of, if one went on.
    pub outage: Option<Outage>,
    /// *Past files*, once somebody opened it.
    pub past: PastFiles,
    /// Where the proof goes that is being read right now.
    pub proof_to: Option<SaveTo>,
    /// *Move or retire this computer*.
    pub retire: Retire,
    /// Earlier ledgers that nobody has acknowledged: above everything.
    pub unread: Unread,
    /// One line on top.
    pub notice: Option<Notice>,
    /// Where the code tables came from.
    pub code_tables: Vec<TableSource>,
    /// The question before closing is open.
    pub asks_before_closing: bool,
    /// How the window closes, as soon as everything that was sent is in the ledger.
    pub leaving: Option<Leaving>,
    /// The last wake-up that the window was asked for.
    pub wakes_at: Option<DateTime<Utc>>,
    /// The next card's number.
    pub next_card: u64,
}

impl Model {
    /// The model at start. `settings` are the loaded ones, or why they could not be loaded.
    pub fn new(
        now: DateTime<Utc>,
        profile: Profile,
        person: Person,
        settings: Result<Settings, SettingsFailure>,
    ) -> Self {
        let (settings, notice) = match settings {
            Ok(settings) => (settings, None),
            Err(failure) => (Settings::fresh(&profile), Some(Notice::SettingsNotLoaded(failure))),
        };
        let setup = (!settings.is_set_up()).then_some(SetupStep::Role);
        let place = match settings.role {
            Some(Role::JustLooking) => Place::DemoStarting,
            Some(Role::WeSend | Role::EhrSends) | None => Place::Registry,
        };
        Self {
            now,
            profile,
            person,
            command_line: CommandLine::default(),
            settings,
            saves_under_way: 0,
            place,
            screen: Screen::ThisMonth,
            setup,
            password: PasswordState::NotLooked,
            cards: Vec::new(),
            findings: None,
            connection_test: None,
            chosen_authority: None,
            look: Look::default(),
            outbox: Outbox::default(),
            elsewhere: Vec::new(),
            tries: Tries::default(),
            outage: None,
            past: PastFiles::default(),
            proof_to: None,
            retire: Retire::default(),
            unread: Unread::default(),
            notice,
            code_tables: Vec::new(),
            asks_before_closing: false,
            leaving: None,
            wakes_at: None,
            next_card: 1,
        }
    }

    /// The same model, bound for the Demo whatever the settings say, and without the first start.
    #[must_use]
    pub fn bound_for_the_demo(mut self) -> Self {
        self.place = Place::DemoStarting;
        self.setup = None;
        self
    }

    /// The account in use: the Demo's, or the one in the settings.
    pub fn account(&self) -> Option<&Account> {
        match &self.place {
            Place::Registry => self.settings.account.as_ref(),
            Place::Demo(account) => Some(account),
            Place::DemoStarting | Place::DemoFailed(_) => None,
        }
    }

    /// Where files go, for the strip on top and for receipts.
    pub fn destination(&self) -> Destination {
        match (&self.place, self.settings.stage) {
            (Place::Registry, Some(Stage::Live)) => Destination::Live,
            (Place::Registry, Some(Stage::Testing) | None) => Destination::Testing,
            (Place::DemoStarting | Place::Demo(_) | Place::DemoFailed(_), _) => Destination::Demo,
        }
    }

    /// The clinic's day.
    pub fn today(&self) -> NaiveDate {
        clinic_day(self.now, self.settings.time_zone)
    }

    /// For when a file is checked that is read now. The Demo is as strict as the registry is with a clinic that is live.
    pub fn occasion(&self) -> Occasion {
        Occasion {
            today: self.today(),
            stage: match self.destination() {
                Destination::Live | Destination::Demo => Stage::Live,
                Destination::Testing => Stage::Testing,
            },
        }
    }

    /// A card, if it is still there.
    pub fn card(&self, id: CardId) -> Option<&Card> {
        self.cards.iter().find(|card| card.id == id)
    }

    /// The outage that goes on. The ledger knows of tries to send alone: a look that got through since ends it, too.
    pub fn present_outage(&self) -> Option<&Outage> {
        let seen = self.look.seen.as_ref().map(|seen| seen.at);
        self.outage.as_ref().filter(|outage| seen < Some(outage.last_try))
    }

    /// The cards that can be sent.
    pub fn ready_cards(&self) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(|card| card.state == CardState::Ready)
    }

    /// The card of a submission.
    pub fn card_of(&self, submission: SubmissionId) -> Option<&Card> {
        self.cards.iter().find(|card| card.submission == Some(submission))
    }

    /// Whether this is the account in use.
    pub fn is_in_use(&self, account: &AccountId) -> bool {
        self.account().map(Account::id).as_ref() == Some(account)
    }

    /// Files that are not delivered and need nobody to be: on their way, or waiting.
    pub fn files_to_go(&self) -> usize {
        let goes = |card: &&Card| card.is_sending() || card.is_waiting();
        self.cards.iter().filter(goes).count()
    }

    /// Files that wait to be sent or found out about by themselves.
    pub fn waiting_cards(&self) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(|card| card.is_waiting())
    }

    /// Whether a file is on its way.
    pub fn is_sending(&self) -> bool {
        self.cards.iter().any(Card::is_sending)
    }

    /// Whether another Dropoff on this computer has this file just now: it began, and somebody is at it.
    pub fn is_with_another(&self, card: &Card) -> bool {
        self.outbox.is_another_at_work && card.is_under_way_elsewhere()
    }

    /// Whether a password is at hand.
    pub fn has_password(&self) -> bool {
        match self.password {
            PasswordState::InKeychain | PasswordState::ThisRun(_) | PasswordState::GivenOnce => true,
            PasswordState::NotLooked
            | PasswordState::BeingKept
            | PasswordState::Missing
            | PasswordState::Refused
            | PasswordState::Trouble(_) => false,
        }
    }

    /// Whether *Send* would do something.
    pub fn can_send(&self) -> bool {
        self.account().is_some() && self.has_password() && self.ready_cards().next().is_some()
    }
}
