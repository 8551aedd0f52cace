//! A question to the registry about a file without a report: whom to write to, and what. Without patient data.

use crate::{
    app::{
        model::{Card, Model},
        road::ASK_AFTER_WORKING_DAYS,
        wording::{Explanation, quantity},
    },
    domain::receipt::Destination,
};

/// The fold with the question.
pub const WRITE: &str = "Write to the registry";
/// Button.
pub const COPY: &str = "Copy the text";

/// Above the fold.
pub fn no_report() -> Explanation {
    Explanation {
        title: format!("No report after {ASK_AFTER_WORKING_DAYS} working days. Don't resend."),
        file: String::new(),
        next: String::new(),
        details: Vec::new(),
    }
}

/// Whom to write to or to call.
pub fn whom(model: &Model) -> [(&'static str, String); 3] {
    let contact = &model.profile.data_exchange;
    [
        ("E-mail", contact.email.clone()),
        ("Phone", contact.phone.clone()),
        ("Hours", model.profile.hours.clone()),
    ]
}

/// What to write. The name at the registry, size, time and account; neither the chosen file's name nor anything of a patient.
pub fn text(card: &Card, model: &Model) -> String {
    let Some((delivery, to)) = card.delivery().zip(card.sent_to.as_ref()) else {
        return String::new();
    };
    let stage = stage(to.destination);
    let folders = &model.profile.folder_names;
    format!(
        "Account {user} ({stage}): we see no report on the file {name}. It was delivered to {dropoff} on {when}, whole, with {size}. \
         Has it been processed, and where is its report? We have not sent it again.",
        user = to.account.user,
        name = delivery.sent_as,
        dropoff = folders.dropoff,
        when = quantity::full_time(delivery.verified, model.settings.time_zone),
        size = quantity::count(delivery.verified_bytes, "byte", "bytes"),
    )
}

/// The stage as the registry's people call it.
pub(super) fn stage(destination: Destination) -> &'static str {
    match destination {
        Destination::Live => "production",
        Destination::Testing => "testing",
        Destination::Demo => "a demonstration",
    }
}
