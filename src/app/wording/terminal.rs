//! What only the command line says: nobody is there to be asked, and there are no buttons.

use crate::{
    app::{
        model::{Card, Model},
        wording::{Explanation, card},
    },
    domain::submission::Outcome,
};

/// Why a file is where it is, and what to do about it on a command line.
pub fn why(card: &Card, model: &Model) -> Explanation {
    let words = card::verdict(card, model).words;
    match card.outcome() {
        Some(Outcome::Asked(_)) => Explanation {
            file: "It was not sent, and nothing of it is kept: it is not in the outbox.".to_owned(),
            next: "To send it all the same, name it again without --hold-overlap.".to_owned(),
            ..words
        },
        Some(_) | None => words,
    }
}
