//! A small FTPS server with chosen faults, and a memory of everything that it was told.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{Builder, JoinHandle},
    time::Duration,
};

use dropoff::domain::account::{Account, Protocol, Trust};
use rustls::{
    HandshakeKind, ProtocolVersion, ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
    server::ServerSessionMemoryCache,
};

use crate::support::{
    authority::{Authority, Leaf, Validity},
    clinic::{FOLDERS, PASSWORD, account},
};

pub(crate) const USER: &str = "CLINIC01";

/// What is wrong with a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Takes connections and never says a word.
    Silent,
    /// Greets without TLS, whatever the protocol.
    SpeaksPlainly,
    /// Answers this to a command (its verb), and does not do it.
    Answers(&'static str, &'static str),
    /// Has none of these folders.
    Lacks(&'static str),
    /// The folders are not in the login folder but in this one.
    FoldersBelow(&'static str),
    /// Names data ports at which nothing listens.
    DataRefused,
    /// Takes data connections and does not shake hands.
    DataSilent,
    /// Refuses data connections that do not resume the control connection's session, after making an empty file.
    InsistsOnReuse,
    /// Gives out no tickets in TLS 1.3.
    KeepsTickets,
    /// Does not know its own tickets when an upload comes, in TLS 1.3.
    ForgetsTickets,
    /// Reads this much of an upload, ends the data connection and answers this.
    EndsUpload(usize, &'static str),
    /// Reads this much of an upload and drops everything.
    Dies(usize),
    /// Keeps only this much of an upload, and says that all is well.
    Forgets(usize),
    /// Takes a file out of HL7-Dropoff at once.
    PicksUp(PickUp),
    /// Lists HL7-Dropoff with these bytes.
    Lists(Vec<u8>),
    /// Knows MLSD.
    KnowsMlsd,
    /// Ends data connections without TLS's good-bye.
    ForgetsGoodBye,
}

/// What becomes of a file that is picked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PickUp {
    IntoAccepted,
    IntoNowhere,
}

/// What a server was told and what it has.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// Every command, in order.
    pub(crate) commands: Vec<String>,
    /// Bytes that came before or without TLS, where it never set it up.
    pub(crate) raw: Vec<u8>,
    /// Every upload: how many bytes, and whether its end was announced.
    pub(crate) uploads: Vec<(usize, End)>,
    /// Files by path.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// With TLS's good-bye.
    Announced,
    /// The connection was gone.
    CutOff,
}

/// A server that runs until it is stopped.
pub(crate) struct Pretend {
    /// What to log in with. The password is [`PASSWORD`].
    pub(crate) account: Account,
    shared: Arc<Shared>,
    thread: JoinHandle<()>,
}

struct Shared {
    faults: Vec<Fault>,
    protocol: Protocol,
    tls: Arc<ServerConfig>,
    log: Mutex<Log>,
    stopped: AtomicBool,
}

impl Pretend {
    pub(crate) fn start(protocol: Protocol, faults: &[Fault]) -> Self {
        let leaf = Authority::shared().certificate(&["localhost"], Validity::Now);
        Self::start_with(&leaf, protocol, faults)
    }

    /// Starts with this certificate. The account trusts [`Authority::shared`].
    pub(crate) fn start_with(leaf: &Leaf, protocol: Protocol, faults: &[Fault]) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            faults: faults.to_vec(),
            protocol,
            tls: Arc::new(server_tls(leaf, faults)),
            log: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let theirs = Arc::clone(&shared);
        let thread = named("pretend", move || take_visits(&listener, &theirs));
        let trust = Trust::ExtraAuthority(Authority::shared().pem.clone());
        Self {
            account: account(USER, "localhost", port, protocol, trust),
            shared,
            thread,
        }
    }

    /// Lays a file into a folder before anybody comes.
    pub(crate) fn with_file(self, path: &str, content: &[u8]) -> Self {
        let mut log = self.shared.log.lock().unwrap();
        log.files.insert(path.to_owned(), content.to_vec());
        drop(log);
        self
    }

    /// Waits until every visitor is gone, and returns what happened.
    pub(crate) fn stop(self) -> Log {
        self.shared.stopped.store(true, Ordering::SeqCst);
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.account.endpoint.port)).unwrap();
        self.thread.join().unwrap();
        std::mem::take(&mut self.shared.log.lock().unwrap())
    }
}

