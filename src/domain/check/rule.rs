//! What a rule is: a stable id, how bad it is, who puts it right, and who says so.
//!
//! Each room of the checker has an enum of its own rules, written as a table in the room's own file by `rules!`: a row is a rule
//! with its [`Sheet`]. [`Rule`] joins the rooms. A new room is one line in `rooms!` at the end of this file. Its words are a
//! `match` in `app::wording::check`, which the compiler keeps complete.

use crate::domain::{check::repair::Repair, settings::Stage};

// Sources that several rooms name.
pub(super) const CONTRADICTION: &str = "Dropoff: the record contradicts itself";
pub(super) const DATE_ALONE: &str = "HL7 2.5.1, chapter 2.A, DTM: digits, and no spaces";
pub(super) const UNIQUE_ORDER: &str = "HL7 2.5.1, chapter 4, ORC-3: it identifies the order at the filler";
pub(super) const SAME_DOSE: &str = "Texas, IMR-110: this immunization matches another immunization in incoming file";

/// How bad it is. The worst is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Note,
    /// It is stored, but complained about.
    Warning,
    /// The registry may not store this patient or this vaccination. The rule's source says so.
    Error,
    /// The file cannot be processed as it is.
    Blocker,
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::Blocker, Self::Error, Self::Warning, Self::Note];
}

/// Who puts it right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Whoever exports and drops the file.
    FrontDesk,
    /// Whoever entered the vaccination.
    Nurse,
    /// Whoever wrote the program that exports.
    Vendor,
    /// This program, on a copy.
    Dropoff,
    /// Nobody has to.
    Nobody,
}

/// All that is to be known of a rule but its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    /// `room.what-is-wrong`. It never changes: scripts and saved records name it.
    pub id: &'static str,
    /// How bad it is while the clinic is live.
    pub live: Severity,
    /// How bad it is while the clinic is testing.
    pub testing: Severity,
    /// Who puts it right.
    pub who: Who,
    /// How Dropoff puts it right on a copy; `None` where it cannot, or must not.
    pub repair: Option<Repair>,
    /// Who says so: a guide and a place in it, a registry, or this program's own reasoning.
    pub source: &'static str,
}

impl Sheet {
    /// A rule that is a blocker, in either stage.
    pub const fn blocker(id: &'static str, who: Who, source: &'static str) -> Self {
        Self::new(id, Severity::Blocker, who, source)
    }

    /// A rule that is an error, in either stage.
    pub const fn error(id: &'static str, who: Who, source: &'static str) -> Self {
        Self::new(id, Severity::Error, who, source)
    }

    /// A rule that is a warning, in either stage.
    pub const fn warning(id: &'static str, who: Who, source: &'static str) -> Self {
        Self::new(id, Severity::Warning, who, source)
    }

    /// A rule that is a note, in either stage.
    pub const fn note(id: &'static str, who: Who, source: &'static str) -> Self {
        Self::new(id, Severity::Note, who, source)
    }

    /// The same rule, this bad while the clinic is testing.
    #[must_use]
    pub const fn while_testing(self, testing: Severity) -> Self {
        Self { testing, ..self }
    }

    /// The same rule, whose trouble Dropoff can put right on a copy, in this way.
    #[must_use]
    pub const fn repaired_by(self, repair: Repair) -> Self {
        Self {
            repair: Some(repair),
            ..self
        }
    }

    const fn new(id: &'static str, severity: Severity, who: Who, source: &'static str) -> Self {
        Self {
            id,
            live: severity,
            testing: severity,
            who,
            repair: None,
            source,
        }
    }
}

/// Writes a room's rules as a table: `Name => Sheet::severity(id, who, source)`.
macro_rules! rules {
    ($(#[$about:meta])* $room:ident { $($(#[$meaning:meta])* $rule:ident => $sheet:expr,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $room { $($(#[$meaning])* $rule,)* }

        impl $room {
            /// Every rule of the room, in the order of its table.
            pub const ALL: &'static [Self] = &[$(Self::$rule,)*];

            /// All that is to be known of it but its words.
            pub const fn sheet(self) -> $crate::domain::check::Sheet {
                match self { $(Self::$rule => $sheet,)* }
            }
        }
    };
}
pub(super) use rules;

/// Joins the rooms.
macro_rules! rooms {
    ($($(#[$about:meta])* $room:ident($rules:ty),)+) => {
        /// A rule of any room.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule { $($(#[$about])* $room($rules),)+ }

        impl Rule {
            /// Every rule, room by room.
            pub fn all() -> impl Iterator<Item = Self> {
                std::iter::empty()$(.chain(<$rules>::ALL.iter().copied().map(Self::$room)))+
            }

            /// All that is to be known of it but its words.
            pub const fn sheet(self) -> Sheet {
                match self { $(Self::$room(rule) => rule.sheet(),)+ }
            }
        }

        $(impl From<$rules> for Rule {
            fn from(rule: $rules) -> Self {
                Self::$room(rule)
            }
        })+
    };
}

impl Rule {
    /// The rule of this id.
    pub fn of(id: &str) -> Option<Self> {
        Self::all().find(|rule| rule.id() == id)
    }

    /// `room.what-is-wrong`. It never changes.
    pub const fn id(self) -> &'static str {
        self.sheet().id
    }

    /// How bad it is at this stage.
    pub const fn severity(self, stage: Stage) -> Severity {
        match stage {
            Stage::Live => self.sheet().live,
            Stage::Testing => self.sheet().testing,
        }
    }

    /// Who puts it right.
    pub const fn who(self) -> Who {
        self.sheet().who
    }

    /// How Dropoff puts it right on a copy; `None` where it cannot, or must not.
    pub const fn repair(self) -> Option<Repair> {
        self.sheet().repair
    }

    /// Who says so.
    pub const fn source(self) -> &'static str {
        self.sheet().source
    }
}

rooms! {
    /// What the file is, and what happened to its bytes.
    File(super::file::FileRule),
    /// What holds the messages together.
    Envelope(super::envelope::EnvelopeRule),
    /// Header and order of segments.
    Message(super::message::MessageRule),
    /// Who it is, and their consent.
    Patient(super::patient::PatientRule),
    /// What was given to whom and when.
    Vaccination(super::vaccination::VaccinationRule),
    /// What was in the syringe, and how it got where.
    Dose(super::vaccination::DoseRule),
    /// What stands beside a vaccination.
    Observation(super::vaccination::ObservationRule),
    /// What differs from the national guide's table.
    Guide(super::guide::GuideRule),
}
