//! What goes wrong in one schedule, drawn from its seed.
//!
//! A plan holds only what somebody who looks twice, with a minute between, can see through. So these are not in any plan:
//!
//! * a listing that is out of date for as long as the pause, or a file that is on its way between two folders for as long;
//! * listings that are out of date, and a registry that takes files later: the first look is of a time before the file came, the
//!   second falls into the moment in which Accepted is shown as before and HL7-Dropoff as after;
//! * listings that are out of date, and contents that are not handed out: then the size of an hour ago is all there is;
//! * neither sizes nor contents, for ever.

use std::ops::Range;

use chrono::TimeDelta;
use dropoff::domain::{failure::Trouble, remote::Folder};

use crate::support::{
    clinic::content,
    fake_registry::{Fault, Manners, Moment, Rest, Takes},
    fake_sealed::SealedWord,
    lot::Lot,
    mortal::Kill,
};

/// Until then things go wrong; after it nothing new does.
pub(super) const CALM_AFTER_ROUNDS: usize = 30;

/// What is wrong with this computer in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mishap {
    ClockJumps(TimeDelta),
    /// Another Dropoff of this computer is connected.
    TurnTaken,
    CopyDamaged,
    CopyLost,
    Sealed(SealedWord),
    /// Somebody cancels all that is handed over.
    Cancel,
    /// The program ends in an orderly way and is started again.
    Restart,
}

#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) seed: u64,
    /// The chosen files, by the seed of their content and their size.
    pub(super) files: Vec<(u32, usize)>,
    /// What somebody else has put there before.
    pub(super) foreign: Vec<(Folder, String, u32, usize)>,
    pub(super) manners: Manners,
    pub(super) hides_sizes: bool,
    pub(super) faults: Vec<(usize, Fault)>,
    pub(super) kills: Vec<Kill>,
    pub(super) full: Vec<Range<usize>>,
    pub(super) mishaps: Vec<(usize, Mishap)>,
    /// When it begins: some plans go over midnight.
    pub(super) begins: &'static str,
    /// How often somebody presses *Try again* too soon, in percent.
    pub(super) impatience: u64,
}

const SIZES: [usize; 10] = [1, 2, 700, 5_000, 65_535, 65_536, 65_537, 131_072, 200_000, 300_000];

const ON_THE_WAY: [Trouble; 11] = [
    Trouble::Offline,
    Trouble::HostNotFound,
    Trouble::PortClosed,
    Trouble::Silent,
    Trouble::Busy,
    Trouble::ConnectionLost,
    Trouble::TlsRefused,
    Trouble::CertificateUnknown(None),
    Trouble::DataPortsBlocked,
    Trouble::FolderMissing(Folder::Dropoff),
    Trouble::PasswordRefused,
];

const ASKED: [Trouble; 6] = [
    Trouble::ConnectionLost,
    Trouble::Silent,
    Trouble::Busy,
    Trouble::PermissionDenied,
    Trouble::Unexpected,
    Trouble::NoRoom,
];

const MIDWAY: [Trouble; 6] = [
    Trouble::ConnectionLost,
    Trouble::ConnectionLost,
    Trouble::Silent,
    Trouble::Busy,
    Trouble::NoRoom,
    Trouble::WrongSize {
        expected_bytes: 0,
        actual_bytes: None,
    },
];

impl Plan {
    pub(super) fn of(seed: u64) -> Self {
        let mut lot = Lot::of(seed);
        let files = draw_files(&mut lot);
        let manners = draw_manners(&mut lot);
        let hides_sizes = !manners.never_fetches && lot.percent(10);
        let mut plan = Self {
            seed,
            foreign: draw_foreign(&mut lot, &files),
            files,
            manners,
            hides_sizes,
            faults: Vec::new(),
            kills: Vec::new(),
            full: Vec::new(),
            mishaps: Vec::new(),
            begins: lot.one_of(&["2026-11-20T15:12:00Z", "2026-11-21T05:58:00Z", "2026-12-31T17:00:00Z"]),
            impatience: lot.one_of(&[0, 10, 50]),
        };
        let faults = lot.below(12);
        for _ in 0..faults {
            let (passing, fault) = (lot.size_below(4), plan.draw_fault(&mut lot));
            plan.faults.push((passing, fault));
        }
        plan.draw_kills(&mut lot);
        plan.draw_mishaps(&mut lot);
        plan
    }

