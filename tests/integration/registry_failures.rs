//! What the way to the registry does when something is wrong there, here or in between.

use std::{
    io::{self, Read},
    net::{Ipv4Addr, TcpListener},
    time::Duration,
};

use dropoff::{
    adapters::ftps::FtpsDoor,
    domain::{
        account::{Account, Protocol, Trust},
        cancel::Cancel,
        failure::{Arrival, FileFailure, PutFailure, RegistryFailure, Step, Trouble},
        remote::Folder,
        secret::Secret,
    },
    ports::{Flow, PutProof, Registry, RegistryDoor},
};

use crate::support::{
    authority::{Authority, Leaf, Validity},
    clinic::{PASSWORD, account, content, profile},
    pretend::{End, Fault, Log, PickUp, Pretend, USER},
};

/// Nothing waits this long unless it is wrong.
const PATIENT: Duration = Duration::from_secs(20);
/// For what is expected to be silent.
const HASTY: Duration = Duration::from_millis(300);

const NAME: &str = "CLINIC0126324.hl7";

fn try_to_open(account: &Account, timeout: Duration) -> Result<Box<dyn Registry>, RegistryFailure> {
    FtpsDoor::new(&profile(timeout)).open(account, &Secret::new(PASSWORD.to_owned()), &Cancel::default())
}

fn open(server: &Pretend) -> Box<dyn Registry> {
    try_to_open(&server.account, PATIENT).unwrap()
}

fn failure_of(account: &Account, timeout: Duration) -> RegistryFailure {
    match try_to_open(account, timeout) {
        Ok(_) => panic!("this was expected to fail"),
        Err(failure) => failure,
    }
}

/// Opens a server with these faults, which must fail so.
#[track_caller]
fn check_open(
    protocol: Protocol,
    faults: &[Fault],
    timeout: Duration,
    trouble: Trouble,
    step: Step,
) -> (RegistryFailure, Log) {
    let server = Pretend::start(protocol, faults);
    let failure = failure_of(&server.account, timeout);
    assert_eq!(
        (&failure.trouble, failure.step),
        (&trouble, step),
        "{faults:?}: {failure}"
    );
    (failure, server.stop())
}

#[track_caller]
fn assert_no_login(log: &Log) {
    for word in ["USER", "PASS", USER, PASSWORD] {
        assert!(!log.commands.join("\n").contains(word), "{:?}", log.commands);
        assert!(!String::from_utf8_lossy(&log.raw).contains(word));
    }
}

fn put(registry: &mut dyn Registry, bytes: &[u8]) -> Result<PutProof, PutFailure> {
    registry.put(NAME, bytes.len() as u64, &mut &*bytes, &mut |_| Flow::Continue)
}

/// Puts a file of 400,000 bytes into a server with these faults.
fn put_with(faults: &[Fault]) -> (Result<PutProof, PutFailure>, Log) {
    let server = Pretend::start(Protocol::FtpsImplicit, faults);
    let mut registry = open(&server);
    let result = put(registry.as_mut(), &content(1, 400_000));
    drop(registry);
    (result, server.stop())
}

#[track_caller]
fn check_put(faults: &[Fault], trouble: Trouble, arrival: Arrival) -> Log {
    let (result, log) = put_with(faults);
    let failed = result.unwrap_err();
    assert_eq!(
        (failed.failure.trouble, failed.arrival),
        (trouble, arrival),
        "{faults:?}: {}",
        failed.failure.detail
    );
    log
}

#[test]
fn a_host_that_does_not_exist_is_not_found() {
    let account = account(USER, "no..such.host", 990, Protocol::FtpsImplicit, Trust::System);
    let failure = failure_of(&account, PATIENT);
    assert_eq!((failure.trouble, failure.step), (Trouble::HostNotFound, Step::Name));
}

