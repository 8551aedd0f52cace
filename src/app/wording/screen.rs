//! Labels of the strip, the navigation, the screens and their buttons.

use chrono::Datelike;

use crate::{
    app::{
        model::{Model, PasswordState, Screen},
        month::{self, Arrived, Sent},
        road::Station,
        wording::{Explanation, failure, quantity},
    },
    domain::receipt::Destination,
};

/// The program.
pub const PROGRAM: &str = "Dropoff";
/// Its longer name.
pub const PROGRAM_LONG: &str = "Dropoff for ImmTrac2";

/// The bold word at the beginning of the strip.
pub fn strip_word(destination: Destination) -> &'static str {
    match destination {
        Destination::Live => "LIVE",
        Destination::Testing => "TESTING",
        Destination::Demo => "DEMO",
    }
}

/// The rest of the strip.
pub fn strip_text(model: &Model) -> String {
    match model.destination() {
        Destination::Demo => format!(
            "nothing goes to {} or counts for {}.",
            model.profile.place,
            month(model)
        ),
        Destination::Live | Destination::Testing => {
            let code = model.account().map(|account| account.import_code.to_string());
            let name = Some(model.settings.clinic_name.clone()).filter(|name| !name.is_empty());
            code.into_iter().chain(name).collect::<Vec<_>>().join(" · ")
        }
    }
}

/// `November`
pub fn month(model: &Model) -> String {
    model.today().format("%B").to_string()
}

/// A screen's name in the navigation and on top of it.
pub fn name(screen: Screen) -> &'static str {
    match screen {
        Screen::ThisMonth => "This month",
        Screen::FixList => "Fix list",
        Screen::PastFiles => "Past files",
        Screen::Help => "Help",
        Screen::Settings => "Settings",
    }
}

/// Question, answer and the line below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// `Sent?`
    pub question: &'static str,
    /// `Not yet`
    pub answer: String,
    /// `Our day: Friday, November 20`
    pub note: String,
}

/// The cell *Sent?*.
pub fn sent(sent: &Sent, model: &Model) -> Answer {
    let (zone, today) = (model.settings.time_zone, model.today());
    let files = |n: usize| quantity::count(n as u64, "file this month", "files this month");
    let (answer, note) = match sent {
        // Without a password F5 does nothing.
        Sent::NotLooked if !model.has_password() => ("Not known".to_owned(), String::new()),
        Sent::NotLooked => ("Not known".to_owned(), "Press F5 to look at the registry.".to_owned()),
        Sent::NotYet { looked_at } => (
            "Not yet".to_owned(),
            our_day(model).unwrap_or_else(|| format!("Looked {}", quantity::day_and_time(*looked_at, model.now, zone))),
        ),
        Sent::NeedsYou { files: n } => {
            let is_first = month::arrived(model) == Arrived::Nothing;
            let answer = if is_first { "Not yet" } else { "Not all" };
            (
                answer.to_owned(),
                quantity::count(*n as u64, "file needs you", "files need you"),
            )
        }
        Sent::SomeToGo { files: n } => (
            "Not all".to_owned(),
            quantity::count(*n as u64, "file to go", "files to go"),
        ),
        Sent::ToGo { files: n } => (
            "Not yet".to_owned(),
            quantity::count(*n as u64, "file to go", "files to go"),
        ),
        Sent::Checking { files: n } => (
            "Not known".to_owned(),
            quantity::count(*n as u64, "file is being checked", "files are being checked"),
        ),
        Sent::Here { at, files: n, initials } => {
            let by = match initials.as_str() {
                "" => String::new(),
                initials => format!(" by {initials}"),
            };
            let answer = if at.with_timezone(&zone).date_naive() == today {
                "Today".to_owned()
            } else {
                quantity::day(at.with_timezone(&zone).date_naive(), today)
            };
            let when = format!("{}{by}", quantity::time(*at, zone));
            // Before anybody looked, this computer knows of its own files only.
            let note = match model.look.seen {
                Some(_) => format!("{when} · {}", files(*n)),
                None => when,
            };
            (answer, note)
        }
        Sent::Seen { day, files: n } => (quantity::day(*day, today), files(*n)),
    };
    Answer {
        question: "Sent?",
        answer,
        note,
    }
}

