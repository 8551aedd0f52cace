//! A port that is closed until somebody opens it, and that counts who is inside at the same time.

use std::{
    io,
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
        let (inside, most) = (Arc::<AtomicUsize>::default(), Arc::clone(&self.most_at_once));
        named("gate", move || {
            for visitor in listener.incoming() {
                let (visitor, inside) = (visitor.unwrap(), Arc::clone(&inside));
                most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                named("passage", move || {
                    pass(&visitor, to).unwrap_or_default();
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
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
