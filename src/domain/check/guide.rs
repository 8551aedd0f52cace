//! The national guide: usage, cardinality, length, data type and value set of each field, out of its table.

use crate::domain::check::{Findings, MessageView, Rules, rule::rules};

rules! {
    /// What is wrong with a field by the national guide's table.
    GuideRule {}
}

pub(super) fn check(_message: &MessageView<'_>, _rules: &Rules, _findings: &mut Findings) {}