fn named<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    Builder::new().name(name.to_owned()).spawn(work).unwrap()
}

fn server_tls(leaf: &Leaf, faults: &[Fault]) -> ServerConfig {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(leaf.certificate_der.clone())],
            PrivateKeyDer::try_from(leaf.key_der.clone()).unwrap(),
        )
        .unwrap();
    if faults.contains(&Fault::KeepsTickets) {
        config.send_tls13_tickets = 0;
    }
    config
}

fn take_visits(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut visits = Vec::new();
    loop {
        let (socket, _) = listener.accept().unwrap();
        if shared.stopped.load(Ordering::SeqCst) {
            break;
        }
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        socket.set_nodelay(true).unwrap();
        let shared = Arc::clone(shared);
        // How a visit ends is the visitor's business.
        visits.push(named("visit", move || drop(Visit::serve(socket, &shared))));
    }
    for visit in visits {
        visit.join().unwrap();
    }
}

type Tls = StreamOwned<ServerConnection, TcpStream>;

enum Wire {
    Plain(TcpStream),
    Tls(Box<Tls>),
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.read(buffer),
            Self::Tls(stream) => stream.read(buffer),
        }
    }
}

impl Write for Wire {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(socket) => socket.write(buffer),
            Self::Tls(stream) => stream.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(socket) => socket.flush(),
            Self::Tls(stream) => stream.flush(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transfer {
    Upload,
    Download,
}

/// The same, with no memory of any session.
fn forgetful(config: &ServerConfig) -> Arc<ServerConfig> {
    let mut config = config.clone();
    config.session_storage = ServerSessionMemoryCache::new(1);
    Arc::new(config)
}

struct Visit<'a> {
    control: BufReader<Wire>,
    shared: &'a Shared,
    data_port: Option<TcpListener>,
}

fn shake_hands(mut socket: TcpStream, config: &Arc<ServerConfig>) -> io::Result<Box<Tls>> {
    let mut connection = ServerConnection::new(Arc::clone(config)).unwrap();
    while connection.is_handshaking() {
        connection.complete_io(&mut socket)?;
    }
    Ok(Box::new(StreamOwned::new(connection, socket)))
}

impl<'a> Visit<'a> {
    fn serve(mut socket: TcpStream, shared: &'a Shared) -> io::Result<()> {
        let has = |fault: Fault| shared.faults.contains(&fault);
        if has(Fault::SpeaksPlainly) {
            socket.write_all(b"220 plain and simple\r\n")?;
        }
        if has(Fault::Silent) || has(Fault::SpeaksPlainly) {
            let mut raw = Vec::new();
            let ended = socket.read_to_end(&mut raw);
            shared.log.lock().unwrap().raw.extend(raw);
            return ended.map(drop);
        }
        let wire = match shared.protocol {
            Protocol::FtpsImplicit => Wire::Tls(shake_hands(socket, &shared.tls)?),
            Protocol::FtpsExplicit => Wire::Plain(socket),
        };
        let mut visit = Self {
            control: BufReader::new(wire),
            shared,
            data_port: None,
        };
        visit.say("220 pretend registry")?;
        while let Some(command) = visit.hear()? {
            visit.shared.log.lock().unwrap().commands.push(command.clone());
            let (verb, rest) = command.split_once(' ').unwrap_or((&command, ""));
            let answer = visit.shared.faults.iter().find_map(|fault| match fault {
                Fault::Answers(to, answer) if *to == verb => Some(*answer),
                _ => None,
            });
            match answer {
                Some(answer) => visit.say(answer)?,
                None => visit = visit.obey(verb, rest)?,
            }
        }
        Ok(())
    }

