//! The command line is killed at moments drawn by lot while twenty files go out and the registry takes files away.
//!
//! `DROPOFF_TEST_SEED` repeats a run's lots. What the system does in between is never quite the same.

use std::{
    collections::BTreeSet,
    env, fs,
    io::Read,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use dropoff::domain::{account::Protocol, submission::ContentHash};
use sha2::{Digest, Sha256};

use crate::{
    keychain::{self, ROLE},
    support::{
        arrivals::Arrivals,
        front_desk::{FrontDesk, Password, Running, export},
        left_out::is_there,
        lot::Lot,
        proxy::{HANDSHAKE_BYTES, Proxy},
        servers::{Product, RealServer, Speaks, start},
        taker::Taker,
    },
};

const FILES: usize = 20;
/// How often the program is killed at each server.
const KILLS: usize = 30;
/// How often with one data folder.
const KILLS_IN_A_ROUND: usize = 6;
/// Parts that the registry takes in a round.
const PARTS_IN_A_ROUND: usize = 2;
const TIMEOUT_SECS: u64 = 5;
/// A slow line: the large files take a second or two.
const SLOW_BYTES_PER_SEC: u64 = 1_500_000;
/// How often `run` may be called until nothing waits any more.
const RUNS: usize = 12;
/// No moment is further away.
const LONGEST: Duration = Duration::from_mins(1);

#[test]
fn killed_at_any_moment_every_file_gets_to_vsftpd_once() {
    check(Product::Vsftpd, Protocol::FtpsImplicit, Password::EachTime);
}

#[test]
fn killed_at_any_moment_every_file_gets_to_proftpd_once() {
    check(Product::Proftpd, Protocol::FtpsExplicit, Password::EachTime);
}

#[test]
fn killed_at_any_moment_every_file_gets_to_pure_ftpd_once() {
    check(Product::PureFtpd, Protocol::FtpsExplicit, Password::EachTime);
}

/// With sealed copies: when all files are entered, the originals are deleted.
#[test]
fn killed_at_any_moment_every_sealed_file_gets_to_vsftpd_once() {
    if env::var_os(ROLE).is_some() {
        return check(Product::Vsftpd, Protocol::FtpsImplicit, Password::Keychain);
    }
    if !is_there("sealed copies", keychain::PROGRAMS) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let test = "real_servers::killed::killed_at_any_moment_every_sealed_file_gets_to_vsftpd_once";
    keychain::in_a_session(home.path(), keychain::UNLOCKED, &["send"], test);
}

/// When the program is killed, counted from its start.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// So many pieces of commands, replies and files have passed.
    Pieces(u64),
    /// So many bytes of files have passed.
    Bytes(u64),
    /// So long after the start: before anything travels.
    After(Duration),
}

/// Whether all files of a round are known to be in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Entering,
    Entered,
}

/// One server, everything that was ever sent to it, and the numbers that decide.
struct Siege {
    server: RealServer,
    proxy: Arc<Proxy>,
    password: Password,
    lot: Lot,
    contents: Vec<Vec<u8>>,
    taken_parts: BTreeSet<String>,
    kills: usize,
    log: Vec<String>,
}

#[track_caller]
fn check(product: Product, protocol: Protocol, password: Password) {
    let Some(server) = start(product, protocol, Speaks::Tls12And13) else {
        return;
    };
    let seed =
        env::var("DROPOFF_TEST_SEED").map_or_else(|_| u64::from(std::process::id()), |seed| seed.parse().unwrap());
    say(&format!("DROPOFF_TEST_SEED={seed}"));
    let began = Instant::now();
    let mut siege = Siege {
        proxy: Arc::new(Proxy::before(server.account.endpoint.port)),
        server,
        password,
        lot: Lot::of(seed),
        contents: Vec::new(),
        taken_parts: BTreeSet::new(),
        kills: 0,
        log: Vec::new(),
    };
    while siege.kills < KILLS {
        siege.round();
    }
    say(&format!(
        "{} kills in {:?}:\n{}",
        siege.kills,
        began.elapsed(),
        siege.log.join("\n")
    ));
}

/// Shown when the test fails.
#[expect(clippy::print_stdout, reason = "what a test prints is kept until it fails")]
fn say(text: &str) {
    println!("{text}");
}

