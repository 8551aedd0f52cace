//! Failures as titles and next steps.

use crate::{
    app::wording::{Explanation, books, quantity},
    domain::{
        failure::{FileFailure, RegistryFailure, SettingsFailure, Trouble, VaultFailure},
        profile::Profile,
        remote::{Folder, SeenCertificate},
    },
};

/// What became of the file that was to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFate {
    /// No file was concerned.
    None,
    /// Nothing of it is at the registry.
    NotSent,
}

/// Title, fate and next step of trouble with the registry.
pub fn registry(failure: &RegistryFailure, fate: FileFate, profile: &Profile) -> Explanation {
    let (title, next) = trouble(&failure.trouble, profile);
    Explanation {
        title,
        file: file_fate(fate, &failure.trouble).to_owned(),
        next,
        details: details(failure),
    }
}

fn file_fate(fate: FileFate, trouble: &Trouble) -> &'static str {
    match fate {
        FileFate::None => "",
        FileFate::NotSent if trouble.seen_certificate().is_some() => "Nothing was sent, not even your password.",
        FileFate::NotSent => "The file was not sent. It is unchanged on this computer.",
    }
}

/// The title alone.
pub fn title(trouble: &Trouble, profile: &Profile) -> String {
    self::trouble(trouble, profile).0
}

fn trouble(trouble: &Trouble, profile: &Profile) -> (String, String) {
    let ask = &profile.data_exchange;
    let (title, next) = match trouble {
        Trouble::HostNotFound => (
            "The registry's address was not found.",
            "Check this computer's internet connection, then try again. If other websites open, ask your IT.".to_owned(),
        ),
        Trouble::Offline => (
            "This computer is not online.",
            "Connect it to the internet, then try again.".to_owned(),
        ),
        Trouble::PortClosed => (
            "The registry's server is there, but does not accept connections.",
            "Try again in an hour. If it stays so, ask your IT whether a firewall blocks it.".to_owned(),
        ),
        Trouble::Silent => (
            "The registry does not answer.",
            "Try again in an hour. If it stays so, ask your IT whether a firewall blocks it.".to_owned(),
        ),
        Trouble::TlsRefused => (
            "The server does not offer a protected connection.",
            "Dropoff never sends without protection. Ask your IT to check host, port and protocol under Settings, For IT.".to_owned(),
        ),
        Trouble::CertificateUnknown(_) => (
            "This may not be the registry: nobody whom this computer trusts vouches for it.",
            "Call your IT. They find what was seen under Details.".to_owned(),
        ),
        Trouble::CertificateExpired(_) => (
            "The registry's certificate is out of date.",
            "Check the date and time of this computer. If they are right, call your IT.".to_owned(),
        ),
        Trouble::CertificateWrongName(_) => (
            "This may not be the registry: its certificate belongs to another name.",
            "Call your IT. They find what was seen under Details.".to_owned(),
        ),
        Trouble::CertificateChanged { .. } => (
            "This may not be the registry: its certificate is not the one that your IT chose.",
            "Call your IT. They find both fingerprints under Details.".to_owned(),
        ),
        Trouble::PasswordRefused => (
            "The registry refused the user name or the password.",
            format!(
                "Dropoff stopped trying, so that the account is not locked. Enter the password again. \
                 If it is right, call {} ({}).",
                profile.data_exchange.phone, ask.email
            ),
        ),
        Trouble::NoPassword => (
            "This computer has no password for the registry.",
            "Enter it, then try again.".to_owned(),
        ),
        Trouble::Keychain(failure) => return vault(failure).words(),
        Trouble::AnotherDropoff => (
            "Another Dropoff on this computer is connected to the registry.",
            "Wait until it is done, then try again.".to_owned(),
        ),
        Trouble::DataPortsBlocked => (
            "Dropoff is logged in, but files cannot travel.",
            format!(
                "Ask your IT to open TCP ports {} to {} to {} in the firewall.",
                profile.data_ports.0, profile.data_ports.1, profile.host
            ),
        ),
        Trouble::FolderMissing(folder) => return folder_missing(*folder, profile),
        Trouble::NoRoom => (
            "The registry's server has no room.",
            format!("Try again tomorrow. If it stays so, call {}.", ask.phone),
        ),
        Trouble::PermissionDenied => (
            "The registry does not allow this account to put files there.",
            format!("Call {} and ask about the account's rights.", ask.phone),
        ),
        Trouble::NameExists => (
            "A file of this name is at the registry already.",
            "Try again. Dropoff then takes the next name.".to_owned(),
        ),
        Trouble::Busy => (
            "The registry is busy.",
            "Try again in a few minutes.".to_owned(),
        ),
        Trouble::ConnectionLost => (
            "The connection to the registry was lost.",
            "Try again.".to_owned(),
        ),
        Trouble::WrongSize { expected_bytes, actual_bytes } => return wrong_size(*expected_bytes, *actual_bytes),
        Trouble::Overwritten => (
            "Another computer sent a file under the same name in the same moment.",
            "Wait: Dropoff looks again and takes the next name.".to_owned(),
        ),
        Trouble::LocalFile(failure) => return file(failure).words(),
        Trouble::Books(failure) => return books::ledger(failure).words(),
        Trouble::Cancelled => ("Cancelled.", "Send it when you are ready.".to_owned()),
        Trouble::Unexpected => (
            "The registry answered something that Dropoff does not know.",
            "Try again. If it stays so, send Details to your IT.".to_owned(),
        ),
    };
    (title.to_owned(), next)
}