    fn has(&self, fault: &Fault) -> bool {
        self.shared.faults.contains(fault)
    }

    fn is_tls13(&self) -> bool {
        match self.control.get_ref() {
            Wire::Plain(_) => false,
            Wire::Tls(stream) => stream.conn.protocol_version() == Some(ProtocolVersion::TLSv1_3),
        }
    }

    fn say(&mut self, line: &str) -> io::Result<()> {
        self.control.get_mut().write_all(format!("{line}\r\n").as_bytes())
    }

    fn hear(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        self.control.read_line(&mut line)?;
        Ok((!line.is_empty()).then(|| line.trim_end().to_owned()))
    }

    fn obey(mut self, verb: &str, rest: &str) -> io::Result<Self> {
        match verb {
            "AUTH" => {
                self.say("234 go on")?;
                let Wire::Plain(socket) = self.control.into_inner() else {
                    return Err(io::Error::other("AUTH inside TLS"));
                };
                self.control = BufReader::new(Wire::Tls(shake_hands(socket, &self.shared.tls)?));
            }
            "USER" => self.say("331 and the password")?,
            "PASS" if rest == PASSWORD => self.say("230 welcome")?,
            "PASS" => self.say("530 no")?,
            "PBSZ" | "PROT" | "TYPE" => self.say("200 ok")?,
            "FEAT" if self.has(&Fault::KnowsMlsd) => {
                self.say("211-Features\r\n MLST type*;size*;\r\n SIZE\r\n211 End")?;
            }
            "FEAT" => self.say("211-Features\r\n SIZE\r\n211 End")?,
            "PWD" => self.say("257 \"/\" is where you are")?,
            "EPSV" | "PASV" => self.open_port(verb)?,
            "LIST" | "MLSD" => self.list(verb, rest)?,
            "SIZE" => match self.file(rest) {
                Some(content) => self.say(&format!("213 {}", content.len()))?,
                None => self.say("550 no such file")?,
            },
            "STOR" => self.store(rest)?,
            "RETR" => match self.file(rest) {
                Some(content) => self.send(&content)?,
                None => self.say("550 no such file")?,
            },
            "DELE" => {
                self.shared.log.lock().unwrap().files.remove(rest);
                self.say("250 gone")?;
            }
            "QUIT" => self.say("221 bye")?,
            _ => self.say("502 what")?,
        }
        Ok(self)
    }

    fn file(&self, path: &str) -> Option<Vec<u8>> {
        self.shared.log.lock().unwrap().files.get(path).cloned()
    }

    fn open_port(&mut self, verb: &str) -> io::Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = listener.local_addr()?.port();
        self.data_port = (!self.has(&Fault::DataRefused)).then_some(listener);
        if verb == "EPSV" {
            self.say(&format!("229 here (|||{port}|)"))
        } else {
            // An address that is not this server's, as one behind a router gives.
            self.say(&format!("227 there (10,9,8,7,{},{})", port / 256, port % 256))
        }
    }

    /// Accepts the data connection, or says why not.
    fn data(&mut self, transfer: Transfer) -> io::Result<Option<Box<Tls>>> {
        self.say("150 go")?;
        let Some(listener) = self.data_port.take() else {
            self.say("425 no data port")?;
            return Ok(None);
        };
        let (mut socket, _) = listener.accept()?;
        socket.set_read_timeout(Some(Duration::from_secs(20)))?;
        if self.has(&Fault::DataSilent) {
            socket.read_to_end(&mut Vec::new())?;
            return Ok(None);
        }
        let stream = match (transfer, self.has(&Fault::ForgetsTickets) && self.is_tls13()) {
            (Transfer::Upload, true) => shake_hands(socket, &forgetful(&self.shared.tls))?,
            _ => shake_hands(socket, &self.shared.tls)?,
        };
        if self.has(&Fault::InsistsOnReuse) && stream.conn.handshake_kind() != Some(HandshakeKind::Resumed) {
            drop(stream);
            self.say("522 session reuse required")?;
            return Ok(None);
        }
        Ok(Some(stream))
    }

