//! A name for a file: one that nobody ever had.

use chrono::{DateTime, Utc};

use crate::{
    domain::{
        failure::{LedgerFailure, RegistryFailure, Step as Way, Trouble},
        naming::{clinic_day, day_of_name, first_free_name},
        submission::{State, Step},
    },
    ports::Claim,
    worker::courier::{
        Courier,
        look::Seen,
        steps::{Parcel, books},
    },
};

/// Names tried before something must be wrong with the ledger.
const MAX_CLAIMS: usize = 1_000;

/// Whether bytes may ever have travelled under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offered {
    Never,
    Before,
}

impl Courier {
    /// The name that it has, or the next free one. It is the submission's own in the ledger then.
    ///
    /// A name under which nothing was offered yet goes with the day that stands in it: tomorrow it is another.
    pub(super) fn claim_name(
        &self,
        parcel: &mut Parcel<'_>,
        seen: &Seen,
        now: DateTime<Utc>,
    ) -> Result<(String, Offered), RegistryFailure> {
        let day = clinic_day(now, parcel.shipment.zone);
        let account = &parcel.shipment.account;
        if let Some(name) = parcel.record.sent_as.clone() {
            let offered = self.was_offered(parcel, &name)?;
            let is_of_today = day_of_name(&account.import_code, &name) == Some(day);
            let is_free = seen.named(&name).next().is_none();
            if is_free && (offered == Offered::Before || is_of_today) && self.claim(parcel, &name)? == Claim::Ours {
                return Ok((name, offered));
            }
        }
        for _ in 0..MAX_CLAIMS {
            let name = self.free_name(parcel, seen, day)?;
            if self.claim(parcel, &name)? == Claim::Ours {
                return Ok((name, Offered::Never));
            }
        }
        Err(RegistryFailure::new(Trouble::NameExists, Way::Transfer, ""))
    }

    /// A file that was offered before and surely was not there shows under its name after all.
    pub(super) fn came_after_all(&self, parcel: &Parcel<'_>, seen: &Seen) -> Result<bool, RegistryFailure> {
        match &parcel.record.sent_as {
            Some(name) if seen.named(name).next().is_some() => Ok(self.was_offered(parcel, name)? == Offered::Before),
            Some(_) | None => Ok(false),
        }
    }

    fn free_name(&self, parcel: &Parcel<'_>, seen: &Seen, day: chrono::NaiveDate) -> Result<String, RegistryFailure> {
        let shipment = parcel.shipment;
        let ledger = self.ledger(shipment);
        let trouble = std::cell::Cell::new(None::<LedgerFailure>);
        let free = first_free_name(&shipment.account.import_code, day, &shipment.template, |name| {
            seen.named(name).next().is_some()
                || ledger
                    .is_name_used(&shipment.account.id(), name)
                    .unwrap_or_else(|failure| {
                        trouble.set(Some(failure));
                        false
                    })
        });
        match trouble.take() {
            Some(failure) => Err(books(failure)),
            None => Ok(free.name),
        }
    }

    fn claim(&self, parcel: &mut Parcel<'_>, name: &str) -> Result<Claim, RegistryFailure> {
        if !parcel.record.state.may_become(State::NameClaimed) {
            let why = parcel.record.why.clone();
            self.note(parcel, State::Queued, |step| step.why = why)?;
        }
        self.note_claim(parcel, name)
    }

    fn was_offered(&self, parcel: &Parcel<'_>, name: &str) -> Result<Offered, RegistryFailure> {
        let steps = self.steps(parcel)?;
        let offered = |step: &Step| step.state == State::Sending && step.sent_as.as_deref() == Some(name);
        Ok(if steps.iter().any(offered) {
            Offered::Before
        } else {
            Offered::Never
        })
    }
}
