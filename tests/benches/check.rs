//! What a large file full of errors costs: the memory while a gigabyte goes through the check, and in the window how long it takes
//! from the drop to the first finding, and how long a frame takes meanwhile. How fast the check is stands in `tokenize`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and may fail"
)]

use std::{
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use dropoff::{
    adapters::{profile, system::SystemClock},
    app::{
        message::{Event, Job},
        model::{CardState, Place},
    },
    build::{Start, StartIn, build},
    domain::{
        check::{Checker, Occasion, Rules, Standard},
        settings::Stage,
    },
    ports::{Clock, Wake},
    ui::{Drafts, theme},
    window::{Hands, Window, system_fonts},
    worker::Worker,
};
use egui_kittest::Harness;
use tempfile::TempDir;

const GIGABYTE: usize = 1_000_000_000;
const CHUNK_BYTES: usize = 256 * 1024;
const ROUNDS: usize = 5;
/// How long the window may take to come to rest, or to show something.
const PATIENCE: Duration = Duration::from_mins(1);

fn main() {
    memory();
    window();
}

/// Messages of one invented patient each, who has no address, a vaccine that nobody knows and a lot that has expired.
fn message(number: usize) -> String {
    format!(
        "MSH|^~\\&|EHR|1100100033^Invented Clinic^L|TxImmTrac|TxDSHS|20260301120000-0600||VXU^V04^VXU_V04|MSG-{number}|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS\r\
         PID|1||MRN-{number}^^^CLINIC^MR||Invented^Blossom^May^^^^L|Madeup^Rose^^^^^M|20200229|F||2106-3^White^CDCREC|\r\
         ORC|RE||IZ-{number}^CLINIC|||||||7824^Jackson^Lily^Suzanne^^^^^CLINIC^L^^^PRN||654^Thomas^Wilma^Elizabeth^^^^^CLINIC^L^^^MD\r\
         RXA|0|1|20260301||9999^Nothing^CVX|0.5|mL^milliliter^UCUM||00^New immunization record^NIP001|||||B12345|20200101|SKB^GlaxoSmithKline^MVX|||CP|A\r\
         RXR|C28161^Intramuscular^NCIT|LD^Left Deltoid^HL70163\r"
    )
}

/// A gigabyte through the checker, with never more of it in memory than a chunk.
fn memory() {
    let rules = Rules::on(
        Occasion {
            today: SystemClock.now().date_naive(),
            stage: Stage::Live,
        },
        profile::immtrac2().unwrap().records,
        Arc::new(Standard::built_in().unwrap()),
    );
    let before = peak_kib();
    let mut checker = Checker::new(&rules);
    let (mut chunk, mut bytes, mut grown) = (String::new(), 0, Vec::new());
    for number in 0.. {
        chunk.push_str(&message(number));
        if chunk.len() >= CHUNK_BYTES {
            checker.feed(chunk.as_bytes());
            let hundreds = bytes / (GIGABYTE / 10);
            bytes += chunk.len();
            chunk.clear();
            if bytes / (GIGABYTE / 10) > hundreds {
                grown.push(peak_kib().zip(before).map(|(now, before)| now.saturating_sub(before)));
            }
        }
        if bytes >= GIGABYTE {
            break;
        }
    }
    let report = checker.finish();
    println!(
        "check of {} messages, {} MB, all with errors",
        report.summary.messages,
        bytes / 1_000_000
    );
    println!("  findings kept           {}", report.findings.len());
    let tenths = grown
        .into_iter()
        .map(|kib| kib.map_or("?".to_owned(), |kib| (kib * 1024 / 1_000_000).to_string()));
    println!(
        "  memory beside, in MB    {} (after each 100 MB)",
        tenths.collect::<Vec<_>>().join(" ")
    );
}

/// The most memory that this process ever had, where the system says so.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The window's own program in the Demo, drawn without a display.
fn window() {
    let home = TempDir::with_prefix("dropoff-bench-").unwrap();
    let file = home.path().join("export.hl7");
    let mut out = BufWriter::new(fs::File::create(&file).unwrap());
    let mut bytes = 0;
    for number in 0.. {
        let message = message(number);
        bytes += message.len();
        out.write_all(message.as_bytes()).unwrap();
        if bytes >= GIGABYTE / 5 {
            break;
        }
    }
    out.into_inner().unwrap().sync_all().unwrap();
    let mut firsts: Vec<(Duration, Duration)> = (0..ROUNDS).map(|_| first_finding(&file)).collect();
    firsts.sort();
    let longest = firsts.iter().map(|(_, longest)| *longest).max().unwrap();
    let (first, _) = firsts.get(ROUNDS / 2).unwrap();
    println!("window, a file of {} MB", bytes / 1_000_000);
    println!(
        "  first finding drawn     {} ms after the drop, median of {ROUNDS}",
        first.as_millis()
    );
    println!("  longest frame till then {} ms", longest.as_millis());
}

/// How long after the drop the first finding was drawn, and how long the longest frame took.
fn first_finding(file: &Path) -> (Duration, Duration) {
    let data = TempDir::with_prefix("dropoff-bench-").unwrap();
    let start = Start {
        data: Some(data.path().to_owned()),
        destination: StartIn::Demo,
    };
    let built = build(&start, Arc::new(Nobody)).unwrap();
    let hands = Box::new(Own(built.worker));
    let mut harness = Harness::builder()
        .with_size([1100.0, 760.0])
        .with_context_setup(|ctx| theme::install(ctx, system_fonts::find()))
        .build_eframe(|_| Window::new(built.model, Drafts::default(), hands, built.clock, Vec::new()));
    let began = Instant::now();
    while !matches!(harness.state().model().place, Place::Demo(_)) {
        assert!(began.elapsed() < PATIENCE, "the Demo does not start");
        harness.step();
    }
    let (dropped, mut longest) = (Instant::now(), Duration::ZERO);
    harness
        .input_mut()
        .dropped_files
        .push(Arc::new(Dropped(file.to_owned())));
    loop {
        let began = Instant::now();
        harness.step();
        longest = longest.max(began.elapsed());
        // What a frame shows is what was known when it began.
        let is_found = |state: &CardState| matches!(state, CardState::Reading { so_far, .. } if so_far.worst.is_some());
        if harness.state().model().cards.iter().any(|card| is_found(&card.state)) {
            return (dropped.elapsed(), longest);
        }
        assert!(dropped.elapsed() < PATIENCE, "nothing is found");
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window never reads a file".to_owned())
    }
}

struct Own(Worker);

impl Hands for Own {
    fn submit(&self, job: Job) -> Result<Option<Job>, Event> {
        self.0.submit(job)
    }

    fn try_event(&self) -> Option<Event> {
        self.0.try_event()
    }
}

/// The frames come one after another: nobody has to be woken.
struct Nobody;

impl Wake for Nobody {
    fn wake(&self) {}
}