    fn finish(&mut self, mut stream: Box<Tls>, answer: &str) -> io::Result<()> {
        if !self.has(&Fault::ForgetsGoodBye) {
            stream.conn.send_close_notify();
            stream.flush()?;
        }
        drop(stream);
        self.say(answer)
    }

    fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(mut stream) = self.data(Transfer::Download)? else {
            return Ok(());
        };
        stream.write_all(bytes)?;
        self.finish(stream, "226 sent")
    }

    fn list(&mut self, verb: &str, path: &str) -> io::Result<()> {
        let listing = self.listing(verb, path);
        self.send(&listing)
    }

    fn listing(&self, verb: &str, path: &str) -> Vec<u8> {
        let given = self.shared.faults.iter().find_map(|fault| match fault {
            Fault::Lists(listing) if path == "/HL7-Dropoff" => Some(listing.clone()),
            _ => None,
        });
        if let Some(given) = given {
            return given;
        }
        let base = self.shared.faults.iter().find_map(|fault| match fault {
            Fault::FoldersBelow(base) => Some(*base),
            _ => None,
        });
        let line = |kind: char, bytes: usize, name: &str| match (verb, kind) {
            ("MLSD", 'd') => format!("type=dir;modify=20261105102200; {name}\r\n"),
            ("MLSD", _) => format!("type=file;size={bytes}; {name}\r\n"),
            _ => format!("{kind}rw-r-----    1 o g {bytes} Nov 05 10:22 {name}\r\n"),
        };
        let here = path == base.unwrap_or("");
        let folders = FOLDERS
            .into_iter()
            .filter(|name| here && !self.has(&Fault::Lacks(name)));
        let log = self.shared.log.lock().unwrap();
        let files = log.files.iter().filter_map(|(file, content)| {
            let name = file.strip_prefix(path)?.strip_prefix('/')?;
            Some(line('-', content.len(), name))
        });
        let lines: String = folders.map(|name| line('d', 4096, name)).chain(files).collect();
        lines.into_bytes()
    }

    fn store(&mut self, path: &str) -> io::Result<()> {
        self.shared
            .log
            .lock()
            .unwrap()
            .files
            .insert(path.to_owned(), Vec::new());
        let Some(mut stream) = self.data(Transfer::Upload)? else {
            return Ok(());
        };
        let limit = self.shared.faults.iter().find_map(|fault| match fault {
            Fault::EndsUpload(bytes, _) | Fault::Dies(bytes) => Some(*bytes),
            _ => None,
        });
        let mut content = Vec::new();
        let ended = Read::take(&mut stream, limit.map_or(u64::MAX, |bytes| bytes as u64)).read_to_end(&mut content);
        let end = if ended.is_ok() { End::Announced } else { End::CutOff };
        self.shared.log.lock().unwrap().uploads.push((content.len(), end));
        let mut answer = if end == End::Announced {
            "226 Transfer complete"
        } else {
            "426 cut off"
        };
        let mut kept = content.len();
        let mut kept_at = Some(path.to_owned());
        for fault in &self.shared.faults {
            match fault {
                Fault::Dies(_) => return Err(io::Error::other("died")),
                Fault::EndsUpload(_, reply) => answer = reply,
                Fault::Forgets(bytes) => kept = *bytes,
                Fault::PicksUp(PickUp::IntoAccepted) => kept_at = Some(path.replace("HL7-Dropoff", "Accepted")),
                Fault::PicksUp(PickUp::IntoNowhere) => kept_at = None,
                _ => {}
            }
        }
        content.truncate(kept);
        let files = &mut self.shared.log.lock().unwrap().files;
        files.remove(path);
        if let Some(kept_at) = kept_at {
            files.insert(kept_at, content);
        }
        self.finish(stream, answer)
    }
}
