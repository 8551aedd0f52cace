//! *Past files*: everything that was ever sent, with what was seen at the registry, newest first, by month.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::{
    app::message::{History, Tracked},
    domain::{
        failure::LedgerFailure,
        naming::clinic_day,
        remote::SeenFile,
        submission::{SubmissionId, Why},
    },
};

/// What is shown on *Past files*.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PastFiles {
    /// A page is being read right now.
    pub running: bool,
    /// Whether a page has been read.
    pub is_read: bool,
    /// Why the ledger could not be read, if so.
    pub failure: Option<LedgerFailure>,
    /// The rows, newest first.
    pub rows: Vec<Row>,
    /// Whether there are older ones.
    pub has_more: bool,
    submissions: Vec<Tracked>,
    seen: Vec<SeenFile>,
}

/// A row of *Past files*.
#[derive(Debug, Clone, PartialEq)]
pub enum Row {
    /// A month begins; its first day.
    Month(NaiveDate),
    /// A submission of this computer's ledger.
    Submission(Box<Tracked>),
    /// A file at the registry that the ledger has no submission for.
    Foreign(SeenFile),
}

/// A page whose end is not the end of the ledger says nothing about names of submissions that were entered this long before
/// it and delivered later.
const EDGE: TimeDelta = TimeDelta::days(7);

impl PastFiles {
    /// How many submissions were read.
    pub fn submissions(&self) -> usize {
        self.submissions.len()
    }

    /// The submissions that were read, newest first.
    pub fn tracked(&self) -> &[Tracked] {
        &self.submissions
    }

    /// One of the submissions that were read.
    pub fn submission(&self, id: SubmissionId) -> Option<&Tracked> {
        self.submissions.iter().find(|tracked| tracked.record.entered.id == id)
    }

    /// Takes a page in: the newest one replaces what it overlaps, an older one is added at the end.
    pub(crate) fn take(&mut self, page: History, zone: Tz) {
        if page.leave_out == 0 {
            let ids: HashSet<SubmissionId> = page.submissions.iter().map(id).collect();
            let overlaps = page
                .submissions
                .last()
                .is_some_and(|last| self.submission(id(last)).is_some());
            let mut tail = std::mem::take(&mut self.submissions);
            tail.retain(|tracked| overlaps && !ids.contains(&id(tracked)));
            if tail.is_empty() {
                self.has_more = page.has_more;
            }
            self.submissions = page.submissions;
            self.submissions.append(&mut tail);
        } else if usize::try_from(page.leave_out) == Ok(self.submissions.len()) {
            self.submissions.extend(page.submissions);
            self.has_more = page.has_more;
        }
        self.seen = page.seen;
        self.is_read = true;
        self.failure = None;
        self.rows = self.in_rows(zone);
    }

    fn in_rows(&self, zone: Tz) -> Vec<Row> {
        let ours: HashSet<String> = self.submissions.iter().flat_map(names).collect();
        let oldest = self.submissions.last().filter(|_| self.has_more);
        let from = oldest.map(|tracked| tracked.record.entered.at + EDGE);
        let foreign = self
            .seen
            .iter()
            .filter(|file| !ours.contains(&file.name.to_ascii_lowercase()))
            .filter(|file| from.is_none_or(|from| file.first_seen >= from && file.day(zone) >= clinic_day(from, zone)))
            .map(|file| (file.day(zone), file.first_seen, Row::Foreign(file.clone())));
        let submissions = self.submissions.iter().map(|tracked| {
            let at: DateTime<Utc> = tracked.record.entered.at;
            (clinic_day(at, zone), at, Row::Submission(Box::new(tracked.clone())))
        });
        let mut dated: Vec<(NaiveDate, DateTime<Utc>, Row)> = submissions.chain(foreign).collect();
        dated.sort_by(|(a_day, a, _), (b_day, b, _)| (b_day, b).cmp(&(a_day, a)));
        let mut rows = Vec::with_capacity(dated.len());
        let mut month = None;
        for (day, _, row) in dated {
            let first = day.with_day(1).unwrap_or(day);
            if month != Some(first) {
                month = Some(first);
                rows.push(Row::Month(first));
            }
            rows.push(row);
        }
        rows
    }
}

fn id(tracked: &Tracked) -> SubmissionId {
    tracked.record.entered.id
}

/// The names at the registry that belong to a submission, in small letters: also that of a part which stayed there.
fn names(tracked: &Tracked) -> Vec<String> {
    let record = &tracked.record;
    let part = record.why.as_ref().and_then(Why::part);
    let delivered = record.delivery.as_ref().map(|delivery| delivery.sent_as.as_str());
    let names = [delivered, record.sent_as.as_deref(), part].into_iter().flatten();
    names.map(str::to_ascii_lowercase).collect()
}
