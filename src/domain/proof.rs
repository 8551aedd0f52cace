//! What a clinic can show of a month, or of everything: files, results, outages, who. No patient data.

#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::domain::{
    account::{AccountId, ImportCode},
    calendar::Month,
    naming::holds_only_a_day,
    outage::{Outage, outages},
    remote::SeenFile,
    submission::{By, Record, State, Step, Why, part_left},
};

/// What a proof is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// One month of the clinic's own calendar.
    Month(Month),
    /// Whatever the ledger holds.
    Everything,
}

/// A month is asked for until this day of the next one: who asks for a proof on the third means the month that is over.
const ASKED_UNTIL_DAY: u32 = 10;

/// An outage or a delivery may have begun this long before the period, or end this long after it.
const MARGIN: Months = Months::new(1);

impl Period {
    /// The month that somebody means who names none: the last one until the tenth, then this one.
    pub fn usual_month(today: NaiveDate) -> Month {
        let this = Month::of(today);
        if today.day() <= ASKED_UNTIL_DAY {
            this.before()
        } else {
            this
        }
    }

    /// Its moments, by the calendar on the clinic's wall.
    pub fn moments(self, zone: Tz) -> Moments {
        match self {
            Self::Month(month) => Some(month.moments(zone)),
            Self::Everything => None,
        }
    }

    /// The moments whose steps have to be read to tell of it: outages may reach over its ends.
    pub fn moments_to_read(self, zone: Tz) -> Moments {
        let moments = self.moments(zone)?;
        let start = moments.start.checked_sub_months(MARGIN).unwrap_or(moments.start);
        let end = moments.end.checked_add_months(MARGIN).unwrap_or(moments.end);
        Some(start..end)
    }

    fn holds_day(self, day: NaiveDate) -> bool {
        match self {
            Self::Month(month) => Month::of(day) == month,
            Self::Everything => true,
        }
    }
}

/// The moments of a period; `None` where it has no bounds.
pub type Moments = Option<Range<DateTime<Utc>>>;

fn hold(moments: &Moments, at: DateTime<Utc>) -> bool {
    moments.as_ref().is_none_or(|moments| moments.contains(&at))
}

fn meet(moments: &Moments, outage: &Outage) -> bool {
    moments
        .as_ref()
        .is_none_or(|moments| outage.began < moments.end && outage.ended.unwrap_or(outage.last_try) >= moments.start)
}

/// A submission with every step that it took, in the order in which they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// As it stands now.
    pub record: Record,
    /// How it came there.
    pub steps: Vec<Step>,
}

/// What a ledger holds for a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The submissions that took a step in the moments to read, oldest first.
    pub courses: Vec<Course>,
    /// Files in Accepted that no submission of this ledger explains.
    pub strangers: Vec<SeenFile>,
}

/// What this computer's ledger proves of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Of what.
    pub period: Period,
    /// Of this account.
    pub account: AccountId,
    /// The clinic's time zone, in which times are written.
    pub zone: Tz,
    /// The submissions that were entered or moved in the period, oldest first.
    pub files: Vec<ProvenFile>,
    /// Files in Accepted that this computer did not send, by the day that the registry gives, oldest first.
    pub strangers: Vec<Stranger>,
    /// Outages that reach into the period, oldest first.
    pub outages: Vec<Outage>,
}

/// A submission in a proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenFile {
    /// As it stands now, also where it moved on after the period.
    pub record: Record,
    /// Who was signed in when it was delivered, cancelled or given up; `None` where that is still to come.
    pub settled_by: Option<By>,
    /// The name of a part of it that stays at the registry.
    pub part: Option<String>,
}

/// A file in Accepted that this computer did not send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// Its name where it holds nothing but the import code, a day and numbers. Any other name could be a patient's.
    pub name: Option<String>,
    /// Bytes, where a listing said so.
    pub size_bytes: Option<u64>,
    /// The day that the registry gives, else the day on which it was first seen.
    pub day: NaiveDate,
    /// When it was first seen in Accepted.
    pub accepted: Option<DateTime<Utc>>,
}

