//! The books of this computer: a ledger and the sealed copies that belong to it. The Demo has its own.

use std::sync::Arc;

use crate::{
    domain::receipt::Destination,
    ports::{Ledger, Sealed},
};

/// A ledger with its sealed copies.
#[derive(Clone)]
pub struct Books {
    /// What was sent, and is to be.
    pub ledger: Arc<dyn Ledger>,
    /// Copies of what is to be sent.
    pub sealed: Arc<dyn Sealed>,
}

/// The clinic's books and the Demo's.
#[derive(Clone)]
pub struct Shelf {
    /// Of the account at the registry.
    pub clinic: Books,
    /// Of the Demo: nothing of it counts.
    pub demo: Books,
}

impl Shelf {
    /// The books for what goes there.
    pub fn of(&self, destination: Destination) -> &Books {
        match destination {
            Destination::Live | Destination::Testing => &self.clinic,
            Destination::Demo => &self.demo,
        }
    }
}
