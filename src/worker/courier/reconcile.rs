//! Finding out the truth: what the registry has of a submission of which nobody knows.
//!
//! Whole: delivered. A part: removed, or left and the next name taken. Nothing, twice, with a pause between: it may go again
//! under its name. Anything that could be a file on its way between two folders is looked at twice. The beginning of another
//! content is no part but somebody else's file, and is left alone.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::{
    domain::{
        cancel::Cancel,
        failure::{RegistryFailure, Trouble},
        remote::{Folder, RemoteFile},
        submission::{Delivery, Outcome, State, Why, retry::is_due},
    },
    worker::courier::{
        Courier,
        duplicate::{Content, MAX_FETCHED_BYTES},
        look::Seen,
        no_connection,
        steps::Parcel,
        whole_file::begins_with,
    },
};

/// What was found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// The registry has it.
    Delivered(Delivery),
    /// Nothing whole of it is there: it may go, under its name where it still has one.
    Free,
    /// Nobody can say yet.
    LookAgain,
}

impl Found {
    /// What is said of it then; `None` where it may go.
    pub(super) fn outcome(self, parcel: &Parcel<'_>, failure: RegistryFailure) -> Option<Outcome> {
        match self {
            Self::Delivered(delivery) => Some(Outcome::Delivered(delivery)),
            Self::LookAgain => Some(parcel.outcome(failure)),
            Self::Free => None,
        }
    }
}

/// What the folders show under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sight {
    Whole,
    /// As long as it is, and not handed out.
    WholeBySize,
    /// The beginning of it in HL7-Dropoff, listed under this name.
    Part(String),
    /// The beginning of it in Accepted.
    TakenUnfinished,
    /// Nothing but somebody else's file.
    Foreign,
    Nothing,
    /// Nothing that can be told.
    Unclear,
}

/// What one file under its name is beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Whole,
    WholeBySize,
    Part,
    Other,
    Unclear,
}

/// Whether a look that shows nothing whole is the first one to show this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    First,
    /// The pause is not over.
    TooSoon,
    Second,
}

impl Courier {
    /// Says what became of it, by what was just seen, and writes it down. It must be in doubt.
    pub(super) fn reconcile(&mut self, parcel: &mut Parcel<'_>, seen: &Seen) -> Result<Found, RegistryFailure> {
        if parcel.record.state == State::Sending {
            // If this ends here too, whoever comes next looks at once.
            let now = self.outfit.clock.now();
            self.note(parcel, State::Unknown, |step| {
                step.until = Some(now);
                step.why = Some(Why::Interrupted);
            })?;
        }
        let Some(name) = parcel.record.sent_as.clone() else {
            return self.free(parcel, Why::NotThere, None);
        };
        let sight = self.sight(parcel, &name, seen)?;
        if let Sight::Part(listed) = &sight {
            self.remove_part(parcel, &name, listed)
        } else {
            self.conclude(parcel, &name, sight)
        }
    }

    /// What is not there whole is looked at twice, and both looks must show the same: a file that is being moved shows
    /// something else at every moment.
    fn conclude(&mut self, parcel: &mut Parcel<'_>, name: &str, sight: Sight) -> Result<Found, RegistryFailure> {
        let name = name.to_owned();
        let shows = match sight {
            Sight::Whole | Sight::WholeBySize => return self.found_whole(parcel, name),
            Sight::Unclear => return self.unknown(parcel, Why::NotSeen, None),
            Sight::Nothing if self.went(parcel)? => Why::Gone,
            Sight::Nothing => Why::NotSeen,
            Sight::Part(_) => Why::PartStays { name: name.clone() },
            Sight::TakenUnfinished => Why::TakenUnfinished { name: name.clone() },
            Sight::Foreign => Why::NameLost { name: name.clone() },
        };
        match self.which_look(parcel, &shows) {
            Look::First => self.first_look(parcel, shows),
            Look::TooSoon => self.wait_for_the_second_look(parcel),
            Look::Second if shows == Why::Gone => self.gone_for_good(parcel, name),
            Look::Second if shows == Why::NotSeen => self.free(parcel, Why::NotThere, Some(name)),
            Look::Second => {
                if matches!(shows, Why::NameLost { .. }) {
                    self.remove_mixture(parcel, &name)?;
                }
                self.free(parcel, shows, None)
            }
        }
    }

