//! The right clinic: whether a file's facilities are those of earlier files.

use crate::domain::check::{Findings, MessageView, Rules, rule::rules};

rules! {
    /// What is wrong with the facilities that a file names.
    ClinicRule {}
}

pub(super) fn check(_message: &MessageView<'_>, _rules: &Rules, _findings: &mut Findings) {}
