//! From an account to a session, step by step: name, port, TLS, login. Nothing is sent before the certificate is believed.

use std::{
    io,
    net::{SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

use suppaftp::FtpError;

use crate::{
    adapters::ftps::{
        reach::{addresses, connect, port_failure},
        reply::{Reply, connection_trouble, failure, printable, without_password},
        session::{Fault, Ftp, Session},
        tls::{Level, Tls, handshake_trouble, rustls_error},
        witness::Witness,
    },
    domain::{
        account::{Account, Protocol},
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
        remote::ConnectionFacts,
        secret::Secret,
    },
};

/// Longest greeting that is kept, in characters.
const GREETING_CHARS: usize = 200;

/// Who goes where, and how long each wait may be.
pub(super) struct Visitor {
    pub(super) account: Account,
    pub(super) password: Secret,
    pub(super) timeout: Duration,
}

impl Visitor {
    /// Goes the steps from `Step::Name` to `Step::Login`, and tells `facts` what was found.
    pub(super) fn log_in(
        &self,
        level: Level,
        cancel: &Cancel,
        facts: &mut ConnectionFacts,
    ) -> Result<Session, RegistryFailure> {
        self.go_in(level, cancel, facts)
            .map_err(|failed| without_password(failed, &self.password))
    }

    fn go_in(&self, level: Level, cancel: &Cancel, facts: &mut ConnectionFacts) -> Result<Session, RegistryFailure> {
        let endpoint = &self.account.endpoint;
        go_on(cancel, Step::Name)?;
        let addresses = addresses(&endpoint.host, endpoint.port)?;
        go_on(cancel, Step::Port)?;
        let (socket, address) = connect(&addresses, self.timeout, cancel)?;
        facts.address = Some(address.to_string());
        go_on(cancel, Step::Tls)?;
        let mut session = self.secure(socket, address, level, facts)?;
        go_on(cancel, Step::Login)?;
        session
            .log_in(&self.account.user, self.password.expose())
            .map_err(|fault| session.failure(fault, Step::Login))?;
        self.settle(&mut session)?;
        Ok(session)
    }

    fn secure(
        &self,
        socket: TcpStream,
        address: SocketAddr,
        level: Level,
        facts: &mut ConnectionFacts,
    ) -> Result<Session, RegistryFailure> {
        let endpoint = &self.account.endpoint;
        let tls = Tls::new(&endpoint.trust, level)
            .map_err(|error| failure(Trouble::Unexpected, Step::Tls, error.to_string()))?;
        let witness = Arc::new(Witness::default());
        let connector = tls.connector(&witness, self.timeout);
        let greeted = match endpoint.protocol {
            Protocol::FtpsImplicit => {
                // suppaftp connects by itself here, and without a time-out: the address is known to answer.
                drop(socket);
                Ftp::connect_secure_implicit(address, connector, &endpoint.host)
            }
            Protocol::FtpsExplicit => Ftp::connect_with_stream(socket).and_then(|plain| {
                facts.greeting = plain.get_welcome_msg().map(|text| printable(text, GREETING_CHARS));
                plain.into_secure(connector, &endpoint.host)
            }),
        };
        facts.tls_version = witness.control_tls().map(str::to_owned);
        let ftp = match greeted {
            Ok(ftp) => ftp,
            Err(error) => return Err(refusal(error, &witness, &tls, &address)),
        };
        facts.certificate = tls.gate.seen();
        facts.greeting = ftp.get_welcome_msg().map(|text| printable(text, GREETING_CHARS));
        tracing::debug!(version = witness.control_tls(), "TLS");
        Ok(Session::new(ftp, tls, witness, self.timeout))
    }

    /// Protects the data connections, and asks for bytes as they are: the default is text, and then a server may change them.
    fn settle(&self, session: &mut Session) -> Result<(), RegistryFailure> {
        match self.account.endpoint.protocol {
            Protocol::FtpsImplicit => {
                for command in ["PBSZ 0", "PROT P"] {
                    match session.demand(command, &[200]) {
                        Ok(_) => {}
                        Err(Fault::Refused(reply)) => return Err(unprotected(reply)),
                        Err(fault) => return Err(session.failure(fault, Step::Tls)),
                    }
                }
            }
            // suppaftp has sent both, right after TLS was set up.
            Protocol::FtpsExplicit => {}
        }
        session
            .demand("TYPE I", &[200])
            .map_err(|fault| session.failure(fault, Step::Login))?;
        let features = session
            .ask("FEAT")
            .map_err(|fault| session.failure(fault, Step::Login))?;
        if features.code == 211 && names_mlsd(&features.body) {
            session.list_by_facts();
        }
        Ok(())
    }
}

fn names_mlsd(features: &str) -> bool {
    features
        .lines()
        .filter_map(|line| line.split_ascii_whitespace().next())
        .any(|word| word.eq_ignore_ascii_case("MLST") || word.eq_ignore_ascii_case("MLSD"))
}

/// Fails when somebody cancelled.
pub(super) fn go_on(cancel: &Cancel, step: Step) -> Result<(), RegistryFailure> {
    if cancel.is_requested() {
        return Err(failure(Trouble::Cancelled, step, "cancelled"));
    }
    Ok(())
}

/// A server that does not agree to TLS on control and data is left: there is no plain FTP.
fn unprotected(reply: Reply) -> RegistryFailure {
    let trouble = match reply.code {
        421 => Trouble::Busy,
        _ => Trouble::TlsRefused,
    };
    failure(trouble, Step::Tls, reply.text)
}

/// Why there is no greeting inside TLS.
fn refusal(error: FtpError, witness: &Witness, tls: &Tls, address: &SocketAddr) -> RegistryFailure {
    let is_secure = witness.control_tls().is_some();
    match error {
        FtpError::SecureError(text) => {
            let error = witness.take_tls_error().unwrap_or_else(|| io::Error::other(text));
            let trouble = handshake_trouble(&error, &tls.gate);
            let detail = tls.gate.reason().map_or_else(|| error.to_string(), str::to_owned);
            failure(trouble, Step::Tls, detail)
        }
        FtpError::ConnectionError(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            port_failure(&error, address)
        }
        // With TLS 1.3 a server's refusal may come after the handshake looked complete.
        FtpError::ConnectionError(error) if rustls_error(&error).is_some() => {
            failure(Trouble::TlsRefused, Step::Tls, error.to_string())
        }
        FtpError::ConnectionError(error) => failure(connection_trouble(&error), Step::Tls, error.to_string()),
        FtpError::UnexpectedResponse(response) if is_secure => {
            let reply = Reply::new(&response);
            match reply.code {
                503 | 533 | 534 | 536 => unprotected(reply),
                _ => reply.failure(Step::Tls),
            }
        }
        FtpError::UnexpectedResponse(response) => unprotected(Reply::new(&response)),
        FtpError::BadResponse | FtpError::InvalidAddress(_) | FtpError::DataConnectionAlreadyOpen => {
            failure(Trouble::TlsRefused, Step::Tls, "what answers here does not speak FTP")
        }
    }
}
