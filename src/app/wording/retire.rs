//! *Move or retire this computer*: what goes, what stays, and what came of it.

use crate::{
    app::{
        message::Tracked,
        model::Model,
        wording::{Explanation, books, elsewhere, failure, hint::CommandLine, past, quantity, terminal},
    },
    domain::{
        account::AccountId,
        failure::{LedgerFailure, SetAside, SettingsFailure, VaultFailure},
        retire::{Removal, RetireRefusal, Stays, Trace},
    },
};

/// The topic.
pub const TITLE: &str = "Move or retire this computer";
/// Below it.
pub const NOTE: &str = "Before it is exchanged, given away or wiped.";

/// Step 1.
pub fn install(model: &Model) -> String {
    let account = model.settings.account.as_ref();
    let (user, code) = account.map_or_else(Default::default, |account| {
        (format!(", {},", account.user), format!(", {},", account.import_code))
    });
    format!(
        "On the new computer install Dropoff, and enter the account name{user} and the password. Under For IT the import \
         code{code} and all other entries must be the same as here. Both computers may use the \
         account at the same time: Dropoff looks into the registry's folders before it sends."
    )
}

/// Step 2.
pub const TRY: &str = "There, press Test the connection: at the first start, or under Settings, For IT.";
/// Step 3.
pub fn export(model: &Model) -> String {
    let of = model
        .account()
        .map_or_else(String::new, |account| format!(" of {}", account.user));
    format!(
        "Export the history{of} from this computer, and keep it with the clinic's papers: it does not move by itself."
    )
}

/// Button.
pub const EXPORT_HISTORY: &str = "Export the history…";
/// Step 4.
pub const THEN_REMOVE: &str = "Only then remove everything from this computer.";
/// Button.
pub const REMOVE: &str = "Remove everything from this computer…";
/// Button to where files that wait can be sent or cancelled.
pub const TO_THE_FILES: &str = "Go to This month";

/// While somebody looks.
pub const LOOKING: &str = "Looking whether anything waits.";
/// Nothing stands in the way.
pub const NOTHING_WAITS: &str = "Nothing waits here, and no file is in doubt.";
/// In the Demo of a clinic.
pub const IN_THE_DEMO: &str = "This is the Demo. Leave it to remove what this computer keeps for your clinic.";

/// Copies that the ledger does not know.
pub fn unknown_copies(copies: usize) -> Option<String> {
    let (are, they) = match copies {
        0 => return None,
        1 => ("1 sealed copy is".to_owned(), "Whether that file was sent"),
        n => (
            format!("{} sealed copies are", quantity::thousands(n as u64)),
            "Whether those files were sent",
        ),
    };
    Some(format!(
        "{are} from before Dropoff's list was set aside. {they}, only the registry's folders show: look under Past files."
    ))
}

/// Files that wait: what stands in the way.
pub fn undelivered_title(files: usize) -> String {
    match files {
        1 => "1 file is not delivered. Nothing can be removed before.".to_owned(),
        n => format!(
            "{} files are not delivered. Nothing can be removed before.",
            quantity::thousands(n as u64)
        ),
    }
}

/// One of them: `november.hl7 · Not sent yet · CLINIC01`.
pub fn undelivered(tracked: &Tracked, model: &Model) -> String {
    let row = past::submission(tracked, model);
    let account = elsewhere::name(&tracked.record.entered.account, model);
    format!("{} · {} · {account}", row.name, row.state)
}

/// What to do about them.
pub fn undelivered_next(files: &[Tracked], model: &Model) -> String {
    let here = "On This month, send what waits or remove it, and check what is not known yet.";
    let mut accounts = files.iter().map(|file| &file.record.entered.account);
    let other: Option<&AccountId> = accounts.find(|account| !model.is_in_use(account));
    match other {
        None => here.to_owned(),
        Some(account) => format!(
            "{here} {} is not in use here any more: to send its files or to check them, enter it again under Settings, For IT.",
            elsewhere::name(account, model)
        ),
    }
}