/// A proof in figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Files entered in the period.
    pub entered: usize,
    /// Files delivered in the period.
    pub delivered: usize,
    /// Patients in those, counted file by file.
    pub patients: u64,
    /// Vaccinations in those.
    pub vaccinations: u64,
    /// Of those delivered: seen in Accepted, or reported on, by now.
    pub picked_up: usize,
    /// Of those delivered: a report with their name was seen by now.
    pub reported: usize,
    /// Files of the proof that are not delivered yet.
    pub undelivered: usize,
    /// Files of the proof that were cancelled or given up.
    pub ended: usize,
}

impl Course {
    /// Whether a file of this name in Accepted may be this one or a part of it. Compared without case.
    pub fn may_be(&self, name: &str) -> bool {
        let is_it = |other: &str| other.eq_ignore_ascii_case(name);
        let record = &self.record;
        let is_there = record.state.is_delivered() || record.state.is_doubtful();
        let may_be_whole = is_there && record.sent_as.as_deref().is_some_and(is_it);
        let whys = self.steps.iter().filter_map(|step| step.why.as_ref());
        may_be_whole || whys.filter_map(Why::part).any(is_it)
    }

    fn moved_in(&self, moments: &Moments) -> bool {
        self.steps.iter().any(|step| hold(moments, step.at))
    }

    fn prove(self) -> ProvenFile {
        let is_settling = |step: &&Step| matches!(step.state, State::Delivered | State::Cancelled | State::Failed);
        ProvenFile {
            settled_by: self.steps.iter().find(is_settling).map(|step| step.by.clone()),
            part: part_left(&self.steps).and_then(|why| why.part().map(str::to_owned)),
            record: self.record,
        }
    }
}

impl Proof {
    /// Sorts out what the ledger holds. `import_code` tells which names of strangers can be shown.
    pub fn new(period: Period, account: AccountId, import_code: &ImportCode, zone: Tz, evidence: Evidence) -> Self {
        let Evidence { courses, strangers } = evidence;
        let moments = period.moments(zone);
        let mut outages = outages(courses.iter().flat_map(|course| &course.steps));
        outages.retain(|outage| meet(&moments, outage));
        let moved = courses.into_iter().filter(|course| course.moved_in(&moments));
        let mut files: Vec<ProvenFile> = moved.map(Course::prove).collect();
        files.sort_by_key(|file| file.record.entered.at);
        let mut strangers: Vec<Stranger> = strangers
            .into_iter()
            .filter(|file| period.holds_day(file.day(zone)))
            .map(|file| Stranger {
                size_bytes: file.size_bytes,
                day: file.day(zone),
                accepted: file.accepted,
                name: Some(file.name).filter(|name| holds_only_a_day(import_code, name)),
            })
            .collect();
        strangers.sort_by_key(|file| (file.day, file.accepted));
        Self {
            period,
            account,
            zone,
            files,
            strangers,
            outages,
        }
    }

    /// The files in figures.
    pub fn totals(&self) -> Totals {
        let moments = self.period.moments(self.zone);
        let mut totals = Totals::default();
        for ProvenFile { record, .. } in &self.files {
            totals.entered += usize::from(hold(&moments, record.entered.at));
            let state = record.state;
            totals.undelivered += usize::from(state.is_undelivered());
            totals.ended += usize::from(!state.is_undelivered() && !state.is_delivered());
            let delivered = record.delivery.as_ref().map(|delivery| delivery.verified);
            if delivered.is_some_and(|at| hold(&moments, at)) {
                totals.delivered += 1;
                totals.patients += record.entered.counts.patients;
                totals.vaccinations += record.entered.counts.vaccinations;
                totals.reported += usize::from(record.road.reported.is_some());
                totals.picked_up += usize::from(record.road.picked_up.or(record.road.reported).is_some());
            }
        }
        totals
    }
}
