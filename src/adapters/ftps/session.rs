//! One login: suppaftp's stream, and what it is asked.

use std::{
    io::{self, Read},
    net::{Shutdown, SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

use suppaftp::{DataStream, FtpError, FtpResult, ImplFtpStream, Mode, Status, TlsStream, TransferStream};

use crate::{
    adapters::ftps::{
        listing::{Entry, Form, parse},
        reply::{Reply, connection_trouble, failure, is_timeout},
        tls::{SecureStream, Tls, handshake_trouble, prepare},
        witness::{DataPort, Witness},
    },
    domain::failure::{FileFailure, RegistryFailure, Step, Trouble},
};

pub(super) type Ftp = ImplFtpStream<SecureStream>;
pub(super) type Transfer = TransferStream<SecureStream>;

/// The longest listing that is read, in bytes and in entries.
const LISTING_BYTES: u64 = 8 * 1024 * 1024;
const LISTING_ENTRIES: usize = 50_000;
const LISTING_IS_LONG: &str = "the listing is longer than 8 MiB or 50,000 names";

/// Why the server did not do what it was asked.
#[derive(Debug)]
pub(super) enum Fault {
    /// It answered, and refused.
    Refused(Reply),
    /// The connection failed.
    Lost(io::Error),
    /// What it answered is no reply, or longer than any reply.
    Garbled,
    /// Its data port did not answer. Nothing was asked.
    DataBlocked(io::Error),
    /// TLS failed on the data connection, after the command was accepted. Not a byte of data was sent.
    DataTls(io::Error),
    /// A listing or a file is longer than what is read.
    Endless(&'static str),
    /// A file of this computer failed.
    Local(FileFailure),
}

impl Fault {
    /// Whether a server answers like this when it wants a data connection to resume the control connection's TLS session.
    pub(super) fn may_be_about_reuse(&self) -> bool {
        match self {
            Self::Refused(reply) => matches!(reply.code, 425 | 450 | 522),
            Self::DataTls(error) => !is_timeout(error.kind()),
            Self::Lost(_) | Self::Garbled | Self::DataBlocked(_) | Self::Endless(_) | Self::Local(_) => false,
        }
    }

    /// Whether the control connection can be used further.
    pub(super) fn leaves_a_session(&self) -> bool {
        match self {
            Self::Refused(reply) => reply.code != 421,
            Self::DataBlocked(_) => true,
            Self::Lost(_) | Self::Garbled | Self::DataTls(_) | Self::Endless(_) | Self::Local(_) => false,
        }
    }
}

/// A login at a server.
pub(super) struct Session {
    ftp: Ftp,
    tls: Tls,
    witness: Arc<Witness>,
    form: Form,
    /// A data connection that did not resume was accepted, so this server does not insist on it.
    accepts_fresh_data: bool,
}

impl Session {
    pub(super) fn new(mut ftp: Ftp, tls: Tls, witness: Arc<Witness>, timeout: Duration) -> Self {
        let seen = Arc::clone(&witness);
        ftp = ftp.passive_stream_builder(move |address| connect_data(address, timeout, &seen));
        ftp.set_mode(Mode::ExtendedPassive);
        ftp.set_passive_nat_workaround(true);
        Self {
            ftp,
            tls,
            witness,
            form: Form::ForPeople,
            accepts_fresh_data: false,
        }
    }

    /// For example `TLS 1.3`.
    pub(super) fn tls_version(&self) -> Option<&'static str> {
        self.witness.control_tls()
    }

    pub(super) fn is_tls13(&self) -> bool {
        self.tls_version() == Some("TLS 1.3")
    }

    /// Whether a server that insists on resuming would refuse the next data connection.
    pub(super) fn may_be_refused_next(&self) -> bool {
        self.is_tls13() && !self.accepts_fresh_data && self.tls.tickets.are_used_up()
    }

    /// Whether a data connection that is open now may be refused for not resuming.
    pub(super) fn may_refuse(&self, data: &SecureStream) -> bool {
        self.is_tls13() && !self.accepts_fresh_data && !data.is_resumed()
    }

    /// Uses MLSD for listings from now on.
    pub(super) fn list_by_facts(&mut self) {
        self.form = Form::Facts;
    }

    pub(super) fn log_in(&mut self, user: &str, password: &str) -> Result<(), Fault> {
        self.ftp.login(user, password).map_err(|error| self.fault(error))
    }

    /// Sends a command and returns whatever is answered.
    pub(super) fn ask(&mut self, command: &str) -> Result<Reply, Fault> {
        let reply = match self.ftp.custom_command(command, &[]) {
            Ok(response) | Err(FtpError::UnexpectedResponse(response)) => Reply::new(&response),
            Err(error) => return Err(self.fault(error)),
        };
        tracing::debug!(command = command.split(' ').next(), code = reply.code, "asked");
        Ok(reply)
    }

    /// Sends a command that must be answered with one of these codes.
    pub(super) fn demand(&mut self, command: &str, codes: &[u16]) -> Result<Reply, Fault> {
        let reply = self.ask(command)?;
        if codes.contains(&reply.code) {
            Ok(reply)
        } else {
            Err(Fault::Refused(reply))
        }
    }

    /// Opens a data connection, sends the command that needs it, and shakes hands.
    pub(super) fn open_data(&mut self, command: &str) -> Result<Transfer, Fault> {
        match self.try_data(command) {
            // The port was never asked for: it is EPSV itself that this server does not know.
            Err(Fault::Refused(reply)) if reply.code >= 500 && self.witness.data_port() == DataPort::Closed => {
                tracing::debug!(code = reply.code, "EPSV refused, PASV from now on");
                self.ftp.set_mode(Mode::Passive);
                self.try_data(command)
            }
            other => other,
        }
    }

    fn try_data(&mut self, command: &str) -> Result<Transfer, Fault> {
        self.witness.data_begins();
        match self
            .ftp
            .custom_data_command(command, &[Status::AlreadyOpen, Status::AboutToSend])
        {
            Ok((_, transfer)) => Ok(transfer),
            Err(error) => Err(self.fault(error)),
        }
    }

    /// Whether the command of the last data connection was sent, or may have been.
    pub(super) fn command_was_sent(&self) -> bool {
        self.witness.data_port() == DataPort::Open
    }

    /// Ends a data connection and returns what the server says of the transfer.
    pub(super) fn finish(&mut self, transfer: Transfer) -> Result<Reply, Fault> {
        transfer.finish().map_err(|error| self.fault(error))?;
        let line = self.witness.last_line();
        let reply = Reply::from_text(line);
        tracing::debug!(code = reply.code, "transfer finished");
        Ok(reply)
    }

    /// Drops data and control connection at once, without a good-bye, so that no server takes a part for the whole. The
    /// session is of no further use then.
    pub(super) fn cut(&mut self, mut transfer: Transfer) {
        // suppaftp reads a reply when the transfer is dropped: with the socket down that ends at once.
        drop(self.ftp.get_ref().shutdown(Shutdown::Both));
        if let Ok(stream) = secure(&mut transfer) {
            stream.cut();
        }
    }

    /// The entries of a folder, or of the folder that the login leads to.
    pub(super) fn list(&mut self, path: Option<&str>, today: chrono::NaiveDate) -> Result<Vec<Entry>, Fault> {
        match self.list_as(self.form, path, today) {
            Err(Fault::Refused(reply)) if self.form == Form::Facts && matches!(reply.code, 500 | 501 | 502 | 504) => {
                self.form = Form::ForPeople;
                self.list_as(Form::ForPeople, path, today)
            }
            other => other,
        }
    }

    fn list_as(&mut self, form: Form, path: Option<&str>, today: chrono::NaiveDate) -> Result<Vec<Entry>, Fault> {
        let verb = match form {
            Form::Facts => "MLSD",
            Form::ForPeople => "LIST",
        };
        let command = path.map_or_else(|| verb.to_owned(), |path| format!("{verb} {path}"));
        let mut transfer = match self.open_data(&command) {
            // Some servers answer an empty folder with an error.
            Err(Fault::Refused(reply)) if says_no_files(&reply) => return Ok(Vec::new()),
            other => other?,
        };
        let resumed = secure(&mut transfer)?.is_resumed();
        let mut listing = Vec::new();
        let read = secure(&mut transfer)?
            .mut_ref()
            .take(LISTING_BYTES + 1)
            .read_to_end(&mut listing);
        if listing.len() as u64 > LISTING_BYTES {
            self.cut(transfer);
            return Err(Fault::Endless(LISTING_IS_LONG));
        }
        let finished = self.finish(transfer);
        match (read, finished) {
            // A server that forgets TLS's good-bye still says on the control connection that this was all.
            (Ok(_), Ok(_)) => {}
            (Err(error), Ok(_)) if error.kind() == io::ErrorKind::UnexpectedEof => {}
            (_, Err(Fault::Refused(reply))) if says_no_files(&reply) => {}
            (_, Err(fault @ Fault::Refused(_))) | (Ok(_), Err(fault)) => return Err(fault),
            (Err(error), _) => return Err(Fault::Lost(error)),
        }
        self.accepts_fresh_data |= !resumed;
        let entries = parse(&listing, form, today);
        if entries.len() > LISTING_ENTRIES {
            return Err(Fault::Endless(LISTING_IS_LONG));
        }
        Ok(entries)
    }

    /// Says good-bye. What the server answers changes nothing any more.
    pub(super) fn quit(mut self) {
        drop(self.ask("QUIT"));
    }

    /// What a person can do about a fault at this step.
    pub(super) fn failure(&self, fault: Fault, step: Step) -> RegistryFailure {
        match fault {
            // From the server's side a data port that a firewall answers in its place looks like this.
            Fault::Refused(reply) if reply.code == 425 && step == Step::DataPorts => {
                failure(Trouble::DataPortsBlocked, step, reply.text)
            }
            Fault::Refused(reply) => reply.failure(step),
            Fault::Lost(error) => failure(connection_trouble(&error), step, error.to_string()),
            Fault::Garbled => failure(Trouble::Unexpected, step, "the answer is no FTP reply"),
            Fault::DataBlocked(error) => failure(Trouble::DataPortsBlocked, step, error.to_string()),
            Fault::DataTls(error) if is_timeout(error.kind()) => failure(
                Trouble::DataPortsBlocked,
                step,
                format!("TLS on the data connection: {error}"),
            ),
            Fault::DataTls(error) => failure(
                handshake_trouble(&error, &self.tls.gate),
                step,
                format!("TLS on the data connection: {error}"),
            ),
            Fault::Endless(detail) => failure(Trouble::Unexpected, step, detail),
            Fault::Local(why) => failure(Trouble::LocalFile(why.clone()), step, why.to_string()),
        }
    }

    fn fault(&self, error: FtpError) -> Fault {
        match error {
            FtpError::UnexpectedResponse(response) => Fault::Refused(Reply::new(&response)),
            FtpError::ConnectionError(error) => match self.witness.take_data_error() {
                Some(data) => Fault::DataBlocked(data),
                None => Fault::Lost(error),
            },
            FtpError::SecureError(text) => {
                Fault::DataTls(self.witness.take_tls_error().unwrap_or_else(|| io::Error::other(text)))
            }
            FtpError::BadResponse | FtpError::InvalidAddress(_) | FtpError::DataConnectionAlreadyOpen => Fault::Garbled,
        }
    }
}

/// The TLS stream of a data connection. There is no other kind: a session without TLS is never made.
pub(super) fn secure(transfer: &mut Transfer) -> Result<&mut SecureStream, Fault> {
    match transfer.get_mut() {
        DataStream::Ssl(stream) => Ok(stream),
        DataStream::Tcp(_) => Err(Fault::Lost(io::Error::other("a data connection without TLS"))),
    }
}

fn says_no_files(reply: &Reply) -> bool {
    matches!(reply.code, 450 | 550) && reply.text.to_ascii_lowercase().contains("no files")
}

fn connect_data(address: SocketAddr, timeout: Duration, witness: &Witness) -> FtpResult<TcpStream> {
    let connected = TcpStream::connect_timeout(&address, timeout).and_then(|socket| {
        prepare(&socket, timeout)?;
        Ok(socket)
    });
    match connected {
        Ok(socket) => {
            witness.data_port_answered();
            Ok(socket)
        }
        Err(error) => {
            let kind = error.kind();
            witness.data_port_failed(io::Error::new(kind, format!("{address}: {error}")));
            Err(FtpError::ConnectionError(kind.into()))
        }
    }
}