/// The heading of the question.
pub const QUESTION: &str = "Remove everything from this computer?";
/// Above the first list.
pub const GOES: &str = "This goes for good";
/// Above the second list.
pub const STAYS: &str = "This stays";
/// What is ticked.
pub const I_AM_SURE: &str = "Yes, everything in the first list may go.";
/// The safe answer.
pub const KEEP: &str = "Keep everything";
/// The other answer.
pub const REMOVE_NOW: &str = "Remove everything now";

/// What goes.
pub const GOES_LIST: [&str; 5] = [
    "The list of everything that this computer sent, and the receipts that can be saved from it",
    "The sealed copies of those files, and the key that opens them",
    "The password, from this computer's keychain: another Dropoff folder of yours with the same account asks for it again",
    "The settings, the logs and the Demo",
    "That Dropoff starts when you sign in",
];

/// What stays.
pub const STAYS_LIST: [&str; 4] = [
    "Your own files: exports, and receipts or pages that you saved",
    "What is at the registry: files, reports, the account and its password",
    "Dropoff on other computers",
    "The program itself: your IT uninstalls it",
];

/// Where it all is, for IT.
pub fn data_folder(folder: &str) -> String {
    format!("Dropoff's folder: {folder}")
}

/// While it goes.
pub const REMOVING: &str = "Removing everything from this computer";
/// Below.
pub const REMOVING_NOTE: &str = "What was begun is finished first. This can take a minute.";
/// The last button.
pub const CLOSE: &str = "Close Dropoff";
/// Above what is gone.
pub const REMOVED: &str = "Removed";
/// Above what is not.
pub const NOT_REMOVED: &str = "Still here";
/// What to do at the end.
pub const AT_THE_END: &str =
    "Close Dropoff. If somebody else gets this computer, have your IT uninstall the program, too.";

/// The last screen's title.
pub fn over(done: &Result<Removal, RetireRefusal>) -> &'static str {
    match done {
        Ok(removal) if removal.left.is_empty() => "Everything was removed from this computer",
        Ok(_) => "Not everything could be removed",
        Err(_) => "Nothing was removed",
    }
}

/// What was removed, in a list.
pub fn trace(what: Trace) -> &'static str {
    match what {
        Trace::AtSignIn => "The start at sign-in",
        Trace::SealKey => "The key of the sealed copies",
        Trace::Copies => "The sealed copies",
        Trace::Passwords => "The password",
        Trace::Settings => "The settings",
        Trace::Demo => "The Demo",
        Trace::Logs => "The logs",
        Trace::Ledger => "The list of files that were sent",
    }
}

/// What is still there, why, and what to do.
pub fn left(what: Trace, why: &Stays, folder: &str) -> Explanation {
    let (title, next) = match why {
        Stays::Refused(_) if what == Trace::AtSignIn => (
            format!("{} could not be switched off.", trace(what)),
            "Ask your IT to take Dropoff out of what starts at sign-in.".to_owned(),
        ),
        Stays::Refused(_) => (
            format!("{}: a file could not be deleted.", trace(what)),
            format!("Restart this computer. Then have your IT delete the folder {folder}."),
        ),
        Stays::Keychain(VaultFailure::Unavailable(_)) => (
            format!("{}: no keychain answers on this computer.", trace(what)),
            "If it never had one, nothing is there. Else have your IT remove Dropoff's entries from it.".to_owned(),
        ),
        Stays::Keychain(VaultFailure::Locked(_) | VaultFailure::Other(_)) => (
            format!("{}: the computer's keychain did not let it go.", trace(what)),
            "Have your IT remove Dropoff's entries from the keychain.".to_owned(),
        ),
        Stays::NeededElsewhere => (
            format!("{} may be needed by your other Dropoff folder.", trace(what)),
            "It goes when everything is removed from that one.".to_owned(),
        ),
        Stays::AccountStays => (
            format!(
                "{} stays as long as the settings: nothing may be sent twice.",
                trace(what)
            ),
            format!("Restart this computer. Then have your IT delete the folder {folder}."),
        ),
    };
    Explanation {
        title,
        file: String::new(),
        next,
        details: vec![why.to_string()],
    }
}

