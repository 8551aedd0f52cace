//! A file that the server had whole, and that neither folder shows when it is to be confirmed.
//!
//! Either the registry took it, and shows it in Accepted after a while, or never: then it must not go again. Or another computer
//! wrote under the same name in the same moment and has removed the mixture: then it must. The other computer's files of that day
//! tell which it was, after the pause in which the other one has sent its own under another name.

use std::collections::HashSet;

use chrono::TimeDelta;

use crate::{
    domain::{cancel::Cancel, failure::RegistryFailure, naming::day_of_name, submission::Why},
    worker::courier::{
        Courier,
        reconcile::Found,
        steps::{Parcel, books},
    },
};

/// Files that were seen at the registry and are asked whose they are: more than both computers send in a day.
const MOST_SEEN: u32 = 1_000;
/// Files that wait longer than this before they are sent are not known as our own here.
const LONGEST_WAY: TimeDelta = TimeDelta::days(92);

impl Courier {
    /// Whether neither folder shows it, by a new look: what could not be fetched may have gone after the last one. A file that is
    /// gone a second time is one of a registry that takes files away.
    pub(super) fn is_gone(&mut self, parcel: &Parcel<'_>, name: &str) -> Result<bool, RegistryFailure> {
        let shipment = parcel.shipment;
        if self.steps(parcel)?.iter().any(|step| step.why == Some(Why::Gone)) {
            return Ok(false);
        }
        let seen = self.see_account(&shipment.account, shipment.destination, &Cancel::default())?;
        Ok(seen.named(name).next().is_none())
    }

    /// Whether it was there whole after it was last sent, and then was not.
    pub(super) fn went(&self, parcel: &Parcel<'_>) -> Result<bool, RegistryFailure> {
        Ok(self.whys_since_sending(parcel)?.contains(&Why::Gone))
    }

    /// Neither folder has shown it twice.
    pub(super) fn gone_for_good(&self, parcel: &mut Parcel<'_>, name: String) -> Result<Found, RegistryFailure> {
        if self.was_another_computer_at_it(parcel, &name)? {
            tracing::warn!(submission = %parcel.shipment.submission, name, "removed by another computer: sent again");
            return self.free(parcel, Why::NotThere, Some(name));
        }
        self.found_whole(parcel, name)
    }

    /// Whether a file of that day was seen that this computer did not send.
    fn was_another_computer_at_it(&self, parcel: &Parcel<'_>, name: &str) -> Result<bool, RegistryFailure> {
        let account = &parcel.shipment.account;
        let ledger = self.ledger(parcel.shipment);
        let ours = ledger.since(&account.id(), self.outfit.clock.now() - LONGEST_WAY);
        let ours = ours.map_err(books)?.into_iter().filter_map(|record| record.sent_as);
        let ours: HashSet<String> = ours.map(|name| name.to_ascii_lowercase()).collect();
        let day = day_of_name(&account.import_code, name);
        let is_theirs =
            |name: &str| day_of_name(&account.import_code, name) == day && !ours.contains(&name.to_ascii_lowercase());
        let seen = ledger.seen_files(&account.id(), MOST_SEEN).map_err(books)?;
        Ok(seen.iter().any(|file| is_theirs(&file.name)))
    }
}
