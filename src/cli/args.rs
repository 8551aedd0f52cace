//! What may stand on the command line, and its manual.

mod account;
mod repair;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args as ClapArgs, Parser, Subcommand as ClapSubcommand};
use uuid::Uuid;

use crate::domain::{calendar::Month, check::Rules};

pub(super) use self::{
    account::{AccountCommand, SetOptions},
    repair::RepairOptions,
};

const AFTER_HELP: &str = "\
EXIT STATUS
  0  everything was done; every file was delivered
  1  something failed
  2  the command line is wrong
  3  something waits to be sent, or nobody knows yet whether it arrived whole
  4  something was held back: it is no HL7 file, it stops early, it is at the registry already, it names a
     facility that no earlier file named, its patients look invented, it has errors while testing, or one of the options --hold-errors and
     --hold-overlap holds it
  5  `check` found warnings or errors
  6  `repair` found nothing to repair
  Of several files the worst counts: 1 before 4 before 3.

JSON
  With --json standard output has exactly one object, also where a command could not begin: no settings, no account,
  no password, no ledger. Then it is {\"ok\": false, \"error\", \"details\"}, as it is {\"ok\": true} of a command that has
  nothing else to print. Only a wrong command line (2) prints none. What people read goes to standard error.

FILES
  Dropoff keeps its settings and its log in a data folder. The password is never there: it is in the
  keychain of the operating system. A chosen file is only read, never changed, moved or deleted.

EXAMPLES
  Try everything without an account:
    dropoff-cli --demo send export.hl7
  Set up the account of the clinic, with the password on standard input:
    dropoff-cli account set --user CLINIC01 --password-stdin < password.txt
    dropoff-cli account test
  Once the registry has e-mailed that the clinic is in production:
    dropoff-cli account set --live
  See what is wrong with a file:
    dropoff-cli check export.hl7
    dropoff-cli explain envelope.file-not-closed
    dropoff-cli repair export.hl7 --out repaired.hl7
  Send, for a script:
    dropoff-cli send --json export.hl7";

const SEND_MANUAL: &str = "\
Send files, each under the next free name of the day

Each file is read, hashed and checked, compared with what is at the registry, named ImportCodeYYDDD.hl7 by the clinic's own day \
(a further file of the day takes the next name), sent through TLS, and verified by asking the server for its size. \
Held back is what has a blocker (it is no HL7 file, it stops early), what names another facility than earlier files, what has \
patients that look invented, and while testing what has errors. Other errors and warnings are printed, and the whole file goes: nothing is ever cut out. What is at the \
registry already is not sent again. Of a file that is held before it is entered nothing is kept: `outbox` does not show it. \
What cannot go now waits in the outbox. Where another Dropoff on this computer has the connection, or a second look at \
the registry is needed, `send` waits for about a minute; then it ends with 3.

With --json one object is printed: {\"submissions\": [{\"id\", \"file\", \"sent_as\", \"bytes\", \"sha256\", \"messages\", \
\"state\", \"why\", \"verified\", \"counts\", \"findings\"}]}. Counts and findings are those of `check --json`. The state is delivered, held, duplicate, unknown (it may have arrived; nobody \
could look), waiting (it is in the outbox, and `run` or a window tries it again) or failed. The id is that of a file in the outbox. What is not \
known is null.";

const OUTBOX_MANUAL: &str = "\
Show what is not delivered yet: what waits, is held, or is in doubt. Connects to nobody

What belongs to an account that is not in use any more is shown, too, and needs a person: nothing of it travels before that \
account is entered again.

With --json one object is printed: {\"submissions\": [{\"id\", \"account\", \"file\", \"sha256\", \"sent_as\", \"state\", \
\"why\", \"next_try\"}]}. The state is queued, name-claimed, sending, waiting, held or unknown. What is not known is null.";

const RUN_MANUAL: &str = "\
Try everything that waits now, and end: for a scheduler

Whatever its next try, each file that waits is sent, and each that is in doubt is looked for. What needs a person stays: \
a refused password, a certificate, a right at the registry; once that is put right, `--held` tries it too. It prints what is still not delivered, as `outbox` does. Nothing travels \
while no Dropoff runs: call this every hour, or leave the window open.";

const PROOF_MANUAL: &str = "\
Write a page to print: what was sent in a month, by whom, what came of it, outages. No patients

For an audit or a supervisor. It says what this computer did and saw: the ledger is read, nobody is connected to, and no \
password or display is needed. The page is HTML without a script or anything from outside. A file that is there already is \
never written over.

With --json one object is printed: {\"month\", \"out\"}. The month is null with --all.";

const PROOF_STATUS: &str = "\
EXIT STATUS
  0 written, 1 failed or a file is there already, 2 wrong command line.";

const RETIRE_MANUAL: &str = "\
Remove everything that Dropoff keeps on this computer: the key and the copies, the password, the settings, logs, ledger

Without --yes it says what would go, and removes nothing. It is refused while anything waits or is in doubt, in any account that \
this computer ever had, while a list that was set aside is not acknowledged (`outbox --acknowledge`), while sealed copies are here \
that no list knows (`--unknown-copies`), and while another Dropoff works in this data folder. Files that are not Dropoff's own stay, and so does \
everything at the registry. Save receipts and the history from the window first.

With --json one object is printed: {\"removed\", \"left\": [{\"what\", \"why\"}], \"other_files\", \"undelivered\": \
[{\"id\", \"account\", \"sha256\", \"state\"}]}.";

const RETIRE_STATUS: &str = "\
EXIT STATUS
  0 everything was removed, 1 failed or not everything was removed, 2 wrong command line, 3 something waits or is in doubt,
  or may wait without being known,
  4 nothing was removed because --yes is missing.";
const CHECK_MANUAL: &str = "\
Check files before they are sent. Needs no account, keychain or data folder, and writes nothing

Each file is read once. A blocker keeps it from being sent; an error means that the registry may not store a patient or a \
vaccination; a warning, that it may complain; a note is good to know. `explain RULE` says what a rule means and where it \
comes from.

With --json one object is printed: {\"files\": [{\"file\", \"sha256\", \"bytes\", \"messages\", \"patients\", \
\"vaccinations\", \"can_send\", \"counts\": {\"blocker\", \"error\", \"warning\", \"note\"}, \"findings\": [{\"rule\", \
\"severity\", \"message\", \"control_id\", \"segment\", \"segment_index\", \"field\", \"component\", \"line\", \"start\", \
\"end\", \"title\", \"fix\", \"who\"}]}]}. Messages, segments of a name, fields, components and lines are counted from 1; \
start and end are byte offsets. A finding on the file as a whole has no message; what is not known is null.";

const CHECK_STATUS: &str = "\
EXIT STATUS
  0 nothing, or notes only, 1 a file cannot be read, 2 wrong command line, 4 blockers, 5 warnings or errors.
  Of several files the worst counts: 1 before 4 before 5.";

const OUTBOX_STATUS: &str = "\
EXIT STATUS
  0 nothing waits, 1 failed, 2 wrong command line, 3 something waits or is in doubt, 4 something needs a person.";

const SEND_STATUS: &str = "\
EXIT STATUS
  0 all delivered, 1 something failed, 2 wrong command line, 3 waiting or unknown, 4 held back or a duplicate.
  Of several files the worst counts: 1 before 4 before 3.";

/// Sends HL7 immunization files to the registry, verified, under the right name.
#[derive(Debug, Parser)]
#[command(name = "dropoff-cli", version, after_help = AFTER_HELP, max_term_width = 100)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Subcommand,
}

/// Options that stand before or after the subcommand.
#[derive(Debug, ClapArgs)]
pub(super) struct Common {
    /// Use this data folder instead of the one below your user profile
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) data: Option<PathBuf>,
    /// Use the Demo: a pretend registry inside this program. Nothing leaves this computer
    #[arg(long, global = true)]
    pub(super) demo: bool,
    /// Print one JSON object on standard output instead of text, also where nothing could begin
    #[arg(long, global = true)]
    pub(super) json: bool,
}

#[derive(Debug, ClapSubcommand)]
pub(super) enum Subcommand {
    #[command(flatten)]
    Session(SessionCommand),
    /// Remove everything that Dropoff keeps on this computer
    #[command(long_about = RETIRE_MANUAL, after_help = RETIRE_STATUS)]
    Retire(RetireOptions),
    /// Check files before they are sent. Needs no account, keychain or data folder, and writes nothing
    #[command(long_about = CHECK_MANUAL, after_help = CHECK_STATUS)]
    Check(CheckOptions),
    /// Put a file right on a copy: line ends, byte order mark, framing, letters, a missing envelope
    #[command(long_about = repair::MANUAL, after_help = repair::STATUS)]
    Repair(RepairOptions),
    /// Say what a rule of the check means, who puts it right, and where it comes from. Without a rule, list all
    ///
    /// With --json: {"rules": [{"rule", "title", "meaning", "fix", "who", "live", "testing", "source"}]}.
    Explain(ExplainOptions),
    /// Serve the Demo until interrupted, and print how to reach it
    ///
    /// Prints one JSON object with host, port, protocol, user, password and pin (SHA-256 of the certificate).
    /// Everything in it is gone when it ends.
    Demo,
}

/// What needs the settings, the worker and perhaps the account.
#[derive(Debug, ClapSubcommand)]
pub(super) enum SessionCommand {
    /// Set up, test or forget the account at the registry
    #[command(subcommand)]
    Account(AccountCommand),
    /// List the files in the four folders at the registry
    Folders(PasswordOption),
    /// Show what is not delivered yet: what waits, is held, or is in doubt. Connects to nobody
    #[command(long_about = OUTBOX_MANUAL, after_help = OUTBOX_STATUS)]
    Outbox(OutboxOptions),
    /// Write a page to print: what was sent in a month, by whom, what came of it, outages. No patients
    #[command(long_about = PROOF_MANUAL, after_help = PROOF_STATUS)]
    Proof(ProofOptions),
    /// Try everything that waits now, and end: for a scheduler
    #[command(long_about = RUN_MANUAL, after_help = OUTBOX_STATUS)]
    Run(RunOptions),
    /// Send files, each under the next free name of the day
    #[command(long_about = SEND_MANUAL, after_help = SEND_STATUS)]
    Send(SendOptions),
}

#[derive(Debug, ClapArgs)]
pub(super) struct OutboxOptions {
    /// Say that somebody has read that an earlier list was set aside. Until then `outbox`, `run` and `send` end with 1
    ///
    /// Files that waited in that list are not known any more: look under Past files what arrived, and send the rest again.
    #[arg(long)]
    pub(super) acknowledge: bool,
    #[command(subcommand)]
    pub(super) command: Option<OutboxCommand>,
}

#[derive(Debug, ClapSubcommand)]
pub(super) enum OutboxCommand {
    /// Take files out of the outbox: they are not sent. The files themselves stay where they are
    ///
    /// A file that may have arrived cannot be taken out: `run` finds out first.
    Remove {
        /// The id that `outbox` and `send --json` print
        #[arg(required = true, value_name = "ID")]
        ids: Vec<Uuid>,
    },
    /// Send a file that is held because the same content is at the registry already
    ///
    /// It goes under the next name. What cannot go now waits, and goes with the next try: the answer stays with it. Prints what `send`
    /// prints.
    SendAnyway {
        /// The id that `outbox` and `send --json` print
        #[arg(value_name = "ID")]
        id: Uuid,
        #[command(flatten)]
        password: PasswordOption,
    },
}

#[derive(Debug, ClapArgs)]
pub(super) struct PasswordOption {
    /// Read the password from standard input, for this run only, instead of from the keychain
    #[arg(long)]
    pub(super) password_stdin: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct RetireOptions {
    /// Remove it: without this it is only said what would go
    #[arg(long)]
    pub(super) yes: bool,
    /// Remove also sealed copies that no list knows. Whether those files were sent, only the registry's folders show
    #[arg(long)]
    pub(super) unknown_copies: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct RunOptions {
    /// Read the password from standard input, for this run only, instead of from the keychain
    #[arg(long)]
    pub(super) password_stdin: bool,
    /// Try also what is held because somebody had to do something first: a certificate, a right at the registry
    #[arg(long)]
    pub(super) held: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ProofOptions {
    /// The month. Without it the last one until the tenth, then this one
    #[arg(long, value_name = "YYYY-MM", conflicts_with = "all")]
    pub(super) month: Option<Month>,
    /// Everything that this computer ever sent
    #[arg(long)]
    pub(super) all: bool,
    /// Where the page goes
    #[arg(long, value_name = "FILE.html")]
    pub(super) out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct CheckOptions {
    /// HL7 files
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Check as while testing with the registry: errors hold the file
    #[arg(long)]
    pub(super) testing: bool,
    /// Check as on this day instead of today
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(super) today: Option<NaiveDate>,
    /// Keep this many findings of each rule. All are counted
    #[arg(long, value_name = "N", default_value_t = Rules::LIMIT)]
    pub(super) limit: u64,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ExplainOptions {
    /// As `check` names it: envelope.file-not-closed
    #[arg(value_name = "RULE")]
    pub(super) rule: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct SendOptions {
    /// HL7 files, or folders with HL7 files in them. Folders inside those are not read, which is said
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) password: PasswordOption,
    /// Initials of who sends, where several people share a login
    #[arg(long, value_name = "XX")]
    pub(super) initials: Option<String>,
    /// Send a file also when the registry has the same content already
    #[arg(long)]
    pub(super) again: bool,
    /// Put right on a sealed copy what can be, print what was changed, and send that copy
    #[arg(long)]
    pub(super) repair: bool,
    /// Say that all patients are real: send a file also when some look invented or have no name yet (TEST, ZZZ, BABY BOY)
    ///
    /// Without it such a file is held when the clinic is live. Give it for one file that you have looked at, and not in a script.
    #[arg(long)]
    pub(super) real_patients: bool,
    #[command(flatten)]
    pub(super) hold: HoldOptions,
}

/// What is held back for somebody to decide.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(super) struct HoldOptions {
    /// Send a file also when it names a facility that no delivered file of this account named
    ///
    /// Without it such a file is held: it may be another clinic's. What counts is MSH-4, and RXA-11 of doses that the sender gave
    /// itself (RXA-9 00). The first file that is delivered teaches, and so does each file that goes with this option: give it once,
    /// for the file of a new place, and not in a script for ever.
    #[arg(long)]
    pub(super) any_facility: bool,
    /// Hold a file also when the check finds errors or warnings in it. Without it they are only printed
    ///
    /// While testing with the registry, errors hold a file in any case: test files must be free of them.
    #[arg(long)]
    pub(super) hold_errors: bool,
    /// Hold a file when most of its vaccinations went before, in other bytes. Without it this is only printed
    ///
    /// What went before is known again by fingerprints whose key is in the keychain. Where there is no keychain, nobody can tell:
    /// then every file is held, and the words say why.
    #[arg(long)]
    pub(super) hold_overlap: bool,
}
