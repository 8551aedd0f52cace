//! *Test the connection*, in words and in technical lines.

use crate::{
    app::wording::{Explanation, failure},
    domain::{
        failure::{RegistryFailure, Step},
        profile::Profile,
        remote::ConnectionFacts,
    },
};

/// How one step of the test ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepResult {
    /// It worked.
    Passed,
    /// It is the one that failed.
    Failed,
    /// The test did not come this far.
    NotTried,
}

impl StepResult {
    /// For a screen reader, a table and `--json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::NotTried => "not tried",
        }
    }
}

/// Each tested step with its result.
pub fn steps(result: &Result<Box<ConnectionFacts>, RegistryFailure>) -> Vec<(Step, StepResult)> {
    let failed_at = result.as_ref().err().map(|failure| failure.step);
    let is_untried = result
        .as_ref()
        .is_err_and(|failure| failure.trouble.is_before_connecting());
    Step::TESTED
        .into_iter()
        .map(|step| {
            let result = match failed_at {
                Some(_) if is_untried => StepResult::NotTried,
                Some(at) if step == at => StepResult::Failed,
                Some(at) if step > at => StepResult::NotTried,
                Some(_) | None => StepResult::Passed,
            };
            (step, result)
        })
        .collect()
}

/// What a step does, for staff.
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Name => "Find the registry's address",
        Step::Port => "Reach the registry's server",
        Step::Tls => "Protect the connection and check that it is the registry",
        Step::Login => "Log in with the account",
        Step::DataPorts => "Open a way for files",
        Step::Folders => "Find the four folders",
        Step::Transfer => "Send and receive",
    }
}

/// The step's name in `--json` and in logs.
pub fn step_id(step: Step) -> &'static str {
    match step {
        Step::Name => "name",
        Step::Port => "port",
        Step::Tls => "tls",
        Step::Login => "login",
        Step::DataPorts => "data_ports",
        Step::Folders => "folders",
        Step::Transfer => "transfer",
    }
}

/// The result of the test for staff, technical lines included.
pub fn explanation(result: &Result<Box<ConnectionFacts>, RegistryFailure>, profile: &Profile) -> Explanation {
    match result {
        Ok(facts) => Explanation {
            title: "The connection works.".to_owned(),
            file: String::new(),
            next: "Nothing was sent.".to_owned(),
            details: details(facts),
        },
        Err(failed) => failure::registry(failed, failure::FileFate::None, profile),
    }
}

fn details(facts: &ConnectionFacts) -> Vec<String> {
    let line = |name: &str, value: &Option<String>| value.as_ref().map(|value| format!("{name}: {value}"));
    let mut lines: Vec<String> = [
        line("Address", &facts.address),
        line("Protection", &facts.tls_version),
        line("Greeting", &facts.greeting),
    ]
    .into_iter()
    .flatten()
    .collect();
    lines.extend(facts.folders.iter().map(|(_, path)| format!("Folder: {path}")));
    lines.extend(facts.certificate.iter().flat_map(failure::certificate));
    lines
}