fn folder_missing(folder: Folder, profile: &Profile) -> (String, String) {
    let name = profile.folder_names.name(folder);
    (
        format!("The folder {name} is not there."),
        format!(
            "Check the account name. If it is right, call {} and ask for the folder {name}.",
            profile.data_exchange.phone
        ),
    )
}

fn wrong_size(expected_bytes: u64, actual_bytes: Option<u64>) -> (String, String) {
    let title = match actual_bytes {
        Some(actual) => format!(
            "The registry has {} of {}.",
            quantity::count(actual, "byte", "bytes"),
            quantity::thousands(expected_bytes)
        ),
        None => "The registry took the file but does not show it.".to_owned(),
    };
    (title, "Check again in a few minutes.".to_owned())
}

fn details(failure: &RegistryFailure) -> Vec<String> {
    let mut lines = vec![format!("{:?}: {}", failure.step, failure.trouble)];
    if !failure.detail.is_empty() {
        lines.push(failure.detail.clone());
    }
    if let Trouble::CertificateChanged { pinned, .. } = &failure.trouble {
        lines.push(format!("Pinned SHA-256: {pinned}"));
    }
    if let Some(seen) = failure.trouble.seen_certificate() {
        lines.extend(certificate(seen));
    }
    lines
}

/// A certificate for IT: names, dates, fingerprint.
pub fn certificate(seen: &SeenCertificate) -> Vec<String> {
    vec![
        format!("Certificate for: {}", seen.names.join(", ")),
        format!("Subject: {}", seen.subject),
        format!("Issuer: {}", seen.issuer),
        format!(
            "Valid: {} to {} (UTC)",
            seen.not_before.format("%Y-%m-%d %H:%M"),
            seen.not_after.format("%Y-%m-%d %H:%M")
        ),
        format!("SHA-256: {}", seen.fingerprint),
    ]
}

/// Title and next step of trouble with a file of this computer. Without its name.
pub fn file(failure: &FileFailure) -> Explanation {
    let (title, next, detail) = match failure {
        FileFailure::NotFound => ("There is no such file.", "Export it again, then drop it here.", None),
        FileFailure::NotAFile => ("This is not a file.", "Drop the HL7 file that your EHR exports.", None),
        FileFailure::AlreadyThere => (
            "Nothing was written.",
            "There is a file of this name already. It was left as it is. Choose another name.",
            None,
        ),
        FileFailure::NotReadable => (
            "This computer does not let you read the file.",
            "Ask your IT for the right to read it, or save the export in your own folder.",
            None,
        ),
        FileFailure::Locked => (
            "Another program has the file open.",
            "Close it there, or wait until your EHR has finished the export. Then drop it here again.",
            None,
        ),
        FileFailure::Changed => (
            "The file is still changing.",
            "Wait until your EHR has finished the export. Then drop it here again.",
            None,
        ),
        FileFailure::NoPath => (
            "This came out of another program, not out of a folder.",
            "Save the attachment first, then drop it here, or press Choose files.",
            None,
        ),
        FileFailure::PlaceUnknown => (
            "Dropoff has no copy of this file, and does not know any more where it is.",
            "Drop it here again.",
            None,
        ),
        FileFailure::DiskFull => ("The disk of this computer is full.", "Make room, then try again.", None),
        FileFailure::Other(detail) => (
            "The file cannot be read.",
            "Copy it to this computer's own disk, then drop the copy here.",
            Some(detail.clone()),
        ),
    };
    Explanation {
        title: title.to_owned(),
        file: String::new(),
        next: next.to_owned(),
        details: detail.into_iter().collect(),
    }
}

/// Title and next step of trouble with the keychain.
pub fn vault(failure: &VaultFailure) -> Explanation {
    let (title, next, detail) = match failure {
        VaultFailure::Unavailable(detail) => (
            "This computer has no place to keep the password.",
            "Dropoff keeps it until you close the window. Ask your IT for a keychain.",
            detail,
        ),
        VaultFailure::Locked(detail) => (
            "The computer's keychain is locked.",
            "Unlock it when the computer asks, then try again.",
            detail,
        ),
        VaultFailure::Other(detail) => (
            "The computer's keychain did not answer as expected.",
            "Enter the password again. If it stays so, ask your IT.",
            detail,
        ),
    };
    Explanation {
        title: title.to_owned(),
        file: String::new(),
        next: next.to_owned(),
        details: vec![detail.clone()],
    }
}

/// Title and next step of trouble with the settings.
pub fn settings(failure: &SettingsFailure) -> Explanation {
    let (title, next, detail) = match failure {
        SettingsFailure::Damaged(detail) => (
            "The settings cannot be read.",
            "They were left as they are. Ask your IT to look at the file, or to remove it.",
            detail.clone(),
        ),
        SettingsFailure::FromNewerVersion(version) => (
            "The settings are from a newer Dropoff.",
            "Ask your IT to install the newer Dropoff on this computer.",
            format!("settings version {version}"),
        ),
        SettingsFailure::Folder(detail) => (
            "Dropoff cannot use its own folder.",
            "Ask your IT for the right to write there, and for room on the disk.",
            detail.clone(),
        ),
    };
    Explanation {
        title: title.to_owned(),
        file: String::new(),
        next: next.to_owned(),
        details: vec![detail],
    }
}
