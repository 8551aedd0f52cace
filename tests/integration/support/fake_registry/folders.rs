//! What the registry has: files, what is on its way, what nobody may do.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use dropoff::domain::remote::Folder;

use super::faults::{Fault, Manners, Moment, Rest};
use crate::support::lot::Lot;

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    Dropoff,
    /// Another Dropoff, on a computer of the same clinic.
    SecondDropoff,
    SomebodyElse,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) owner: Owner,
    /// What is on its way, or not shown yet.
    pub(crate) rest: Vec<u8>,
    /// Somebody is connected and still writes it.
    pub(crate) is_open: bool,
    serial: u64,
}

impl Stored {
    /// With all that will be there.
    pub(crate) fn content(&self) -> Vec<u8> {
        [self.bytes.as_slice(), &self.rest].concat()
    }
}

/// What happens by itself at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    /// Out of HL7-Dropoff; in Accepted after so many seconds, shorter than it is for so many more.
    Leaves(u64, u64),
    Arrives(u64),
    Completes,
}

/// Names and sizes of one moment.
type Shown = BTreeMap<Folder, Vec<(String, u64)>>;

pub(crate) struct State {
    pub(crate) folders: BTreeMap<Folder, Vec<Stored>>,
    /// Files that no listing shows.
    pub(crate) between_folders: Vec<Stored>,
    /// Each with the number of such moments that pass before it.
    pub(crate) faults: Vec<(usize, Fault)>,
    pub(crate) manners: Manners,
    pub(crate) lot: Lot,
    pub(crate) password: String,
    /// Every password that was tried.
    pub(crate) logins: Vec<String>,
    pub(crate) good_byes: usize,
    pub(crate) fetches: usize,
    pub(crate) hides_sizes: bool,
    /// What must never happen.
    pub(crate) violations: Vec<String>,
    /// What happened, for whoever has to understand it.
    pub(crate) journal: Vec<String>,
    /// Where a file went although a listing had shown the same content.
    pub(crate) sent_knowingly: Vec<String>,
    /// Whole files that each computer was shown by its last listing of a folder, and could compare.
    pub(super) known: BTreeMap<(Owner, Folder), BTreeSet<(String, u64)>>,
    /// What could not be compared once; nobody asks for it again and again.
    pub(super) not_compared: BTreeSet<(Owner, String)>,
    pub(super) open_connections: BTreeMap<Owner, usize>,
    /// Everything that was ever offered under a name.
    offered: BTreeMap<(Owner, String), Vec<u8>>,
    to_come: Vec<(Duration, u64, Change)>,
    past: Vec<(Duration, Shown)>,
    now: Duration,
    last_serial: u64,
}

impl Default for State {
    fn default() -> Self {
        Self {
            folders: BTreeMap::new(),
            between_folders: Vec::new(),
            faults: Vec::new(),
            manners: Manners::default(),
            lot: Lot::of(0),
            password: String::new(),
            logins: Vec::new(),
            good_byes: 0,
            fetches: 0,
            hides_sizes: false,
            violations: Vec::new(),
            journal: Vec::new(),
            sent_knowingly: Vec::new(),
            known: BTreeMap::new(),
            not_compared: BTreeSet::new(),
            open_connections: BTreeMap::new(),
            offered: BTreeMap::new(),
            to_come: Vec::new(),
            past: Vec::new(),
            now: Duration::ZERO,
            last_serial: 0,
        }
    }
}

impl State {
    pub(super) fn take(&mut self, moment: Moment) -> Option<Fault> {
        let at = self.faults.iter().position(|(_, fault)| fault.moment() == moment)?;
        if self.faults[at].0 > 0 {
            self.faults[at].0 -= 1;
            return None;
        }
        Some(self.faults.remove(at).1)
    }

    pub(crate) fn folder(&mut self, folder: Folder) -> &mut Vec<Stored> {
        self.folders.entry(folder).or_default()
    }

    pub(crate) fn say(&mut self, what: String) {
        self.journal.push(format!("{:>9.3} {what}", self.now.as_secs_f64()));
    }

    pub(super) fn is_taken(&mut self, name: &str) -> bool {
        let is_same = |file: &Stored| file.name.eq_ignore_ascii_case(name);
        self.folder(Folder::Dropoff).iter().any(is_same)
    }