fn our_day(model: &Model) -> Option<String> {
    let (today, chosen) = (model.today(), model.settings.day_of_month?);
    // A clinic whose day is the 31st sends on the last day of a shorter month.
    let day = (1..=u32::from(chosen)).rev().find_map(|day| today.with_day(day))?;
    Some(format!("Our day: {}", quantity::day(day, today)))
}

/// The cell *Arrived?*.
pub fn arrived(arrived: Arrived, model: &Model) -> Answer {
    let looked = model.look.seen.as_ref().map_or_else(String::new, |seen| {
        format!(
            "Looked {}",
            quantity::day_and_time(seen.at, model.now, model.settings.time_zone)
        )
    });
    let (answer, note) = match arrived {
        Arrived::Nothing => ("–".to_owned(), looked),
        Arrived::Waiting { files } => (
            "All of it".to_owned(),
            format!(
                "{} at the registry",
                quantity::count(files as u64, "file waits", "files wait")
            ),
        ),
        Arrived::Part { files } => (
            "Not all of it".to_owned(),
            format!(
                "{} at the registry",
                quantity::count(files as u64, "file is", "files are")
            ),
        ),
        Arrived::PickedUp => ("Picked up".to_owned(), looked),
    };
    Answer {
        question: "Arrived?",
        answer,
        note,
    }
}

/// The cell *To fix?*. The reports are not read yet, and the words say so.
pub fn to_fix(model: &Model) -> Answer {
    let reports = model.look.seen.as_ref().map_or(0, |seen| seen.reports.len());
    Answer {
        question: "To fix?",
        answer: "Not known".to_owned(),
        note: match reports {
            0 => "The report will say".to_owned(),
            n if model.destination() == Destination::Demo => {
                quantity::count(n as u64, "pretend report", "pretend reports")
            }
            n => format!("{} on the website", quantity::count(n as u64, "report", "reports")),
        },
    }
}

/// A station of the road.
pub fn station(station: Station) -> &'static str {
    match station {
        Station::Sent => "Sent",
        Station::Waiting => "Waiting at the registry",
        Station::PickedUp => "Picked up",
        Station::Report => "Report",
    }
}

/// Heading in the drop area.
pub const DROP: &str = "Drop this month's file here";
/// Heading in the drop area while files hover.
pub const DROP_NOW: &str = "Let go to add";
/// Heading in the drop area after a delivery.
pub const DROP_ANOTHER: &str = "Another file? Drop it here";
/// Below the heading.
pub const EXPORT_FIRST: &str = "Export from your EHR, then drop the file here.";
/// Button.
pub const CHOOSE_FILES: &str = "Choose files…";
/// Button, in the Demo only.
pub const USE_SAMPLE: &str = "Use a sample";
/// Button of a card.
pub const REMOVE: &str = "Remove";
/// Button while reading or sending.
pub const CANCEL: &str = "Cancel";
/// Button of a card that was not sent.
pub const TRY_AGAIN: &str = "Try again";
/// Button of a card of which nobody knows.
pub const CHECK_NOW: &str = "Check now";
/// Button of a duplicate.
pub const SEND_ANYWAY: &str = "Send anyway";
/// Button of a delivered card.
pub const SAVE_RECEIPT: &str = "Save receipt…";
/// Fold of technical lines.
pub const DETAILS: &str = "Details for IT";
/// Button.
pub const LOOK: &str = "Look at the registry (F5)";
/// While looking.
pub const LOOKING: &str = "Looking at the registry.";
/// Button of the Demo.
pub const LEAVE_DEMO: &str = "Leave the Demo";
/// While the Demo starts.
pub const DEMO_STARTING: &str = "The Demo is starting.";
/// Where the Demo did not start.
pub const DEMO_FAILED: &str = "The Demo did not start. Start Dropoff again.";
/// A reports-only clinic.
pub const EHR_SENDS: &str = "Your EHR sends the files. Dropoff sends nothing.";

