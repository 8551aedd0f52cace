//! Files of an account that is not in use any more.

use crate::{
    app::{
        elsewhere::LeftElsewhere,
        message::Tracked,
        model::Model,
        wording::{Explanation, past, quantity},
    },
    domain::account::AccountId,
};

/// The fold with the files.
pub const SHOW: &str = "Show them";

/// How many, and what to do.
pub fn left(left: &LeftElsewhere<'_>, model: &Model) -> Explanation {
    let files = left.files.len();
    let (are, them) = if files == 1 { ("is", "it") } else { ("are", "them") };
    Explanation {
        title: format!(
            "{} of {} {are} not delivered.",
            quantity::count(files as u64, "file", "files"),
            name(left.account, model)
        ),
        file: String::new(),
        next: format!(
            "That account is not in use here any more. Enter it again under Settings, For IT, to send {them}, or remove {them}."
        ),
        details: Vec::new(),
    }
}

/// What a file is called, and when and by whom it was sent from here.
pub fn file(tracked: &Tracked, model: &Model) -> (String, String) {
    let row = past::submission(tracked, model);
    (row.name, [row.state, row.what, row.who].join(" · "))
}

/// Instead of a button, where it may be at the registry.
pub const MAY_HAVE_ARRIVED: &str = "It may have arrived: Dropoff looks for it once that account is entered again.";

/// The same on a command line.
pub fn why(tracked: &Tracked, model: &Model) -> String {
    let record = &tracked.record;
    let of = format!(
        "It belongs to the account {}, which is not in use here any more.",
        name(&record.entered.account, model)
    );
    let next = if record.state.is_doubtful() {
        MAY_HAVE_ARRIVED.to_owned()
    } else {
        format!(
            "Enter that account again to send it; {} takes it out.",
            model.command_line.hint(&format!("outbox remove {}", record.entered.id))
        )
    };
    format!("{of} {next}")
}

/// The user name; with its host where another account, the one in use, has the same name.
pub(super) fn name(account: &AccountId, model: &Model) -> String {
    let has_namesake = model.account().is_some_and(|used| used.user == account.user());
    let is_ambiguous = has_namesake && !model.is_in_use(account);
    if is_ambiguous {
        account.to_string()
    } else {
        account.user().to_owned()
    }
}
