//! Closing the window while files are not sent: what can be chosen, and what was.

use crate::{
    app::model::{Card, Model, PasswordState, Place},
    domain::receipt::Destination,
};

/// What to do with files that are not sent when the window should close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CloseAnswer {
    /// Keep the window open.
    Stay,
    /// Close. What is on its way is finished first; then Dropoff goes on without a window.
    KeepTrying,
    /// Close. What is on its way is finished first; the rest is tried at the next sign-in, or, where Dropoff cannot do that alone,
    /// when it is next opened.
    TryLater,
}

/// What the system starts when this person signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtSignIn {
    /// The background.
    StartBackground,
    /// Nothing of Dropoff.
    StartNothing,
}

/// How the window closes while files are not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// They are tried when Dropoff is next opened.
    UntilOpened,
    /// They are tried at the next sign-in.
    UntilSignIn,
    /// The background tries them from now on.
    ToTheBackground,
}

impl Model {
    /// Files that are not delivered when the window closes, and need nobody to be. Nothing of the Demo counts.
    pub fn files_left_behind(&self) -> usize {
        self.left_behind().count()
    }

    /// Whether a Dropoff that nobody opened could send at least one of them: the password is kept, and so is a copy.
    pub fn goes_on_alone(&self) -> bool {
        self.place == Place::Registry
            && self.password == PasswordState::InKeychain
            && self.left_behind().any(|card| !card.needs_its_original())
    }

    fn left_behind(&self) -> impl Iterator<Item = &Card> {
        let counts = |card: &&Card| {
            card.sent_to
                .as_ref()
                .is_none_or(|to| to.destination != Destination::Demo)
        };
        let goes = |card: &&Card| card.is_sending() || card.is_waiting();
        self.cards.iter().filter(goes).filter(counts)
    }
}
