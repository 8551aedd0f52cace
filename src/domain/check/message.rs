//! The message: its header, and which segments it has in which order.

use crate::domain::check::{Findings, MessageView, Rules, rule::rules};

rules! {
    /// What is wrong with a message's header or its segments.
    MessageRule {}
}

pub(super) fn check(_message: &MessageView<'_>, _rules: &Rules, _findings: &mut Findings) {}
