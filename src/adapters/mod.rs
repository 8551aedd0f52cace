//! One outside thing each, behind a port.

pub mod data_folder;
pub mod dialogs;
pub mod files;
pub mod ftps;
pub mod instance;
pub mod keychain;
pub mod ledger;
pub mod log;
pub mod notify;
mod os_error;
pub mod own_program;
pub mod profile;
pub mod sealed;
pub mod settings;
pub mod sign_in;
pub mod system;
pub mod tables;
mod whole_file;
