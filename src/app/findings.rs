//! The findings of one file on a page of their own: all of them by rule, or one in its message.

use std::{path::PathBuf, sync::Arc};

use crate::{
    app::message::CardId,
    domain::{
        cancel::Cancel,
        check::{Excerpt, Excerpts, Finding, Report, Rule, Severity},
        failure::FileFailure,
        guide::Legend,
        submission::{ContentHash, Reading, RepairOrder},
    },
};

/// What a person can ask for on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingsCommand {
    /// Show what was found in this card's file.
    Open(CardId),
    /// Back to *This month*.
    Close,
    /// Show whom the findings concern.
    ShowNames,
    /// Cover them again.
    CoverNames,
    /// Show this finding in its message, by its place in the list.
    Show(usize),
    /// Show the finding so many places on; of a negative number, so many back.
    Step(isize),
    /// Back from one finding to the list.
    BackToList,
}

/// What the desk needs to read a file once more.
#[derive(Debug, Clone, PartialEq)]
pub struct ExcerptRequest {
    /// For this card.
    pub card: CardId,
    /// The chosen file.
    pub path: PathBuf,
    /// What is put right on a copy of it, where that copy is what was checked.
    pub repair: Option<RepairOrder>,
    /// What was found. Bytes of another length or hash are another file.
    pub reading: Reading,
    /// Asked at every chunk.
    pub cancel: Cancel,
}

/// What was read once more of a file, and what the guide calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reread {
    /// For this card.
    pub card: CardId,
    /// Of this content.
    pub sha256: ContentHash,
    /// The excerpts, or why there are none.
    pub excerpts: Result<Arc<Excerpts>, FileFailure>,
    /// Names of fields.
    pub legend: Arc<Legend>,
}

/// The page.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingsPage {
    /// Of this card.
    pub card: CardId,
    /// What the reading found.
    pub reading: Reading,
    /// The findings by rule, the worst first.
    pub groups: Vec<Group>,
    /// What of it is shown.
    pub view: View,
    /// Whether patients' names may be seen.
    pub names: Names,
    /// What was read once more, while something of it is shown.
    pub contents: Contents,
    /// Names of fields.
    pub legend: Arc<Legend>,
    /// Findings in the order of the groups, as places in the report.
    order: Vec<usize>,
    /// Stops the reading that is under way.
    pub(in crate::app) cancel: Cancel,
}

/// All findings of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The rule.
    pub rule: Rule,
    /// How bad it is.
    pub severity: Severity,
    /// How often it was broken.
    pub count: u64,
    /// Place in the list of the first finding that was kept.
    pub first: usize,
    /// How many were kept.
    pub kept: usize,
}

/// What of the page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All findings.
    List,
    /// The one at this place of the list, in its message.
    One(usize),
}

/// Whether patients' names may be seen, and whatever else tells who somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// They may not.
    Covered,
    /// They may.
    Shown,
}

/// What was read once more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contents {
    /// Nothing: nobody looks at it.
    Away,
    /// It is being read.
    Reading,
    /// It is there.
    Here(Arc<Excerpts>),
    /// It could not be read.
    Trouble(FileFailure),
}

impl FindingsPage {
    /// The page of a file with findings; `None` where there is none.
    pub(in crate::app) fn of(card: CardId, reading: &Reading) -> Option<Self> {
        let (mut groups, mut order) = (Vec::new(), Vec::new());
        let places: Vec<(usize, &Finding)> = reading.report.findings.iter().enumerate().collect();
        for (rule, findings) in reading.report.by_rule() {
            groups.push(Group {
                rule,
                severity: rule.severity(reading.report.stage),
                count: reading.report.counts.get(&rule).copied().unwrap_or_default(),
                first: order.len(),
                kept: findings.len(),
            });
            order.extend(
                places
                    .iter()
                    .filter(|(_, finding)| finding.rule == rule)
                    .map(|(place, _)| *place),
            );
        }
        (!groups.is_empty()).then(|| Self {
            card,
            reading: reading.clone(),
            groups,
            view: View::List,
            names: Names::Covered,
            contents: Contents::Away,
            legend: Arc::default(),
            order,
            cancel: Cancel::default(),
        })
    }

    /// What the check found.
    pub fn report(&self) -> &Report {
        &self.reading.report
    }

    /// How many findings are listed.
    pub fn listed(&self) -> usize {
        self.order.len()
    }

    /// How many findings there are, listed or not.
    pub fn found(&self) -> u64 {
        self.groups.iter().map(|group| group.count).sum()
    }

    /// The finding at this place of the list.
    pub fn finding(&self, place: usize) -> Option<&Finding> {
        self.report().findings.get(*self.order.get(place)?)
    }

    /// The findings of a group, with their places in the list.
    pub fn findings(&self, group: &Group) -> impl Iterator<Item = (usize, &Finding)> {
        let places = group.first..group.first + group.kept;
        places.filter_map(|place| Some((place, self.finding(place)?)))
    }

    /// What stands around a finding, once it was read.
    pub fn excerpt(&self, finding: &Finding) -> Option<&Excerpt> {
        match &self.contents {
            Contents::Here(excerpts) => excerpts.of(finding),
            Contents::Away | Contents::Reading | Contents::Trouble(_) => None,
        }
    }

    /// Whether something is shown that stands in the file, covered or not.
    pub(in crate::app) fn shows_contents(&self) -> bool {
        self.names == Names::Shown || matches!(self.view, View::One(_))
    }

    /// Whether this is the card's file still.
    pub(in crate::app) fn is_of(&self, card: CardId, sha256: ContentHash) -> bool {
        self.card == card && self.reading.sha256 == sha256
    }
}
