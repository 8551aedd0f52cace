//! Labels of Settings and of the fields of the account.

use crate::{
    app::model::PasswordState,
    domain::{
        account::Protocol,
        naming::TemplateError,
        settings::{Appearance, Retention, Role, Stage},
    },
};

/// Heading of a group.
pub const CLINIC: &str = "Clinic";
/// Field.
pub const CLINIC_NAME: &str = "Name of the clinic";
/// Below the field.
pub const CLINIC_NAME_HINT: &str = "It stands in the strip on top and on the monthly proof, and nowhere else.";
/// Field.
pub const OUR_DAY: &str = "Our day of the month";
/// Below the field.
pub const OUR_DAY_HINT: &str = "The day on which you send, 1 to 31. Leave it empty if there is none.";
/// What is wrong with the field.
pub const OUR_DAY_WRONG: &str = "Enter a number from 1 to 31, or nothing.";
/// Field.
pub const INITIALS: &str = "Who is at this desk";
/// Below the field.
pub const INITIALS_HINT: &str = "Initials for receipts, where several people share one Windows login.";
/// Choice.
pub const TIME_ZONE: &str = "Time zone";
/// Below the choice.
pub const TIME_ZONE_HINT: &str = "It decides which day stands in a file's name.";
/// The two zones of Texas, as people call them.
pub const TEXAS_ZONES: [(&str, chrono_tz::Tz); 2] = [
    ("Central", chrono_tz::America::Chicago),
    ("Mountain (El Paso)", chrono_tz::America::Denver),
];

/// Heading of a group.
pub const HOW_WE_SEND: &str = "How records reach the registry";
/// Choice.
pub const STAGE: &str = "Stage";
/// Below the choice.
pub const STAGE_HINT: &str = "The registry e-mails when you are in production.";

/// A choice of the stage.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Testing => "Testing",
        Stage::Live => "Live",
    }
}

/// The roles that can be chosen under Settings.
pub const ROLES: [Role; 3] = [Role::WeSend, Role::EhrSends, Role::JustLooking];

/// Heading of a group.
pub const ACCOUNT: &str = "Account";
/// Where there is none.
pub const NO_ACCOUNT: &str = "There is no account yet.";
/// Button.
pub const SET_UP: &str = "Set up the account";
/// Button.
pub const FORGET_PASSWORD: &str = "Forget the password";
/// Button.
pub const SAVE: &str = "Save";
/// Below the account in the Demo.
pub const DEMO_ACCOUNT: &str = "This is the Demo's own account. Yours is not used until you leave the Demo.";

/// Where the password is.
pub fn password_state(state: &PasswordState) -> &'static str {
    match state {
        PasswordState::NotLooked => "Looking for the password.",
        PasswordState::BeingKept => "The password is being kept.",
        PasswordState::Missing => "No password is kept on this computer.",
        PasswordState::InKeychain => "The password is in this computer's keychain.",
        PasswordState::ThisRun(_) => "The password is kept until you close the window.",
        PasswordState::GivenOnce => "The password was given for this run, and is not kept.",
        PasswordState::Refused => "The registry refused the password.",
        PasswordState::Trouble(_) => "The keychain did not answer.",
    }
}

/// Heading of a group.
pub const PRIVACY: &str = "Privacy";
/// What is kept on this computer.
pub const PRIVACY_TEXT: &str = "From Send on, Dropoff keeps a sealed copy of a file and of its name, which only this login's \
                                keychain opens. The name of a chosen file is shown here, and stands in no log and on no receipt.";

/// Choice.
pub const RETENTION: &str = "Keep the copy after a file is delivered";
/// Below the choice.
pub const RETENTION_HINT: &str =
    "Dropoff needs it to show the message when a report names an error. Then it is removed.";

/// A choice of how long copies stay.
pub fn retention(retention: Retention) -> &'static str {
    match retention {
        Retention::None => "Not at all",
        Retention::Days30 => "30 days",
        Retention::Days90 => "90 days",
        Retention::Days365 => "A year",
    }
}

/// Heading of a group.
pub const APPEARANCE: &str = "Appearance";
/// Choice.
pub const COLORS: &str = "Light or dark";
/// Choice.
pub const TEXT_SIZE: &str = "Size of text";
/// Choice.
pub const LANGUAGE: &str = "Language";
/// The one language so far.
pub const ENGLISH: &str = "English";

/// A choice of the appearance.
pub fn appearance(appearance: Appearance) -> &'static str {
    match appearance {
        Appearance::System => "As the computer",
        Appearance::Light => "Light",
        Appearance::Dark => "Dark",
    }
}

/// The fold for IT.
pub const FOR_IT: &str = "For IT";
/// Field.
pub const IMPORT_CODE: &str = "Import code";
/// Below the field.
pub const IMPORT_CODE_HINT: &str = "What file names start with, where it is not the account name.";
/// Field.
pub const HOST: &str = "Host";
/// Field.
pub const PORT: &str = "Port";
/// Choice.
pub const PROTOCOL: &str = "Protocol";
/// Below the choice.
pub const PROTOCOL_HINT: &str = "Always with TLS. There is no other way.";

/// A choice of the protocol.
pub fn protocol(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::FtpsImplicit => "FTPS implicit (990)",
        Protocol::FtpsExplicit => "FTPS explicit (21)",
    }
}

/// Below the port.
pub fn port_hint(protocol: Protocol) -> String {
    format!("Empty means {}.", protocol.default_port())
}

/// Field.
pub const PIN: &str = "Pinned certificate (SHA-256)";
/// Below the field.
pub const PIN_HINT: &str = "Only this certificate is believed then. Leave it empty to trust what this computer trusts.";
/// Label.
pub const AUTHORITY: &str = "Extra authority";
/// Below the label, where none is chosen.
pub const AUTHORITY_NONE: &str = "None. For a network that inspects TLS, choose its authority here.";
/// Below the label, where one is chosen.
pub const AUTHORITY_CHOSEN: &str = "One is chosen. It is believed beside what this computer trusts.";
/// Button.
pub const CHOOSE_AUTHORITY: &str = "Choose a PEM file…";
/// Button.
pub const REMOVE_AUTHORITY: &str = "Remove it";
/// Field.
pub const TEMPLATE: &str = "Name of a second file on one day";
/// Below the field.
pub const TEMPLATE_HINT: &str =
    "{code}, {yy}, {ddd}, and {n} once, which counts from 1. The registry has published no rule for it.";
/// Label.
pub const FOLDERS: &str = "Folders at the registry";
/// Label.
pub const DATA_FOLDER: &str = "Data folder of this computer; logs are in its folder logs, for seven days";
/// Button below the fields of the account.
pub const SAVE_ACCOUNT: &str = "Save the account";

/// What is wrong with the template.
pub fn template(error: &TemplateError) -> String {
    match error {
        TemplateError::Beginning => "It begins with {code}{yy}{ddd}.".to_owned(),
        TemplateError::Number => "It has {n} once, with something before it.".to_owned(),
        TemplateError::Ending => "It ends with .hl7.".to_owned(),
        TemplateError::UnsafeCharacter(bad) => {
            format!("{bad:?} is not safe there: letters, dots, dashes, underscores.")
        }
        TemplateError::TooLong => "It has at most 60 characters.".to_owned(),
    }
}
