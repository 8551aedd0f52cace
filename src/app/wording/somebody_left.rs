//! *Somebody left, or the password changed*: on the website, here, and on the other computers.

use crate::app::{
    model::{Model, Place},
    wording::quantity,
};

/// The topic.
pub const TITLE: &str = "Somebody left, or the password changed";
/// Below it.
pub const NOTE: &str = "A new password on the website, then on each computer.";
/// Button to the field.
pub const ENTER: &str = "Enter the new password";
/// Button.
pub const FORGET_HERE: &str = "Forget the password here";

/// Step 1.
pub fn change(model: &Model) -> String {
    let ask = &model.profile.data_exchange.phone;
    let who = match &model.settings.account {
        Some(account) => format!("Sign in as {} on the registry's website", account.user),
        None => "Sign in on the registry's website".to_owned(),
    };
    format!("{who} and change the password: whoever left may know the old one. If you can't sign in there, call {ask}.")
}

/// Step 2.
pub fn enter_here(model: &Model) -> String {
    let then = match model.files_left_behind() as u64 {
        0 => "Until then nothing can be sent from here.".to_owned(),
        1 => "1 file waits here: it stops until then, and goes on by itself.".to_owned(),
        files => format!(
            "{} files wait here: they stop until then, and go on by themselves.",
            quantity::thousands(files)
        ),
    };
    format!("Enter the new password on this computer. {then}")
}

/// Step 3.
pub const OTHERS: &str = "Enter it on every other computer that uses Dropoff with this account.";

/// Step 4.
pub fn tell(model: &Model) -> String {
    let contact = &model.profile.users_and_agreements;
    format!(
        "If the registry knew the person who left as a contact of your clinic, tell it who comes next: {}, {}.",
        contact.email, contact.phone
    )
}

/// Step 5.
pub const NOT_HERE: &str = "If nobody is to send from this computer any more, have it forget the password.";

/// In the place of buttons.
pub fn demo(model: &Model) -> Option<&'static str> {
    match model.place {
        Place::Registry => None,
        Place::DemoStarting | Place::Demo(_) | Place::DemoFailed(_) => {
            Some("This is the Demo, which makes its own password. There is nothing to enter or to forget here.")
        }
    }
}

/// The question before the password is forgotten.
pub const FORGET_QUESTION: &str = "Forget the password on this computer?";
/// The safe answer.
pub const KEEP_IT: &str = "Keep it";
/// The other answer.
pub const FORGET_IT: &str = "Forget the password";

/// Below the question.
pub fn forget_meaning(model: &Model) -> String {
    let files = match model.files_left_behind() as u64 {
        0 => "Nothing can be sent from here".to_owned(),
        files => format!(
            "{} not sent from here",
            quantity::count(files, "file that waits is", "files that wait are")
        ),
    };
    format!(
        "{files} until somebody enters a password. At the registry nothing changes: the password stays valid there."
    )
}
