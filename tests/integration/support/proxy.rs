//! The line between the command line and a real server: it can be slow, go silent, break at a byte, or lose a reply.
//!
//! What travels is TLS, so no reply can be rewritten. The proxy stands at another loopback address, with the server's own
//! ports: a client that takes the control connection's address for its data connections, as ours does, comes through here.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, Weak,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use tokio::{net::TcpSocket, runtime::Runtime};

use crate::support::servers::{PORTS, PROXY};

/// Bytes that are passed on at once: small, so that a line breaks and slows down near the byte where it should.
const CHUNK_BYTES: usize = 16 * 1024;

/// What a client's side may hand over before it has passed: else a slow line's whole file would wait in the system's memory.
const WINDOW_BYTES: u32 = 32 * 1024;

/// More than this in one data connection, from the client, is a file: a handshake and a listing send less.
pub(crate) const HANDSHAKE_BYTES: u64 = 4 * 1024;

/// What happens to the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Every connection is reset on both sides. New ones get through.
    Reset,
    /// Every connection is closed on both sides, as by somebody who believes that all was said. New ones get through.
    End,
    /// Nothing passes any more, and nobody is told: a pulled cable, until [`Proxy::plug_in`].
    Silence,
    /// The file goes on to its end. The server's next reply is swallowed and every connection reset.
    LoseReply,
}

/// What has gone through so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Passed {
    /// Bytes of data connections, from clients to the server. A little more than the files: TLS.
    pub(crate) up_bytes: u64,
    /// Pieces in any direction of any connection: what can be counted while only commands and replies travel.
    pub(crate) pieces: u64,
    /// Control connections that clients asked for.
    pub(crate) logins: u64,
    /// Faults that happened.
    pub(crate) faults: u64,
}

/// Stands in front of one server until it is dropped.
pub(crate) struct Proxy {
    line: Arc<Line>,
    port: u16,
    listeners: Vec<JoinHandle<()>>,
}

/// What all threads share.
struct Line {
    state: Mutex<State>,
    changed: Condvar,
    sockets: Runtime,
}

#[derive(Default)]
struct State {
    passed: Passed,
    plan: Option<(u64, Fault)>,
    bytes_per_sec: Option<u64>,
    is_pulled: bool,
    loses_reply: bool,
    is_over: bool,
    links: Vec<Weak<Link>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Control,
    Data,
}

/// One connection, both halves. A socket that is closed before both sides said that it is over resets its connection.
struct Link {
    kind: Kind,
    client: TcpStream,
    server: TcpStream,
    /// What still comes is thrown away.
    is_ended: AtomicBool,
    is_reset: AtomicBool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

/// One way of one connection, and how far it has come.
struct Journey<'a> {
    link: &'a Link,
    way: Way,
    bytes: u64,
    /// When a slow line has room again.
    free_at: Instant,
}

impl Proxy {
    /// Stands at [`PROXY`] in front of the server with this control port.
    pub(crate) fn before(port: u16) -> Self {
        let sockets = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()
            .unwrap();
        let line = Arc::new(Line {
            state: Mutex::default(),
            changed: Condvar::new(),
            sockets,
        });
        let listeners = (port..port + PORTS)
            .map(|own| {
                let kind = if own == port { Kind::Control } else { Kind::Data };
                let listener = line.listen(own);
                let line = Arc::clone(&line);
                named(&format!("proxy {own}"), move || line.serve(&listener, own, kind))
            })
            .collect();
        Self { line, port, listeners }
    }

    /// When the next file has so many bytes through, this happens, once. See [`HANDSHAKE_BYTES`].
    pub(crate) fn plan(&self, after_bytes: u64, fault: Fault) {
        assert!(after_bytes > HANDSHAKE_BYTES, "this may be no file");
        self.line.lock().plan = Some((after_bytes, fault));
    }

    /// How fast files travel from now on, all together; `None` is as fast as it goes.
    pub(crate) fn set_speed(&self, bytes_per_sec: Option<u64>) {
        self.line.lock().bytes_per_sec = bytes_per_sec;
        self.line.changed.notify_all();
    }

    /// Nothing passes any more, and nobody is told.
    pub(crate) fn pull(&self) {
        self.line.lock().is_pulled = true;
    }

    /// After [`Fault::Silence`] or [`Proxy::pull`]: what was held goes on, and new connections get through.
    pub(crate) fn plug_in(&self) {
        self.line.lock().is_pulled = false;
        self.line.changed.notify_all();
    }

    pub(crate) fn passed(&self) -> Passed {
        self.line.lock().passed
    }

