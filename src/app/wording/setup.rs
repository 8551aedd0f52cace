//! The first start.

use crate::domain::{
    profile::Profile,
    settings::{Role, Stage},
};

/// Heading of step 1.
pub fn role_question(profile: &Profile) -> String {
    format!("How do records reach {}?", profile.place)
}

/// A choice of step 1.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::WeSend => "We send files",
        Role::EhrSends => "Our EHR sends them",
        Role::JustLooking => "Just show me",
    }
}

/// What a choice of step 1 means.
pub fn role_meaning(role: Role) -> &'static str {
    match role {
        Role::WeSend => "You export a file from your EHR, and Dropoff delivers it.",
        Role::EhrSends => "Dropoff sends nothing. It is for the registry's reports.",
        Role::JustLooking => "The Demo: try everything with invented files. Nothing leaves this computer.",
    }
}

/// Heading of step 2.
pub const STAGE_QUESTION: &str = "Has the registry e-mailed that you are in production?";

/// A choice of step 2.
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Live => "Yes",
        Stage::Testing => "Still testing",
    }
}

/// What a choice of step 2 means.
pub fn stage_meaning(stage: Stage) -> &'static str {
    match stage {
        Stage::Live => "Files hold true patients, and they count.",
        Stage::Testing => "The registry wants three to five test files without errors first.",
    }
}

/// The third choice of step 2.
pub const NOT_SURE: &str = "Not sure";

/// What to do when nobody is sure.
pub fn not_sure(profile: &Profile) -> String {
    format!(
        "Call {}, {}. Until you know, choose Still testing.",
        profile.data_exchange.phone, profile.hours
    )
}

/// Heading of step 3.
pub const ACCOUNT_QUESTION: &str = "The account that the registry gave you";
/// Field of step 3.
pub const ACCOUNT_NAME: &str = "Account name";
/// Below the field.
pub const ACCOUNT_NAME_HINT: &str = "Your file names start with it. It may have any length.";
/// Field of step 3.
pub const PASSWORD: &str = "Password";
/// Below the field.
pub const PASSWORD_HINT: &str = "It goes into this computer's keychain and nowhere else.";
/// Button of step 3.
pub const TEST: &str = "Test the connection";
/// While the test runs.
pub const TESTING: &str = "Testing the connection.";
/// Last button.
pub const FINISH: &str = "Save and start";
/// Button to the step before.
pub const BACK: &str = "Back";

/// `Step 2 of 3`
pub fn step(number: usize) -> String {
    format!("Step {number} of 3")
}

/// The steps in the margin.
pub const STEP_ROLE: &str = "How you send";
/// The steps in the margin.
pub const STEP_STAGE: &str = "Testing or live";
/// The steps in the margin.
pub const STEP_ACCOUNT: &str = "Your account";

/// Below step 3: who gives accounts out.
pub fn not_sure_of_account(profile: &Profile) -> String {
    format!(
        "No account yet? {} gives it out: {}, {}.",
        profile.name, profile.data_exchange.phone, profile.data_exchange.email
    )
}