#[test]
fn a_closed_port_is_told_apart() {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let account = account(USER, "127.0.0.1", port, Protocol::FtpsImplicit, Trust::System);
    let failure = failure_of(&account, PATIENT);
    assert_eq!((failure.trouble, failure.step), (Trouble::PortClosed, Step::Port));
}

#[test]
fn a_silent_server_ends_with_the_time_out() {
    for protocol in Protocol::ALL {
        let (_, log) = check_open(protocol, &[Fault::Silent], HASTY, Trouble::Silent, Step::Tls);
        assert_no_login(&log);
    }
}

#[test]
fn a_server_without_tls_is_left_at_once() {
    let (_, log) = check_open(
        Protocol::FtpsImplicit,
        &[Fault::SpeaksPlainly],
        PATIENT,
        Trouble::TlsRefused,
        Step::Tls,
    );
    assert_no_login(&log);
    let refuses = Fault::Answers("AUTH", "502 not here");
    let (failure, log) = check_open(
        Protocol::FtpsExplicit,
        &[refuses],
        PATIENT,
        Trouble::TlsRefused,
        Step::Tls,
    );
    assert_eq!(failure.detail, "502 not here");
    assert_eq!(log.commands, ["AUTH TLS"]);
}

#[test]
fn unprotected_data_connections_are_refused() {
    for protocol in Protocol::ALL {
        let refuses = Fault::Answers("PROT", "536 in the clear only");
        let (_, log) = check_open(protocol, &[refuses], PATIENT, Trouble::TlsRefused, Step::Tls);
        assert_eq!(log.commands.last().unwrap(), "PROT P");
    }
}

/// A certificate that must be refused before anything is said.
#[track_caller]
fn check_certificate(leaf: &Leaf, trust: Trust, expected: fn(&Trouble) -> bool) {
    for protocol in Protocol::ALL {
        let mut server = Pretend::start_with(leaf, protocol, &[]);
        server.account.endpoint.trust = trust.clone();
        let failure = failure_of(&server.account, PATIENT);
        assert!(expected(&failure.trouble) && failure.step == Step::Tls, "{failure:?}");
        let seen = failure.trouble.seen_certificate().unwrap();
        assert_eq!(seen.fingerprint, leaf.fingerprint());
        assert!(seen.issuer.contains("Dropoff test authority"), "{seen:?}");
        let log = server.stop();
        assert_no_login(&log);
        assert!(
            log.commands.iter().all(|command| command == "AUTH TLS"),
            "{:?}",
            log.commands
        );
    }
}

fn our_authority() -> Trust {
    Trust::ExtraAuthority(Authority::shared().pem.clone())
}

#[test]
fn an_unknown_certificate_is_refused_before_anything_is_sent() {
    let leaf = Authority::shared().certificate(&["localhost"], Validity::Now);
    let unknown = |trouble: &Trouble| matches!(trouble, Trouble::CertificateUnknown(_));
    check_certificate(&leaf, Trust::System, unknown);
    check_certificate(&leaf, Trust::ExtraAuthority(Authority::new("another").pem), unknown);
    check_certificate(&leaf, Trust::ExtraAuthority("no PEM at all".to_owned()), unknown);
}

#[test]
fn an_expired_certificate_is_refused_before_anything_is_sent() {
    let leaf = Authority::shared().certificate(&["localhost"], Validity::LongAgo);
    check_certificate(&leaf, our_authority(), |trouble| {
        matches!(trouble, Trouble::CertificateExpired(_))
    });
}

#[test]
fn a_certificate_for_another_name_is_refused_before_anything_is_sent() {
    let leaf = Authority::shared().certificate(&["ftp.elsewhere.example"], Validity::Now);
    check_certificate(&leaf, our_authority(), |trouble| {
        matches!(trouble, Trouble::CertificateWrongName(_))
    });
}