    pub(super) fn contents(&self) -> Vec<Vec<u8>> {
        self.files.iter().map(|(seed, size)| content(*seed, *size)).collect()
    }

    /// Whether parts may stay at the registry for ever.
    pub(super) fn may_leave_parts(&self) -> bool {
        let keeps = |fault: &Fault| {
            matches!(
                fault,
                Fault::Refuses(Moment::Remove, _)
                    | Fault::Cut(_, Rest::Taken | Rest::Moves(..) | Rest::Grows(_))
                    | Fault::Loses(_, Rest::Taken | Rest::Moves(..) | Rest::Grows(_), _)
                    | Fault::Dies(_, Rest::Taken | Rest::Moves(..) | Rest::Grows(_))
            )
        };
        self.manners.never_removes
            || self.manners.guards_growing
            || self.manners.takes.is_some_and(|takes| takes.parts)
            || self.faults.iter().any(|(_, fault)| keeps(fault))
    }

    fn draw_at(&self, lot: &mut Lot) -> usize {
        let (_, size) = lot.one_of(&self.files);
        match lot.below(4) {
            0 => 0,
            1 => usize::MAX - 1,
            _ => lot.size_below(size + 1),
        }
    }

    fn draw_rest(&self, lot: &mut Lot) -> Rest {
        let is_stale = self.manners.stale_secs > 0;
        match lot.below(10) {
            0 | 1 => Rest::ThrownAway,
            2 | 3 => Rest::Taken,
            4 | 5 if is_stale => Rest::Grows(lot.below(8)),
            4 | 5 => Rest::Grows(lot.below(55)),
            6 | 7 if !is_stale => {
                let between = lot.below(50);
                Rest::Moves(between, lot.below(58 - between))
            }
            _ => Rest::Kept,
        }
    }

    fn draw_fault(&self, lot: &mut Lot) -> Fault {
        let moment = lot.one_of(&[Moment::List, Moment::List, Moment::Put, Moment::Fetch, Moment::Remove]);
        let asked = lot.one_of(&ASKED);
        let at = self.draw_at(lot);
        // Sizes that are out of date, and nothing to compare them with: see above.
        let is_too_much = moment == Moment::Fetch && self.manners.stale_secs > 0;
        match lot.below(20) {
            0 | 1 => Fault::Refuses(Moment::Open, lot.one_of(&ON_THE_WAY)),
            2 | 3 if !is_too_much => Fault::Refuses(moment, asked),
            4 if !is_too_much => Fault::Ends(moment, asked),
            5 => Fault::Ends(
                moment,
                lot.one_of(&[Trouble::ConnectionLost, Trouble::Silent, Trouble::Busy]),
            ),
            6 => Fault::ActsAndEnds(Moment::Open, lot.one_of(&ON_THE_WAY)),
            7 => Fault::ActsAndEnds(Moment::Remove, lot.one_of(&[Trouble::ConnectionLost, Trouble::Silent])),
            8 | 9 => Fault::ActsAndEnds(Moment::Put, lot.one_of(&MIDWAY)),
            10..=13 => Fault::Loses(at, self.draw_rest(lot), lot.one_of(&MIDWAY)),
            14 => Fault::Dies(at, self.draw_rest(lot)),
            15 => Fault::StopsPut(at, asked),
            16 => Fault::TakesAtOnce,
            17 => match lot.below(7) {
                0 => Fault::Forgets(at.min(10)),
                1 => Fault::ForgetsUnnoticed(at.min(10)),
                2 => Fault::Panics(moment),
                _ => Fault::Cancels(1 + at.min(70_000)),
            },
            18 if !self.manners.never_fetches => self.draw_rival(lot),
            _ => Fault::Loses(at, Rest::Kept, Trouble::ConnectionLost),
        }
    }

