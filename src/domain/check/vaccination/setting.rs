//! What is the same for every vaccination of a message.

use chrono::{Months, NaiveDate};

use crate::domain::{
    check::{MessageView, Rules, SegmentView},
    hl7::Timestamp,
};

/// The rules, and the days that a dose is held against. Of a day that cannot be right itself, nothing is concluded.
pub(super) struct Setting<'r> {
    pub(super) rules: &'r Rules,
    /// PID-7.
    pub(super) born: Option<Timestamp>,
    /// PID-29.
    pub(super) died: Option<Timestamp>,
    /// MSH-7.
    pub(super) written: Option<Timestamp>,
}

impl<'r> Setting<'r> {
    pub(super) fn of(message: &MessageView<'_>, rules: &'r Rules) -> Self {
        let patient = message.first(*b"PID");
        let born = patient.and_then(|patient| time(&patient, 7));
        let born = born.filter(|born| born.is_of_these_times() && !rules.is_future(born));
        let died = patient.and_then(|patient| time(&patient, 29));
        Self {
            rules,
            born,
            died: died.filter(|died| !born.is_some_and(|born| died.is_before(&born))),
            written: time(&message.header(), 7),
        }
    }

    /// Whether a dose of this day is one of today's vaccines: not a record that is caught up on. It must not be older than a year.
    pub(super) fn is_recent(&self, day: NaiveDate) -> bool {
        self.rules
            .today
            .checked_sub_months(Months::new(12))
            .is_some_and(|first| day >= first)
    }
}

fn time(segment: &SegmentView<'_>, field: usize) -> Option<Timestamp> {
    Timestamp::read(&segment.field(field)?.first().first()).value()
}