#[test]
fn a_certificate_that_is_not_the_pinned_one_is_refused_before_anything_is_sent() {
    let leaf = Authority::shared().certificate(&["localhost"], Validity::Now);
    let other = Authority::shared().certificate(&["localhost"], Validity::Now);
    check_certificate(&leaf, Trust::Pinned(other.fingerprint()), |trouble| {
        matches!(trouble, Trouble::CertificateChanged { .. })
    });
}

#[test]
fn the_pinned_certificate_is_believed_whatever_its_name_and_date() {
    let leaf = Authority::new("another").certificate(&["ftp.elsewhere.example"], Validity::LongAgo);
    for protocol in Protocol::ALL {
        let mut server = Pretend::start_with(&leaf, protocol, &[]);
        server.account.endpoint.trust = Trust::Pinned(leaf.fingerprint());
        let mut registry = open(&server);
        put(registry.as_mut(), b"MSH|").unwrap();
        let seen = registry.facts().certificate.clone().unwrap();
        assert_eq!(seen.names, ["ftp.elsewhere.example"]);
        registry.close();
        assert_eq!(server.stop().commands.last().unwrap(), "QUIT");
    }
}

#[test]
fn a_wrong_password_is_told_apart_and_never_shown() {
    let echo = Fault::Answers("PASS", "530 what is bluebonnet-71 supposed to be");
    let (failure, _) = check_open(
        Protocol::FtpsImplicit,
        &[echo],
        PATIENT,
        Trouble::PasswordRefused,
        Step::Login,
    );
    assert_eq!(failure.detail, "530 what is … supposed to be");
    let unknown_user = Fault::Answers("USER", "530 nobody");
    check_open(
        Protocol::FtpsExplicit,
        &[unknown_user],
        PATIENT,
        Trouble::PasswordRefused,
        Step::Login,
    );
    let busy = Fault::Answers("PASS", "421 too many");
    check_open(Protocol::FtpsExplicit, &[busy], PATIENT, Trouble::Busy, Step::Login);
}

#[test]
fn blocked_data_ports_are_told_apart() {
    for (fault, timeout) in [(Fault::DataRefused, PATIENT), (Fault::DataSilent, HASTY)] {
        let (_, log) = check_open(
            Protocol::FtpsImplicit,
            &[fault],
            timeout,
            Trouble::DataPortsBlocked,
            Step::DataPorts,
        );
        assert!(log.commands.contains(&"TYPE I".to_owned()));
    }
}

#[test]
fn a_missing_folder_is_named() {
    let trouble = Trouble::FolderMissing(Folder::Accepted);
    check_open(
        Protocol::FtpsImplicit,
        &[Fault::Lacks("Accepted")],
        PATIENT,
        trouble,
        Step::Folders,
    );
}

#[test]
fn folders_below_the_users_folder_are_found() {
    let server = Pretend::start(Protocol::FtpsImplicit, &[Fault::FoldersBelow("/users/CLINIC01")]);
    let registry = open(&server);
    assert_eq!(
        registry.facts().folders[0],
        (Folder::Dropoff, "/users/CLINIC01/HL7-Dropoff".to_owned())
    );
}

#[test]
fn an_upload_that_is_refused_outright_leaves_nothing() {
    for answer in ["550 read only", "553 bad name"] {
        let log = check_put(
            &[Fault::Answers("STOR", answer)],
            Trouble::PermissionDenied,
            Arrival::Nothing,
        );
        assert_eq!(log.uploads, []);
    }
}

#[test]
fn an_upload_that_is_refused_for_another_reason_may_have_left_an_empty_file() {
    for (answer, trouble) in [
        ("452 no space", Trouble::NoRoom),
        ("552 quota", Trouble::NoRoom),
        ("421 later", Trouble::Busy),
        ("450 later", Trouble::Busy),
        ("599 odd", Trouble::Unexpected),
    ] {
        let log = check_put(&[Fault::Answers("STOR", answer)], trouble, Arrival::Doubtful);
        assert_eq!(log.uploads, []);
    }
}

