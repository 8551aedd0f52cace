//! The patient: who they are, where they live, what they consented to.

use crate::domain::check::{Findings, MessageView, Rules, rule::rules};

rules! {
    /// What is wrong with what a message says of its patient.
    PatientRule {}
}

pub(super) fn check(_message: &MessageView<'_>, _rules: &Rules, _findings: &mut Findings) {}