impl Siege {
    /// Twenty new files from a new data folder: killed again and again, then left alone to finish.
    fn round(&mut self) {
        let desk = FrontDesk::new(&self.server.account, TIMEOUT_SECS, self.password);
        let files = self.new_files(&desk);
        let contents = Arc::new(self.contents.clone());
        let (root, lot) = (self.server.root.clone(), self.lot.split());
        let registry = Taker::start(&self.proxy, root, contents, lot, PARTS_IN_A_ROUND);
        let (before, mut runs) = (self.kills, 0);
        let mut stage = Stage::Entering;
        while self.kills < before + KILLS_IN_A_ROUND && runs < 2 * KILLS_IN_A_ROUND {
            runs += 1;
            let moment = self.moment();
            let (running, what) = self.start_something(&desk, &files, stage);
            self.kill_at(moment, running, what);
            if stage == Stage::Entering && self.is_everything_entered(&desk) {
                stage = Stage::Entered;
                if self.password == Password::Keychain {
                    // The sealed copies are all that is left.
                    for file in &files {
                        fs::remove_file(file).unwrap();
                    }
                }
            }
        }
        self.proxy.set_speed(None);
        self.finish(&desk, &files, stage);
        let taken = registry.stop();
        self.log
            .push(format!("  taken: {} whole, {} parts", taken.whole, taken.parts.len()));
        assert!(taken.twice.is_empty(), "{:?}\n{}", taken.twice, self.log.join("\n"));
        self.taken_parts.extend(taken.parts);
        self.all_once();
        self.ledger_says_delivered(&desk, &files);
    }

    /// `send` with all files until all are in the ledger. Then `run`, or, where the originals are needed, one of the two by lot.
    fn start_something(&mut self, desk: &FrontDesk, files: &[PathBuf], stage: Stage) -> (Running, &'static str) {
        let speed = [None, Some(SLOW_BYTES_PER_SEC), Some(4 * SLOW_BYTES_PER_SEC)];
        self.proxy.set_speed(speed[usize::try_from(self.lot.below(3)).unwrap()]);
        let sends = match (stage, self.password) {
            (Stage::Entering, _) => true,
            (Stage::Entered, Password::Keychain) => false,
            (Stage::Entered, Password::EachTime) => self.lot.below(4) > 0,
        };
        if sends {
            (desk.send(files), "send")
        } else {
            (desk.run(), "run")
        }
    }

    /// Anywhere between the start and the end of what is left.
    fn moment(&mut self) -> Moment {
        let left: Vec<u64> = self.missing().iter().map(|content| content.len() as u64).collect();
        // A round has several kills: each takes a part of what is left, so that some is left for the next.
        match self.lot.below(5) {
            // Starting, reading, sealing and writing into the ledger, before anything travels.
            0 => Moment::After(Duration::from_millis(self.lot.below(300))),
            1 | 2 => Moment::Pieces(1 + self.lot.below(30 + 30 * left.len() as u64 / 3)),
            _ => Moment::Bytes(HANDSHAKE_BYTES + self.lot.below(1 + left.iter().sum::<u64>() / 3)),
        }
    }

    /// Kills it at that moment, if it has not ended by itself before.
    fn kill_at(&mut self, moment: Moment, mut running: Running, what: &str) {
        let start = self.proxy.passed();
        let began = Instant::now();
        let has_ended = Arc::new(AtomicBool::new(false));
        let mut stdout = running.0.stdout.take().unwrap();
        let (proxy, ends) = (Arc::clone(&self.proxy), Arc::clone(&has_ended));
        let reader = thread::Builder::new().name("stdout".to_owned()).spawn(move || {
            let read = stdout.read_to_end(&mut Vec::new());
            ends.store(true, Ordering::SeqCst);
            proxy.nudge();
            read
        });
        let longest = match moment {
            Moment::After(time) => time,
            Moment::Pieces(_) | Moment::Bytes(_) => LONGEST,
        };
        self.proxy.wait_until(longest, |passed| {
            let has_come = match moment {
                Moment::Pieces(pieces) => passed.pieces >= start.pieces + pieces,
                Moment::Bytes(bytes) => passed.up_bytes >= start.up_bytes + bytes,
                Moment::After(_) => false,
            };
            has_come || has_ended.load(Ordering::SeqCst)
        });
        let passed = self.proxy.passed();
        running.0.kill().unwrap();
        let ended = running.finish();
        reader.unwrap().join().unwrap().unwrap();
        let was_killed = ended.exit.is_none();
        self.kills += usize::from(was_killed);
        self.log.push(format!(
            "  {} {what} {moment:?}: after {:?}, {} pieces, {} bytes",
            if was_killed { "killed" } else { "ended " },
            began.elapsed(),
            passed.pieces - start.pieces,
            passed.up_bytes - start.up_bytes
        ));
    }

