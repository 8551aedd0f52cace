//! From a host's name to an open socket, and which of the two failed.

use std::{
    io,
    net::{SocketAddr, TcpStream, ToSocketAddrs, UdpSocket},
    time::Duration,
};

use crate::{
    adapters::ftps::{
        reply::{failure, is_timeout, is_without_network},
        tls::prepare,
    },
    domain::{
        cancel::Cancel,
        failure::{RegistryFailure, Step, Trouble},
    },
};

/// How many of a host's addresses are tried.
const ADDRESSES: usize = 8;

/// The host's addresses, in the order in which the system wants them tried.
pub(super) fn addresses(host: &str, port: u16) -> Result<Vec<SocketAddr>, RegistryFailure> {
    let found = match (host, port).to_socket_addrs() {
        Ok(found) => found.take(ADDRESSES).collect::<Vec<_>>(),
        Err(error) => return Err(failure(name_trouble(&error), Step::Name, error.to_string())),
    };
    if found.is_empty() {
        return Err(failure(Trouble::HostNotFound, Step::Name, "the name has no address"));
    }
    Ok(found)
}

/// A name server that does not answer means no network only when there is no way out of this computer either.
fn name_trouble(error: &io::Error) -> Trouble {
    let unanswered = error.to_string().contains("Temporary failure in name resolution")
        || is_without_network(error.kind())
        || matches!(error.raw_os_error(), Some(WSATRY_AGAIN | WSAHOST_NOT_FOUND));
    if unanswered && !has_way_out() {
        Trouble::Offline
    } else {
        Trouble::HostNotFound
    }
}

/// Windows: a name server did not answer; without a network it says that the host is not found.
const WSATRY_AGAIN: i32 = 11_002;
const WSAHOST_NOT_FOUND: i32 = 11_001;

/// Whether the system knows a way to anywhere. Connecting a UDP socket asks its routing table and sends nothing. The
/// addresses are those for documentation (RFC 5737, RFC 3849).
fn has_way_out() -> bool {
    [("0.0.0.0:0", "192.0.2.1:990"), ("[::]:0", "[2001:db8::1]:990")]
        .into_iter()
        .any(|(local, remote)| UdpSocket::bind(local).and_then(|socket| socket.connect(remote)).is_ok())
}

/// Connects to the first address that answers within the time-out.
pub(super) fn connect(
    addresses: &[SocketAddr],
    timeout: Duration,
    cancel: &Cancel,
) -> Result<(TcpStream, SocketAddr), RegistryFailure> {
    let mut worst: Option<RegistryFailure> = None;
    for address in addresses {
        if cancel.is_requested() {
            return Err(failure(Trouble::Cancelled, Step::Port, "cancelled"));
        }
        let tried = TcpStream::connect_timeout(address, timeout).and_then(|socket| {
            prepare(&socket, timeout)?;
            Ok(socket)
        });
        match tried {
            Ok(socket) => return Ok((socket, *address)),
            Err(error) => {
                let this = port_failure(&error, address);
                if worst.as_ref().is_none_or(|so_far| rank(&this) > rank(so_far)) {
                    worst = Some(this);
                }
            }
        }
    }
    Err(worst.unwrap_or_else(|| failure(Trouble::HostNotFound, Step::Port, "no address to try")))
}

/// What an error of connecting to this address means.
pub(super) fn port_failure(error: &io::Error, address: &SocketAddr) -> RegistryFailure {
    let kind = error.kind();
    let trouble = if matches!(kind, io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset) {
        Trouble::PortClosed
    } else if is_without_network(kind) {
        Trouble::Offline
    } else if is_timeout(kind) || kind == io::ErrorKind::HostUnreachable {
        Trouble::Silent
    } else {
        Trouble::Unexpected
    };
    failure(trouble, Step::Port, format!("{address}: {error}"))
}

/// Of several addresses that failed, the one that tells most: an address of a family that this computer has no network
/// for says nothing about the others.
fn rank(failure: &RegistryFailure) -> u8 {
    if failure.trouble == Trouble::PortClosed {
        3
    } else if failure.trouble == Trouble::Silent {
        2
    } else {
        u8::from(failure.trouble != Trouble::Offline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_cannot_exist_is_not_found() {
        let failed = addresses("no..such.host", 990).unwrap_err();
        assert_eq!((failed.trouble, failed.step), (Trouble::HostNotFound, Step::Name));
    }

    #[test]
    fn a_refusal_tells_more_than_a_missing_route() {
        let address = "127.0.0.1:990".parse().unwrap();
        let of = |kind: io::ErrorKind| port_failure(&kind.into(), &address);
        assert!(rank(&of(io::ErrorKind::ConnectionRefused)) > rank(&of(io::ErrorKind::TimedOut)));
        assert!(rank(&of(io::ErrorKind::TimedOut)) > rank(&of(io::ErrorKind::NetworkUnreachable)));
        assert_eq!(of(io::ErrorKind::NetworkUnreachable).trouble, Trouble::Offline);
    }

    #[test]
    fn the_first_address_that_answers_is_taken() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let open = listener.local_addr().unwrap();
        let closed = {
            let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            gone.local_addr().unwrap()
        };
        let (_, taken) = connect(&[closed, open], Duration::from_secs(5), &Cancel::default()).unwrap();
        assert_eq!(taken, open);
    }
}