/// The one primary button: `Send 1 file to Texas`.
pub fn send_button(files: usize, model: &Model) -> String {
    let to = match model.destination() {
        Destination::Demo => "the Demo",
        Destination::Live | Destination::Testing => &model.profile.place,
    };
    format!("Send {} to {to}", quantity::count(files as u64, "file", "files"))
}

/// `Goes as`, before the name in bold.
pub const GOES_AS: &str = "Goes as";
/// Beside the name where several files go on one day.
pub const OR_NEXT: &str = "or the next free name";

/// What stands in the way of sending, where it is the password.
pub fn password_trouble(password: &PasswordState) -> Option<Explanation> {
    let words = |title: &str, next: &str| Explanation {
        title: title.to_owned(),
        file: String::new(),
        next: next.to_owned(),
        details: Vec::new(),
    };
    match password {
        PasswordState::NotLooked | PasswordState::BeingKept | PasswordState::InKeychain | PasswordState::GivenOnce => {
            None
        }
        PasswordState::Missing => Some(words(
            "This computer has no password for the registry.",
            "Enter it once.",
        )),
        PasswordState::Refused => Some(words(
            "The registry refused the password. Dropoff stopped trying.",
            "Enter the new password.",
        )),
        PasswordState::ThisRun(reason) | PasswordState::Trouble(reason) => Some(failure::vault(reason)),
    }
}

/// Field and button for a password.
pub const ENTER_PASSWORD: &str = "Enter the new password";
/// Button beside the field.
pub const KEEP_PASSWORD: &str = "Save";

/// Who is at the desk, at the right of the strip.
pub fn you(model: &Model) -> String {
    let name = match model.settings.initials.as_str() {
        "" => &model.person.user,
        initials => initials,
    };
    format!("You: {name}")
}

/// The strip before the first start is over.
pub const STRIP_SETUP: &str = "for ImmTrac2 · first start";
/// The last stop of the road.
pub const NOTHING_LEFT: &str = "Nothing left to fix";
/// Beside the primary button: `1 file, 84 KB`.
pub fn to_send(files: usize, bytes: u64) -> String {
    format!(
        "{}, {}",
        quantity::count(files as u64, "file", "files"),
        quantity::size(bytes)
    )
}

/// Button that takes a notice away.
pub const DISMISS: &str = "OK";
/// A badge in words.
pub fn badge(things: usize) -> String {
    format!("{} to do", quantity::thousands(things as u64))
}
/// Of the system's dialog.
pub const CHOOSE_FILES_TITLE: &str = "Choose the HL7 files to send";
/// Of the system's dialog.
pub const CHOOSE_AUTHORITY_TITLE: &str = "Choose the authority's certificate (PEM)";
/// Of the system's dialog.
pub const SAVE_RECEIPT_TITLE: &str = "Save the receipt";
/// Files in a dialog.
pub const HL7_FILES: &str = "HL7 files";
/// Files in a dialog.
pub const CERTIFICATES: &str = "Certificates (PEM)";
/// Files in a dialog.
pub const TEXT_FILES: &str = "Text files";
/// Files in a dialog.
pub const WEB_PAGES: &str = "Web pages";
/// Files in a dialog.
pub const ALL_FILES: &str = "All files";

/// A second start asked for the Demo, and the first is none.
pub const OPEN_ALREADY: &str = "Dropoff is open already, and it is not the Demo. Close it first, then start the Demo.";
/// A second start found a first one that says nothing.
pub const NO_ANSWER: &str = "Dropoff is open already, but does not answer.";
/// What to do then.
pub const NO_ANSWER_NEXT: &str = "It may still be finishing a file. Wait a minute, then start Dropoff again. If it stays so, restart this computer: nothing is lost.";
/// Where the program cannot start.
pub const CANNOT_START: &str = "Dropoff cannot start";
/// On the terminal, where no window can be opened.
pub const NO_WINDOW: &str =
    "Dropoff cannot open its window: this computer has no screen for it, or its graphics do not work.";
