//! Which certificate is believed, and what the one that was shown says.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use rustls::{
    CertificateError, DigitallySignedStruct, Error, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use rustls_platform_verifier::Verifier;
use sha2::{Digest, Sha256};
use x509_parser::{
    extensions::GeneralName,
    prelude::{FromDer, X509Certificate},
};

use crate::{
    adapters::ftps::reply::printable,
    domain::{
        account::{Fingerprint, Trust},
        failure::Trouble,
        remote::SeenCertificate,
    },
};

/// Longest name that is kept of a certificate, in characters, and how many of them.
const NAME_CHARS: usize = 255;
const NAMES: usize = 50;

/// Judges the server's certificate, and remembers it so that a refusal can show it.
#[derive(Debug)]
pub(super) struct Gate {
    judge: Judge,
    provider: Arc<CryptoProvider>,
    shown: Mutex<Option<CertificateDer<'static>>>,
}

#[derive(Debug)]
enum Judge {
    Platform(Verifier),
    Pin(Fingerprint),
    /// Nothing to judge by: nothing is believed.
    Nobody(String),
}

impl Gate {
    /// Never fails: what cannot be used (no certificates on this computer, a damaged extra authority) is a gate that lets
    /// nothing through and still sees the certificate.
    pub(super) fn new(trust: &Trust, provider: Arc<CryptoProvider>) -> Self {
        let judge = match trust {
            Trust::System => platform(Verifier::new(Arc::clone(&provider))),
            Trust::Pinned(pin) => Judge::Pin(*pin),
            Trust::ExtraAuthority(pem) => match authorities(pem) {
                Ok(extra) => platform(Verifier::new_with_extra_roots(extra, Arc::clone(&provider))),
                Err(reason) => Judge::Nobody(reason),
            },
        };
        Self {
            judge,
            provider,
            shown: Mutex::new(None),
        }
    }

    /// The certificate that the server showed last.
    pub(super) fn seen(&self) -> Option<SeenCertificate> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        shown.as_ref().and_then(|der| describe(der))
    }

    /// What a person can do about a certificate that was refused.
    pub(super) fn trouble(&self, error: &CertificateError) -> Trouble {
        let seen = self.seen().map(Box::new);
        if let Judge::Pin(pinned) = self.judge {
            return Trouble::CertificateChanged { pinned, seen };
        }
        if is_out_of_date(error) {
            Trouble::CertificateExpired(seen)
        } else if is_for_another_name(error) {
            Trouble::CertificateWrongName(seen)
        } else {
            Trouble::CertificateUnknown(seen)
        }
    }

    /// Why nothing at all is believed, where that is so.
    pub(super) fn reason(&self) -> Option<&str> {
        match &self.judge {
            Judge::Nobody(reason) => Some(reason),
            Judge::Platform(_) | Judge::Pin(_) => None,
        }
    }
}

fn is_out_of_date(error: &CertificateError) -> bool {
    matches!(
        error,
        CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. }
    )
}

fn is_for_another_name(error: &CertificateError) -> bool {
    matches!(
        error,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. }
    )
}

fn platform(verifier: Result<Verifier, Error>) -> Judge {
    match verifier {
        Ok(verifier) => Judge::Platform(verifier),
        Err(error) => Judge::Nobody(format!("the authorities cannot be used: {error}")),
    }
}

fn authorities(pem: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|error| format!("the extra authority is not PEM: {error}"))?;
    if found.is_empty() {
        return Err("the extra authority holds no certificate".to_owned());
    }
    Ok(found)
}

impl ServerCertVerifier for Gate {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(end_entity.clone().into_owned());
        match &self.judge {
            Judge::Platform(verifier) => {
                verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            }
            Judge::Pin(pinned) if fingerprint(end_entity) == *pinned => Ok(ServerCertVerified::assertion()),
            Judge::Pin(_) => Err(CertificateError::ApplicationVerificationFailure.into()),
            Judge::Nobody(_) => Err(CertificateError::UnknownIssuer.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

fn fingerprint(der: &CertificateDer<'_>) -> Fingerprint {
    Fingerprint(Sha256::digest(der.as_ref()).into())
}

/// What a certificate says of itself, cut to a length that a screen can show.
fn describe(der: &CertificateDer<'_>) -> Option<SeenCertificate> {
    let (_, certificate) = X509Certificate::from_der(der.as_ref()).ok()?;
    let names = match certificate.subject_alternative_name() {
        Ok(Some(extension)) => extension
            .value
            .general_names
            .iter()
            .filter_map(host_name)
            .take(NAMES)
            .collect(),
        Ok(None) | Err(_) => Vec::new(),
    };
    Some(SeenCertificate {
        subject: printable(&certificate.subject().to_string(), NAME_CHARS),
        issuer: printable(&certificate.issuer().to_string(), NAME_CHARS),
        names,
        not_before: moment(certificate.validity().not_before.timestamp()),
        not_after: moment(certificate.validity().not_after.timestamp()),
        fingerprint: fingerprint(der),
    })
}

fn host_name(name: &GeneralName<'_>) -> Option<String> {
    if let GeneralName::DNSName(name) = name {
        Some(printable(name, NAME_CHARS))
    } else if let GeneralName::IPAddress(octets) = name {
        address(octets)
    } else {
        None
    }
}

fn address(octets: &[u8]) -> Option<String> {
    <[u8; 4]>::try_from(octets)
        .map(|v4| std::net::Ipv4Addr::from(v4).to_string())
        .or_else(|_| <[u8; 16]>::try_from(octets).map(|v6| std::net::Ipv6Addr::from(v6).to_string()))
        .ok()
}

/// A moment that cannot be told becomes the first or the last one there is.
fn moment(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or(if seconds < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    })
}
