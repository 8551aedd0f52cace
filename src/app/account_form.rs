//! What was typed about the account, read into an account.

use thiserror::Error;

use crate::domain::{
    account::{Account, Endpoint, Fingerprint, FingerprintError, ImportCode, ImportCodeError, Protocol, Trust},
    profile::Profile,
};

/// The account as it is typed: in the window's third step, under *For IT*, or on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountForm {
    /// The user name.
    pub user: String,
    /// What starts the file names; empty means: the user name.
    pub import_code: String,
    /// Host name or address.
    pub host: String,
    /// Port; empty means: the protocol's own.
    pub port: String,
    /// How the connection is protected.
    pub protocol: Protocol,
    /// SHA-256 of the one certificate to believe; empty means: none is pinned.
    pub pin: String,
    /// The extra authority (PEM); empty means: none.
    pub authority: String,
}

/// Why a form is not yet an account.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AccountFormError {
    /// The user name is missing.
    #[error("the user name is missing")]
    NoUser,
    /// The user name has a line break or another control character.
    #[error("the user name has a control character")]
    UnsafeUser,
    /// The import code is not safe in a file name.
    #[error("import code: {0}")]
    ImportCode(#[from] ImportCodeError),
    /// The host is missing or has a character that no host name has.
    #[error("the host is missing or has a character that no host name has")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the port is a number from 1 to 65535")]
    Port,
    /// The pin is not a fingerprint.
    #[error(transparent)]
    Pin(#[from] FingerprintError),
    /// A pin and an authority exclude one another.
    #[error("either a pinned certificate or an extra authority, not both")]
    PinAndAuthority,
    /// The authority's text holds no certificate.
    #[error("the authority's file is not a certificate in PEM form")]
    Authority,
}

impl AccountForm {
    /// An empty form for this registry.
    pub fn fresh(profile: &Profile) -> Self {
        Self {
            user: String::new(),
            import_code: String::new(),
            host: profile.host.clone(),
            port: String::new(),
            protocol: profile.protocol,
            pin: String::new(),
            authority: String::new(),
        }
    }

    /// The form that gives this account.
    pub fn of(account: &Account) -> Self {
        let (pin, authority) = match &account.endpoint.trust {
            Trust::System => (String::new(), String::new()),
            Trust::Pinned(fingerprint) => (fingerprint.to_string(), String::new()),
            Trust::ExtraAuthority(pem) => (String::new(), pem.clone()),
        };
        let import_code = account.import_code.as_str();
        Self {
            user: account.user.clone(),
            import_code: if import_code == account.user {
                String::new()
            } else {
                import_code.to_owned()
            },
            host: account.endpoint.host.clone(),
            port: account.endpoint.port.to_string(),
            protocol: account.endpoint.protocol,
            pin,
            authority,
        }
    }

    /// Where a form for this user begins. What is kept for the same user stays; of another host nothing is known but the import
    /// code, and of another user nothing at all: then it is the registry's own way.
    pub fn resumed(kept: Option<&Account>, user: &str, host: Option<&str>, profile: &Profile) -> Self {
        let fresh = Self {
            user: user.to_owned(),
            host: host.map_or_else(|| profile.host.clone(), str::to_owned),
            ..Self::fresh(profile)
        };
        let Some(kept) = kept.filter(|kept| kept.user == user.trim()) else {
            return fresh;
        };
        let is_there = host.is_none_or(|host| host.trim().eq_ignore_ascii_case(&kept.endpoint.host));
        let kept = Self::of(kept);
        if is_there {
            return kept;
        }
        Self {
            import_code: kept.import_code,
            ..fresh
        }
    }

    /// The same form with another protocol: the port is that protocol's own.
    #[must_use]
    pub fn with_protocol(self, protocol: Protocol) -> Self {
        let port = if protocol == self.protocol {
            self.port
        } else {
            String::new()
        };
        Self { port, protocol, ..self }
    }

    /// Reads the form. The first thing that is wrong is the error.
    pub fn parse(&self, profile: &Profile) -> Result<Account, AccountFormError> {
        let user = self.user.trim();
        if user.is_empty() {
            return Err(AccountFormError::NoUser);
        }
        if user.chars().any(char::is_control) {
            return Err(AccountFormError::UnsafeUser);
        }
        let code = self.import_code.trim();
        Ok(Account {
            user: user.to_owned(),
            import_code: ImportCode::parse(if code.is_empty() { user } else { code })?,
            endpoint: Endpoint {
                host: self.host()?,
                port: self.port(profile)?,
                protocol: self.protocol,
                trust: self.trust()?,
            },
        })
    }

    fn host(&self) -> Result<String, AccountFormError> {
        let host = self.host.trim();
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
        if host.is_empty() || host.len() > 253 || !host.chars().all(is_host) {
            return Err(AccountFormError::Host);
        }
        Ok(host.to_owned())
    }

    fn port(&self, profile: &Profile) -> Result<u16, AccountFormError> {
        match self.port.trim() {
            "" => Ok(profile.port(self.protocol)),
            text => match text.parse() {
                Ok(0) | Err(_) => Err(AccountFormError::Port),
                Ok(port) => Ok(port),
            },
        }
    }

    fn trust(&self) -> Result<Trust, AccountFormError> {
        match (self.pin.trim(), self.authority.trim()) {
            ("", "") => Ok(Trust::System),
            (pin, "") => Ok(Trust::Pinned(pin.parse::<Fingerprint>()?)),
            ("", pem) if pem.contains("-----BEGIN CERTIFICATE-----") => Ok(Trust::ExtraAuthority(pem.to_owned())),
            ("", _) => Err(AccountFormError::Authority),
            (_, _) => Err(AccountFormError::PinAndAuthority),
        }
    }
}
