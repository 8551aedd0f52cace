//! Opening and closing the one connection.

use std::collections::HashMap;

use crate::{
    domain::{
        account::{Account, AccountId},
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        remote::{ConnectionFacts, Folder},
        secret::Secret,
        submission::ContentHash,
    },
    ports::{Registry, Turn},
    worker::{courier::Courier, guard::guarded},
};

pub(super) struct Connection {
    account: Account,
    pub(super) registry: Box<dyn Registry>,
    /// Contents at the registry, by folder, name in lower case and size. Longer than a connection nobody vouches that a name
    /// still has the same content.
    pub(super) contents: HashMap<(Folder, String, u64), ContentHash>,
    /// Given back when the connection ends.
    _turn: Box<dyn Turn>,
}

/// Whether a connection was just opened, or may have been closed by the server in the meantime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    Fresh,
    Used,
}

impl Courier {
    /// The connection to this account: the open one, or a new one. Other trust or another port is another way in.
    pub(super) fn connect(&mut self, account: &Account, cancel: &Cancel) -> Result<Freshness, RegistryFailure> {
        if self.connection.as_ref().is_some_and(|open| open.account == *account) {
            return Ok(Freshness::Used);
        }
        self.hang_up();
        let password = self.password(account)?;
        self.connection = Some(self.open(account, &password, cancel)?);
        Ok(Freshness::Fresh)
    }

    fn open(&mut self, account: &Account, password: &Secret, cancel: &Cancel) -> Result<Connection, RegistryFailure> {
        let turn = match self.outfit.turns.take() {
            Ok(Some(turn)) => turn,
            Ok(None) => return Err(RegistryFailure::new(Trouble::AnotherDropoff, Step::Name, "")),
            Err(detail) => return Err(RegistryFailure::new(Trouble::AnotherDropoff, Step::Name, &detail)),
        };
        match self.outfit.door.open(account, password, cancel) {
            Ok(registry) => Ok(Connection {
                account: account.clone(),
                registry,
                contents: HashMap::new(),
                _turn: turn,
            }),
            Err(failure) => {
                tracing::warn!(step = ?failure.step, trouble = %failure.trouble, "no connection");
                if failure.trouble == Trouble::PasswordRefused {
                    self.memory.refused.push((account.id(), password.clone()));
                }
                Err(failure)
            }
        }
    }

    /// The courier asks the vault itself, at the moment of logging in: so the kept password travels in no message.
    fn password(&self, account: &Account) -> Result<Secret, RegistryFailure> {
        let id = account.id();
        let failure = |trouble, detail: &str| RegistryFailure::new(trouble, Step::Login, detail);
        let password = match self.outfit.vault.password(&id) {
            Ok(Some(password)) => password,
            Ok(None) => return Err(failure(Trouble::NoPassword, "")),
            Err(trouble) => return Err(failure(Trouble::Keychain(trouble), "")),
        };
        if self.was_refused(&id, &password) {
            let detail = "not tried again with the same password";
            return Err(failure(Trouble::PasswordRefused, detail));
        }
        Ok(password)
    }

    fn was_refused(&self, account: &AccountId, password: &Secret) -> bool {
        let refused = &self.memory.refused;
        refused.iter().any(|(id, same)| id == account && same == password)
    }

    /// Says good-bye.
    pub(super) fn hang_up(&mut self) {
        if let Some(open) = self.connection.take() {
            guarded("good-bye", || open.registry.close());
        }
    }

    /// Lets go of a connection that is of no further use.
    pub(super) fn drop_connection(&mut self) {
        if let Some(open) = self.connection.take() {
            guarded("hang up", || drop(open));
        }
    }

    /// *Test the connection*: in and out again, with what was typed or with the kept password.
    pub(super) fn test(
        &mut self,
        account: &Account,
        password: Option<Secret>,
    ) -> Result<Box<ConnectionFacts>, RegistryFailure> {
        self.hang_up();
        let password = match password {
            Some(typed) => typed,
            None => self.password(account)?,
        };
        let stop = self.outfit.stop.clone();
        let open = self.open(account, &password, &stop)?;
        let accepted = (account.id(), password);
        self.memory.refused.retain(|refused| *refused != accepted);
        let facts = Box::new(open.registry.facts().clone());
        open.registry.close();
        Ok(facts)
    }
}
