//! The registry's side: takes finished files from HL7-Dropoff to Accepted at moments drawn by lot, and now and then a part.

use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use crate::support::{front_desk::names_in, lot::Lot, proxy::Proxy};

/// The longest that a file is in neither folder: less than the pause between two looks.
const BETWEEN_FOLDERS: Duration = Duration::from_millis(300);

/// Works until it is told to stop.
pub(crate) struct Taker {
    proxy: Arc<Proxy>,
    is_over: Arc<AtomicBool>,
    work: JoinHandle<Taken>,
}

/// What was taken.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    pub(crate) whole: u32,
    /// Names in Accepted under which there is only a part.
    pub(crate) parts: BTreeSet<String>,
    /// Names that were there twice: one in Accepted already, and one in HL7-Dropoff.
    pub(crate) twice: Vec<String>,
}

struct Clerk {
    proxy: Arc<Proxy>,
    is_over: Arc<AtomicBool>,
    root: PathBuf,
    contents: Arc<Vec<Vec<u8>>>,
    lot: Lot,
    parts_left: usize,
    taken: Taken,
}

impl Taker {
    /// Takes files below this login folder, at most so many parts among them. `contents` are the whole ones.
    pub(crate) fn start(
        proxy: &Arc<Proxy>,
        root: PathBuf,
        contents: Arc<Vec<Vec<u8>>>,
        lot: Lot,
        at_most_parts: usize,
    ) -> Self {
        let is_over = Arc::new(AtomicBool::new(false));
        let clerk = Clerk {
            proxy: Arc::clone(proxy),
            is_over: Arc::clone(&is_over),
            root,
            contents,
            lot,
            parts_left: at_most_parts,
            taken: Taken::default(),
        };
        let work = thread::Builder::new().name("taker".to_owned());
        Self {
            proxy: Arc::clone(proxy),
            is_over,
            work: work.spawn(move || clerk.work()).unwrap(),
        }
    }

    /// Stops it and tells what it took.
    pub(crate) fn stop(self) -> Taken {
        self.is_over.store(true, Ordering::SeqCst);
        self.proxy.nudge();
        self.work.join().unwrap()
    }
}

impl Clerk {
    fn work(mut self) -> Taken {
        let mut next = self.proxy.passed().pieces;
        loop {
            next += 1 + self.lot.below(60);
            // Files are taken while others travel. When nothing travels for a while, it is a moment like any other.
            self.rest(Duration::from_millis(200), next);
            if self.is_over.load(Ordering::SeqCst) {
                return self.taken;
            }
            let names = names_in(&self.root.join("HL7-Dropoff"));
            if !names.is_empty() {
                let name = names[usize::try_from(self.lot.below(names.len() as u64)).unwrap()].clone();
                self.look_at(&name);
            }
            next = next.max(self.proxy.passed().pieces);
        }
    }

    /// Until so many pieces have passed, or so long.
    fn rest(&self, at_most: Duration, pieces: u64) {
        let is_over = &self.is_over;
        self.proxy.wait_until(at_most, |passed| {
            passed.pieces >= pieces || is_over.load(Ordering::SeqCst)
        });
    }

    fn look_at(&mut self, name: &str) {
        let Ok(bytes) = fs::read(self.root.join("HL7-Dropoff").join(name)) else {
            // The client has removed it.
            return;
        };
        if self.contents.contains(&bytes) {
            self.take_whole(name);
        } else if self.parts_left > 0 && self.lot.below(6) == 0 {
            self.take_part(name);
        }
    }

    fn take_whole(&mut self, name: &str) {
        if !self.is_new(name) {
            return;
        }
        let (from, to) = (
            self.root.join("HL7-Dropoff").join(name),
            self.root.join("Accepted").join(name),
        );
        if self.lot.below(2) == 0 {
            self.taken.whole += u32::from(fs::rename(from, to).is_ok());
        } else if let Some(between) = self.take_out(name) {
            let pieces = self.proxy.passed().pieces + self.lot.below(40);
            self.rest(BETWEEN_FOLDERS, pieces);
            fs::rename(between, to).unwrap();
            self.taken.whole += 1;
        }
    }

    /// As a registry that reads what is there when it comes by: what still arrives goes nowhere.
    fn take_part(&mut self, name: &str) {
        if !self.is_new(name) {
            return;
        }
        let Some(between) = self.take_out(name) else {
            return;
        };
        let bytes = fs::read(&between).unwrap();
        if self.contents.contains(&bytes) {
            // It has become whole in this moment.
            fs::rename(between, self.root.join("Accepted").join(name)).unwrap();
            self.taken.whole += 1;
            return;
        }
        fs::write(self.root.join("Accepted").join(name), bytes).unwrap();
        self.parts_left -= 1;
        self.taken.parts.insert(name.to_owned());
    }

    /// Out of HL7-Dropoff, and not yet in Accepted. `None` when the client has removed it in this moment.
    fn take_out(&self, name: &str) -> Option<PathBuf> {
        let between = self.root.with_extension("between").join(name);
        fs::create_dir_all(between.parent().unwrap()).unwrap();
        fs::rename(self.root.join("HL7-Dropoff").join(name), &between)
            .is_ok()
            .then_some(between)
    }

    /// A name that is in Accepted already must never be in HL7-Dropoff again.
    fn is_new(&mut self, name: &str) -> bool {
        let is_new = !self.root.join("Accepted").join(name).exists();
        if !is_new {
            self.taken.twice.push(name.to_owned());
        }
        is_new
    }
}
