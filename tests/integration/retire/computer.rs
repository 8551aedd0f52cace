//! A clinic's computer after some months, and ways to remove everything from it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use dropoff::{
    adapters::{
        data_folder::OwnFolder, instance::Seat, keychain::Keychain, ledger::SqliteLedger, sealed::SealedFolder,
        settings::TomlSettings,
    },
    demo::Demo,
    domain::{
        account::{AccountId, Protocol, Trust},
        retire::{Removal, RetireRefusal, UnknownCopies},
        secret::Secret,
        settings::{Role, Settings, Stage},
        submission::{NewSubmission, SubmissionId},
    },
    ports::{AloneInFolder, DataFolder, DemoStarter, Kept, Ledger, Sealed, SettingsStore, Vault},
    worker::retire::{Retiring, retire},
};
use keyring_core::{CredentialStore, Entry, Error, mock};
use tempfile::TempDir;
use uuid::Uuid;

use super::mood::{Mood, Moody, SignInEntry};
use crate::{
    ledger::scene::{account, deliver, id, other_account, start, submission},
    support::clinic::{self, PASSWORD, profile},
};

const FILE: &[u8] = b"MSH|^~\\&|A|B|C|D|20261120||VXU^V04^VXU_V04|1|P|2.5.1\rPID|1||1^^^X^MR||QUILLFEATHER\r";
/// As the keychain calls the entries.
const SERVICE: &str = "Dropoff";
const SEAL_KEY: &str = "seal-key";

/// Gone when dropped.
pub(super) struct Computer {
    home: TempDir,
    store: Arc<mock::Store>,
    starts_at_sign_in: Arc<AtomicBool>,
    /// What somebody has said about the copy that the ledger does not know.
    pub(super) unknown_copies: UnknownCopies,
}

impl Computer {
    /// Three files were delivered, one of them through an account that is not in use any more. A ledger was set aside once, the
    /// Demo was tried out, and a crash has left what crashes leave.
    pub(super) fn after_some_months() -> Self {
        let computer = Self {
            home: tempfile::tempdir().unwrap(),
            store: mock::Store::new().unwrap(),
            starts_at_sign_in: Arc::new(AtomicBool::new(true)),
            unknown_copies: UnknownCopies::MayGo,
        };
        let data = computer.data();
        fs::create_dir(&data).unwrap();
        computer.entry(SEAL_KEY).set_password(&"5a".repeat(32)).unwrap();
        for account in [account(), other_account()] {
            let kept = computer.keychain().keep(&account, Secret::new(PASSWORD.to_owned()));
            assert_eq!(kept, Kept::Keychain);
        }
        computer.set_up();
        computer.send_some();
        computer.leave_traces();
        computer
    }

    fn set_up(&self) {
        let profile = profile(Duration::from_secs(1));
        let settings = Settings {
            role: Some(Role::WeSend),
            stage: Some(Stage::Live),
            account: Some(clinic::account(
                "CLINIC01",
                "ftp.example.org",
                990,
                Protocol::FtpsImplicit,
                Trust::System,
            )),
            ..Settings::fresh(&profile)
        };
        TomlSettings::new(&self.data(), profile).save(&settings).unwrap();
    }

    fn send_some(&self) {
        let (ledger, sealed) = (self.ledger(), self.sealed());
        for number in 1..=3 {
            let account = if number == 3 { other_account() } else { account() };
            let new = NewSubmission {
                account,
                ..submission(number)
            };
            ledger.enter(&new).unwrap();
            deliver(&ledger, number, &format!("{number}.hl7"), 10);
            sealed.keep(id(number), &mut &FILE[..]).unwrap();
        }
        // One that the ledger does not know.
        sealed.keep(SubmissionId(Uuid::new_v4()), &mut &FILE[..]).unwrap();
    }

    fn leave_traces(&self) {
        let data = self.data();
        let mut demo = self.demo();
        demo.start().unwrap();
        demo.sample_files().unwrap();
        for folder in ["logs", "demo/outbox"] {
            fs::create_dir_all(data.join(folder)).unwrap();
        }
        for file in [
            "ledger-2026-06-01-081500.db.set-aside",
            "ledger-2026-06-01-081500.db.set-aside-wal",
            "ledger.doubt",
            ".dropoff-Xy12ab.part",
            "outbox/.dropoff-Zz98yx.part",
            "demo/outbox/0b1f2c3d-0000-4000-8000-000000000001.sealed",
            "logs/dropoff.2026-11-19.log",
            "logs/dropoff.2026-11-20.log",
            "window.door",
            "window.lock",
            "background.lock",
            "seal-key.lock",
            "starting",
        ] {
            fs::write(data.join(file), file).unwrap();
        }
    }