    /// Waits until so much has passed, or the time is over. `done` is asked again after each piece and after [`Proxy::nudge`].
    pub(crate) fn wait_until(&self, timeout: Duration, mut done: impl FnMut(Passed) -> bool) -> bool {
        let state = self.line.lock();
        let (state, waited) = self
            .line
            .changed
            .wait_timeout_while(state, timeout, |state| !done(state.passed))
            .unwrap();
        drop(state);
        !waited.timed_out()
    }

    /// Something else has happened that somebody in [`Proxy::wait_until`] waits for.
    pub(crate) fn nudge(&self) {
        drop(self.line.lock());
        self.line.changed.notify_all();
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.line.lock().is_over = true;
        self.line.changed.notify_all();
        self.line.for_each_link(Link::reset);
        for (port, listener) in (self.port..).zip(self.listeners.drain(..)) {
            // Wakes the one that waits for somebody to come.
            drop(TcpStream::connect((PROXY, port)));
            let ended = listener.join();
            assert!(ended.is_ok() || thread::panicking());
        }
    }
}

impl Line {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// A socket that resets when it is closed early.
    fn socket() -> TcpSocket {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_zero_linger().unwrap();
        socket
    }

    fn listen(&self, port: u16) -> TcpListener {
        let socket = Self::socket();
        socket.set_recv_buffer_size(WINDOW_BYTES).unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind(SocketAddr::from((PROXY, port))).unwrap();
        let listener = self
            .sockets
            .block_on(async { socket.listen(64) })
            .unwrap()
            .into_std()
            .unwrap();
        listener.set_nonblocking(false).unwrap();
        listener
    }

    fn connect(&self, port: u16) -> io::Result<TcpStream> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let stream = self.sockets.block_on(Self::socket().connect(address))?.into_std()?;
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// Takes connections in until it is over.
    fn serve(self: Arc<Self>, listener: &TcpListener, port: u16, kind: Kind) {
        loop {
            let (client, _) = listener.accept().unwrap();
            if self.lock().is_over {
                return;
            }
            let line = Arc::clone(&self);
            // It ends with its connection, which is cut when it is over.
            drop(named(&format!("proxy {port} up"), move || {
                line.connect_through(client, port, kind);
            }));
        }
    }

    /// Joins a client to the server. One that the server does not take is reset.
    fn connect_through(self: Arc<Self>, client: TcpStream, port: u16, kind: Kind) {
        self.lock().passed.logins += u64::from(kind == Kind::Control);
        self.changed.notify_all();
        if !self.is_open() {
            return;
        }
        let Ok(server) = self.connect(port) else {
            return;
        };
        client.set_nodelay(true).unwrap();
        let link = Arc::new(Link {
            kind,
            client,
            server,
            is_ended: AtomicBool::new(false),
            is_reset: AtomicBool::new(false),
        });
        let mut state = self.lock();
        state.links.retain(|link| link.strong_count() > 0);
        state.links.push(Arc::downgrade(&link));
        drop(state);
        let (down, other) = (Arc::clone(&self), Arc::clone(&link));
        drop(named(&format!("proxy {port} down"), move || {
            down.pump(&other, Way::Down);
        }));
        self.pump(&link, Way::Up);
    }

    /// Waits while the cable is pulled. Whether there is anything to do after that.
    fn is_open(&self) -> bool {
        let state = self
            .changed
            .wait_while(self.lock(), |state| state.is_pulled && !state.is_over)
            .unwrap();
        !state.is_over
    }

    /// Passes bytes on, one way, until one side ends or the line breaks.
    fn pump(&self, link: &Link, way: Way) {
        let mut journey = Journey {
            link,
            way,
            bytes: 0,
            free_at: Instant::now(),
        };
        let mut buffer = vec![0; CHUNK_BYTES];
        loop {
            let read = journey.from().read(&mut buffer);
            if !self.is_open() || link.is_reset.load(Ordering::SeqCst) {
                return;
            }
            let carried = match read {
                Ok(0) => return journey.end(),
                Ok(bytes) => self.carry(&buffer[..bytes], &mut journey),
                Err(error) => Err(error),
            };
            if carried.is_err() {
                return link.reset();
            }
        }
    }