    /// Another computer is faster: with another content, or with the same.
    fn draw_rival(&self, lot: &mut Lot) -> Fault {
        let (seed, size) = lot.one_of(&self.files);
        Fault::SomebodyIsFaster(match lot.below(3) {
            0 => content(seed, size),
            1 => content(9_000, size),
            _ => content(9_001, lot.size_below(400_000)),
        })
    }

    fn draw_kills(&mut self, lot: &mut Lot) {
        for _ in 0..lot.one_of(&[0, 0, 1, 1, 2, 4]) {
            let at = lot.size_below(40);
            self.kills.push(match lot.below(4) {
                0 => Kill::BeforeWrite(at),
                1 => Kill::AfterWrite(at),
                2 => Kill::BeforeWord(at),
                _ => Kill::AfterWord(at),
            });
        }
        if lot.percent(20) {
            let from = lot.size_below(40);
            self.full.push(from..from + 1 + lot.size_below(8));
        }
    }

    fn draw_mishaps(&mut self, lot: &mut Lot) {
        let jumps = [
            TimeDelta::seconds(-40),
            TimeDelta::minutes(-3),
            TimeDelta::hours(-5),
            TimeDelta::days(-2),
            TimeDelta::minutes(2),
            TimeDelta::hours(9),
        ];
        for _ in 0..lot.one_of(&[0, 0, 1, 2, 3]) {
            let mishap = match lot.below(9) {
                0..=2 => Mishap::ClockJumps(lot.one_of(&jumps)),
                3 => Mishap::TurnTaken,
                4 => Mishap::CopyDamaged,
                5 => Mishap::CopyLost,
                6 => Mishap::Sealed(lot.one_of(&[SealedWord::NoKey, SealedWord::AnotherKey, SealedWord::DiskFull])),
                7 => Mishap::Cancel,
                _ => Mishap::Restart,
            };
            self.mishaps.push((lot.size_below(6), mishap));
        }
    }
}

fn draw_files(lot: &mut Lot) -> Vec<(u32, usize)> {
    let count = lot.one_of(&[1, 1, 2, 3]);
    let mut files: Vec<(u32, usize)> = (1..=count).map(|seed| (seed, lot.one_of(&SIZES))).collect();
    if lot.percent(30) {
        // Files of one size cannot be told by it.
        let (_, size) = files[0];
        files.iter_mut().for_each(|file| file.1 = size);
    }
    if lot.percent(10) {
        files.push(files[0]);
    }
    files
}

fn draw_foreign(lot: &mut Lot, files: &[(u32, usize)]) -> Vec<(Folder, String, u32, usize)> {
    if !lot.percent(30) {
        return Vec::new();
    }
    let folder = lot.one_of(&[Folder::Dropoff, Folder::Accepted]);
    let name = lot.one_of(&["CLINIC0126324.hl7", "clinic0126324.1.HL7", "OTHER.hl7"]);
    let (seed, size) = lot.one_of(files);
    let seed = if lot.percent(40) { seed } else { 8_000 };
    vec![(folder, name.to_owned(), seed, size)]
}

fn draw_manners(lot: &mut Lot) -> Manners {
    let word_millis = lot.one_of(&[0, 200, 2_000]);
    let mut manners = Manners {
        word_millis,
        guards_growing: lot.percent(40),
        never_removes: lot.percent(10),
        ..Manners::default()
    };
    match lot.below(4) {
        0 => manners.stale_secs = 1 + lot.below(50),
        1 | 2 => {
            let first = lot.below(40);
            let between = lot.one_of(&[0, 0, 5, 40]);
            manners.takes = Some(Takes {
                after: (first, first + lot.below(200)),
                between,
                short: lot.one_of(&[0, 0, 15]),
                parts: lot.percent(30),
            });
        }
        _ => {}
    }
    manners.never_fetches = manners.stale_secs == 0 && lot.percent(8);
    manners
}
