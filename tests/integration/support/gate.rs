//! A port that is closed until somebody opens it, and that counts who is inside at the same time.

use std::{
    fs, io,
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread::Builder,
};

/// In front of a server that listens elsewhere.
pub(crate) struct Gate {
    pub(crate) port: u16,
    most_at_once: Arc<AtomicUsize>,
}

impl Gate {
    /// A port of which nobody knows yet what is behind it: connections are refused.
    pub(crate) fn closed() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        Self {
            port: listener.local_addr().unwrap().port(),
            most_at_once: Arc::default(),
        }
    }

    /// From now on whoever comes gets to this port. The thread ends with the test program.
    pub(crate) fn open(&self, to: u16) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        let (port, most) = (self.port, Arc::clone(&self.most_at_once));
        named("gate", move || {
            for visitor in listener.incoming() {
                let visitor = visitor.unwrap();
                most.fetch_max(inside(port), Ordering::SeqCst);
                named("passage", move || pass(&visitor, to).unwrap_or_default());
            }
        });
    }

    /// How many were inside at the same time, at most.
    pub(crate) fn most_at_once(&self) -> usize {
        self.most_at_once.load(Ordering::SeqCst)
    }
}

fn named(name: &str, work: impl FnOnce() + Send + 'static) {
    Builder::new().name(name.to_owned()).spawn(work).unwrap();
}

/// How many have connected to this port and have not said good-bye, as the system sees it at this moment: our own threads may
/// hear of a good-bye only later.
fn inside(port: u16) -> usize {
    const ESTABLISHED: &str = "01";
    let here = format!("0100007F:{port:04X}");
    let table = fs::read_to_string("/proc/net/tcp").unwrap();
    let lines = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    lines
        .filter(|words| words[1] == here && words[3] == ESTABLISHED)
        .count()
}

/// Carries bytes in both directions until the visitor is gone.
fn pass(visitor: &TcpStream, to: u16) -> io::Result<()> {
    let server = TcpStream::connect((Ipv4Addr::LOCALHOST, to))?;
    let (mut from_server, mut to_visitor) = (server.try_clone()?, visitor.try_clone()?);
    named("answers", move || {
        io::copy(&mut from_server, &mut to_visitor).unwrap_or_default();
        to_visitor.shutdown(Shutdown::Both).unwrap_or_default();
    });
    io::copy(&mut &*visitor, &mut &server).unwrap_or_default();
    server.shutdown(Shutdown::Write)
}
