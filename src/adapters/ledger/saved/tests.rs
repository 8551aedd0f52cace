//! Every reason comes back as it was written.

use super::*;
use crate::domain::{
    account::Fingerprint,
    failure::{Step, Trouble, VaultFailure},
    person::Person,
    remote::{Folder, SeenCertificate},
    submission::{By, State},
};

/// Values of each variant, and a `match` that does not compile when a variant is missing.
macro_rules! each {
    ($type:ty { $($pattern:pat => [$($value:expr),+ $(,)?]),+ $(,)? }) => {{
        fn is_listed(value: &$type) -> bool {
            match value {
                $($pattern => true),+
            }
        }
        let values: Vec<$type> = vec![$($($value),+),+];
        assert!(values.iter().all(is_listed));
        values
    }};
}

fn words() -> String {
    "a \"line\" of \u{1f9ff} the system's\u{0} \\ own".to_owned()
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn steps() -> Vec<Step> {
    each!(Step {
        Step::Name => [Step::Name],
        Step::Port => [Step::Port],
        Step::Tls => [Step::Tls],
        Step::Login => [Step::Login],
        Step::DataPorts => [Step::DataPorts],
        Step::Folders => [Step::Folders],
        Step::Transfer => [Step::Transfer],
    })
}

fn vault_failures() -> Vec<VaultFailure> {
    each!(VaultFailure {
        VaultFailure::Unavailable(_) => [VaultFailure::Unavailable(words())],
        VaultFailure::Locked(_) => [VaultFailure::Locked(words())],
        VaultFailure::Other(_) => [VaultFailure::Other(String::new())],
    })
}

fn file_failures() -> Vec<FileFailure> {
    each!(FileFailure {
        FileFailure::NotFound => [FileFailure::NotFound],
        FileFailure::NotAFile => [FileFailure::NotAFile],
        FileFailure::AlreadyThere => [FileFailure::AlreadyThere],
        FileFailure::NotReadable => [FileFailure::NotReadable],
        FileFailure::Locked => [FileFailure::Locked],
        FileFailure::Changed => [FileFailure::Changed],
        FileFailure::NoPath => [FileFailure::NoPath],
        FileFailure::PlaceUnknown => [FileFailure::PlaceUnknown],
        FileFailure::DiskFull => [FileFailure::DiskFull],
        FileFailure::Other(_) => [FileFailure::Other(words())],
    })
}

fn seal_failures() -> Vec<SealFailure> {
    let mut values = each!(SealFailure {
        SealFailure::NoKey(_) => [SealFailure::NoKey(VaultFailure::Other(words()))],
        SealFailure::AnotherKey => [SealFailure::AnotherKey],
        SealFailure::Missing => [SealFailure::Missing],
        SealFailure::Damaged => [SealFailure::Damaged],
        SealFailure::Source(_) => [SealFailure::Source(FileFailure::Other(words()))],
        SealFailure::Disk(_) => [SealFailure::Disk(FileFailure::DiskFull)],
    });
    values.extend(vault_failures().into_iter().map(SealFailure::NoKey));
    values.extend(file_failures().into_iter().map(SealFailure::Source));
    values.extend(file_failures().into_iter().map(SealFailure::Disk));
    values
}

fn ledger_failures() -> Vec<LedgerFailure> {
    let mut values = each!(LedgerFailure {
        LedgerFailure::Busy => [LedgerFailure::Busy],
        LedgerFailure::DiskFull => [LedgerFailure::DiskFull],
        LedgerFailure::IllegalMove { .. } => [LedgerFailure::IllegalMove { from: State::Closed, to: State::Queued }],
        LedgerFailure::NoSuchSubmission => [LedgerFailure::NoSuchSubmission],
        LedgerFailure::Damaged(_) => [LedgerFailure::Damaged(words())],
        LedgerFailure::FromNewerVersion(_) => [LedgerFailure::FromNewerVersion(u32::MAX)],
        LedgerFailure::Other(_) => [LedgerFailure::Other(words())],
    });
    values.extend(State::ALL.into_iter().map(|from| LedgerFailure::IllegalMove {
        from,
        to: State::Failed,
    }));
    values
}

fn folders() -> Vec<Folder> {
    each!(Folder {
        Folder::Dropoff => [Folder::Dropoff],
        Folder::Accepted => [Folder::Accepted],
        Folder::Reports => [Folder::Reports],
        Folder::Receive => [Folder::Receive],
    })
}

fn seen() -> SeenCertificate {
    SeenCertificate {
        subject: "CN=ftp.example.org".to_owned(),
        issuer: words(),
        names: vec!["ftp.example.org".to_owned(), words()],
        not_before: time("1950-01-01T00:00:00Z"),
        not_after: time("9999-12-31T23:59:59.999999999Z"),
        fingerprint: Fingerprint([0xab; 32]),
    }
}

fn troubles() -> Vec<Trouble> {
    let mut values = each!(Trouble {
        Trouble::HostNotFound => [Trouble::HostNotFound],
        Trouble::Offline => [Trouble::Offline],
        Trouble::PortClosed => [Trouble::PortClosed],
        Trouble::Silent => [Trouble::Silent],
        Trouble::TlsRefused => [Trouble::TlsRefused],
        Trouble::CertificateUnknown(_) => [Trouble::CertificateUnknown(None), Trouble::CertificateUnknown(Some(Box::new(seen())))],
        Trouble::CertificateExpired(_) => [Trouble::CertificateExpired(None), Trouble::CertificateExpired(Some(Box::new(seen())))],
        Trouble::CertificateWrongName(_) => [Trouble::CertificateWrongName(None), Trouble::CertificateWrongName(Some(Box::new(seen())))],
        Trouble::CertificateChanged { .. } => [
            Trouble::CertificateChanged { pinned: Fingerprint([0; 32]), seen: None },
            Trouble::CertificateChanged { pinned: Fingerprint([0xff; 32]), seen: Some(Box::new(seen())) },
        ],
        Trouble::PasswordRefused => [Trouble::PasswordRefused],
        Trouble::NoPassword => [Trouble::NoPassword],
        Trouble::Keychain(_) => [Trouble::Keychain(VaultFailure::Locked(words()))],
        Trouble::AnotherDropoff => [Trouble::AnotherDropoff],
        Trouble::DataPortsBlocked => [Trouble::DataPortsBlocked],
        Trouble::FolderMissing(_) => [Trouble::FolderMissing(Folder::Dropoff)],
        Trouble::NoRoom => [Trouble::NoRoom],
        Trouble::PermissionDenied => [Trouble::PermissionDenied],
        Trouble::NameExists => [Trouble::NameExists],
        Trouble::Busy => [Trouble::Busy],
        Trouble::ConnectionLost => [Trouble::ConnectionLost],
        Trouble::Overwritten => [Trouble::Overwritten],
        Trouble::WrongSize { .. } => [
            Trouble::WrongSize { expected_bytes: u64::MAX, actual_bytes: None },
            Trouble::WrongSize { expected_bytes: 0, actual_bytes: Some(u64::MAX) },
        ],
        Trouble::LocalFile(_) => [Trouble::LocalFile(FileFailure::Changed)],
        Trouble::Books(_) => [Trouble::Books(LedgerFailure::Busy)],
        Trouble::Cancelled => [Trouble::Cancelled],
        Trouble::Unexpected => [Trouble::Unexpected],
    });
    values.extend(vault_failures().into_iter().map(Trouble::Keychain));
    values.extend(folders().into_iter().map(Trouble::FolderMissing));
    values.extend(file_failures().into_iter().map(Trouble::LocalFile));
    values.extend(ledger_failures().into_iter().map(Trouble::Books));
    values
}

fn registry_failure(trouble: Trouble, step: Step) -> RegistryFailure {
    RegistryFailure {
        trouble,
        step,
        detail: words(),
    }
}

fn sender() -> By {
    By {
        person: Person {
            user: words(),
            computer: words(),
        },
        initials: words(),
    }
}

fn reasons() -> Vec<Why> {
    let duplicate = |seen_at| {
        Why::Duplicate(Duplicate {
            name: words(),
            seen_at,
            delivered: seen_at.map(|at| (at.and_utc(), sender())),
        })
    };
    let mut values = each!(Why {
        Why::Registry(_) => [Why::Registry(registry_failure(Trouble::Busy, Step::Login))],
        Why::File(_) => [Why::File(FileFailure::NotFound)],
        Why::Copy(_) => [Why::Copy(SealFailure::Missing)],
        Why::Duplicate(_) => [duplicate(None), duplicate(Some(time("2026-11-20T15:12:00.5Z").naive_utc()))],
        Why::Interrupted => [Why::Interrupted],
        Why::NotSeen => [Why::NotSeen],
        Why::Gone => [Why::Gone],
        Why::NotThere => [Why::NotThere],
        Why::PartRemoved => [Why::PartRemoved],
        Why::PartStays { .. } => [Why::PartStays { name: words() }],
        Why::TakenUnfinished { .. } => [Why::TakenUnfinished { name: words() }],
        Why::NameLost { .. } => [Why::NameLost { name: String::new() }],
        Why::TryNow => [Why::TryNow],
    });
    let of_troubles = troubles()
        .into_iter()
        .map(|trouble| registry_failure(trouble, Step::Tls));
    let of_steps = steps()
        .into_iter()
        .map(|step| registry_failure(Trouble::Unexpected, step));
    values.extend(of_troubles.chain(of_steps).map(Why::Registry));
    values.extend(file_failures().into_iter().map(Why::File));
    values.extend(seal_failures().into_iter().map(Why::Copy));
    values
}

#[test]
fn every_reason_comes_back_as_it_was_written() {
    assert!(reasons().len() > 80);
    for why in reasons() {
        let text = write_why(Some(&why)).unwrap();
        assert_eq!(read_why(text.clone()), Ok(Some(why)), "{text:?}");
    }
    assert_eq!(write_why(None), Ok(None));
    assert_eq!(read_why(None), Ok(None));
}

#[test]
fn a_proof_of_delivery_comes_back_as_it_was_written() {
    let delivery = Delivery {
        sent_as: words(),
        began: time("2026-11-20T15:12:00.000000001Z"),
        verified: time("2026-11-20T15:12:07Z"),
        verified_bytes: u64::MAX,
        reply: words(),
    };
    let text = write_delivery(Some(&delivery)).unwrap();
    assert_eq!(read_delivery(text), Ok(Some(delivery)));
}

/// What stands in ledgers already has to be read for ever.
#[test]
fn the_form_of_version_1_is_read() {
    for (text, expected) in [
        (r#"{"version":1,"why":"not-there"}"#, Why::NotThere),
        (
            r#"{"version":1,"why":{"part-stays":{"name":"A.hl7"}}}"#,
            Why::PartStays {
                name: "A.hl7".to_owned(),
            },
        ),
        (
            r#"{"version":1,"why":{"registry":{"trouble":{"wrong-size":{"expected_bytes":2,"actual_bytes":null}},"step":"transfer","detail":"x"}}}"#,
            Why::Registry(RegistryFailure::new(
                Trouble::WrongSize {
                    expected_bytes: 2,
                    actual_bytes: None,
                },
                Step::Transfer,
                "x",
            )),
        ),
        (
            r#"{"version":1,"why":{"duplicate":{"name":"A.hl7","seen_at":"2026-11-20T15:12:00.000000000","delivered":null}}}"#,
            Why::Duplicate(Duplicate {
                name: "A.hl7".to_owned(),
                seen_at: "2026-11-20T15:12:00".parse().ok(),
                delivered: None,
            }),
        ),
    ] {
        assert_eq!(read_why(Some(text.to_owned())), Ok(Some(expected)), "{text}");
    }
}

#[test]
fn a_text_that_nobody_s_program_wrote_is_damage_and_is_not_quoted() {
    let deep = "[".repeat(100_000);
    let certificate = r#"{"version":1,"why":{"registry":{"trouble":{"certificate-changed":{"pinned":"Jane","seen":null}},"step":"tls","detail":""}}}"#;
    for text in [
        "",
        "Jane Doe",
        "null",
        "[]",
        r#"{"why":"not-there"}"#,
        r#"{"version":0,"why":"not-there"}"#,
        r#"{"version":2,"why":"not-there"}"#,
        r#"{"version":-1,"why":"not-there"}"#,
        r#"{"version":1,"why":"Jane"}"#,
        r#"{"version":1,"why":"not-there","jane":1}"#,
        r#"{"version":1,"why":{"part-stays":{"name":"A.hl7","jane":1}}}"#,
        r#"{"version":1,"why":{"duplicate":{"name":"A.hl7","seen_at":"Jane"}}}"#,
        r#"{"version":1,"why":{"registry":{"trouble":{"books":{"illegal-move":{"from":"jane","to":"held"}}},"step":"tls","detail":""}}}"#,
        certificate,
        &deep,
    ] {
        let read = read_why(Some(text.to_owned()));
        let Err(LedgerFailure::Damaged(line)) = &read else {
            panic!("{read:?}");
        };
        assert!(!line.to_lowercase().contains("jane"), "{line}");
        assert!(matches!(
            read_delivery(Some(text.to_owned())),
            Err(LedgerFailure::Damaged(_))
        ));
    }
}