    pub(super) fn first_look(&mut self, parcel: &mut Parcel<'_>, why: Why) -> Result<Found, RegistryFailure> {
        let until = self.outfit.clock.now() + self.outfit.between_looks;
        let steady = self.outfit.clock.steady();
        self.first_looks.insert(parcel.shipment.submission, steady);
        self.unknown(parcel, why, Some(until))
    }

    /// A wish that came in the meantime is written down: whoever has it may be gone at the second look.
    fn wait_for_the_second_look(&mut self, parcel: &mut Parcel<'_>) -> Result<Found, RegistryFailure> {
        if parcel.wish() != parcel.record.wish {
            let (why, until) = (parcel.record.why.clone(), parcel.record.until);
            self.note(parcel, State::Unknown, |step| {
                step.until = until;
                step.why = why;
            })?;
        }
        Ok(Found::LookAgain)
    }

    /// A clock that somebody sets must not shorten the pause, so a clock that nobody can set is asked too. Of a look before this
    /// program was started only the ledger knows.
    fn which_look(&self, parcel: &Parcel<'_>, shows: &Why) -> Look {
        let record = &parcel.record;
        if record.why.as_ref() != Some(shows) || record.until.is_none() {
            return Look::First;
        }
        let now = self.outfit.clock.now();
        let first = self.first_looks.get(&parcel.shipment.submission);
        let passed = first.map(|first| self.outfit.clock.steady().saturating_duration_since(*first));
        let pause = self.outfit.between_looks.to_std().unwrap_or(Duration::MAX);
        match passed {
            Some(passed) if passed >= pause => Look::Second,
            Some(_) | None if now < record.since => Look::First,
            Some(_) | None if !is_due(now, record.until) => Look::TooSoon,
            Some(_) => Look::First,
            None => Look::Second,
        }
    }

    fn sight(&mut self, parcel: &Parcel<'_>, name: &str, seen: &Seen) -> Result<Sight, RegistryFailure> {
        let mut sights = Vec::new();
        for (folder, file) in seen.named(name) {
            let likeness = self.likeness(parcel, folder, file)?;
            if likeness == Likeness::Whole {
                return Ok(Sight::Whole);
            }
            sights.push((folder, likeness, &file.name));
        }
        let shows = |folder, likeness| sights.iter().find(|sight| (sight.0, sight.1) == (folder, likeness));
        let any = |likeness| sights.iter().any(|sight| sight.1 == likeness);
        Ok(if any(Likeness::WholeBySize) {
            Sight::WholeBySize
        } else if any(Likeness::Unclear) {
            Sight::Unclear
        } else if shows(Folder::Accepted, Likeness::Part).is_some() {
            Sight::TakenUnfinished
        } else if let Some((_, _, listed)) = shows(Folder::Dropoff, Likeness::Part) {
            Sight::Part((*listed).clone())
        } else if any(Likeness::Other) {
            Sight::Foreign
        } else {
            Sight::Nothing
        })
    }

    /// What the registry does not hand out is known by its name and its size.
    fn likeness(
        &mut self,
        parcel: &Parcel<'_>,
        folder: Folder,
        file: &RemoteFile,
    ) -> Result<Likeness, RegistryFailure> {
        let whole_bytes = parcel.shipment.size_bytes;
        let by_size = match file.size_bytes {
            Some(size) if size > whole_bytes => return Ok(Likeness::Other),
            Some(size) if size == whole_bytes => Likeness::WholeBySize,
            Some(size) if size > MAX_FETCHED_BYTES => return self.uncompared(parcel, Likeness::Part),
            Some(_) => Likeness::Part,
            None => Likeness::Unclear,
        };
        match self.compare(parcel.shipment, folder, &file.name, &Cancel::default()) {
            Ok(Content::Same) => Ok(Likeness::Whole),
            Ok(Content::Other) => Ok(Likeness::Other),
            Ok(Content::Shorter(beginning)) => match begins_with(&self.outfit, parcel, beginning) {
                Some(true) => Ok(Likeness::Part),
                Some(false) => Ok(Likeness::Other),
                None => self.uncompared(parcel, Likeness::Part),
            },
            Err(failure) if failure.trouble.passes_by_itself() => Err(failure),
            Err(_) => self.uncompared(parcel, by_size),
        }
    }

