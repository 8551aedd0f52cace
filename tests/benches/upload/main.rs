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
#[path = "../../integration/support/mod.rs"]
#[expect(dead_code, reason = "the integration tests use the rest")]
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
    use std::time::Duration;

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
        let mut runs: Vec<(Contender, Vec<Run>)> = Contender::ALL.map(|contender| (contender, Vec::new())).into();
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
        let curl = runs
            .iter()
            .find(|(contender, _)| *contender == Contender::Curl)
            .map(|(_, runs)| median(runs).as_secs_f64());
        for (contender, runs) in &runs {
            let (fastest, slowest) = (fastest(runs), runs.iter().map(|run| run.time).max().unwrap());
            let middle = median(runs).as_secs_f64();
            let ratio = curl.map_or_else(
                || "curl is missing".to_owned(),
                |curl| format!("{:.2} × curl", middle / curl),
            );
            let peak = runs.iter().filter_map(|run| run.peak_memory_kib).max();
            println!(
                "{:18} {middle:6.3} s  {ratio}  ({:.3} to {:.3} s){}",
                contender.name(),
                fastest.as_secs_f64(),
                slowest.as_secs_f64(),
                peak.map_or_else(String::new, |peak| format!("  peak {}", memory(peak))),
            );
        }
    }

    fn fastest(runs: &[Run]) -> Duration {
        runs.iter().map(|run| run.time).min().unwrap()
    }

    fn median(runs: &[Run]) -> Duration {
        let mut times: Vec<Duration> = runs.iter().map(|run| run.time).collect();
        times.sort();
        times[times.len() / 2]
    }

    fn memory(kib: u64) -> String {
        format!("{}.{} MB", kib * 1024 / 1_000_000, kib * 1024 / 100_000 % 10)
    }
}