    pub(super) fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub(super) fn ledger(&self) -> SqliteLedger {
        SqliteLedger::open(&self.data(), start()).unwrap().ledger
    }

    pub(super) fn sealed(&self) -> SealedFolder {
        SealedFolder::new(self.data().join("outbox"), Arc::new(self.keychain()))
    }

    fn demo(&self) -> Demo {
        Demo::new(self.data().join("demo"))
    }

    /// As a new process has it.
    fn keychain(&self) -> Keychain {
        Keychain::with_store(self.store.clone())
    }

    fn entry(&self, user: &str) -> Entry {
        let store: Arc<CredentialStore> = self.store.clone();
        store.build(SERVICE, user, None).unwrap()
    }

    pub(super) fn has_key(&self) -> bool {
        self.entry(SEAL_KEY).get_password().is_ok()
    }

    /// The next call on it fails.
    pub(super) fn lock_the_key(&self) {
        let locked = Error::NoStorageAccess(Box::new(std::io::Error::other("object locked")));
        let entry = self.entry(SEAL_KEY);
        entry.as_any().downcast_ref::<mock::Cred>().unwrap().set_error(locked);
    }

    pub(super) fn has_password(&self, account: &AccountId) -> bool {
        self.keychain().password(account).unwrap().is_some()
    }

    pub(super) fn starts_at_sign_in(&self) -> bool {
        self.starts_at_sign_in.load(Ordering::SeqCst)
    }

    pub(super) fn copies(&self) -> Vec<SubmissionId> {
        self.sealed().kept().unwrap()
    }

    pub(super) fn path_of(&self, id: SubmissionId) -> PathBuf {
        self.data().join("outbox").join(format!("{id}.sealed"))
    }

    /// Whether somebody with this keychain can read a copy. Nobody makes a first key by asking.
    pub(super) fn can_open(&self, id: SubmissionId) -> bool {
        self.has_key() && self.sealed().open(id).is_ok()
    }

    pub(super) fn alone(&self) -> Box<dyn AloneInFolder> {
        self.folder(true).alone().unwrap().unwrap()
    }

    fn folder(&self, from_outside: bool) -> OwnFolder {
        let window = from_outside.then_some(Seat::Window);
        OwnFolder::new(self.data(), window.into_iter().chain([Seat::Background]).collect())
    }

    /// As the command line does it.
    pub(super) fn retire(&self) -> Result<Removal, RetireRefusal> {
        let done = self.retire_in(Mood::default(), true);
        if done.is_ok() {
            self.leave();
        }
        done
    }

    pub(super) fn retire_from_the_window(&self) -> Result<Removal, RetireRefusal> {
        self.retire_in(Mood::default(), false)
    }

    pub(super) fn leave(&self) {
        assert_eq!(self.folder(true).leave(), Ok(()));
    }

    pub(super) fn retire_in(&self, mood: Mood, from_outside: bool) -> Result<Removal, RetireRefusal> {
        let keychain = Moody::of(&mood, self.keychain());
        let mut demo = Moody::of(&mood, self.demo());
        retire(&mut Retiring {
            folder: &Moody::of(&mood, self.folder(from_outside)),
            sign_in: &Moody::of(&mood, SignInEntry(Arc::clone(&self.starts_at_sign_in))),
            keys: &keychain,
            vault: &keychain,
            demo: Some(&mut demo),
            account: Some(account()),
            unknown_copies: self.unknown_copies,
        })
    }
}

/// Every file below a folder, by its path from there.
pub(super) fn all_below(folder: &Path) -> Vec<String> {
    fn collect(folder: &Path, from: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, from, found);
            } else {
                let name = path.strip_prefix(from).unwrap();
                found.push(name.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    let mut found = Vec::new();
    collect(folder, folder, &mut found);
    // Locks are made by whoever asks for them, and are empty.
    found.retain(|name| Path::new(name).extension().is_none_or(|ending| ending != "lock"));
    found.sort();
    found
}
