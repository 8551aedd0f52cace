//! The log: a file a day in `<data>/logs`, kept for seven days.

use std::{
    fs::{self, DirBuilder},
    io::{self, Write},
    panic::{self, PanicHookInfo},
    path::Path,
    thread,
};

use chrono::{NaiveDate, TimeDelta};
use thiserror::Error;
use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_appender::{
    non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard},
    rolling::{RollingFileAppender, Rotation},
};
use tracing_subscriber::{
    filter::Targets,
    fmt,
    layer::{Layer, SubscriberExt},
    registry,
};

use crate::adapters::os_error;

/// The logs' folder in a data folder.
pub(super) const FOLDER: &str = "logs";

/// Days of which the log is kept.
pub const KEPT_DAYS: u8 = 7;

/// Writes what is still in memory when it is dropped: the program keeps it until its end.
#[must_use]
#[derive(Debug)]
pub struct LogGuard(#[expect(dead_code, reason = "dropping it flushes the log")] WorkerGuard);

/// Why there is no log. The program runs without one.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LogFailure {
    /// The folder or the file cannot be written.
    #[error("the log cannot be written: {0}")]
    Folder(String),
    /// Something in this process logs already.
    #[error("a log was started before")]
    StartedBefore,
}

/// Starts the log of this data folder for the whole process, and notes panics in it.
pub fn start(data: &Path, today: NaiveDate) -> Result<LogGuard, LogFailure> {
    let folder = data.join(FOLDER);
    let (writer, guard) = writer(&folder)?;
    remove_old(&folder, today);
    tracing::subscriber::set_global_default(subscriber(writer)).map_err(|_started| LogFailure::StartedBefore)?;
    panic::set_hook(Box::new(note_panic));
    Ok(guard)
}

fn writer(folder: &Path) -> Result<(NonBlocking, LogGuard), LogFailure> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| LogFailure::Folder(os_error::line(&error)))?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("dropoff")
        .filename_suffix("log")
        .max_log_files(usize::from(KEPT_DAYS))
        .build(folder)
        .map_err(|error| LogFailure::Folder(error.to_string()))?;
    let (writer, guard) = NonBlockingBuilder::default().thread_name("log").finish(appender);
    Ok((writer, LogGuard(guard)))
}

/// Removes what is older than seven days: a clinic that sends once a month would keep seven months otherwise.
fn remove_old(folder: &Path, today: NaiveDate) {
    let kept = TimeDelta::days(i64::from(KEPT_DAYS));
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in files.map(|file| file.path()) {
        let is_old = day_of(&path).is_some_and(|day| today - day >= kept);
        // One that cannot be removed now is removed at the next start.
        if is_old && let Err(error) = fs::remove_file(&path) {
            tracing::debug!(kind = %error.kind(), "an old log stays");
        }
    }
}

fn day_of(path: &Path) -> Option<NaiveDate> {
    day_in(path.file_name()?.to_str()?)
}

fn day_in(name: &str) -> Option<NaiveDate> {
    let day = name.strip_prefix("dropoff.")?.strip_suffix(".log")?;
    NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()
}

/// Whether a file of this name in the logs' folder is a log.
pub(super) fn is_log(name: &str) -> bool {
    day_in(name).is_some()
}

fn subscriber(writer: NonBlocking) -> impl Subscriber + Send + Sync {
    let lines = fmt::layer().with_ansi(false).with_writer(writer);
    registry().with(lines.with_filter(targets()))
}

/// What is logged, fixed in code: suppaftp's trace prints the password, and rfd's errors print the path of a chosen file.
fn targets() -> Targets {
    Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("dropoff", LevelFilter::INFO)
        .with_target("suppaftp", LevelFilter::INFO)
        .with_target("rustls", LevelFilter::INFO)
        .with_target("libunftp", LevelFilter::WARN)
        .with_target("rfd", LevelFilter::OFF)
}

/// Notes where the program broke, and not what it said about it: the message can quote a patient's record.
fn note_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let current = thread::current();
    let thread = current.name().unwrap_or("unnamed");
    tracing::error!(%place, thread, "panic");
    // Nobody may be there to read it, which is no second failure.
    writeln!(io::stderr(), "dropoff: internal error at {place} (thread {thread})").unwrap_or_default();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(folder: &Path) -> String {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| std::io::read_to_string(fs::File::open(entry.unwrap().path()).unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn the_log_holds_our_lines_and_no_trace_of_the_transfer_library() {
        let data = tempfile::tempdir().unwrap();
        let (writer, guard) = writer(data.path()).unwrap();
        tracing::subscriber::with_default(subscriber(writer), || {
            tracing::info!(target: "dropoff::worker", "a file was delivered");
            tracing::debug!(target: "dropoff::worker", "too much detail");
            tracing::trace!(target: "suppaftp::sync_ftp", "PASS bluebonnet");
            tracing::debug!(target: "rustls::client", "bluebonnet");
            tracing::error!(target: "rfd::backend", "file:///home/jane-doe.hl7");
        });
        drop(guard);
        let text = logged(data.path());
        assert!(text.contains("a file was delivered"), "{text}");
        assert_eq!(text.lines().count(), 1, "{text}");
    }

    #[test]
    fn seven_days_are_kept() {
        let data = tempfile::tempdir().unwrap();
        for day in 10..20 {
            fs::File::create(data.path().join(format!("dropoff.2020-01-{day}.log"))).unwrap();
        }
        let (_writer, guard) = writer(data.path()).unwrap();
        drop(guard);
        assert_eq!(fs::read_dir(data.path()).unwrap().count(), usize::from(KEPT_DAYS));
    }

    #[test]
    fn what_is_older_than_seven_days_is_removed() {
        let data = tempfile::tempdir().unwrap();
        for day in 1..=15 {
            fs::File::create(data.path().join(format!("dropoff.2020-01-{day:02}.log"))).unwrap();
        }
        fs::File::create(data.path().join("holiday.log")).unwrap();
        remove_old(data.path(), NaiveDate::from_ymd_opt(2020, 1, 15).unwrap());
        let mut left: Vec<_> = fs::read_dir(data.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left.len(), usize::from(KEPT_DAYS) + 1, "{left:?}");
        assert_eq!(left[0], "dropoff.2020-01-09.log");
    }

    #[test]
    fn a_panic_is_noted_by_its_place_and_not_by_its_words() {
        let data = tempfile::tempdir().unwrap();
        let (writer, guard) = writer(data.path()).unwrap();
        let here = thread::current().id();
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current().id() == here {
                note_panic(panic);
            } else {
                before(panic);
            }
        }));
        tracing::subscriber::with_default(subscriber(writer), || {
            assert!(panic::catch_unwind(|| panic!("PID|1||Doe^Jane")).is_err());
        });
        drop(guard);
        let text = logged(data.path());
        assert!(text.contains("log.rs:") && text.contains("panic"), "{text}");
        assert!(!text.contains("Jane"), "{text}");
    }

    #[test]
    fn a_log_that_cannot_be_written_is_told() {
        let data = tempfile::tempdir().unwrap();
        fs::File::create(data.path().join("logs")).unwrap();
        assert!(matches!(writer(&data.path().join("logs")), Err(LogFailure::Folder(_))));
    }
}
