//! The clinic's account at the registry and the way to it.

use std::{fmt, str::FromStr};

use thiserror::Error;

/// Which account something belongs to. Everything that is stored carries it, so that an organization can have several.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountId(String);

impl AccountId {
    /// The id of the account with this user name at this host.
    pub fn of(user: &str, host: &str) -> Self {
        Self(format!("{user}@{}", host.to_ascii_lowercase()))
    }

    /// The user name in it.
    pub fn user(&self) -> &str {
        // A user name may have an `@` in it; a host name has none.
        self.0.rsplit_once('@').map_or(&self.0, |(user, _)| user)
    }

    /// The id as text, as the keychain and the ledger store it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The code that starts every file name: the account's user name. Source: the registry's "FTP Data Exchange Methods".
///
/// Between 1 and 200 ASCII characters. The registry has published no length, so none is enforced below that.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ImportCode(String);

/// Why a text cannot be an import code.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportCodeError {
    /// Nothing was given.
    #[error("the import code is empty")]
    Empty,
    /// It would not fit into a file name.
    #[error("the import code has {0} characters, and a file name has room for 200")]
    TooLong(usize),
    /// This character is not safe in a file name on every computer that handles the file.
    #[error("the character {0:?} is not safe in a file name")]
    UnsafeCharacter(char),
    /// A file whose name begins with a dot is hidden, one with a dash is read as an option, and for one with a tilde some
    /// servers look in somebody's home folder.
    #[error("a file name that begins with {0:?} is not safe")]
    UnsafeStart(char),
}

impl ImportCode {
    /// The longest import code, in characters: a file name has 255 bytes, and the day, a number and the ending need room.
    pub const MAX_CHARS: usize = 200;

    /// Accepts a user name that is safe as the beginning of a file name. Space around it is not part of it.
    pub fn parse(text: &str) -> Result<Self, ImportCodeError> {
        let text = text.trim();
        let Some(first) = text.chars().next() else {
            return Err(ImportCodeError::Empty);
        };
        if let Some(bad) = text.chars().find(|c| !is_safe_in_a_file_name(*c)) {
            return Err(ImportCodeError::UnsafeCharacter(bad));
        }
        if matches!(first, '.' | '-' | '~') {
            return Err(ImportCodeError::UnsafeStart(first));
        }
        if text.len() > Self::MAX_CHARS {
            return Err(ImportCodeError::TooLong(text.len()));
        }
        Ok(Self(text.to_owned()))
    }

    /// The code as it stands in a file name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ImportCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_safe_in_a_file_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '+' | '=' | '~' | '#' | '$' | ',')
}

/// How the connection is protected. There is no third way: plain FTP is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// TLS from the first byte, usually on port 990. The registry's own way.
    FtpsImplicit,
    /// TLS by the command `AUTH TLS`, usually on port 21.
    FtpsExplicit,
}

impl Protocol {
    /// Both, the registry's own way first.
    pub const ALL: [Self; 2] = [Self::FtpsImplicit, Self::FtpsExplicit];

    /// The port that this protocol uses unless somebody says otherwise.
    pub fn default_port(self) -> u16 {
        match self {
            Self::FtpsImplicit => 990,
            Self::FtpsExplicit => 21,
        }
    }

    /// The name on the command line and in the settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FtpsImplicit => "ftps-implicit",
            Self::FtpsExplicit => "ftps-explicit",
        }
    }
}

/// A text that names neither of the two protocols.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the protocol is ftps-implicit or ftps-explicit")]
pub struct UnknownProtocol;

impl FromStr for Protocol {
    type Err = UnknownProtocol;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.as_str() == text)
            .ok_or(UnknownProtocol)
    }
}

/// SHA-256 of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(pub [u8; 32]);

/// A text that is no SHA-256 fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a SHA-256 fingerprint has 64 hexadecimal digits, with or without colons")]
pub struct FingerprintError;

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: Vec<u8> = text
            .trim()
            .bytes()
            .filter(|b| !matches!(b, b':' | b' '))
            .map(|b| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect::<Option<_>>()
            .ok_or(FingerprintError)?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => Ok(high << 4 | low),
                _ => Err(FingerprintError),
            })
            .collect::<Result<_, _>>()?;
        bytes.try_into().map(Self).or(Err(FingerprintError))
    }
}