#[test]
fn a_disk_that_fills_up_leaves_the_file_in_doubt() {
    for answer in ["452 no space", "552 quota"] {
        check_put(
            &[Fault::EndsUpload(100_000, answer)],
            Trouble::NoRoom,
            Arrival::Doubtful,
        );
    }
}

#[test]
fn a_connection_that_dies_in_the_middle_leaves_the_file_in_doubt() {
    check_put(&[Fault::Dies(100_000)], Trouble::ConnectionLost, Arrival::Doubtful);
}

#[test]
fn a_short_file_is_noticed_though_the_server_says_that_all_is_well() {
    let trouble = Trouble::WrongSize {
        expected_bytes: 400_000,
        actual_bytes: Some(399_999),
    };
    check_put(&[Fault::Forgets(399_999)], trouble, Arrival::Doubtful);
}

#[test]
fn a_file_that_is_picked_up_at_once_is_proven_by_accepted() {
    let (result, log) = put_with(&[Fault::PicksUp(PickUp::IntoAccepted)]);
    let proof = result.unwrap();
    assert_eq!(
        (proof.size_bytes, proof.reply.as_str()),
        (400_000, "226 Transfer complete")
    );
    assert!(log.files.contains_key(&format!("/Accepted/{NAME}")));
}

#[test]
fn a_file_that_is_nowhere_afterwards_is_in_doubt() {
    let trouble = Trouble::WrongSize {
        expected_bytes: 400_000,
        actual_bytes: None,
    };
    check_put(&[Fault::PicksUp(PickUp::IntoNowhere)], trouble, Arrival::Doubtful);
}

/// A source that yields so many bytes and then this error.
struct Breaks(usize, Option<io::Error>);

impl Read for Breaks {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = buffer.len().min(self.0);
        self.0 -= bytes;
        buffer[..bytes].fill(b'x');
        match self.1.take_if(|_| bytes == 0) {
            Some(error) => Err(error),
            None => Ok(bytes),
        }
    }
}

/// Puts 400,000 bytes out of a source that is not as it was: the server must not take the part for the whole.
#[track_caller]
fn check_source(mut source: Breaks, flow_at: fn(u64) -> Flow, trouble: Trouble) {
    let server = Pretend::start(Protocol::FtpsImplicit, &[]);
    let mut registry = open(&server);
    let failed = registry
        .put(NAME, 400_000, &mut source, &mut |sent_bytes| flow_at(sent_bytes))
        .unwrap_err();
    assert_eq!((failed.failure.trouble, failed.arrival), (trouble, Arrival::Doubtful));
    let afterwards = registry.list(Folder::Dropoff).unwrap_err();
    assert_eq!(afterwards.trouble, Trouble::ConnectionLost);
    drop(registry);
    let log = server.stop();
    let [(bytes, end)] = log.uploads[..] else {
        panic!("{:?}", log.uploads);
    };
    assert!(bytes < 400_000 && end == End::CutOff, "{bytes} {end:?}");
}

#[test]
fn a_source_that_fails_in_the_middle_is_cut_off() {
    let on = |_| Flow::Continue;
    let error = io::Error::from(io::ErrorKind::PermissionDenied);
    check_source(
        Breaks(200_000, Some(error)),
        on,
        Trouble::LocalFile(FileFailure::NotReadable),
    );
    let error = io::Error::other(FileFailure::Locked);
    check_source(
        Breaks(200_000, Some(error)),
        on,
        Trouble::LocalFile(FileFailure::Locked),
    );
}

#[test]
fn a_source_that_is_longer_or_shorter_than_it_was_is_cut_off() {
    let on = |_| Flow::Continue;
    check_source(Breaks(399_999, None), on, Trouble::LocalFile(FileFailure::Changed));
    check_source(Breaks(400_001, None), on, Trouble::LocalFile(FileFailure::Changed));
}

