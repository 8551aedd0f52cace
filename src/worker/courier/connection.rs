//! Opening and closing the one connection.

use std::{collections::HashMap, rc::Rc};

use crate::{
    domain::{
        account::{Account, AccountId},
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        remote::{ConnectionFacts, Folder},
        secret::Secret,
        submission::ContentHash,
    },
    ports::{Ledger, Registry},
    worker::{
        courier::{Courier, look::Seen},
        guard::guarded,
    },
};

pub(super) struct Connection {
    account: Account,
    pub(super) registry: Box<dyn Registry>,
    /// Contents at the registry, by folder, name in lower case and size. Longer than a connection nobody vouches that a name
    /// still has the same content.
    pub(super) contents: HashMap<(Folder, String, u64), ContentHash>,
    /// What both folders showed, until something is put: it serves all that an earlier run left in the middle.
    pub(super) sighting: Option<Rc<Seen>>,
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
        self.say_good_bye();
        self.take_turn()?;
        let open = self.open_with_kept_password(account, cancel)?;
        self.connection = Some(open);
        Ok(Freshness::Fresh)
    }

    /// The one turn of this data folder, unless this courier has it already.
    pub(super) fn take_turn(&mut self) -> Result<(), RegistryFailure> {
        if self.turn.is_some() {
            return Ok(());
        }
        match self.outfit.turns.take() {
            Ok(Some(turn)) => {
                self.turn = Some(turn);
                Ok(())
            }
            Ok(None) => Err(RegistryFailure::new(Trouble::AnotherDropoff, Step::Name, "")),
            Err(detail) => Err(RegistryFailure::new(Trouble::AnotherDropoff, Step::Name, &detail)),
        }
    }

    /// When the kept password is refused, nobody tries it again.
    fn open_with_kept_password(&mut self, account: &Account, cancel: &Cancel) -> Result<Connection, RegistryFailure> {
        let password = self.password(account)?;
        self.open(account, &password, cancel).inspect_err(|failure| {
            if failure.trouble == Trouble::PasswordRefused {
                self.note_refusal(&account.id());
            }
        })
    }

    fn open(&self, account: &Account, password: &Secret, cancel: &Cancel) -> Result<Connection, RegistryFailure> {
        match self.outfit.door.open(account, password, cancel) {
            Ok(registry) => Ok(Connection {
                account: account.clone(),
                registry,
                contents: HashMap::new(),
                sighting: None,
            }),
            Err(failure) => {
                tracing::warn!(step = ?failure.step, trouble = %failure.trouble, "no connection");
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
        // Accounts get locked, so nobody tries again before somebody has entered a password, in whatever process.
        match self.refusals().refused_since(&id) {
            Ok(None) => Ok(password),
            Ok(Some(_)) => Err(failure(
                Trouble::PasswordRefused,
                "not tried again before a password is entered",
            )),
            Err(books) => Err(failure(Trouble::Books(books), "")),
        }
    }

    fn note_refusal(&self, account: &AccountId) {
        let now = self.outfit.clock.now();
        if let Err(failure) = self.refusals().note_refusal(account, now) {
            tracing::error!(%failure, "a refused password was not noted");
        }
    }

    /// Somebody entered a password.
    pub(super) fn allow_login(&self, account: &AccountId) {
        if let Err(failure) = self.refusals().allow_login(account) {
            tracing::error!(%failure, "a new password was not noted");
        }
    }

    /// Refusals of every account are in the clinic's ledger: the Demo makes its own password and never refuses it.
    fn refusals(&self) -> &dyn Ledger {
        &*self.outfit.shelf.clinic.ledger
    }

    /// Says good-bye and gives the turn back.
    pub(super) fn hang_up(&mut self) {
        self.say_good_bye();
        self.turn = None;
    }

    fn say_good_bye(&mut self) {
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
        self.say_good_bye();
        let stop = self.outfit.stop.clone();
        self.take_turn()?;
        // What is typed says nothing of the kept password, neither good nor bad, until somebody keeps it.
        let open = match password {
            Some(typed) => self.open(account, &typed, &stop)?,
            None => self.open_with_kept_password(account, &stop)?,
        };
        let facts = Box::new(open.registry.facts().clone());
        open.registry.close();
        Ok(facts)
    }
}