    /// Everything, wherever it is.
    pub(crate) fn everything(&self) -> impl Iterator<Item = &Stored> {
        self.folders.values().flatten().chain(&self.between_folders)
    }

    /// A file begins to be there. Returns what it is known by.
    pub(crate) fn store(&mut self, folder: Folder, name: &str, owner: Owner) -> u64 {
        let is_twice = self.everything().any(|file| file.name.eq_ignore_ascii_case(name));
        if is_twice && owner != Owner::SomebodyElse {
            self.violations.push(format!("the name {name} was used twice"));
        }
        self.last_serial += 1;
        let stored = Stored {
            name: name.to_owned(),
            bytes: Vec::new(),
            owner,
            rest: Vec::new(),
            is_open: owner != Owner::SomebodyElse,
            serial: self.last_serial,
        };
        self.folder(folder).push(stored);
        self.last_serial
    }

    /// What a computer offers under a name is always the same.
    pub(super) fn note_offered(&mut self, who: Owner, name: &str, bytes: &[u8]) {
        let known = self.offered.entry((who, name.to_ascii_lowercase())).or_default();
        if !known.starts_with(bytes) && !bytes.starts_with(known) {
            self.violations.push(format!("two contents were offered as {name}"));
        } else if bytes.len() > known.len() {
            *known = bytes.to_vec();
        }
    }

    /// Whether a file is as long as what its owner has offered under its name.
    pub(super) fn is_all_that_was_offered(&self, file: &Stored) -> bool {
        let offered = self.offered.get(&(file.owner, file.name.to_ascii_lowercase()));
        !file.is_open && offered.is_none_or(|offered| file.bytes.len() >= offered.len())
    }

    pub(super) fn stored(&mut self, serial: u64) -> Option<&mut Stored> {
        let files = self.folders.values_mut().flatten().chain(&mut self.between_folders);
        files.into_iter().find(|file| file.serial == serial)
    }

    pub(super) fn set_bytes(&mut self, serial: u64, bytes: &[u8]) {
        if let Some(file) = self.stored(serial) {
            file.bytes = bytes.to_vec();
        }
        self.remember();
    }

    /// What becomes of a file on which nobody works any more; `rest` of it may still be on its way.
    pub(super) fn leave_alone(&mut self, serial: u64, becomes: Rest, rest: &[u8]) {
        let Some(file) = self.stored(serial) else {
            return;
        };
        file.is_open = false;
        let name = file.name.clone();
        match becomes {
            Rest::Kept => self.may_be_taken(serial, rest.is_empty()),
            Rest::ThrownAway | Rest::BetweenFolders | Rest::Taken => self.take_up(&name, becomes),
            Rest::Moves(between, short) => {
                self.to_come.push((self.now, serial, Change::Leaves(between, short)));
                self.advance(self.now);
            }
            Rest::Grows(secs) => {
                if let Some(file) = self.stored(serial) {
                    file.rest = rest.to_vec();
                }
                self.later(secs, serial, Change::Completes);
            }
        }
        self.remember();
    }

    fn later(&mut self, secs: u64, serial: u64, change: Change) {
        self.to_come
            .push((self.now + Duration::from_secs(secs), serial, change));
    }

    pub(super) fn may_be_taken(&mut self, serial: u64, is_whole: bool) {
        if let Some(takes) = self.manners.takes
            && (is_whole || takes.parts)
        {
            let (first, last) = takes.after;
            let after = first + self.lot.below(last - first + 1);
            self.later(after, serial, Change::Leaves(takes.between, takes.short));
        }
    }

    /// Moves a file out of HL7-Dropoff.
    pub(crate) fn take_up(&mut self, name: &str, rest: Rest) {
        let dropoff = self.folder(Folder::Dropoff);
        let Some(at) = dropoff.iter().position(|file| file.name == name) else {
            return;
        };
        match rest {
            Rest::Kept | Rest::Grows(_) => {}
            Rest::ThrownAway => drop(dropoff.remove(at)),
            Rest::BetweenFolders | Rest::Moves(..) => {
                let file = dropoff.remove(at);
                self.between_folders.push(file);
            }
            Rest::Taken => {
                let file = dropoff.remove(at);
                self.folder(Folder::Accepted).push(file);
            }
        }
    }

