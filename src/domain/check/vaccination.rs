//! The vaccination: what was given, when, to whom it belongs, by whom it was paid.

use crate::domain::check::{Findings, MessageView, Rules, rule::rules};

rules! {
    /// What is wrong with what a message says of a vaccination.
    VaccinationRule {}
}

pub(super) fn check(_message: &MessageView<'_>, _rules: &Rules, _findings: &mut Findings) {}
