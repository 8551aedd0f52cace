//! How long it takes to seal 50 MB, to open them again, and to collect the facts of as many bytes of messages.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark prints its figures and may fail"
)]

use std::{
    fmt::Write,
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use dropoff::{
    adapters::{keychain::MemoryKeys, sealed::SealedFolder},
    domain::{
        fingerprint::{Facts, FileFacts},
        submission::SubmissionId,
    },
    ports::Sealed,
};
use uuid::Uuid;

const TOTAL_BYTES: usize = 50_000_000;
const CHUNK_BYTES: usize = 256 * 1024;

fn main() {
    let home = tempfile::tempdir().expect("a folder for the copies");
    let copies = SealedFolder::new(home.path().join("outbox"), Arc::new(MemoryKeys::default()));
    let id = SubmissionId(Uuid::new_v4());
    let file = messages();
    measure("seal, with its fsync", || {
        copies.keep(id, &mut file.as_slice()).expect("it is kept");
    });
    measure("open and read", || {
        let mut open = copies.open(id).expect("it is there");
        let read = io::copy(&mut open, &mut io::sink()).expect("it is right");
        assert_eq!(read, file.len() as u64);
    });
    measure("facts", || assert!(!facts(&file).patients.is_empty()));
    let found = facts(&file);
    measure("prints", || {
        for patient in &found.patients {
            copies.prints(&patient.facts).expect("there is a key");
        }
    });
    println!("{} patients", found.patients.len());
}

/// Invented patients, one vaccination each.
fn messages() -> Vec<u8> {
    let mut file = String::with_capacity(TOTAL_BYTES);
    for number in 0.. {
        if file.len() >= TOTAL_BYTES {
            break;
        }
        let written = write!(
            file,
            "MSH|^~\\&|EHR|1100100033^Invented Clinic|TxImmTrac|TxDSHS|20260301120000-0600||VXU^V04^VXU_V04|{number}|P|2.5.1\r\
             PID|1||MRN-{number}^^^CLINIC^MR||Invented^Blossom^May||20200229|F|||100 Bluebonnet Ln^^Austin^TX^78701\r\
             ORC|RE||IZ-{number}^CLINIC|||||||7824^Jackson^Lily^Suzanne|||||||1100100033^Invented Clinic\r\
             RXA|0|1|20260301||20^DTaP^CVX|0.5|mL^milliliter^UCUM||00^New^NIP001||||||B12345|20270531|SKB^GSK^MVX|||CP|A\r"
        );
        written.expect("memory takes what is written");
    }
    file.into_bytes()
}

fn facts(file: &[u8]) -> FileFacts {
    let mut facts = Facts::new();
    for chunk in file.chunks(CHUNK_BYTES) {
        facts.feed(chunk);
    }
    facts.finish()
}

/// Runs five times and prints the best.
fn measure(what: &str, mut run: impl FnMut()) {
    let best = (0..5).map(|_| timed(&mut run)).min().expect("it ran");
    println!("{what:24} {:6} ms", best.as_millis());
}

fn timed(run: &mut impl FnMut()) -> Duration {
    let began = Instant::now();
    run();
    began.elapsed()
}