    /// What was between two folders arrives.
    pub(crate) fn arrive(&mut self) {
        let arrived = std::mem::take(&mut self.between_folders);
        self.folder(Folder::Accepted).extend(arrived);
    }

    /// Everything that happens by itself until now.
    pub(crate) fn advance(&mut self, now: Duration) {
        loop {
            self.to_come.sort_by_key(|(at, serial, _)| (*at, *serial));
            match self.to_come.first().copied() {
                Some((at, serial, change)) if at <= now => {
                    self.to_come.remove(0);
                    self.now = self.now.max(at);
                    self.change(serial, change);
                    self.remember();
                }
                _ => break,
            }
        }
        self.now = self.now.max(now);
    }

    fn change(&mut self, serial: u64, change: Change) {
        let Some(name) = self.stored(serial).map(|file| file.name.clone()) else {
            return;
        };
        match change {
            Change::Leaves(between, short) => {
                let dropoff = self.folder(Folder::Dropoff);
                if let Some(at) = dropoff.iter().position(|file| file.serial == serial) {
                    let file = dropoff.remove(at);
                    self.between_folders.push(file);
                    self.later(between, serial, Change::Arrives(short));
                    self.say(format!("(the registry takes {name})"));
                }
            }
            Change::Arrives(short) => {
                let at = self.between_folders.iter().position(|file| file.serial == serial);
                if let Some(at) = at {
                    let mut file = self.between_folders.remove(at);
                    if short > 0 {
                        let half = file.bytes.len() / 2;
                        let rest = file.bytes.split_off(half);
                        file.rest.splice(0..0, rest);
                        self.later(short, serial, Change::Completes);
                    }
                    self.folder(Folder::Accepted).push(file);
                    self.say(format!("({name} is in Accepted)"));
                }
            }
            Change::Completes => {
                if let Some(file) = self.stored(serial) {
                    let rest = std::mem::take(&mut file.rest);
                    file.bytes.extend(rest);
                }
                self.say(format!("({name} is complete)"));
                self.may_be_taken(serial, true);
            }
        }
    }

    /// Keeps what the folders show now, for listings that are out of date.
    pub(crate) fn remember(&mut self) {
        if self.manners.stale_secs > 0 {
            let shown = self.shown_now();
            self.past.push((self.now, shown));
        }
    }

    fn shown_now(&self) -> Shown {
        let show = |file: &Stored| (file.name.clone(), file.bytes.len() as u64);
        self.folders
            .iter()
            .map(|(folder, files)| (*folder, files.iter().map(show).collect()))
            .collect()
    }

    /// Whether the last listings showed this to be there, so that it could be compared.
    pub(super) fn was_shown(&self, who: Owner, file: &Stored) -> bool {
        let shown = (file.name.clone(), file.content().len() as u64);
        let in_folder = |folder| {
            self.known
                .get(&(who, folder))
                .is_some_and(|files| files.contains(&shown))
        };
        (in_folder(Folder::Dropoff) || in_folder(Folder::Accepted))
            && !self.not_compared.contains(&(who, file.name.clone()))
    }

    pub(super) fn note_shown(&mut self, who: Owner, folder: Folder, shown: &[(String, u64)]) {
        let is_whole = |(name, size): &&(String, u64)| {
            let mut files = self.everything();
            files.any(|file| !file.is_open && file.name == *name && file.content().len() as u64 == *size)
        };
        let whole = shown.iter().filter(is_whole).cloned().collect();
        self.known.insert((who, folder), whole);
    }

    /// Names and sizes in a folder, as they were so long ago. Before the beginning they were as at the beginning.
    pub(super) fn shown(&self, folder: Folder, age: Duration) -> Vec<(String, u64)> {
        let then = self.now.saturating_sub(age);
        let past = self.past.iter().rev().find(|(at, _)| *at <= then);
        let shown = if age.is_zero() {
            self.shown_now()
        } else {
            past.map(|(_, shown)| shown.clone()).unwrap_or_default()
        };
        shown.get(&folder).cloned().unwrap_or_default()
    }

    /// Every file of the first computer, wherever it is.
    pub(crate) fn ours(&self) -> Vec<Stored> {
        self.of(Owner::Dropoff)
    }

    /// Every file of a computer, wherever it is.
    pub(crate) fn of(&self, owner: Owner) -> Vec<Stored> {
        self.everything().filter(|file| file.owner == owner).cloned().collect()
    }
}
