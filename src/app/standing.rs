//! What stands first on *This month*: a file that needs a person is never below one that needs nobody.

use crate::{
    app::model::{Card, CardState, Model},
    domain::submission::{HoldReason, Outcome},
};

/// How a file stands, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It stays here until somebody says or does something.
    NeedsAPerson,
    /// It travels, waits or is being looked for: all by itself.
    OnItsWay,
    /// Nobody has sent it yet, or nothing is to do about it.
    Here,
    /// The registry has it.
    Delivered,
}

impl Card {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        match &self.state {
            CardState::Reading { .. } | CardState::Ready | CardState::Held(HoldReason::OnAnotherCard) => Standing::Here,
            CardState::Unreadable(_) | CardState::Held(HoldReason::Checked | HoldReason::Faulty) => {
                Standing::NeedsAPerson
            }
            CardState::Sending(_) => Standing::OnItsWay,
            CardState::Done(outcome) => match outcome {
                Outcome::Delivered(_) => Standing::Delivered,
                Outcome::Cancelled => Standing::Here,
                // Once it is in the outbox, somebody has to decide; before, there is nothing to do.
                Outcome::Duplicate(_) if !self.is_in_the_outbox() => Standing::Here,
                Outcome::Waiting { .. } | Outcome::Unknown { until: Some(_), .. } => Standing::OnItsWay,
                Outcome::Unknown { until: None, .. }
                | Outcome::Duplicate(_)
                | Outcome::Asked(_)
                | Outcome::NotSent(_)
                | Outcome::FileTrouble(_)
                | Outcome::CopyTrouble(_)
                | Outcome::PartLeft { .. } => Standing::NeedsAPerson,
            },
        }
    }
}

impl Model {
    /// The cards that stand so, oldest first.
    pub fn standing(&self, standing: Standing) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(move |card| card.standing() == standing)
    }
}