    /// What its name and its size say, unless it is known that somebody else may have the name: other bytes were seen under it
    /// since the file was last sent, or the registry has refused it. Then what was not compared is neither removed nor called
    /// delivered.
    fn uncompared(&self, parcel: &Parcel<'_>, by_size: Likeness) -> Result<Likeness, RegistryFailure> {
        let whys = self.whys_since_sending(parcel)?;
        let failed = |why: &Why, trouble| matches!(why, Why::Registry(failure) if failure.trouble == trouble);
        let saw_other = |why: &Why| matches!(why, Why::NameLost { .. }) || failed(why, Trouble::Overwritten);
        let refused = |why: &Why| failed(why, Trouble::NameExists);
        Ok(if whys.iter().any(saw_other) {
            // It could be fetched before: it has just gone, and ours it is not.
            Likeness::Other
        } else if !whys.iter().any(refused) {
            by_size
        } else if by_size == Likeness::Part {
            Likeness::Other
        } else {
            Likeness::Unclear
        })
    }

    /// Removes the part, and looks whether it is gone: it may have become whole, or have been taken, in the meantime.
    fn remove_part(&mut self, parcel: &mut Parcel<'_>, name: &str, listed: &str) -> Result<Found, RegistryFailure> {
        let open = self.connection.as_mut().ok_or_else(no_connection)?;
        let removal = open.registry.remove(listed);
        if let Err(failure) = &removal {
            tracing::warn!(trouble = %failure.trouble, "a part could not be removed");
            if failure.trouble.passes_by_itself() {
                return Err(failure.clone());
            }
        }
        let seen = self.see_here()?;
        match (removal.is_ok(), self.sight(parcel, name, &seen)?) {
            (true, Sight::Nothing) => self.free(parcel, Why::PartRemoved, Some(name.to_owned())),
            // The listing is behind, and says nothing of now.
            (true, Sight::Part(_) | Sight::WholeBySize) => self.first_look(parcel, Why::NotSeen),
            (_, sight) => self.conclude(parcel, name, sight),
        }
    }

    /// A delivery that was found by looking again: there is no reply to show.
    pub(super) fn found_whole(&self, parcel: &mut Parcel<'_>, name: String) -> Result<Found, RegistryFailure> {
        let delivery = Delivery {
            sent_as: name,
            began: self.began(parcel)?,
            verified: self.outfit.clock.now(),
            verified_bytes: parcel.shipment.size_bytes,
            reply: String::new(),
        };
        let noted = delivery.clone();
        self.note(parcel, State::Delivered, |step| step.delivery = Some(noted))?;
        Ok(Found::Delivered(delivery))
    }

    /// When its last transfer began.
    fn began(&self, parcel: &Parcel<'_>) -> Result<DateTime<Utc>, RegistryFailure> {
        let steps = self.steps(parcel)?;
        let sending = steps.iter().rev().find(|step| step.state == State::Sending);
        Ok(sending.map_or(parcel.record.since, |step| step.at))
    }

    pub(super) fn free(
        &self,
        parcel: &mut Parcel<'_>,
        why: Why,
        sent_as: Option<String>,
    ) -> Result<Found, RegistryFailure> {
        self.note(parcel, State::Queued, |step| {
            step.sent_as = sent_as;
            step.why = Some(why);
        })?;
        Ok(Found::Free)
    }

    fn unknown(
        &self,
        parcel: &mut Parcel<'_>,
        why: Why,
        until: Option<DateTime<Utc>>,
    ) -> Result<Found, RegistryFailure> {
        self.note(parcel, State::Unknown, |step| {
            step.until = until;
            step.why = Some(why);
        })?;
        Ok(Found::LookAgain)
    }
}
