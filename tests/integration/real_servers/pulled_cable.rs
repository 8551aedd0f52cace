//! A line that breaks, goes silent or is slow, between the command line and a real server: the file arrives once, whole.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use dropoff::domain::account::Protocol;

use crate::support::{
    arrivals::Arrivals,
    front_desk::{Ended, FrontDesk, Password, export},
    proxy::{Fault, Proxy},
    servers::{Product, RealServer, Speaks, start},
};

/// The client's own time-out.
const TIMEOUT_SECS: u64 = 2;

const FILE_BYTES: usize = 3_000_000;

/// More than the system keeps of what was written to a socket: the client stands still in the middle of it.
const LONG_FILE_BYTES: usize = 9_000_000;

/// How often somebody tries again before it must have arrived.
const TRIES: usize = 4;

#[test]
fn vsftpd_gets_the_file_once_whatever_the_line_does() {
    check(Product::Vsftpd, Protocol::FtpsImplicit);
}

#[test]
fn proftpd_gets_the_file_once_whatever_the_line_does() {
    check(Product::Proftpd, Protocol::FtpsImplicit);
}

#[test]
fn pure_ftpd_gets_the_file_once_whatever_the_line_does() {
    check(Product::PureFtpd, Protocol::FtpsExplicit);
}

/// A clinic, its line, and its registry.
struct Road {
    server: RealServer,
    proxy: Proxy,
    desk: FrontDesk,
    contents: Vec<Vec<u8>>,
}

#[track_caller]
fn check(product: Product, protocol: Protocol) {
    let Some(server) = start(product, protocol, Speaks::Tls12And13) else {
        return;
    };
    let mut road = Road {
        proxy: Proxy::before(server.account.endpoint.port),
        desk: FrontDesk::new(&server.account, TIMEOUT_SECS, Password::EachTime),
        server,
        contents: Vec::new(),
    };
    for after_bytes in [6_000, FILE_BYTES as u64 / 2, FILE_BYTES as u64] {
        for fault in [Fault::Reset, Fault::End, Fault::LoseReply] {
            road.breaks(after_bytes, fault);
        }
    }
    road.goes_silent();
    road.is_slow();
}

impl Road {
    /// The line breaks at this byte, and works again at once.
    fn breaks(&mut self, after_bytes: u64, fault: Fault) {
        let faults = self.proxy.passed().faults;
        self.proxy.plan(after_bytes, fault);
        let file = self.next_file(FILE_BYTES);
        let first = self.desk.send(std::slice::from_ref(&file)).finish();
        assert_eq!(
            self.proxy.passed().faults,
            faults + 1,
            "{fault:?} did not happen: {}",
            first.said
        );
        self.arrives(first, &file);
    }

    /// Nothing passes in the middle of a file, for longer than the client waits. Then the cable is plugged in.
    fn goes_silent(&mut self) {
        self.proxy.plan(FILE_BYTES as u64 / 2, Fault::Silence);
        let file = self.next_file(LONG_FILE_BYTES);
        let began = Instant::now();
        let first = self.desk.send(std::slice::from_ref(&file)).finish();
        assert!(began.elapsed() > Duration::from_secs(TIMEOUT_SECS), "{}", first.said);
        assert_ne!(first.exit, Some(0), "{}", first.said);
        let second = self.desk.send(std::slice::from_ref(&file)).finish();
        assert_ne!(second.exit, Some(0), "{}", second.said);
        self.proxy.plug_in();
        self.arrives(second, &file);
    }

    /// Slower than the client's time-out for the whole file, but never silent for so long.
    fn is_slow(&mut self) {
        self.proxy.set_speed(Some(FILE_BYTES as u64 / (TIMEOUT_SECS + 1)));
        let file = self.next_file(FILE_BYTES);
        let began = Instant::now();
        let sent = self.desk.send(std::slice::from_ref(&file)).finish();
        assert!(
            began.elapsed() > Duration::from_secs(TIMEOUT_SECS),
            "the line was not slow"
        );
        assert_eq!(sent.states(), ["delivered"], "{}", sent.said);
        self.proxy.set_speed(None);
        self.all_once();
    }

    /// Tries again until the registry is known to have it, and looks into the registry's folders.
    #[track_caller]
    fn arrives(&self, first: Ended, file: &std::path::PathBuf) {
        let mut last = first;
        for _ in 0..TRIES {
            if is_there(&last) {
                return self.all_once();
            }
            last = self.desk.send(std::slice::from_ref(file)).finish();
        }
        assert!(is_there(&last), "{}", last.said);
        self.all_once();
    }

    #[track_caller]
    fn all_once(&self) {
        let taken_parts = BTreeSet::new();
        let arrivals = Arrivals {
            root: &self.server.root,
            taken_parts: &taken_parts,
        };
        arrivals.must_be(&self.contents);
    }

    fn next_file(&mut self, bytes: usize) -> std::path::PathBuf {
        let number = u32::try_from(self.contents.len()).unwrap();
        let content = export(number, bytes);
        let file = self.desk.file(&format!("{number}.hl7"), &content);
        self.contents.push(content);
        file
    }
}

/// Delivered now, or found there from an earlier try.
fn is_there(ended: &Ended) -> bool {
    matches!(ended.states().as_slice(), [state] if matches!(state.as_str(), "delivered" | "duplicate"))
}
