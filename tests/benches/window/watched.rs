//! A display without a screen, and a window on it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// Longest wait for a window to come up, and to come to rest.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long the drawing thread sleeps before the window counts as settled.
const REST: Duration = Duration::from_secs(3);
/// Linux counts processor time in hundredths of a second on every usual machine.
const TICK: Duration = Duration::from_millis(10);

/// An X server of its own, gone when dropped.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    pub(crate) fn start() -> Option<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        Some(Self {
            server,
            name: format!(":{}", number.trim()),
        })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        end(&mut self.server);
    }
}

/// A running window, gone when dropped.
pub(crate) struct Watched {
    child: Child,
    pub(crate) first_frame: Duration,
    pub(crate) renderer: String,
    _data: TempDir,
}

/// What a window did while nobody did anything with it.
pub(crate) struct Idle {
    pub(crate) wake_ups: u64,
    pub(crate) processor: Duration,
    pub(crate) resident_kib: u64,
    /// Not backed by a file.
    pub(crate) own_kib: u64,
}

impl Watched {
    /// Starts the window and waits for its first frame.
    pub(crate) fn start(display: &Display, arguments: &[&str]) -> Self {
        let data = TempDir::with_prefix("dropoff-bench-").unwrap();
        let note = data.path().join("starting");
        let began = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_dropoff"))
            .arg("--data")
            .arg(data.path())
            .args(arguments)
            .env("DISPLAY", &display.name)
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let renderer = wait_for_first_frame(&mut child, &note);
        Self {
            child,
            first_frame: began.elapsed(),
            renderer,
            _data: data,
        }
    }

    /// Waits until the drawing thread sleeps, and says how long that took.
    pub(crate) fn settle(&self) -> Duration {
        let began = Instant::now();
        let (mut wake_ups, mut since) = (self.wake_ups(), began);
        while since.elapsed() < REST {
            assert!(began.elapsed() < PATIENCE, "the window does not come to rest");
            std::thread::sleep(Duration::from_millis(20));
            let now = self.wake_ups();
            if now != wake_ups {
                (wake_ups, since) = (now, Instant::now());
            }
        }
        since.duration_since(began)
    }

    pub(crate) fn watch(&self, time: Duration) -> Idle {
        let (wake_ups, processor) = (self.wake_ups(), self.processor());
        std::thread::sleep(time);
        let status = self.read("status");
        Idle {
            wake_ups: self.wake_ups() - wake_ups,
            processor: self.processor().saturating_sub(processor),
            resident_kib: number(&status, "VmRSS:"),
            own_kib: number(&status, "RssAnon:"),
        }
    }

    /// How often the first thread, which draws, was put to sleep or interrupted.
    fn wake_ups(&self) -> u64 {
        let status = self.read(&format!("task/{}/status", self.child.id()));
        number(&status, "voluntary_ctxt_switches:") + number(&status, "nonvoluntary_ctxt_switches:")
    }

    /// Processor time of all threads.
    fn processor(&self) -> Duration {
        let stat = self.read("stat");
        // The name of the program stands in brackets and may contain spaces.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: u32 = fields[11..13].iter().map(|field| field.parse::<u32>().unwrap()).sum();
        TICK * ticks
    }

    fn read(&self, what: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{what}", self.child.id())).unwrap()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        end(&mut self.child);
    }
}

/// The note says what draws, and is removed with the first frame.
fn wait_for_first_frame(child: &mut Child, note: &Path) -> String {
    let began = Instant::now();
    let mut renderer = String::new();
    loop {
        match fs::read_to_string(note) {
            Ok(text) if !text.is_empty() => renderer = text,
            Ok(_) => {}
            Err(_) if renderer.is_empty() => {}
            Err(_) => return renderer,
        }
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none() && began.elapsed() < PATIENCE, "no window ({ended:?})");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The number behind a name in one of the kernel's lists.
fn number(list: &str, name: &str) -> u64 {
    let line = list.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}

fn end(child: &mut Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}