/// The same in `--json`.
pub fn trace_id(what: Trace) -> &'static str {
    match what {
        Trace::AtSignIn => "at_sign_in",
        Trace::SealKey => "seal_key",
        Trace::Copies => "copies",
        Trace::Passwords => "passwords",
        Trace::Settings => "settings",
        Trace::Demo => "demo",
        Trace::Logs => "logs",
        Trace::Ledger => "ledger",
    }
}

/// Files in the data folder that stay.
pub fn strangers(files: usize, folder: &str) -> Option<String> {
    match files {
        0 => None,
        1 => Some(format!("1 file in {folder} is not Dropoff's own, and stays there.")),
        n => Some(format!(
            "{} files in {folder} are not Dropoff's own, and stay there.",
            quantity::thousands(n as u64)
        )),
    }
}

/// On the command line, after what would go.
pub const SAY_YES: &str = "Nothing was removed. With --yes all of it goes.";
/// The Demo empties its own folder.
pub const NOT_THE_DEMO: &str = "The Demo cannot be retired. Leave out --demo to remove everything from this computer.";
/// Locks could not be removed.
pub const FOLDER_STAYS: &str = "The data folder stays, with nothing of use in it.";

/// Why nothing was removed, for the command line.
pub fn refusal_on_the_terminal(refused: &RetireRefusal, command_line: &CommandLine) -> Explanation {
    let said = refusal(refused);
    let next = match refused {
        RetireRefusal::Undelivered(_) => format!(
            "{} tries what waits, and {} takes it out. To send files of an account that is not in use any more, set that account first.",
            command_line.hint("run"),
            command_line.hint("outbox remove ID"),
        ),
        RetireRefusal::Ledger(LedgerFailure::Damaged(_) | LedgerFailure::FromNewerVersion(_)) => {
            "Open the window once: it sets the list aside. Find out what waited in it before you try again.".to_owned()
        }
        RetireRefusal::SetAside(_) => terminal::acknowledge(command_line),
        RetireRefusal::UnknownCopies(_) => {
            "Look at the registry\u{2019}s folders, and send again what did not arrive. Then give --unknown-copies: they go, too."
                .to_owned()
        }
        RetireRefusal::AnotherDropoff | RetireRefusal::Ledger(_) | RetireRefusal::Folder(_) => return said,
    };
    Explanation { next, ..said }
}

/// A list was set aside, and nobody has said that they know.
pub fn not_acknowledged(set_aside: &SetAside) -> Explanation {
    Explanation {
        title: "Dropoff\u{2019}s own list of files was set aside, and nobody has said yet that they know.".to_owned(),
        next: "Read the notice on top, find out what waited, and press OK there.".to_owned(),
        ..books::set_aside(set_aside, 0)
    }
}

/// Why nothing was removed.
pub fn refusal(refusal: &RetireRefusal) -> Explanation {
    let words = |title: String, next: &str| Explanation {
        title,
        file: String::new(),
        next: next.to_owned(),
        details: Vec::new(),
    };
    match refusal {
        RetireRefusal::Undelivered(records) => words(
            undelivered_title(records.len()),
            "Start Dropoff again: This month says what to do.",
        ),
        RetireRefusal::SetAside(set_aside) => not_acknowledged(set_aside),
        RetireRefusal::UnknownCopies(copies) => words(
            unknown_copies(*copies).unwrap_or_default(),
            "Start Dropoff again: Help says what to do.",
        ),
        RetireRefusal::AnotherDropoff => words(
            "Another Dropoff works on this computer.".to_owned(),
            "Wait until it is done, or close it. Then start Dropoff and try again.",
        ),
        RetireRefusal::Ledger(trouble) => books::ledger(trouble),
        RetireRefusal::Folder(detail) => failure::settings(&SettingsFailure::Folder(detail.clone())),
    }
}
