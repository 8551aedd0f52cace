//! *I sent the wrong file*: whom to call, and what to say. Without the chosen file's name and without patients.

use crate::app::{
    model::{Model, Place},
    wording::{card, quantity, question},
    wrong_file::{Delivered, Whereabouts, whereabouts},
};

/// The topic.
pub const TITLE: &str = "I sent the wrong file";
/// Below it.
pub const NOTE: &str = "Whom to call, and what to say.";
/// What holds in any case.
pub const FIRST: &str = "Dropoff cannot take a file back. Only the registry's people can do something about it.";
/// Step 1.
pub const CHOOSE: &str = "Choose the file.";
/// Below the files.
pub const FROM_ELSEWHERE: &str = "A file that went from another computer has its name under Past files.";
/// Below the first files.
pub const SHOW_MORE: &str = "Show earlier files";
/// Step 3.
pub const SAY: &str = "Read this out, or paste it into the e-mail. It names no patient.";
/// Button.
pub const COPY: &str = "Copy what to say";
/// Beside the button, once it was pressed.
pub const COPIED: &str = "Copied.";
/// Step 4.
pub const WAIT: &str = "Wait for their answer. Don't send a corrected file before: the registry could store both.";

/// Where there is no file to choose.
pub fn nothing(model: &Model) -> String {
    format!(
        "This computer has delivered no file. {FROM_ELSEWHERE} Call {} and say it.",
        model.profile.data_exchange.phone
    )
}

/// What a file is called in the list, and what is known of it.
pub fn file(file: &Delivered<'_>, model: &Model) -> (String, String) {
    let when = quantity::day_and_time_of_any_year(file.delivery.verified, model.now, model.settings.time_zone);
    let counts = card::counts_of(&file.record.entered.counts);
    let here = file.file_name.map(|name| format!(" · {name} on this computer"));
    (
        file.delivery.sent_as.clone(),
        format!("Sent {when} · {counts}{}", here.unwrap_or_default()),
    )
}

/// Where it was last seen, below the chosen file.
pub fn place(file: &Delivered<'_>, model: &Model) -> String {
    let (dropoff, accepted) = folders(model);
    let moment = |at| quantity::day_and_time(at, model.now, model.settings.time_zone);
    match whereabouts(model, file) {
        Whereabouts::NotPickedUp { seen } => format!(
            "The registry has not picked it up: it was still in {dropoff} {}.",
            moment(seen)
        ),
        Whereabouts::PickedUp { since } => {
            format!("The registry has picked it up: it was in {accepted} {}.", moment(since))
        }
        Whereabouts::Reported { since } => format!(
            "The registry has picked it up and written a report, seen {}.",
            moment(since)
        ),
        Whereabouts::NotSeen { looked } => {
            format!("It was neither in {dropoff} nor in {accepted} {}.", moment(looked))
        }
        Whereabouts::NotLooked => "Nobody has looked at the registry since it was delivered.".to_owned(),
    }
}

fn folders(model: &Model) -> (&str, &str) {
    let folders = &model.profile.folder_names;
    (&folders.dropoff, &folders.accepted)
}

/// Step 2.
pub fn call(model: &Model) -> String {
    let contact = &model.profile.data_exchange;
    match model.place {
        Place::Registry => format!(
            "Call the registry, data exchange: {}. {}. When nobody answers, write to {}.",
            contact.phone, model.profile.hours, contact.email
        ),
        Place::DemoStarting | Place::Demo(_) | Place::DemoFailed(_) => format!(
            "This is the Demo, and there is nobody to call. For a real file, call the registry, data exchange: {}.",
            contact.phone
        ),
    }
}

/// What to say.
pub fn text(file: &Delivered<'_>, model: &Model) -> String {
    let (entered, delivery) = (&file.record.entered, file.delivery);
    let zone = model.settings.time_zone;
    let clinic = Some(model.settings.clinic_name.as_str()).filter(|name| !name.is_empty());
    let clinic = clinic.map(|name| format!("Clinic: {name}\n")).unwrap_or_default();
    let (dropoff, accepted) = folders(model);
    let moment = |at| quantity::full_time(at, zone);
    let seen = match whereabouts(model, file) {
        Whereabouts::NotPickedUp { seen } => format!("in {dropoff}, {}", moment(seen)),
        Whereabouts::PickedUp { since } => format!("in {accepted}, {}", moment(since)),
        Whereabouts::Reported { since } => format!("a report on it is there, {}", moment(since)),
        Whereabouts::NotSeen { looked } => format!("neither in {dropoff} nor in {accepted}, {}", moment(looked)),
        Whereabouts::NotLooked => format!("in {dropoff}, {}", moment(delivery.verified)),
    };
    format!(
        "We sent a wrong file. Don't process it, or tell us how to put it right.\n\
         Account: {account} ({stage})\n\
         {clinic}\
         File: {name}\n\
         Delivered to {dropoff}: {delivered}\n\
         Messages: {messages}\n\
         Patients: {patients}\n\
         Size: {size}\n\
         SHA-256: {sha256}\n\
         Last seen: {seen}\n\
         We send no corrected file before you have answered.",
        account = entered.account.user(),
        stage = question::stage(entered.destination),
        name = delivery.sent_as,
        delivered = moment(delivery.verified),
        messages = quantity::thousands(entered.counts.messages),
        patients = quantity::thousands(entered.counts.patients),
        size = quantity::count(delivery.verified_bytes, "byte", "bytes"),
        sha256 = entered.sha256,
    )
}