/// Pairs of upper-case digits with colons, as certificate viewers show it.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(":")?;
            }
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

/// Which certificate is believed. There is no way to believe any.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Trust {
    /// What the operating system trusts.
    #[default]
    System,
    /// Exactly this certificate.
    Pinned(Fingerprint),
    /// What the operating system trusts, and what this authority (PEM) signed.
    ExtraAuthority(String),
}

/// The way to the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Host name or address.
    pub host: String,
    /// Port of the control connection.
    pub port: u16,
    /// How the connection is protected.
    pub protocol: Protocol,
    /// Which certificate is believed.
    pub trust: Trust,
}

/// An account at the registry, without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The user name, as the registry gave it out.
    pub user: String,
    /// What starts its file names.
    pub import_code: ImportCode,
    /// The way to the registry.
    pub endpoint: Endpoint,
}

impl Account {
    /// Which account this is.
    pub fn id(&self) -> AccountId {
        AccountId::of(&self.user, &self.endpoint.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn import_codes_of_any_usual_shape_pass() {
        for code in ["CLINIC01", "nomihealtv", "7", "A_b-c.9", &"X".repeat(200)] {
            assert_eq!(ImportCode::parse(code).unwrap().as_str(), code);
        }
        assert_eq!(ImportCode::parse("  CLINIC01 ").unwrap().as_str(), "CLINIC01");
    }

    #[test]
    fn what_is_not_safe_in_a_file_name_is_refused_with_the_reason() {
        assert_eq!(ImportCode::parse(" "), Err(ImportCodeError::Empty));
        for bad in [
            '/', '\\', ':', '*', '?', '"', '<', '>', '|', ' ', '\u{0}', '\n', 'é', '%',
        ] {
            let code = format!("CLIN{bad}IC");
            assert_eq!(
                ImportCode::parse(&code),
                Err(ImportCodeError::UnsafeCharacter(bad)),
                "{code:?}"
            );
        }
        assert_eq!(ImportCode::parse("..CLINIC"), Err(ImportCodeError::UnsafeStart('.')));
        assert_eq!(ImportCode::parse("-CLINIC"), Err(ImportCodeError::UnsafeStart('-')));
        assert_eq!(ImportCode::parse("~CLINIC"), Err(ImportCodeError::UnsafeStart('~')));
        assert_eq!(ImportCode::parse(&"X".repeat(201)), Err(ImportCodeError::TooLong(201)));
    }

    #[test]
    fn a_fingerprint_reads_back_as_it_is_shown() {
        let shown = (0..32).map(|n| format!("{n:02X}")).collect::<Vec<_>>().join(":");
        let parsed: Fingerprint = shown.parse().unwrap();
        assert_eq!(parsed.to_string(), shown);
        assert_eq!(
            shown.replace(':', "").to_lowercase().parse::<Fingerprint>().unwrap(),
            parsed
        );
        for bad in [
            "",
            "AB",
            shown.strip_suffix('F').unwrap(),
            &format!("{shown}:00"),
            &shown.replace('0', "G"),
        ] {
            assert_eq!(bad.parse::<Fingerprint>(), Err(FingerprintError), "{bad}");
        }
    }

    #[test]
    fn there_is_no_protocol_without_tls() {
        assert!("ftp".parse::<Protocol>().is_err());
        for protocol in Protocol::ALL {
            assert_eq!(protocol.as_str().parse(), Ok(protocol));
        }
    }

    #[test]
    fn the_user_is_what_stands_before_the_host() {
        for user in ["CLINIC01", "clinic@branch", "A@B@C"] {
            assert_eq!(AccountId::of(user, "ftp.example").user(), user);
        }
    }

    #[test]
    fn one_user_at_two_hosts_is_two_accounts() {
        assert_ne!(
            AccountId::of("CLINIC01", "a.example"),
            AccountId::of("CLINIC01", "b.example")
        );
        assert_eq!(
            AccountId::of("CLINIC01", "A.example"),
            AccountId::of("CLINIC01", "a.EXAMPLE")
        );
    }
}
