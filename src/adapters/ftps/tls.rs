//! TLS for control and data connections: a connector and a stream for suppaftp that end a session so that it can be resumed.

use std::{
    fmt,
    io::{self, Read, Write},
    net::{Shutdown, TcpStream},
    sync::Arc,
    time::{Duration, Instant},
};

use rustls::{
    ClientConfig, ClientConnection, HandshakeKind, ProtocolVersion, StreamOwned,
    client::Resumption,
    crypto::{CryptoProvider, ring},
    pki_types::ServerName,
    version::{TLS12, TLS13},
};
use suppaftp::{FtpError, FtpResult, TlsConnector, TlsStream};

use crate::{
    adapters::ftps::{
        reply::{is_timeout, printable},
        tickets::Tickets,
        trust::Gate,
        witness::Witness,
    },
    domain::{account::Trust, failure::Trouble},
};

/// What rustls may hold back before it writes: one chunk of an upload and its framing.
const BUFFER_BYTES: usize = 256 * 1024;

/// What a server may still send after our good-bye on a data connection: session tickets and its own good-bye.
const FAREWELL_BYTES: usize = 64 * 1024;

/// How long a server may take to close its socket after its good-bye.
const CLOSE_WAIT: Duration = Duration::from_secs(1);

/// Which versions of TLS a login uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// TLS 1.3 where the server has it, else 1.2.
    Best,
    /// TLS 1.2 only: for servers that want each data connection to resume, and give out too few tickets for it in 1.3.
    Tls12,
}

/// One login's TLS: its certificate gate and its tickets. Made afresh for each login, so that nothing of an older one is resumed.
#[derive(Debug)]
pub(super) struct Tls {
    pub(super) gate: Arc<Gate>,
    pub(super) tickets: Arc<Tickets>,
    config: Arc<ClientConfig>,
}

impl Tls {
    pub(super) fn new(trust: &Trust, level: Level) -> Result<Self, rustls::Error> {
        let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
        let gate = Arc::new(Gate::new(trust, Arc::clone(&provider)));
        let tickets = Arc::new(Tickets::default());
        let versions: &[_] = match level {
            Level::Best => &[&TLS13, &TLS12],
            Level::Tls12 => &[&TLS12],
        };
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&gate) as _)
            .with_no_client_auth();
        config.resumption = Resumption::store(Arc::clone(&tickets) as _);
        Ok(Self {
            gate,
            tickets,
            config: Arc::new(config),
        })
    }

    pub(super) fn connector(&self, witness: &Arc<Witness>, timeout: Duration) -> Connector {
        Connector {
            config: Arc::clone(&self.config),
            witness: Arc::clone(witness),
            timeout,
        }
    }
}

/// What a failed handshake means.
pub(super) fn handshake_trouble(error: &io::Error, gate: &Gate) -> Trouble {
    match rustls_error(error) {
        Some(rustls::Error::InvalidCertificate(why)) => gate.trouble(why),
        None if is_timeout(error.kind()) => Trouble::Silent,
        Some(_) | None => Trouble::TlsRefused,
    }
}

/// The TLS error inside an error of a stream.
pub(super) fn rustls_error(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref().and_then(|inner| inner.downcast_ref())
}

/// Time-outs for each read and write, and no waiting for more to send.
pub(super) fn prepare(socket: &TcpStream, timeout: Duration) -> io::Result<()> {
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Some(timeout))?;
    socket.set_write_timeout(Some(timeout))
}

/// Makes TLS streams for suppaftp: first the control connection, then each data connection.
pub(super) struct Connector {
    config: Arc<ClientConfig>,
    witness: Arc<Witness>,
    timeout: Duration,
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl TlsConnector for Connector {
    type Stream = SecureStream;

    /// Shakes hands at once, so that nothing is written before the certificate is believed. suppaftp keeps only the text of
    /// an error, so the witness keeps the error.
    fn connect(&self, domain: &str, socket: TcpStream) -> FtpResult<SecureStream> {
        self.shake_hands(domain, socket).map_err(|error| {
            let text = printable(&error.to_string(), 300);
            self.witness.tls_failed(error);
            FtpError::SecureError(text)
        })
    }
}

impl Connector {
    fn shake_hands(&self, domain: &str, mut socket: TcpStream) -> io::Result<SecureStream> {
        prepare(&socket, self.timeout)?;
        let name = ServerName::try_from(domain.to_owned()).map_err(io::Error::other)?;
        let mut connection = ClientConnection::new(Arc::clone(&self.config), name).map_err(io::Error::other)?;
        connection.set_buffer_limit(Some(BUFFER_BYTES));
        while connection.is_handshaking() {
            connection.complete_io(&mut socket)?;
        }
        let version = match connection.protocol_version() {
            Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
            Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
            _ => "TLS",
        };
        let control = self.witness.control_is_secure(version);
        Ok(SecureStream {
            wire: Wire {
                tls: StreamOwned::new(connection, socket),
                listener: control.then(|| Arc::clone(&self.witness)),
            },
            farewell: if control { Farewell::Control } else { Farewell::Data },
            timeout: self.timeout,
        })
    }
}

/// A connection inside TLS.
#[derive(Debug)]
pub(super) struct SecureStream {
    wire: Wire,
    farewell: Farewell,
    timeout: Duration,
}

/// How a connection ends when it is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Farewell {
    /// Says that it is over, and closes.
    Control,
    /// Says that it is over, closes its half, and reads to the end: that is where a server's new tickets are.
    Data,
    /// Says nothing: what was sent must not be taken for the whole.
    Nothing,
}

