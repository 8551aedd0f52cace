//! Finding out the truth: what the registry has of a submission of which nobody knows.
//!
//! Whole: delivered. A part: removed, or left and the next name taken. Nothing, twice, with a pause between: it may go again
//! under its name. Anything that could be a file on its way between two folders is looked at twice.

use chrono::{DateTime, Utc};

use crate::{
    domain::{
        cancel::Cancel,
        failure::RegistryFailure,
        remote::Folder,
        submission::{
            Delivery, State, Why,
            retry::{Remedy, is_due},
        },
    },
    worker::courier::{
        Courier,
        duplicate::Content,
        look::Seen,
        no_connection,
        steps::{Parcel, books},
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

/// What the folders show under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sight {
    Whole,
    /// A shorter file in HL7-Dropoff, listed under this name.
    Part(String),
    /// A shorter file in Accepted.
    TakenUnfinished,
    /// Somebody else's file in HL7-Dropoff.
    Foreign,
    Nothing,
    /// Nothing that can be told.
    Unclear,
}

/// Whether a look that shows nothing whole is the first one.
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
        let look = which_look(parcel, self.outfit.clock.now());
        if parcel.record.state == State::Sending {
            self.note(parcel, State::Unknown, |step| step.why = Some(Why::Interrupted))?;
        }
        let Some(name) = parcel.record.sent_as.clone() else {
            return self.free(parcel, Why::NotThere, None);
        };
        match self.sight(parcel, &name, seen)? {
            Sight::Part(listed) => self.remove_part(parcel, &name, &listed, look),
            other => self.conclude(parcel, &name, other, look),
        }
    }

    fn conclude(
        &mut self,
        parcel: &mut Parcel<'_>,
        name: &str,
        sight: Sight,
        look: Look,
    ) -> Result<Found, RegistryFailure> {
        let name = name.to_owned();
        match (sight, look) {
            (Sight::Whole, _) => self.found_whole(parcel, name),
            (Sight::Foreign, _) => self.free(parcel, Why::NameLost { name }, None),
            (Sight::Nothing, Look::Second) => self.free(parcel, Why::NotThere, Some(name)),
            (Sight::TakenUnfinished, Look::Second) => self.free(parcel, Why::TakenUnfinished { name }, None),
            (Sight::Part(_), Look::Second) => self.free(parcel, Why::PartStays { name }, None),
            (Sight::Nothing | Sight::TakenUnfinished | Sight::Part(_), Look::First) => {
                let until = self.outfit.clock.now() + self.outfit.between_looks;
                self.unknown(parcel, Why::NotSeen, Some(until))
            }
            (Sight::Nothing | Sight::TakenUnfinished | Sight::Part(_), Look::TooSoon) => Ok(Found::LookAgain),
            (Sight::Unclear, _) => self.unknown(parcel, Why::NotSeen, None),
        }
    }

    fn sight(&mut self, parcel: &Parcel<'_>, name: &str, seen: &Seen) -> Result<Sight, RegistryFailure> {
        let shipment = parcel.shipment;
        let mut sights = Vec::new();
        for (folder, file) in seen.named(name) {
            let content = match file.size_bytes {
                Some(size) if size < shipment.size_bytes => Content::Shorter,
                Some(size) if size > shipment.size_bytes => Content::Other,
                size => match self.compare(shipment, folder, &file.name, &Cancel::default()) {
                    Ok(Content::Same) => return Ok(Sight::Whole),
                    Ok(content @ (Content::Other | Content::Shorter)) => content,
                    Err(failure) if failure.trouble.remedy() == Remedy::TryAgain => return Err(failure),
                    // What the registry does not hand out is known by its name and its size.
                    Err(_) if size.is_some() => return Ok(Sight::Whole),
                    Err(_) => return Ok(Sight::Unclear),
                },
            };
            sights.push((folder, content, file.name.clone()));
        }
        let taken = |(folder, content, _): &(Folder, Content, String)| {
            (*folder, *content) == (Folder::Accepted, Content::Shorter)
        };
        if sights.iter().any(taken) {
            return Ok(Sight::TakenUnfinished);
        }
        Ok(match sights.as_slice() {
            [] => Sight::Nothing,
            [(Folder::Dropoff, Content::Shorter, listed)] => Sight::Part(listed.clone()),
            [(Folder::Dropoff, Content::Other, _)] => Sight::Foreign,
            [..] => Sight::Unclear,
        })
    }

    /// Removes the part, and looks whether it is gone: it may have become whole, or have been taken, in the meantime.
    fn remove_part(
        &mut self,
        parcel: &mut Parcel<'_>,
        name: &str,
        listed: &str,
        look: Look,
    ) -> Result<Found, RegistryFailure> {
        let open = self.connection.as_mut().ok_or_else(no_connection)?;
        let removal = open.registry.remove(listed);
        if let Err(failure) = &removal {
            tracing::warn!(trouble = %failure.trouble, "a part could not be removed");
            if failure.trouble.remedy() == Remedy::TryAgain {
                return Err(failure.clone());
            }
        }
        let seen = self.see_here()?;
        match (removal.is_ok(), self.sight(parcel, name, &seen)?) {
            (true, Sight::Nothing) => self.free(parcel, Why::PartRemoved, Some(name.to_owned())),
            // The listing is behind, or the part has gone somewhere: a look that shows nothing is the first such look.
            (true, sight @ Sight::Part(_)) | (false, sight @ Sight::Nothing) => {
                self.conclude(parcel, name, sight, Look::First)
            }
            (_, sight) => self.conclude(parcel, name, sight, look),
        }
    }

    /// A delivery that was found by looking again: there is no reply to show.
    fn found_whole(&mut self, parcel: &mut Parcel<'_>, name: String) -> Result<Found, RegistryFailure> {
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
        let ledger = &self.outfit.shelf.of(parcel.shipment.destination).ledger;
        let steps = ledger.steps(parcel.shipment.submission).map_err(books)?;
        let sending = steps.iter().rev().find(|step| step.state == State::Sending);
        Ok(sending.map_or(parcel.record.since, |step| step.at))
    }

    fn free(&self, parcel: &mut Parcel<'_>, why: Why, sent_as: Option<String>) -> Result<Found, RegistryFailure> {
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

fn which_look(parcel: &Parcel<'_>, now: DateTime<Utc>) -> Look {
    let has_looked = parcel.record.why == Some(Why::NotSeen) && parcel.record.until.is_some();
    match has_looked {
        false => Look::First,
        true if is_due(now, parcel.record.until) => Look::Second,
        true => Look::TooSoon,
    }
}