#[test]
fn a_cancelled_upload_is_cut_off() {
    let stop_later = |sent_bytes| {
        if sent_bytes > 200_000 {
            Flow::Stop
        } else {
            Flow::Continue
        }
    };
    check_source(Breaks(400_000, None), stop_later, Trouble::Cancelled);
}

#[test]
fn a_cancelled_way_in_stops_before_the_first_step() {
    let server = Pretend::start(Protocol::FtpsImplicit, &[]);
    let cancel = Cancel::default();
    cancel.request();
    let door = FtpsDoor::new(&profile(PATIENT));
    let Err(failure) = door.open(&server.account, &Secret::new(PASSWORD.to_owned()), &cancel) else {
        panic!("this was expected to fail");
    };
    assert_eq!((failure.trouble, failure.step), (Trouble::Cancelled, Step::Name));
    assert_eq!(server.stop().commands, [""; 0]);
}

#[test]
fn a_name_that_exists_is_left_alone() {
    for faults in [&[][..], &[Fault::Answers("SIZE", "502 what")]] {
        let path = "/HL7-Dropoff/CLINIC0126324.hl7";
        let server = Pretend::start(Protocol::FtpsImplicit, faults).with_file(path, b"older");
        let failed = put(open(&server).as_mut(), b"newer").unwrap_err();
        assert_eq!(
            (failed.failure.trouble, failed.arrival),
            (Trouble::NameExists, Arrival::Nothing)
        );
        let log = server.stop();
        assert_eq!(log.files[path], b"older");
        assert!(
            !log.commands.iter().any(|command| command.starts_with("STOR")),
            "{:?}",
            log.commands
        );
    }
}

#[test]
fn a_name_that_points_elsewhere_is_never_sent() {
    let server = Pretend::start(Protocol::FtpsImplicit, &[]);
    let mut registry = open(&server);
    for name in ["../x", "a/b", "a\\b", "x\r\nDELE y", "..", ""] {
        let failed = registry
            .put(name, 1, &mut &b"x"[..], &mut |_| Flow::Continue)
            .unwrap_err();
        assert_eq!(
            (failed.failure.trouble, failed.arrival),
            (Trouble::Unexpected, Arrival::Nothing)
        );
    }
    drop(registry);
    assert!(!server.stop().commands.iter().any(|command| command.starts_with("STOR")));
}

#[test]
fn servers_that_lack_size_or_epsv_or_have_mlsd_take_a_file_too() {
    for fault in [
        Fault::Answers("SIZE", "502 what"),
        Fault::Answers("EPSV", "502 what"),
        Fault::Answers("FEAT", "502 what"),
        Fault::Answers("PWD", "502 what"),
        Fault::KnowsMlsd,
        Fault::ForgetsGoodBye,
    ] {
        for protocol in Protocol::ALL {
            let server = Pretend::start(protocol, std::slice::from_ref(&fault));
            let mut registry = open(&server);
            let sent = content(7, 5_000);
            let proof = put(registry.as_mut(), &sent).unwrap_or_else(|failed| panic!("{fault:?}: {failed}"));
            assert_eq!(proof.size_bytes, 5_000);
            let listed = registry.list(Folder::Dropoff).unwrap();
            assert_eq!((listed[0].name.as_str(), listed[0].size_bytes), (NAME, Some(5_000)));
            let mut sink = Vec::new();
            match registry.fetch(Folder::Dropoff, NAME, &mut sink, 5_000) {
                Ok(bytes) => assert!(bytes == 5_000 && sink == sent, "{fault:?}"),
                Err(failure) => panic!("{fault:?}: {failure}"),
            }
            registry.close();
            server.stop();
        }
    }
}