    /// Contents that are not whole at the server.
    fn missing(&self) -> Vec<&Vec<u8>> {
        let there: Vec<Vec<u8>> = ["HL7-Dropoff", "Accepted"]
            .iter()
            .flat_map(|folder| fs::read_dir(self.server.root.join(folder)).unwrap())
            // The registry's side may take it away in this moment.
            .filter_map(|entry| fs::read(entry.unwrap().path()).ok())
            .collect();
        self.contents
            .iter()
            .filter(|content| !there.contains(content))
            .collect()
    }

    /// Whether every file of this round is at the server or waits in the ledger.
    fn is_everything_entered(&self, desk: &FrontDesk) -> bool {
        let outbox = desk.outbox();
        let waits = |content: &[u8]| {
            let hash = ContentHash(Sha256::digest(content).into()).to_string();
            outbox.iter().any(|one| one["sha256"] == hash.as_str())
        };
        self.missing().into_iter().all(|content| waits(content))
    }

    /// Left alone, until nothing waits any more. Without sealed copies that takes the originals: somebody sends them again.
    #[track_caller]
    fn finish(&mut self, desk: &FrontDesk, files: &[PathBuf], stage: Stage) {
        let needs_originals = stage == Stage::Entering || self.password == Password::EachTime;
        let mut said = String::new();
        for time in 0..RUNS {
            let waiting = desk.outbox();
            if time > 0 && waiting.is_empty() {
                return;
            }
            let ended = if needs_originals {
                desk.send(files).finish()
            } else {
                desk.run().finish()
            };
            self.log
                .push(format!("  finishing: {:?}, {} waited", ended.exit, waiting.len()));
            said = ended.said;
        }
        panic!("{said}\n{}\n{}", self.troubles().join("\n"), self.log.join("\n"));
    }

    #[track_caller]
    fn all_once(&self) {
        let troubles = self.troubles();
        assert!(troubles.is_empty(), "{}\n{}", troubles.join("\n"), self.log.join("\n"));
    }

    fn troubles(&self) -> Vec<String> {
        let arrivals = Arrivals {
            root: &self.server.root,
            taken_parts: &self.taken_parts,
        };
        arrivals.troubles(&self.contents)
    }

    /// The same files once more: each is known, under the name that it has at the server, and nothing is sent.
    #[track_caller]
    fn ledger_says_delivered(&self, desk: &FrontDesk, files: &[PathBuf]) {
        let contents = &self.contents[self.contents.len() - FILES..];
        for (file, content) in files.iter().zip(contents) {
            fs::write(file, content).unwrap();
        }
        let again = desk.send(files).finish();
        let submissions = again.submissions();
        assert_eq!(submissions.len(), FILES, "{}", again.said);
        for ((state, sent_as), content) in submissions.iter().zip(contents) {
            assert!(matches!(state.as_str(), "delivered" | "duplicate"), "{}", again.said);
            let name = sent_as.as_deref().unwrap();
            let there = ["HL7-Dropoff", "Accepted"].map(|folder| fs::read(self.server.root.join(folder).join(name)));
            assert!(
                there.into_iter().flatten().any(|bytes| bytes == *content),
                "{name} is something else"
            );
        }
        self.all_once();
    }

    /// Small ones and, in between, some that take a slow line a second or two.
    fn new_files(&mut self, desk: &FrontDesk) -> Vec<PathBuf> {
        let mut sizes: Vec<usize> = (0..FILES)
            .map(|number| match number {
                0 => 6_000_000,
                1..=4 => 1_000_000 + usize::try_from(self.lot.below(2_000_000)).unwrap(),
                _ => usize::try_from(self.lot.below(60_000)).unwrap(),
            })
            .collect();
        self.lot.shuffle(&mut sizes);
        sizes
            .into_iter()
            .map(|size| {
                let number = u32::try_from(self.contents.len()).unwrap();
                let content = export(number, size);
                let file = desk.file(&format!("{number}.hl7"), &content);
                self.contents.push(content);
                file
            })
            .collect()
    }
}

impl FrontDesk {
    /// `run`: tries everything that waits.
    fn run(&self) -> Running {
        self.start_with_password(&["run", "--json"], &[])
    }

    /// What waits, as `outbox --json` says it.
    #[track_caller]
    fn outbox(&self) -> Vec<serde_json::Value> {
        let said = self.start(&["outbox", "--json"], &[], None).finish();
        // Nothing waits, something waits, something is held.
        assert!(matches!(said.exit, Some(0 | 3 | 4)), "{}", said.said);
        said.report["submissions"].as_array().unwrap().clone()
    }
}