/// The bytes inside TLS. The control connection's are also heard by the witness.
#[derive(Debug)]
pub(super) struct Wire {
    tls: StreamOwned<ClientConnection, TcpStream>,
    listener: Option<Arc<Witness>>,
}

impl SecureStream {
    /// Ends the connection at once and without a good-bye.
    pub(super) fn cut(&mut self) {
        self.farewell = Farewell::Nothing;
        // A socket that is down already is what is wanted.
        drop(self.wire.tls.sock.shutdown(Shutdown::Both));
    }

    /// Whether this connection resumed an earlier session.
    pub(super) fn is_resumed(&self) -> bool {
        self.wire.tls.conn.handshake_kind() == Some(HandshakeKind::Resumed)
    }

    /// Reads what has come, up to the length of the buffer. Nothing means the end.
    pub(super) fn read_some<'a>(&mut self, buffer: &'a mut [u8]) -> io::Result<&'a [u8]> {
        let bytes = self.wire.read(buffer)?;
        Ok(buffer.get(..bytes).unwrap_or_default())
    }

    fn say_good_bye(&mut self) -> io::Result<()> {
        let StreamOwned { conn, sock } = &mut self.wire.tls;
        conn.send_close_notify();
        while conn.wants_write() {
            conn.write_tls(sock)?;
        }
        Ok(())
    }

    /// Reads until the server has closed, so that its tickets are kept and closing does not reset the connection.
    fn hear_them_out(&mut self) -> io::Result<()> {
        let StreamOwned { conn, sock } = &mut self.wire.tls;
        sock.shutdown(Shutdown::Write)?;
        let end = Instant::now() + self.timeout;
        let mut heard_bytes = 0;
        while heard_bytes < FAREWELL_BYTES && Instant::now() < end {
            let bytes = conn.read_tls(sock)?;
            let state = conn.process_new_packets().map_err(io::Error::other)?;
            if bytes == 0 || state.plaintext_bytes_to_read() > 0 {
                break;
            }
            heard_bytes += bytes;
        }
        wait_for_close(sock, self.timeout)
    }
}

/// After TLS's good-bye a server closes its socket. One that closes while ours is being closed may wait 200 ms for an
/// acknowledgement that was lost in between (seen with vsftpd on Linux), so ours is closed last.
fn wait_for_close(socket: &mut TcpStream, timeout: Duration) -> io::Result<()> {
    socket.set_read_timeout(Some(timeout.min(CLOSE_WAIT)))?;
    socket.read(&mut [0; 64]).map(drop)
}

impl TlsStream for SecureStream {
    type InnerStream = Wire;

    fn tcp_stream(mut self) -> FtpResult<TcpStream> {
        self.farewell = Farewell::Nothing;
        self.wire.tls.sock.try_clone().map_err(FtpError::ConnectionError)
    }

    fn get_ref(&self) -> &TcpStream {
        &self.wire.tls.sock
    }

    fn mut_ref(&mut self) -> &mut Wire {
        &mut self.wire
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.tls.read(buffer)?;
        if let (Some(witness), Some(heard)) = (&self.listener, buffer.get(..bytes)) {
            witness.hear(heard);
        }
        Ok(bytes)
    }
}

impl Write for Wire {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.tls.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tls.flush()
    }
}

impl Drop for SecureStream {
    fn drop(&mut self) {
        let ended = match self.farewell {
            Farewell::Nothing => Ok(()),
            Farewell::Control => self.say_good_bye(),
            Farewell::Data => self.say_good_bye().and_then(|()| self.hear_them_out()),
        };
        if let Err(error) = ended {
            tracing::debug!(kind = %error.kind(), "a connection ended without a good-bye");
        }
    }
}
