//! The one line on top that tells of something that just happened.

use crate::{
    app::{
        account_form::AccountFormError,
        message::LeftOut,
        model::Notice,
        wording::{Explanation, books, codes, failure, quantity},
    },
    domain::account::ImportCodeError,
};

/// A notice as title and next step.
pub fn explanation(notice: &Notice) -> Explanation {
    let (title, next, detail) = match notice {
        Notice::DropWithoutPath => {
            return failure::file(&crate::domain::failure::FileFailure::NoPath);
        }
        Notice::SettingsNotSaved(trouble) | Notice::SettingsNotLoaded(trouble) => return failure::settings(trouble),
        Notice::WaitsForTheClinic(files) => (
            format!(
                "{} not sent yet.",
                quantity::count(*files as u64, "file of the clinic is", "files of the clinic are")
            ),
            "Nothing of the clinic travels while the Demo is shown. It goes on when you leave the Demo.".to_owned(),
            None,
        ),
        Notice::Ledger(trouble) => return books::ledger(trouble),
        Notice::NotSaved(trouble) => {
            let explanation = failure::file(trouble);
            return Explanation {
                title: "It was not saved.".to_owned(),
                ..explanation
            };
        }
        Notice::AuthorityUnreadable(trouble) => return failure::file(trouble),
        Notice::CodeTable { table, refusal } => return codes::refused(*table, refusal),
        Notice::PasswordNotForgotten(trouble) => return failure::vault(trouble),
        Notice::AlreadyOnACard => (
            "This file is here already.".to_owned(),
            "Nothing to do.".to_owned(),
            None,
        ),
        Notice::LeftOut { found, left_out } => (left_out_of_folders(left_out), add_them(*found, left_out), None),
        Notice::Saved => ("Saved.".to_owned(), String::new(), None),
        Notice::NoSamples(reason) => (
            "The sample files could not be written.".to_owned(),
            "Make room on the disk, then try again.".to_owned(),
            Some(reason.clone()),
        ),
        Notice::PasswordForgotten => (
            "This computer has forgotten the password.".to_owned(),
            "Enter it again before you send.".to_owned(),
            None,
        ),
        Notice::TooBusy => (
            "Dropoff is still busy with earlier files.".to_owned(),
            "Wait until they are done, then try again.".to_owned(),
            None,
        ),
        Notice::NotAtSignIn(reason) => (
            "This computer does not let Dropoff start at sign-in.".to_owned(),
            "Close again and keep trying in the background, or ask your IT.".to_owned(),
            Some(reason.clone()),
        ),
        Notice::OpenAlready => (
            "Dropoff is open already, and this is not the Demo.".to_owned(),
            "Close it first, then start the Demo.".to_owned(),
            None,
        ),
        Notice::AccountForm(error) => (account_form(error), String::new(), None),
    };
    Explanation {
        title,
        file: String::new(),
        next,
        details: detail.into_iter().collect(),
    }
}

/// What of a folder is not on a card.
fn left_out_of_folders(left_out: &LeftOut) -> String {
    let LeftOut {
        not_hl7,
        more_files,
        folders,
    } = *left_out;
    let sentence =
        |n: usize, one: &str, many: &str| (n > 0).then(|| format!("{}.", quantity::count(n as u64, one, many)));
    let sentences = [
        sentence(
            not_hl7,
            "file of the folder is not HL7, and was left out",
            "files of the folder are not HL7, and were left out",
        ),
        sentence(
            more_files,
            "more file of the folder was not looked at, since 1,000 go at a time",
            "more files of the folder were not looked at, since 1,000 go at a time",
        ),
        sentence(folders, "folder inside was not read", "folders inside were not read"),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn add_them(found: usize, left_out: &LeftOut) -> String {
    let nothing = (found == 0).then_some("There is no HL7 file in it.");
    let rest = (left_out.more_files > 0 || left_out.folders > 0).then_some("Add what you need of them by itself.");
    nothing.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

/// Where the window has the field.
pub(super) const UNDER_FOR_IT: &str = "under For IT";

/// What is wrong with the account as it is typed, and what to do.
pub fn account_form(error: &AccountFormError) -> String {
    match error {
        AccountFormError::NoUser => "Enter the account name that the registry gave you.".to_owned(),
        AccountFormError::UnsafeUser => "The account name has a line break in it. Type it by hand.".to_owned(),
        AccountFormError::ImportCode(error) => import_code(error),
        AccountFormError::Host => {
            "Enter the host name as your IT or the registry wrote it, without https:// and slashes.".to_owned()
        }
        AccountFormError::Port => "The port is a number from 1 to 65535.".to_owned(),
        AccountFormError::Pin(_) => {
            "A SHA-256 fingerprint has 64 digits from 0 to F, with or without colons.".to_owned()
        }
        AccountFormError::PinAndAuthority => "Choose a pinned certificate or an extra authority, not both.".to_owned(),
        AccountFormError::Authority => "This file is not a certificate in PEM form.".to_owned(),
    }
}

fn import_code(error: &ImportCodeError) -> String {
    match error {
        ImportCodeError::Empty => "Enter the import code.".to_owned(),
        ImportCodeError::TooLong(chars) => {
            format!(
                "This name has {chars} characters. A file name has room for {}.",
                crate::domain::account::ImportCode::MAX_CHARS
            )
        }
        ImportCodeError::UnsafeCharacter(' ') => {
            format!(
                "File names start with this name, and a space is not safe in a file name. Enter the import code {UNDER_FOR_IT}."
            )
        }
        ImportCodeError::UnsafeCharacter(bad) => format!(
            "File names start with this name, and {bad:?} is not safe in a file name. Enter the import code {UNDER_FOR_IT}."
        ),
        ImportCodeError::UnsafeStart(bad) => {
            format!("File names start with this name, and one that begins with {bad:?} is not safe.")
        }
    }
}
