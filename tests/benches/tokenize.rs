//! How fast 100 MB of messages are read: tokenizing alone, every part of every field, the check with all rules, and the bare
//! parsing of `hl7-parser` and `rust-hl7` beside them.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a benchmark prints its figures and may fail"
)]

use std::{hint::black_box, sync::Arc, time::Instant};

use chrono::NaiveDate;
use dropoff::{
    adapters::profile,
    domain::{
        check::{Checker, Occasion, Rules, Standard},
        hl7::{Segment, Tokenizer},
        settings::Stage,
    },
};
use hl7_parser::Message;

/// An invented message. The `#` becomes its number.
const MESSAGE: &str = "MSH|^~\\&|EHR|1100100033^Invented Clinic^L|TxImmTrac|TxDSHS|20260301120000-0600||VXU^V04^VXU_V04|MSG-#|P|2.5.1|||ER|AL|||||Z22^CDCPHINVS|1100100033|1100100033\r\
PID|1||MRN-#^^^CLINIC^MR||Invented^Blossom^May^^^^L|Madeup^Rose^^^^^M|20200229|F||2106-3^White^CDCREC|100 Bluebonnet Ln^Apt 4^Austin^TX^78701^USA^L||^PRN^PH^^^512^5550100|||||||||2186-5^Not Hispanic or Latino^CDCREC||N|1|||||N\r\
PD1|||||||||||02^Reminder/Recall - any method^HL70215|TXY|20260301|||A|20260301|20260301\r\
NK1|1|Invented^Rose^^^^^L|MTH^Mother^HL70063|100 Bluebonnet Ln^Apt 4^Austin^TX^78701^USA^L|^PRN^PH^^^512^5550100\r\
ORC|RE||IZ-#^CLINIC|||||||7824^Jackson^Lily^Suzanne^^^^^CLINIC^L^^^PRN||654^Thomas^Wilma^Elizabeth^^^^^CLINIC^L^^^MD|||||1100100033^Invented Clinic^HL70362\r\
RXA|0|1|20260301||20^DTaP^CVX|0.5|mL^milliliter^UCUM||00^New immunization record^NIP001|7832^Lemon^Mike^A^^^^^CLINIC^L^^^PRN|^^^1100100033||||B12345|20270531|SKB^GlaxoSmithKline^MVX|||CP|A\r\
RXR|C28161^Intramuscular^NCIT|LD^Left Deltoid^HL70163\r\
OBX|1|CE|64994-7^Vaccine funding program eligibility category^LN|1|V02^VFC eligible - Medicaid^HL70064||||||F|||20260301|||VXC40^Eligibility captured at the immunization level^CDCPHINVS\r\
OBX|2|CE|30956-7^Vaccine type^LN|2|20^DTaP^CVX||||||F|||20260301\r\
OBX|3|TS|29768-9^Date vaccine information statement published^LN|2|20070517||||||F|||20260301\r\
OBX|4|TS|29769-7^Date vaccine information statement presented^LN|2|20260301||||||F|||20260301\r";

const TOTAL_BYTES: usize = 100_000_000;
const CHUNK_BYTES: usize = 256 * 1024;

fn main() {
    let mut messages = Vec::new();
    let mut length = 0;
    while length < TOTAL_BYTES {
        let message = MESSAGE.replace('#', &messages.len().to_string());
        length += message.len();
        messages.push(message);
    }
    let file = messages.concat().into_bytes();
    println!("{} messages, {:.1} MB", messages.len(), megabytes(file.len()));
    measure("tokenize", file.len(), || {
        tokenize(&file, |segment| segment.range().end)
    });
    measure("tokenize, every part", file.len(), || tokenize(&file, count_parts));
    measure("check, all rules", file.len(), || check(&file));
    measure("hl7-parser, bare", file.len(), || parse_with_hl7_parser(&messages));
    measure("rust-hl7, bare", file.len(), || parse_with_rust_hl7(&messages));
}

/// Runs five times and prints the best.
fn measure(what: &str, bytes: usize, mut run: impl FnMut() -> u64) {
    let best = (0..5)
        .map(|_| {
            let began = Instant::now();
            black_box(run());
            began.elapsed()
        })
        .min()
        .expect("it ran");
    println!("{what:24} {:7.0} MB/s", megabytes(bytes) / best.as_secs_f64());
}

#[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn tokenize(file: &[u8], mut of_segment: impl FnMut(Segment<'_>) -> u64) -> u64 {
    let mut sum = 0_u64;
    let mut sink = |segment: Segment<'_>| sum = sum.wrapping_add(of_segment(segment));
    let mut tokenizer = Tokenizer::new();
    for chunk in file.chunks(CHUNK_BYTES) {
        tokenizer.feed(chunk, &mut sink);
    }
    tokenizer.finish(&mut sink);
    sum
}

fn count_parts(segment: Segment<'_>) -> u64 {
    let mut count = 0;
    for field in segment.fields() {
        for repetition in field.repetitions() {
            for component in repetition.components() {
                count += component.subcomponents().map(|part| part.range().end & 1).sum::<u64>();
            }
        }
    }
    count
}

fn check(file: &[u8]) -> u64 {
    let occasion = Occasion {
        today: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"),
        stage: Stage::Live,
    };
    let rules = Rules::on(
        occasion,
        profile::immtrac2().expect("the built-in profile").records,
        Arc::new(Standard::built_in().expect("the built-in tables")),
    );
    let mut checker = Checker::new(&rules);
    for chunk in file.chunks(CHUNK_BYTES) {
        checker.feed(chunk);
    }
    checker.finish().summary.vaccinations
}

/// `hl7-parser` reads one message at a time; here it is told where each begins and ends.
fn parse_with_hl7_parser(messages: &[String]) -> u64 {
    let parsed = messages
        .iter()
        .map(|message| Message::parse(message).expect("the message is clean"));
    parsed.map(|message| message.segments().count() as u64).sum()
}

/// As `hl7-parser`, it reads one message at a time.
fn parse_with_rust_hl7(messages: &[String]) -> u64 {
    let parsed = messages
        .iter()
        .map(|message| rusthl7::message::Message::try_from(message.as_str()).expect("the message is clean"));
    parsed.map(|message| message.segments.len() as u64).sum()
}
