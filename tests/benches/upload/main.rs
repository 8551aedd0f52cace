//! How long 200 MB in one file, and 200 files of 2 KB, take to vsftpd over implicit TLS on this computer: `Registry::put` from
//! login to verified and the whole `dropoff-cli send`, beside whole `curl` and `lftp` processes.
//!
//! vsftpd is unpacked by `tests/integration/support/fetch-servers`, and needs root. What is missing is said. With
//! `TMPDIR=/dev/shm` the disk plays no part.

#![expect(
    clippy::print_stdout,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and may fail"
)]

#[cfg(target_os = "linux")]
mod contender;
#[cfg(target_os = "linux")]
mod scene;
#[cfg(target_os = "linux")]
mod support;

#[cfg(target_os = "linux")]
fn main() {
    match scene::Scene::start() {
        Some(scene) => figures::print(&scene),
        None => println!("No figures without vsftpd."),
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("No figures here: the server that they are measured against runs on Linux.");
}

#[cfg(target_os = "linux")]
mod figures {
    use std::{fmt, time::Duration};

    use crate::{
        contender::{Contender, Run},
        scene::{Cargo, Scene},
    };

    const ROUNDS: usize = 7;

    pub(crate) fn print(scene: &Scene) {
        for cargo in [Cargo::OneBigFile, Cargo::ManySmallFiles] {
            println!("\n{}, median of {ROUNDS} rounds", cargo.title());
            compare(scene, cargo);
        }
        println!(
            "\ndropoff-cli at its peak with nothing to send: {}",
            memory(scene.idle_memory_kib())
        );
    }

    fn compare(scene: &Scene, cargo: Cargo) {
        let mut runs: Vec<(Contender, Vec<Run>)> = Contender::ALL
            .into_iter()
            .filter(|contender| is_wanted(contender.name()))
            .map(|contender| (contender, Vec::new()))
            .collect();
        for _ in 0..ROUNDS {
            // Interleaved, so that whatever else this computer does slows all of them down.
            runs.retain_mut(|(contender, so_far)| match contender.run(scene, cargo) {
                Ok(run) => {
                    so_far.push(run);
                    true
                }
                Err(why) => {
                    println!("{:18} left out: {why}", contender.name());
                    false
                }
            });
        }
        let curl = runs.iter().find(|(contender, _)| *contender == Contender::Curl);
        let curl = curl.map(|(_, runs)| Figures::of(runs));
        for (contender, runs) in &runs {
            let figures = Figures::of(runs);
            let beside = curl
                .as_ref()
                .map_or_else(|| "no curl".to_owned(), |curl| figures.beside(curl));
            println!("{:18} {figures}  {beside}", contender.name());
        }
    }

    /// Names on the command line leave the others out.
    fn is_wanted(name: &str) -> bool {
        let mut names = std::env::args()
            .skip(1)
            .filter(|argument| !argument.starts_with('-'))
            .peekable();
        names.peek().is_none() || names.any(|part| name.contains(&part))
    }

    struct Figures {
        fastest: Duration,
        median: Duration,
        slowest: Duration,
        peak_memory_kib: Option<u64>,
    }

    impl Figures {
        fn of(runs: &[Run]) -> Self {
            let mut times: Vec<Duration> = runs.iter().map(|run| run.time).collect();
            times.sort();
            Self {
                fastest: times[0],
                median: times[times.len() / 2],
                slowest: times[times.len() - 1],
                peak_memory_kib: runs.iter().filter_map(|run| run.peak_memory_kib).max(),
            }
        }

        /// Beside curl's median, and beside its fastest run: curl now and then sleeps for a second before a data connection.
        fn beside(&self, curl: &Self) -> String {
            let median = self.median.as_secs_f64();
            format!(
                "{:.2} × curl, {:.2} × its fastest",
                median / curl.median.as_secs_f64(),
                median / curl.fastest.as_secs_f64(),
            )
        }
    }

    impl fmt::Display for Figures {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let [median, fastest, slowest] = [self.median, self.fastest, self.slowest].map(|time| time.as_secs_f64());
            write!(f, "{median:6.3} s ({fastest:.3} to {slowest:.3})  ")?;
            match self.peak_memory_kib {
                Some(peak) => write!(f, "peak {:>8}", memory(peak)),
                None => write!(f, "{:13}", ""),
            }
        }
    }

    fn memory(kib: u64) -> String {
        format!("{}.{} MB", kib * 1024 / 1_000_000, kib * 1024 / 100_000 % 10)
    }
}