    /// Passes a piece on, and lets happen what is planned within it.
    fn carry(&self, piece: &[u8], journey: &mut Journey<'_>) -> io::Result<()> {
        if self.swallows(journey) {
            self.happen(Fault::Reset)?;
        }
        let planned = self.planned_within(piece.len(), journey);
        let (before, after) = piece.split_at(planned.map_or(piece.len(), |(bytes, _)| bytes));
        self.pass(before, journey)?;
        if let Some((_, fault)) = planned {
            self.lock().passed.faults += 1;
            self.happen(fault)?;
        }
        self.pass(after, journey)
    }

    /// Whether this is the reply that shall be lost.
    fn swallows(&self, journey: &Journey<'_>) -> bool {
        let mut state = self.lock();
        let swallows = state.loses_reply && journey.link.kind == Kind::Control && journey.way == Way::Down;
        state.loses_reply &= !swallows;
        swallows
    }

    /// The planned fault, if its byte is among the next so many, and how many come before it.
    fn planned_within(&self, bytes: usize, journey: &Journey<'_>) -> Option<(usize, Fault)> {
        let mut state = self.lock();
        let (after_bytes, fault) = state.plan?;
        let before = usize::try_from(after_bytes.saturating_sub(journey.bytes)).unwrap();
        if !journey.is_file() || before > bytes {
            return None;
        }
        state.plan = None;
        Some((before, fault))
    }

    /// An error means that this connection is of no further use.
    fn happen(&self, fault: Fault) -> io::Result<()> {
        match fault {
            Fault::Reset => {
                self.for_each_link(Link::reset);
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            Fault::End => self.for_each_link(Link::end),
            Fault::LoseReply => self.lock().loses_reply = true,
            Fault::Silence => {
                self.lock().is_pulled = true;
                self.changed.notify_all();
                if !self.is_open() {
                    return Err(io::ErrorKind::ConnectionReset.into());
                }
            }
        }
        self.changed.notify_all();
        Ok(())
    }

    fn for_each_link(&self, act: impl Fn(&Link)) {
        let links: Vec<_> = self.lock().links.iter().filter_map(Weak::upgrade).collect();
        for link in links {
            act(&link);
        }
    }

    fn pass(&self, piece: &[u8], journey: &mut Journey<'_>) -> io::Result<()> {
        if piece.is_empty() || journey.link.is_ended.load(Ordering::SeqCst) {
            return Ok(());
        }
        self.dawdle(piece.len(), journey);
        journey.to().write_all(piece)?;
        journey.bytes += piece.len() as u64;
        let mut state = self.lock();
        state.passed.pieces += 1;
        if journey.is_file() {
            state.passed.up_bytes += piece.len() as u64;
        }
        drop(state);
        self.changed.notify_all();
        Ok(())
    }

    /// Lets a slow line take its time: it is what is tested, and there is no event to wait for but its end.
    fn dawdle(&self, bytes: usize, journey: &mut Journey<'_>) {
        let state = self.lock();
        let Some(bytes_per_sec) = state.bytes_per_sec.filter(|_| journey.is_file()) else {
            return;
        };
        let pause = Duration::from_micros(bytes as u64 * 1_000_000 / bytes_per_sec);
        let now = Instant::now();
        journey.free_at = journey.free_at.max(now) + pause;
        let is_slow = |state: &mut State| state.bytes_per_sec.is_some() && !state.is_over;
        drop(
            self.changed
                .wait_timeout_while(state, journey.free_at - now, is_slow)
                .unwrap(),
        );
    }
}

impl Journey<'_> {
    fn from(&self) -> &TcpStream {
        match self.way {
            Way::Up => &self.link.client,
            Way::Down => &self.link.server,
        }
    }

    fn to(&self) -> &TcpStream {
        match self.way {
            Way::Up => &self.link.server,
            Way::Down => &self.link.client,
        }
    }

    /// Whether files travel this way.
    fn is_file(&self) -> bool {
        self.link.kind == Kind::Data && self.way == Way::Up
    }

    /// Hands on that one side is finished. The other may be gone already.
    fn end(&self) {
        drop(self.to().shutdown(Shutdown::Write));
    }
}

impl Link {
    /// Wakes whoever reads. The sockets are closed, and so reset, when the last one let go.
    fn reset(&self) {
        self.is_reset.store(true, Ordering::SeqCst);
        for socket in [&self.client, &self.server] {
            // One that is gone already is what is wanted.
            drop(socket.shutdown(Shutdown::Read));
        }
    }

    fn end(&self) {
        self.is_ended.store(true, Ordering::SeqCst);
        for socket in [&self.client, &self.server] {
            drop(socket.shutdown(Shutdown::Write));
        }
    }
}

fn named(name: &str, work: impl FnOnce() + Send + 'static) -> JoinHandle<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).unwrap()
}
