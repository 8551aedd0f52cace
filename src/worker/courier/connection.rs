//! Opening and closing the one connection.

use crate::{
    domain::{
        account::{Account, AccountId},
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        remote::ConnectionFacts,
        secret::Secret,
    },
    ports::{Registry, Turn},
    worker::courier::Courier,
};

pub(super) struct Connection {
    account: AccountId,
    pub(super) registry: Box<dyn Registry>,
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
    /// The connection to this account: the open one, or a new one.
    pub(super) fn connect(&mut self, account: &Account, cancel: &Cancel) -> Result<Freshness, RegistryFailure> {
        if self
            .connection
            .as_ref()
            .is_some_and(|open| open.account == account.id())
        {
            return Ok(Freshness::Used);
        }
        self.hang_up();
        let password = self.password(account)?;
        self.connection = Some(self.open(account, &password, cancel)?);
        Ok(Freshness::Fresh)
    }

    fn open(&mut self, account: &Account, password: &Secret, cancel: &Cancel) -> Result<Connection, RegistryFailure> {
        let id = account.id();
        let turn = match self.outfit.turns.take() {
            Ok(Some(turn)) => turn,
            Ok(None) => return Err(RegistryFailure::new(Trouble::AnotherDropoff, Step::Name, "")),
            Err(detail) => return Err(RegistryFailure::new(Trouble::AnotherDropoff, Step::Name, &detail)),
        };
        match self.outfit.door.open(account, password, cancel) {
            Ok(registry) => Ok(Connection {
                account: id,
                registry,
                _turn: turn,
            }),
            Err(failure) => {
                tracing::warn!(step = ?failure.step, trouble = %failure.trouble, "no connection");
                if failure.trouble == Trouble::PasswordRefused {
                    self.memory.refused = Some((id, password.clone()));
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
        match &self.memory.refused {
            Some((refused, same)) if *refused == id && *same == password => Err(failure(
                Trouble::PasswordRefused,
                "not tried again with the same password",
            )),
            Some(_) | None => Ok(password),
        }
    }

    /// Says good-bye.
    pub(super) fn hang_up(&mut self) {
        if let Some(open) = self.connection.take() {
            open.registry.close();
        }
    }

    /// Lets go of a connection that is of no further use.
    pub(super) fn drop_connection(&mut self) {
        self.connection = None;
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
        let open = self.open(account, &password, &Cancel::default())?;
        self.memory.refused.take_if(|(refused, _)| *refused == account.id());
        let facts = Box::new(open.registry.facts().clone());
        open.registry.close();
        Ok(facts)
    }
}
