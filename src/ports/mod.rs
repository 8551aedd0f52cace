//! Narrow doors to the outside world. The worker knows these; the adapters stand behind them.

pub mod away;
pub mod books;
pub mod data_folder;
pub mod demo;
pub mod dialogs;
pub mod files;
pub mod keys;
pub mod ledger;
pub mod registry;
pub mod sealed;
pub mod settings;
pub mod turn;
pub mod vault;
pub mod watch;

pub use away::{Notifier, SignIn};
pub use books::{Books, Shelf};
pub use data_folder::{AloneInFolder, DataFolder, OwnFiles};
pub use demo::{DemoAccess, DemoStarter};
pub use dialogs::Dialogs;
pub use files::{Entry, Files, FillCopy, Inside, OpenFile, Snapshot, file_failure};
pub use keys::{SealKey, SealKeys};
pub use ledger::{Claim, Ledger};
pub use registry::{Flow, Listing, PutProof, Registry, RegistryDoor};
pub use sealed::Sealed;
pub use settings::SettingsStore;
pub use turn::{Turn, Turns};
pub use vault::{Kept, Vault};
pub use watch::{Clock, Wake};
