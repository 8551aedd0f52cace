//! The real window in Xvfb, watched from outside: time to the first frame, what it does while nothing happens, memory.
//!
//! The first frame is there when the note of an unfinished start is gone from the data folder. Whoever draws a frame wakes the
//! main thread for it, so wake-ups of that thread are counted: none means not one frame.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark prints its figures and may fail"
)]

#[cfg(target_os = "linux")]
mod watched;

#[cfg(target_os = "linux")]
fn main() {
    use std::time::Duration;

    use watched::{Display, Watched};

    const ROUNDS: usize = 5;
    const IDLE: Duration = Duration::from_secs(10);

    let Some(display) = Display::start() else {
        println!("No figures: Xvfb is not here.");
        return;
    };
    for (title, arguments) in [("First start", &[][..]), ("Demo", &["--demo"][..])] {
        let mut first_frames: Vec<Duration> = (0..ROUNDS)
            .map(|_| Watched::start(&display, arguments).first_frame)
            .collect();
        first_frames.sort();
        let window = Watched::start(&display, arguments);
        let settled = window.settle();
        let idle = window.watch(IDLE);
        println!("{title}");
        println!("  renderer                {}, in software", window.renderer);
        println!(
            "  first frame             {:.3} s, median of {ROUNDS} ({:.3} to {:.3} s)",
            first_frames[ROUNDS / 2].as_secs_f64(),
            first_frames[0].as_secs_f64(),
            first_frames[ROUNDS - 1].as_secs_f64(),
        );
        println!("  settled after           {:.1} s", settled.as_secs_f64());
        println!(
            "  idle for {} s            {} wake-ups of the thread that draws, {} ms of processor time in all threads",
            IDLE.as_secs(),
            idle.wake_ups,
            idle.processor.as_millis(),
        );
        println!(
            "  resident memory         {} MB, of it {} MB its own and the rest from files (libraries, fonts)",
            idle.resident_kib * 1024 / 1_000_000,
            idle.own_kib * 1024 / 1_000_000,
        );
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("No figures here: they are taken from /proc on Linux.");
}
