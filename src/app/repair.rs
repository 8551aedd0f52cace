//! Putting a chosen file right on a copy: asked for on its card, shown first, then taken or saved.

use crate::{
    app::{
        card::{Card, CardState},
        errand::EntryRepair,
    },
    domain::{
        check::repair::Made,
        failure::{RepairFailure, VaultFailure},
        submission::{HoldReason, RepairOrder, Repaired},
    },
};

/// What a person asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RepairStep {
    /// Show what would be changed.
    Show,
    /// Send the copy instead of the file.
    Take,
    /// Save the copy, and leave the card as it is.
    Save,
    /// Leave the card as it is.
    Leave,
}

/// The copy of a card's file.
#[derive(Debug, Clone, PartialEq)]
pub struct CardRepair {
    /// What is put right, in which bytes.
    pub order: RepairOrder,
    /// How far it is.
    pub state: RepairState,
}

/// How far a copy is.
#[derive(Debug, Clone, PartialEq)]
pub enum RepairState {
    /// It is being made, to see what it comes to.
    Trying,
    /// What it comes to is shown.
    Shown(Result<Box<Tried>, RepairFailure>),
    /// It goes instead of the chosen file: the card's reading is that of the copy.
    Taken(Made),
}

/// What a copy comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The copy.
    pub repaired: Repaired,
    /// Whether Dropoff can keep a copy at all.
    pub can_keep: Result<(), VaultFailure>,
}

impl Card {
    /// What can be put right on a copy of its file, where that can be asked for now.
    pub fn repairable(&self) -> Option<RepairOrder> {
        let is_still_here = matches!(self.state, CardState::Ready | CardState::Held(HoldReason::Checked));
        let is_chosen = self.source.is_some() && self.record.is_none() && self.repair.is_none();
        let reading = self.reading.as_ref().filter(|_| is_still_here && is_chosen)?;
        RepairOrder::of(reading)?.ok()
    }

    /// The copy that is being looked at right now.
    pub fn shown_repair(&self) -> Option<&CardRepair> {
        let is_shown = |repair: &&CardRepair| !matches!(repair.state, RepairState::Taken(_));
        self.repair.as_ref().filter(is_shown)
    }

    /// What goes instead of the chosen file.
    pub fn taken_repair(&self) -> Option<EntryRepair> {
        let repair = self.repair.as_ref()?;
        match &repair.state {
            RepairState::Taken(made) => Some(EntryRepair {
                order: repair.order,
                made: made.clone(),
            }),
            RepairState::Trying | RepairState::Shown(_) => None,
        }
    }
}
