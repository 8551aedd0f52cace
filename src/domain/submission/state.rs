//! The states of a submission and its legal moves.
//!
//! ```text
//!                  ┌────────────── waiting ◀──────────────┐
//!                  ▼                                      │ later, by itself
//!   (entered) ─▶ queued ─▶ name claimed ─▶ sending ─▶ delivered ─▶ at registry ─▶ picked up ─▶ reported ─▶ closed
//!                  ▲  │          │            │  ▲
//!      somebody    │  ▼          ▼            ▼  │ found whole
//!      answered    └─ held ◀─────┴────────  unknown ──▶ queued, when it surely is not there
//! ```
//!
//! Failed and cancelled end it before it was delivered. [`State::may_become`] is the table; the drawing shows the main roads.

/// Where a submission stands. What is doubtful is `Unknown`, never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// In the ledger, on its way; nothing of it is at the registry.
    Queued,
    /// A name is its own; nothing of it is at the registry.
    NameClaimed,
    /// The next thing that happens is that bytes travel. Found after a crash, it means: unknown.
    Sending,
    /// The registry has it, whole, verified.
    Delivered,
    /// Seen in HL7-Dropoff: it waits at the registry.
    AtRegistry,
    /// Seen in Accepted: taken, which is not yet a result.
    PickedUp,
    /// A report with its name was seen.
    Reported,
    /// Nothing more is watched.
    Closed,
    /// Not sent yet; tried again by itself at a time.
    Waiting,
    /// Not sent yet; somebody has to do or to answer something.
    Held,
    /// It may be at the registry in part or whole; somebody has to look.
    Unknown,
    /// Somebody cancelled it; nothing of it is at the registry.
    Cancelled,
    /// It cannot be sent; nothing of it is at the registry.
    Failed,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Queued,
        Self::NameClaimed,
        Self::Sending,
        Self::Delivered,
        Self::AtRegistry,
        Self::PickedUp,
        Self::Reported,
        Self::Closed,
        Self::Waiting,
        Self::Held,
        Self::Unknown,
        Self::Cancelled,
        Self::Failed,
    ];

    /// Its name, as the ledger and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::NameClaimed => "name-claimed",
            Self::Sending => "sending",
            Self::Delivered => "delivered",
            Self::AtRegistry => "at-registry",
            Self::PickedUp => "picked-up",
            Self::Reported => "reported",
            Self::Closed => "closed",
            Self::Waiting => "waiting",
            Self::Held => "held",
            Self::Unknown => "unknown",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// Where it may go from here: the table of legal moves.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Queued => &[
                Self::NameClaimed,
                Self::Waiting,
                Self::Held,
                Self::Cancelled,
                Self::Failed,
                // It shows at the registry after all.
                Self::Unknown,
            ],
            Self::NameClaimed => &[
                // Somebody else's file came first under that name.
                Self::Queued,
                Self::Sending,
                Self::Waiting,
                Self::Held,
                Self::Cancelled,
                Self::Failed,
            ],
            // The five after `Unknown`: not a byte was offered, and the connection said so.
            Self::Sending => &[
                Self::Delivered,
                Self::Unknown,
                Self::Queued,
                Self::Waiting,
                Self::Held,
                Self::Cancelled,
                Self::Failed,
            ],
            Self::Unknown => &[Self::Unknown, Self::Delivered, Self::Queued],
            Self::Waiting => &[Self::Waiting, Self::Queued, Self::Held, Self::Cancelled, Self::Failed],
            Self::Held => &[Self::Held, Self::Queued, Self::Cancelled],
            Self::Delivered => &[Self::AtRegistry, Self::PickedUp, Self::Reported],
            Self::AtRegistry => &[Self::PickedUp, Self::Reported],
            Self::PickedUp => &[Self::Reported],
            Self::Reported => &[Self::Closed],
            Self::Closed | Self::Cancelled | Self::Failed => &[],
        }
    }

    /// Whether the move is in the table.
    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Whether the registry is known to have it, whole.
    pub const fn is_delivered(self) -> bool {
        match self {
            Self::Delivered | Self::AtRegistry | Self::PickedUp | Self::Reported | Self::Closed => true,
            Self::Queued
            | Self::NameClaimed
            | Self::Sending
            | Self::Waiting
            | Self::Held
            | Self::Unknown
            | Self::Cancelled
            | Self::Failed => false,
        }
    }

    /// Whether it still has to be sent, or found out about.
    pub const fn is_undelivered(self) -> bool {
        match self {
            Self::Queued | Self::NameClaimed | Self::Sending | Self::Waiting | Self::Held | Self::Unknown => true,
            Self::Delivered
            | Self::AtRegistry
            | Self::PickedUp
            | Self::Reported
            | Self::Closed
            | Self::Cancelled
            | Self::Failed => false,
        }
    }

    /// Whether nobody knows what the registry has of it. `Sending` is doubtful for everybody but the one who sends.
    pub const fn is_doubtful(self) -> bool {
        matches!(self, Self::Sending | Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_can_be_reached_from_queued() {
        let mut reached = vec![State::Queued];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            at += 1;
            for next in state.next() {
                if !reached.contains(next) {
                    reached.push(*next);
                }
            }
        }
        reached.sort();
        let mut all = State::ALL;
        all.sort();
        assert_eq!(reached, all);
    }

    #[test]
    fn what_may_be_at_the_registry_is_sent_again_only_after_somebody_looked() {
        for state in State::ALL {
            if state.may_become(State::Sending) {
                assert_eq!(state, State::NameClaimed);
            }
        }
        assert!(!State::Unknown.may_become(State::NameClaimed));
        assert!(!State::Unknown.may_become(State::Cancelled));
        assert!(!State::Unknown.may_become(State::Failed));
    }

    #[test]
    fn what_was_delivered_is_never_sent_again() {
        for state in State::ALL.into_iter().filter(|state| state.is_delivered()) {
            assert!(state.next().iter().all(|next| next.is_delivered()), "{state:?}");
        }
    }

    #[test]
    fn what_is_not_over_is_either_delivered_or_still_to_be_sent() {
        for state in State::ALL {
            assert!(!(state.is_delivered() && state.is_undelivered()), "{state:?}");
            let is_over = !state.is_delivered() && !state.is_undelivered();
            assert_eq!(is_over, matches!(state, State::Cancelled | State::Failed), "{state:?}");
        }
    }
}
