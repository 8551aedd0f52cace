//! The quiet rooms (Fix list, Past files) and Help.

use crate::{
    app::{
        model::Model,
        wording::{card, quantity},
    },
    domain::{profile::Contact, remote::RemoteFile},
};

/// Button: always a way out.
pub const OPEN_WEBSITE: &str = "Open the FTP website";

/// Heading of the fix list's card.
pub fn fix_list_title(reports: usize) -> String {
    match reports {
        0 => "No report seen".to_owned(),
        n => format!(
            "{} at the registry",
            quantity::count(n as u64, "report is", "reports are")
        ),
    }
}

/// Below the heading.
pub fn fix_list_text(model: &Model) -> String {
    format!(
        "This Dropoff does not read reports yet. The registry writes one for each file that it took, into the folder {}. \
         Read them on its website: what could not be stored is listed there.",
        model.profile.folder_names.reports
    )
}

/// Heading of a list.
pub const REPORTS: &str = "Reports at the registry";
/// `Looked today at 9:12 AM`
pub fn looked(model: &Model) -> Option<String> {
    let seen = model.look.seen.as_ref()?;
    Some(format!(
        "Looked {}",
        quantity::day_and_time(seen.at, model.now, model.settings.time_zone)
    ))
}

/// Size and date of a file at the registry: `84 KB · listed with November 20, 2026`.
pub fn remote_file(file: &RemoteFile) -> String {
    let size = file.size_bytes.map(quantity::size);
    let day = file.modified.map(quantity::listed);
    [size, day].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Below a list that was cut.
pub fn more(left_out: usize) -> String {
    format!(
        "{} on the website.",
        quantity::count(left_out as u64, "older file", "older files")
    )
}

/// Heading of a card of Help.
pub const PEOPLE: &str = "Whom to ask";

/// Who supports what: heading, what for, mail and phone.
pub fn people(model: &Model) -> Vec<(&'static str, &'static str, String)> {
    let profile = &model.profile;
    // IT may have set another way there.
    let (host, port) = model
        .settings
        .account
        .as_ref()
        .map_or((profile.host.as_str(), profile.implicit_port), |account| {
            (account.endpoint.host.as_str(), account.endpoint.port)
        });
    let reach = |contact: &Contact| format!("{} · {}", contact.phone, contact.email);
    vec![
        (
            "The registry, data exchange",
            "Files, folders, reports, the password.",
            format!("{} · {}", reach(&profile.data_exchange), profile.hours),
        ),
        (
            "The registry, users and agreements",
            "Who may use the account, and the clinic's agreement.",
            reach(&profile.users_and_agreements),
        ),
        ("Your EHR's vendor", "The export, and what is in it.", String::new()),
        (
            "Your IT",
            "Dropoff itself, this computer, the firewall.",
            format!(
                "The registry's server is {host}, TCP ports {port} and {} to {}.",
                profile.data_ports.0, profile.data_ports.1
            ),
        ),
    ]
}

/// Heading above the topics of Help.
pub const BAD_MOMENTS: &str = "When something goes wrong or changes";

/// Heading of a card of Help.
pub const FILE_NAMES: &str = "How files are named";

/// The parts of today's name with what they mean.
pub fn file_name_parts(model: &Model) -> Vec<(String, String)> {
    let Some(account) = model.account() else {
        return Vec::new();
    };
    let today = model.today();
    vec![
        (
            account.import_code.to_string(),
            "your account's name, or the import code that your IT set".to_owned(),
        ),
        (today.format("%y").to_string(), today.format("the year, %Y").to_string()),
        (
            today.format("%j").to_string(),
            today.format("%B %-d is day %-j of the year").to_string(),
        ),
        (".hl7".to_owned(), "the kind of file".to_owned()),
    ]
}

/// Above the parts.
pub fn file_name_today(model: &Model) -> String {
    match card::name_to_be(model) {
        Some((name, _)) => format!("Today's next file goes as {name}, whatever it is called on this computer."),
        None => "The registry wants the account's name, the year and the day of the year.".to_owned(),
    }
}

/// Below the parts.
pub fn second_file(model: &Model) -> String {
    format!(
        "For a second file on one day the registry has published no rule. Dropoff names it by the pattern {}.",
        model.settings.same_day_template
    )
}

/// Heading of a card of Help.
pub const WEBSITE: &str = "When nothing else works";
/// Below the heading.
pub const WEBSITE_TEXT: &str = "The registry's website takes files, too, with the same account and the same names.";

/// Heading of a card of Help.
pub const ABOUT: &str = "About Dropoff";

/// Below the heading.
pub fn about(model: &Model, version: &str) -> String {
    format!(
        "Dropoff {version}. It is not a program of the {}, and nobody there supports it.",
        model.profile.name
    )
}

/// Heading of a card of Help.
pub const KEYS: &str = "Keys";

/// Each key with what it does.
pub const KEY_LIST: [(&str, &str); 5] = [
    ("Ctrl+O", "Choose files"),
    ("Ctrl+1 to Ctrl+4", "This month, Fix list, Past files, Help"),
    ("F5", "Look at the registry"),
    ("Tab, Enter", "Go to the next control, press it"),
    ("Esc", "Close a question, take a notice away"),
];