#[test]
fn a_server_that_insists_on_resuming_is_reached_with_tls12_and_remembered() {
    let server = Pretend::start(Protocol::FtpsImplicit, &[Fault::InsistsOnReuse, Fault::KeepsTickets]);
    let door = FtpsDoor::new(&profile(PATIENT));
    for visits in [2, 1] {
        let mut registry = door
            .open(&server.account, &Secret::new(PASSWORD.to_owned()), &Cancel::default())
            .unwrap();
        assert_eq!(registry.facts().tls_version.as_deref(), Some("TLS 1.2"), "{visits}");
        if visits == 2 {
            put(registry.as_mut(), &content(1, 400_000)).unwrap();
        }
        registry.close();
    }
    let logins = |log: &Log| {
        log.commands
            .iter()
            .filter(|command| command.starts_with("USER"))
            .count()
    };
    assert_eq!(logins(&server.stop()), 3);
}

#[test]
fn an_upload_that_would_be_refused_is_given_up_before_a_byte_and_stored_with_tls12() {
    let faults = [Fault::InsistsOnReuse, Fault::ForgetsTickets];
    let (result, log) = put_with(&faults);
    assert_eq!(result.unwrap().size_bytes, 400_000);
    assert_eq!(log.files[&format!("/HL7-Dropoff/{NAME}")], content(1, 400_000));
    assert_eq!(log.uploads, [(400_000, End::Announced)]);
    // The refused try left an empty file, and nothing but that was removed.
    let removed: Vec<_> = log
        .commands
        .iter()
        .filter(|command| command.starts_with("DELE"))
        .collect();
    assert_eq!(removed, [&format!("DELE /HL7-Dropoff/{NAME}")]);
}

#[test]
fn a_server_that_never_resumes_and_does_not_insist_stays_with_tls13() {
    let server = Pretend::start(Protocol::FtpsImplicit, &[Fault::KeepsTickets]);
    let mut registry = open(&server);
    put(registry.as_mut(), b"MSH|").unwrap();
    assert_eq!(registry.facts().tls_version.as_deref(), Some("TLS 1.3"));
}

#[test]
fn a_hostile_listing_yields_plain_names_only() {
    let listing = "total 9\r\n\
        -rw-r--r-- 1 o g 7 Nov  5 10:22 good.txt\r\n\
        -rw-r--r-- 1 o g 7 Nov  5 10:22 ../../evil\r\n\
        -rw-r--r-- 1 o g 7 Nov  5 10:22 esc\u{1b}[2Jape\r\n\
        drwxr-xr-x 1 o g 7 Nov  5 10:22 folder\r\n\
        garbage\r\n";
    let server = Pretend::start(Protocol::FtpsImplicit, &[Fault::Lists(listing.as_bytes().to_vec())]);
    let listed = open(&server).list(Folder::Dropoff).unwrap();
    let names: Vec<_> = listed.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["good.txt"]);
}

#[test]
fn a_listing_without_end_is_given_up() {
    let many = b"-rw-r--r-- 1 o g 7 Nov  5 10:22 x\r\n".repeat(50_001);
    let long = vec![b'x'; 9 * 1024 * 1024];
    for listing in [many, long] {
        let server = Pretend::start(Protocol::FtpsImplicit, &[Fault::Lists(listing)]);
        let failure = open(&server).list(Folder::Dropoff).unwrap_err();
        assert_eq!((failure.trouble, failure.step), (Trouble::Unexpected, Step::Transfer));
        server.stop();
    }
}

#[test]
fn a_file_longer_than_the_limit_is_not_fetched() {
    let server = Pretend::start(Protocol::FtpsImplicit, &[]).with_file("/DQA-Reports/r.txt", &content(1, 300_000));
    let mut registry = open(&server);
    let missing = registry
        .fetch(Folder::Reports, "none.txt", &mut Vec::new(), 10)
        .unwrap_err();
    assert_eq!(missing.trouble, Trouble::PermissionDenied);
    let mut sink = Vec::new();
    let failure = registry.fetch(Folder::Reports, "r.txt", &mut sink, 1_000).unwrap_err();
    assert_eq!(failure.trouble, Trouble::Unexpected);
    assert!(sink.len() <= 1_000);
}
