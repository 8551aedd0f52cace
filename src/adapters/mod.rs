//! One outside thing each, behind a port.

pub mod dialogs;
pub mod files;
pub mod ftps;
pub mod keychain;
pub mod ledger;
pub mod log;
mod os_error;
pub mod profile;
pub mod sealed;
pub mod settings;
pub mod system;
mod whole_file;
