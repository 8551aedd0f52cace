//! Outages: when the way to the registry was broken, as the steps of submissions tell.

use chrono::{DateTime, Utc};

use crate::domain::{
    failure::Trouble,
    submission::{State, Step, Why},
};

/// Where the way to the registry ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutageKind {
    /// This computer has no network.
    Offline,
    /// The registry does not answer, or not as it should.
    NoAnswer,
}

/// What something that happened says of the way to the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is broken.
    Broken(OutageKind),
    /// The registry answered, if only to refuse something.
    Open,
    /// Somebody answered who may not be the registry, or something is wrong that nobody knows.
    Doubtful,
    /// Nothing: nobody went.
    Untried,
}

/// A time in which the registry did not answer this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// The first try without an answer.
    pub began: DateTime<Utc>,
    /// The last try without an answer.
    pub last_try: DateTime<Utc>,
    /// When the registry next answered; `None` where nobody has seen that.
    pub ended: Option<DateTime<Utc>>,
    /// How many tries had no answer.
    pub tries: usize,
    /// Where the way ended at the last of them.
    pub kind: OutageKind,
    /// What was seen, each once, in the order in which it was first seen.
    pub troubles: Vec<Trouble>,
}

impl Trouble {
    /// What it says of the way to the registry.
    pub fn way(&self) -> Way {
        match self {
            Self::Offline => Way::Broken(OutageKind::Offline),
            Self::HostNotFound | Self::PortClosed | Self::Silent | Self::ConnectionLost => {
                Way::Broken(OutageKind::NoAnswer)
            }
            Self::PasswordRefused
            | Self::DataPortsBlocked
            | Self::FolderMissing(_)
            | Self::NoRoom
            | Self::PermissionDenied
            | Self::NameExists
            | Self::Busy
            | Self::WrongSize { .. }
            | Self::Overwritten => Way::Open,
            Self::TlsRefused
            | Self::CertificateUnknown(_)
            | Self::CertificateExpired(_)
            | Self::CertificateWrongName(_)
            | Self::CertificateChanged { .. }
            | Self::Cancelled
            | Self::Unexpected => Way::Doubtful,
            Self::NoPassword | Self::Keychain(_) | Self::AnotherDropoff | Self::LocalFile(_) | Self::Books(_) => {
                Way::Untried
            }
        }
    }
}

impl Step {
    /// What it says of the way to the registry at its time.
    pub fn way(&self) -> Way {
        match self.state {
            // A name is claimed once both folders were listed.
            State::NameClaimed | State::Delivered | State::AtRegistry | State::PickedUp | State::Reported => Way::Open,
            State::Waiting | State::Held | State::Unknown => self.why.as_ref().map_or(Way::Untried, way_of),
            // It may still tell why the file waited before.
            State::Queued => match self.why.as_ref().map_or(Way::Untried, way_of) {
                Way::Open => Way::Open,
                Way::Broken(_) | Way::Doubtful | Way::Untried => Way::Untried,
            },
            State::Sending | State::Closed | State::Cancelled | State::Failed => Way::Untried,
        }
    }

    fn broken_by(&self) -> Option<(OutageKind, &Trouble)> {
        match (self.way(), &self.why) {
            (Way::Broken(kind), Some(Why::Registry(failure))) => Some((kind, &failure.trouble)),
            (Way::Broken(_) | Way::Open | Way::Doubtful | Way::Untried, _) => None,
        }
    }
}

fn way_of(why: &Why) -> Way {
    match why {
        Why::Registry(failure) => failure.trouble.way(),
        // Somebody looked into the folders.
        Why::Duplicate(_)
        | Why::NotSeen
        | Why::Gone
        | Why::NotThere
        | Why::PartRemoved
        | Why::PartStays { .. }
        | Why::TakenUnfinished { .. }
        | Why::NameLost { .. } => Way::Open,
        Why::File(_) | Why::Copy(_) | Why::Interrupted | Why::TryNow => Way::Untried,
    }
}

/// The outages that these steps tell of, oldest first. Tries without an answer are one outage until the registry answers.
pub fn outages<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Vec<Outage> {
    let mut steps: Vec<&Step> = steps.into_iter().collect();
    // Steps of several submissions come one submission after the other.
    steps.sort_by_key(|step| step.at);
    let mut found: Vec<Outage> = Vec::new();
    for step in steps {
        let open = found.last_mut().filter(|outage| outage.ended.is_none());
        match (step.broken_by(), open) {
            (Some((kind, trouble)), Some(outage)) => {
                outage.last_try = step.at;
                outage.tries += 1;
                outage.kind = kind;
                if !outage.troubles.contains(trouble) {
                    outage.troubles.push(trouble.clone());
                }
            }
            (Some((kind, trouble)), None) => found.push(Outage {
                began: step.at,
                last_try: step.at,
                ended: None,
                tries: 1,
                kind,
                troubles: vec![trouble.clone()],
            }),
            (None, Some(outage)) if step.way() == Way::Open => outage.ended = Some(step.at),
            (None, _) => {}
        }
    }
    found
}

