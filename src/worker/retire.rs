//! Removes everything that Dropoff keeps on this computer, in an order that may break off anywhere.

use std::collections::BTreeSet;

use crate::{
    domain::{
        account::AccountId,
        retire::{LastLook, Removal, RetireRefusal, Stays, Trace, UnknownCopies},
    },
    ports::{AloneInFolder, DataFolder, DemoStarter, OwnFiles, SealKeys, SignIn, Vault},
};

/// Everything that is asked to let go of something. No worker of this process runs any more.
pub struct Retiring<'a> {
    /// The data folder.
    pub folder: &'a dyn DataFolder,
    /// What the system starts at sign-in.
    pub sign_in: &'a dyn SignIn,
    /// The key of the sealed copies.
    pub keys: &'a dyn SealKeys,
    /// The passwords.
    pub vault: &'a dyn Vault,
    /// The pretend registry, where this build has one.
    pub demo: Option<&'a mut dyn DemoStarter>,
    /// The account in the settings, which the ledger need not know.
    pub account: Option<AccountId>,
    /// What becomes of copies that the ledger does not know.
    pub unknown_copies: UnknownCopies,
}

/// Whether everything may be removed: nobody else works in the folder, nothing waits or is in doubt in any account, and
/// no file can wait that no list knows. Until
/// the folder is let go, nothing can be added.
pub fn may_begin(
    folder: &dyn DataFolder,
    unknown_copies: UnknownCopies,
) -> Result<(Box<dyn AloneInFolder>, LastLook), RetireRefusal> {
    let alone = folder.alone().map_err(RetireRefusal::Folder)?;
    let alone = alone.ok_or(RetireRefusal::AnotherDropoff)?;
    let look = alone.last_look()?;
    if !look.undelivered.is_empty() {
        return Err(RetireRefusal::Undelivered(look.undelivered));
    }
    if let Some(set_aside) = look.set_aside.first() {
        return Err(RetireRefusal::SetAside(set_aside.clone()));
    }
    if look.unknown_copies > 0 && unknown_copies == UnknownCopies::KeepEverything {
        return Err(RetireRefusal::UnknownCopies(look.unknown_copies));
    }
    Ok((alone, look))
}

/// Removes everything in the order of [`Trace::IN_ORDER`]. What refuses is left, and the rest goes all the same.
pub fn retire(retiring: &mut Retiring<'_>) -> Result<Removal, RetireRefusal> {
    let (alone, look) = may_begin(retiring.folder, retiring.unknown_copies)?;
    let accounts: BTreeSet<AccountId> = look.accounts.into_iter().chain(retiring.account.clone()).collect();
    let mut removal = Removal::default();
    for what in Trace::IN_ORDER {
        let account_stays = removal.left.iter().any(|(left, _)| *left == Trace::Settings);
        let done = match what {
            Trace::AtSignIn => retiring.sign_in.remove().map_err(Stays::Refused),
            Trace::SealKey if retiring.folder.may_share_its_key() => Err(Stays::NeededElsewhere),
            Trace::SealKey => retiring.keys.forget_key().map_err(Stays::Keychain),
            Trace::Copies => files(&*alone, OwnFiles::Copies),
            Trace::Passwords => forget_all(retiring.vault, &accounts),
            Trace::Settings => files(&*alone, OwnFiles::Settings),
            Trace::Demo => retiring
                .demo
                .as_mut()
                .map_or(Ok(()), |demo| demo.clear_away().map_err(Stays::Refused)),
            Trace::Logs => files(&*alone, OwnFiles::Logs),
            Trace::Ledger if account_stays => Err(Stays::AccountStays),
            Trace::Ledger => files(&*alone, OwnFiles::Ledger),
        };
        match done {
            Ok(()) => removal.removed.push(what),
            Err(why) => removal.left.push((what, why)),
        }
    }
    removal.strangers = alone.strangers();
    Ok(removal)
}

fn files(alone: &dyn AloneInFolder, what: OwnFiles) -> Result<(), Stays> {
    alone.remove(what).map_err(Stays::Refused)
}

/// All of them, whatever one of them says.
fn forget_all(vault: &dyn Vault, accounts: &BTreeSet<AccountId>) -> Result<(), Stays> {
    let forgotten: Vec<_> = accounts.iter().map(|account| vault.forget(account)).collect();
    forgotten
        .into_iter()
        .collect::<Result<(), _>>()
        .map_err(Stays::Keychain)
}
