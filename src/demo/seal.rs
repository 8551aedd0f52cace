//! The Demo's certificate, and the proof that a data connection was encrypted.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use rcgen::{CertificateParams, DnType, KeyPair};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use sha2::{Digest, Sha256};

use crate::domain::account::Fingerprint;

/// The certificate of one run and its key, which is never written anywhere.
#[derive(Debug)]
pub(super) struct Identity {
    key: Arc<CertifiedKey>,
    fingerprint: Fingerprint,
}

impl Identity {
    /// Makes a key and a certificate for `127.0.0.1` that only itself has signed.
    pub(super) fn generate() -> Result<Self, String> {
        let key = KeyPair::generate().map_err(|error| error.to_string())?;
        let names = ["127.0.0.1".to_owned(), "localhost".to_owned()];
        let mut params = CertificateParams::new(names).map_err(|error| error.to_string())?;
        params.distinguished_name.push(DnType::CommonName, "Dropoff Demo");
        let certificate = params.self_signed(&key).map_err(|error| error.to_string())?;
        let der = certificate.der().clone();
        let fingerprint = Fingerprint(Sha256::digest(&der).into());
        let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let key =
            CertifiedKey::from_der(vec![der], private, &ring::default_provider()).map_err(|error| error.to_string())?;
        Ok(Self {
            key: Arc::new(key),
            fingerprint,
        })
    }

    /// What a client pins.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// TLS 1.2 and 1.3 for one session whose handshakes `seals` counts.
    pub(super) fn server_config(&self, seals: Arc<Seals>) -> Result<Arc<ServerConfig>, String> {
        let resolver = CountingResolver {
            key: Arc::clone(&self.key),
            seals,
        };
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(resolver));
        // A client that uploads never reads a ticket; closing with one unread would reset the connection and lose the file's end.
        config.send_tls13_tickets = 0;
        Ok(Arc::new(config))
    }
}

/// Counts the encrypted data connections of one session that were not used yet.
///
/// `libunftp` 0.24 refuses `PASV` after `PROT C`, but not `EPSV`, and does not tell the storage how the bytes travel. The count of
/// handshakes does: the first one is the control connection's, and each transfer needs one more.
#[derive(Debug)]
pub(super) struct Seals(AtomicI64);

impl Seals {
    pub(super) fn new() -> Self {
        Self(AtomicI64::new(-1))
    }

    fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Uses one encrypted data connection up; `false` when there is none.
    pub(super) fn spend(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |unused| {
                (unused > 0).then(|| unused - 1)
            })
            .is_ok()
    }
}

/// Shows the one certificate there is. TLS asks for it once in each handshake, resumed ones included.
#[derive(Debug)]
struct CountingResolver {
    key: Arc<CertifiedKey>,
    seals: Arc<Seals>,
}

impl ResolvesServerCert for CountingResolver {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.seals.add();
        Some(Arc::clone(&self.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_handshake_of_the_control_connection_pays_for_no_transfer() {
        let seals = Seals::new();
        assert!(!seals.spend());
        seals.add();
        assert!(!seals.spend());
        seals.add();
        assert!(seals.spend());
        assert!(!seals.spend());
    }

    #[test]
    fn each_run_has_another_certificate() {
        let one = Identity::generate().unwrap();
        let other = Identity::generate().unwrap();
        assert_ne!(one.fingerprint(), other.fingerprint());
    }
}