/// The outage that goes on, as far as these steps tell.
pub fn present<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Option<Outage> {
    outages(steps).pop().filter(|outage| outage.ended.is_none())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::{
        failure::{self, LedgerFailure, RegistryFailure},
        person::Person,
        submission::{By, Wish},
    };

    fn minute(minutes: i64) -> DateTime<Utc> {
        "2026-11-20T15:12:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
    }

    fn step(state: State, minutes: i64, why: Option<Why>) -> Step {
        let person = Person {
            user: "rose".to_owned(),
            computer: "FRONT-1".to_owned(),
        };
        Step {
            state,
            at: minute(minutes),
            by: By::nobody_in_particular(&person),
            sent_as: None,
            until: None,
            why,
            delivery: None,
            wish: Wish::Send,
        }
    }

    fn failed(state: State, minutes: i64, trouble: Trouble) -> Step {
        let failure = RegistryFailure::new(trouble, failure::Step::Port, "");
        step(state, minutes, Some(Why::Registry(failure)))
    }

    #[test]
    fn tries_without_an_answer_are_one_outage_until_the_registry_answers() {
        let steps = [
            step(State::Queued, 0, None),
            failed(State::Waiting, 1, Trouble::Silent),
            failed(State::Waiting, 3, Trouble::Offline),
            step(State::Queued, 7, Some(Why::TryNow)),
            failed(State::Unknown, 8, Trouble::Silent),
            step(State::Unknown, 20, Some(Why::NotSeen)),
            step(State::Delivered, 22, None),
        ];
        let expected = Outage {
            began: minute(1),
            last_try: minute(8),
            ended: Some(minute(20)),
            tries: 3,
            kind: OutageKind::NoAnswer,
            troubles: vec![Trouble::Silent, Trouble::Offline],
        };
        assert_eq!(outages(&steps), [expected]);
        assert_eq!(present(&steps), None);
    }

    #[test]
    fn a_file_that_got_through_in_between_makes_two_outages_of_one() {
        let waits = [
            failed(State::Waiting, 1, Trouble::Silent),
            failed(State::Waiting, 31, Trouble::Silent),
        ];
        let gets_through = [step(State::NameClaimed, 10, None), step(State::Delivered, 11, None)];
        let found = outages(waits.iter().chain(&gets_through));
        let ends: Vec<_> = found.iter().map(|outage| (outage.began, outage.ended)).collect();
        assert_eq!(ends, [(minute(1), Some(minute(10))), (minute(31), None)]);
        let goes_on = present(waits.iter().chain(&gets_through));
        assert_eq!(goes_on.map(|outage| outage.began), Some(minute(31)));
    }

    #[test]
    fn a_refusal_is_an_answer_and_ends_an_outage() {
        for trouble in [Trouble::PasswordRefused, Trouble::Busy, Trouble::NoRoom] {
            let steps = [
                failed(State::Waiting, 1, Trouble::ConnectionLost),
                failed(State::Held, 2, trouble),
            ];
            assert_eq!(outages(&steps)[0].ended, Some(minute(2)));
            assert_eq!(outages(&steps[1..]), []);
        }
    }

    #[test]
    fn what_says_nothing_of_the_registry_neither_begins_nor_ends_an_outage() {
        for says_nothing in [
            failed(State::Held, 2, Trouble::CertificateUnknown(None)),
            failed(State::Held, 2, Trouble::NoPassword),
            failed(State::Waiting, 2, Trouble::Books(LedgerFailure::Busy)),
            step(State::Unknown, 2, Some(Why::Interrupted)),
            step(State::Queued, 2, Some(Why::TryNow)),
            failed(State::Queued, 2, Trouble::Silent),
            step(State::Sending, 2, None),
            step(State::Cancelled, 2, Some(Why::PartStays { name: "A".to_owned() })),
            step(State::Closed, 2, None),
        ] {
            let steps = [failed(State::Waiting, 1, Trouble::Silent), says_nothing];
            assert_eq!(
                (outages(&steps)[0].ended, outages(&steps)[0].tries),
                (None, 1),
                "{:?}",
                steps[1]
            );
            assert_eq!(outages(&steps[1..]), [], "{:?}", steps[1]);
        }
    }
}
