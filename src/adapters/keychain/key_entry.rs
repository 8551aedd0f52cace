//! Which entry of the keychain holds the key of a data folder's copies.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use uuid::Uuid;

use crate::adapters::{
    data_folder::OUTBOX,
    ledger, system,
    whole_file::{self, Readers},
};

/// In a data folder that has an entry of its own: which.
pub(in crate::adapters) const ID_FILE: &str = "seal-key.id";

/// The entry of the usual folder. An account's has an `@` in it.
const COMMON: &str = "seal-key";
/// An id has 36 characters.
const MAX_BYTES: u64 = 64;

/// The entry that holds the key of one data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyEntry {
    /// That of the usual folder, and of every folder that was used before folders had their own.
    Common,
    /// One that no other folder uses.
    Own(Uuid),
}

impl KeyEntry {
    /// The entry of this folder, as it stands there; nothing is written. Where nothing stands it is the common one.
    pub fn find(data: &Path) -> io::Result<Self> {
        let mut text = String::new();
        match File::open(data.join(ID_FILE)) {
            Ok(file) => file.take(MAX_BYTES).read_to_string(&mut text)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Common),
            Err(error) => return Err(error),
        };
        let id = Uuid::try_parse(text.trim());
        // Another key would open none of the copies, and be kept in place of the right one.
        id.map(Self::Own)
            .map_err(|_not_an_id| io::Error::new(io::ErrorKind::InvalidData, "the id of the seal key cannot be read"))
    }

    /// The same; a folder that is new, and not the usual one, gets an entry of its own.
    pub fn of(data: &Path) -> io::Result<Self> {
        let found = Self::find(data)?;
        if found != Self::Common || is_usual(data) || was_used(data) {
            return Ok(found);
        }
        match whole_file::write_new(&data.join(ID_FILE), &Uuid::new_v4().to_string(), Readers::OwnerOnly) {
            // Another process was faster.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            Err(_) | Ok(()) => Self::find(data),
        }
    }

    pub(super) fn user(self) -> String {
        match self {
            Self::Common => COMMON.to_owned(),
            Self::Own(id) => format!("{COMMON}-{id}"),
        }
    }
}

/// Whether this is the folder in which a person's data is kept unless somebody says otherwise.
pub(in crate::adapters) fn is_usual(data: &Path) -> bool {
    let Ok(usual) = system::data_folder() else {
        return false;
    };
    let is_same = || Some(data.canonicalize().ok()? == usual.canonicalize().ok()?);
    data == usual || is_same().unwrap_or(false)
}

/// Whether there may be copies under the common key.
fn was_used(data: &Path) -> bool {
    [ledger::FILE, OUTBOX].iter().any(|name| data.join(name).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_new_folder_has_an_entry_of_its_own_and_keeps_it() {
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let [one, other] = folders.each_ref().map(|folder| KeyEntry::of(folder.path()).unwrap());
        assert!(matches!(one, KeyEntry::Own(_)) && matches!(other, KeyEntry::Own(_)));
        assert_ne!(one.user(), other.user());
        whole_file::write(&folders[0].path().join(ledger::FILE), "", Readers::OwnerOnly).unwrap();
        assert_eq!(KeyEntry::of(folders[0].path()).unwrap(), one);
    }

    #[test]
    fn a_folder_that_was_used_before_keeps_the_common_entry() {
        for used in [ledger::FILE, OUTBOX] {
            let folder = tempfile::tempdir().unwrap();
            whole_file::write(&folder.path().join(used), "", Readers::OwnerOnly).unwrap();
            let entry = KeyEntry::of(folder.path()).unwrap();
            assert_eq!((entry, entry.user()), (KeyEntry::Common, "seal-key".to_owned()));
            assert!(!folder.path().join(ID_FILE).exists());
        }
    }

    #[test]
    fn looking_makes_no_entry_and_a_damaged_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(KeyEntry::find(folder.path()).unwrap(), KeyEntry::Common);
        assert_eq!(
            KeyEntry::find(&folder.path().join("not there")).unwrap(),
            KeyEntry::Common
        );
        whole_file::write(&folder.path().join(ID_FILE), "what", Readers::OwnerOnly).unwrap();
        assert!(KeyEntry::of(folder.path()).is_err());
        let kept = io::read_to_string(File::open(folder.path().join(ID_FILE)).unwrap()).unwrap();
        assert_eq!(kept, "what");
    }
}
