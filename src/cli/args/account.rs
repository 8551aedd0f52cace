//! `account`: what may stand after it, and its manual.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand as ClapSubcommand};

use super::PasswordOption;
use crate::domain::{account::Protocol, settings::Stage};

#[derive(Debug, ClapSubcommand)]
pub(in crate::cli) enum AccountCommand {
    /// Save the account and keep its password in the keychain, or say that the clinic is live
    ///
    /// For the user that is set up already, what is not given stays as it is; with another host, or with
    /// --registry-defaults, it is the registry's own again. What is in use is printed.
    ///
    /// A clinic is in testing until somebody says otherwise: files with errors are held back, and nothing counts. Once the
    /// registry has e-mailed that the clinic is in production, `account set --live` alone says so; it asks for no password.
    ///
    /// Where the computer has no keychain this fails, since the password is never written anywhere else. The account
    /// itself is saved then, and `send --password-stdin` takes the password each time.
    Set(SetOptions),
    /// Log in, look whether the folders are there and files can travel, and log out. Sends nothing
    ///
    /// With --json: {"ok", "stage", "steps": [{"step", "result"}], "title", "next", "details"}. A result is passed, failed
    /// or not tried. The stage is live, testing or demo.
    Test(PasswordOption),
    /// Remove the password from the keychain and the account from the settings
    Forget,
}

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct SetOptions {
    /// The user name that the registry gave out. May be left out where only the stage changes
    #[arg(long, value_name = "NAME", required_unless_present_any = ["live", "testing"])]
    pub(in crate::cli) user: Option<String>,
    /// What file names start with, if it is not the user name
    #[arg(long, value_name = "CODE", requires = "user")]
    pub(in crate::cli) import_code: Option<String>,
    /// Another host than the registry's
    #[arg(long, requires = "user")]
    pub(in crate::cli) host: Option<String>,
    /// Another port than the protocol's own
    #[arg(long, requires = "user")]
    pub(in crate::cli) port: Option<String>,
    /// ftps-implicit (TLS from the first byte, port 990) or ftps-explicit (AUTH TLS, port 21). Plain FTP is refused
    #[arg(long, value_name = "PROTOCOL", requires = "user")]
    pub(in crate::cli) protocol: Option<Protocol>,
    /// Also trust what this certificate authority signed (a PEM file)
    #[arg(long, value_name = "FILE", conflicts_with = "pin", requires = "user")]
    pub(in crate::cli) ca: Option<PathBuf>,
    /// Trust exactly the certificate with this SHA-256 fingerprint
    #[arg(long, value_name = "SHA256", requires = "user")]
    pub(in crate::cli) pin: Option<String>,
    /// What is not given is the registry's own again, also for the user that is set up already
    #[arg(long, requires = "user")]
    pub(in crate::cli) registry_defaults: bool,
    #[command(flatten)]
    stage: StageOption,
    /// Read the password from standard input. Without it you are asked on the terminal
    #[arg(long, requires = "user")]
    pub(in crate::cli) password_stdin: bool,
}

#[derive(Debug, ClapArgs)]
struct StageOption {
    /// The registry has e-mailed that the clinic is in production: files count, and go with errors in them
    #[arg(long, conflicts_with = "testing")]
    live: bool,
    /// The clinic is still testing: files with errors are held back
    #[arg(long)]
    testing: bool,
}

impl SetOptions {
    /// The stage, where it is said.
    pub(in crate::cli) fn stage(&self) -> Option<Stage> {
        match (self.stage.live, self.stage.testing) {
            (true, _) => Some(Stage::Live),
            (false, true) => Some(Stage::Testing),
            (false, false) => None,
        }
    }
}
