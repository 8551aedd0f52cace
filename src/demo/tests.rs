//! The pretend registry, seen by a client that is not ours.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    sync::Arc,
    time::Instant,
};

use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::ring,
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use sha2::{Digest, Sha256};
use suppaftp::{FtpError, RustlsConnector, RustlsFtpStream, Status, types::FileType};

use super::*;
use crate::domain::account::Fingerprint;

/// More than any of these waits needs; reached only when something is broken.
const LIMIT: Duration = Duration::from_secs(30);
/// A delay that no test outlives.
const NEVER: Duration = Duration::from_hours(1);

struct Stage {
    demo: Demo,
    access: DemoAccess,
    folder: tempfile::TempDir,
}

fn stage(pickup_delay: Duration) -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Demo::new(folder.path().join("demo")).with_pickup_delay(pickup_delay);
    let access = demo.start().unwrap();
    Stage { demo, access, folder }
}

#[derive(Debug)]
struct Pin(Fingerprint);

impl ServerCertVerifier for Pin {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        assert_eq!(Fingerprint(Sha256::digest(shown).into()), self.0);
        Ok(ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, signature, &algorithms)
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = ring::default_provider().signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, signature, &algorithms)
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider()
            .signature_verification_algorithms
            .supported_schemes()
    }
}

const BOTH: &[&rustls::SupportedProtocolVersion] = &[&rustls::version::TLS12, &rustls::version::TLS13];

fn client_config(access: &DemoAccess, versions: &[&'static rustls::SupportedProtocolVersion]) -> Arc<ClientConfig> {
    let Trust::Pinned(fingerprint) = access.account.endpoint.trust else {
        panic!("the Demo's certificate is pinned");
    };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(versions)
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Pin(fingerprint)))
        .with_no_client_auth();
    Arc::new(config)
}

fn address(access: &DemoAccess) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, access.account.endpoint.port).into()
}

fn connect_with(access: &DemoAccess, versions: &[&'static rustls::SupportedProtocolVersion]) -> RustlsFtpStream {
    let mut ftp = RustlsFtpStream::connect(address(access)).unwrap();
    ftp.set_mode(suppaftp::Mode::ExtendedPassive);
    ftp.into_secure(RustlsConnector::from(client_config(access, versions)), "127.0.0.1")
        .unwrap()
}

fn log_in(access: &DemoAccess) -> RustlsFtpStream {
    let mut ftp = connect_with(access, BOTH);
    ftp.login(access.account.user.as_str(), access.password.expose())
        .unwrap();
    ftp.transfer_type(FileType::Binary).unwrap();
    ftp
}

#[track_caller]
fn assert_refused<T>(result: Result<T, FtpError>, status: Status) {
    match result {
        Err(FtpError::UnexpectedResponse(response)) => assert_eq!(response.status, status),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// A client that speaks line by line, for what a decent client does not do.
struct Lines<S: Read + Write>(BufReader<S>);

impl<S: Read + Write> Lines<S> {
    /// The code of the next reply and its last line.
    fn reply(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line
    }

    fn ask(&mut self, command: &str) -> String {
        write!(self.0.get_mut(), "{command}\r\n").unwrap();
        self.reply()
    }
}

fn plain(access: &DemoAccess) -> Lines<TcpStream> {
    let mut lines = Lines(BufReader::new(TcpStream::connect(address(access)).unwrap()));
    assert!(lines.reply().starts_with("220"));
    lines
}

fn encrypted(access: &DemoAccess) -> Lines<StreamOwned<ClientConnection, TcpStream>> {
    let mut lines = plain(access);
    assert!(lines.ask("AUTH TLS").starts_with("234"));
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let tls = ClientConnection::new(client_config(access, BOTH), name).unwrap();
    let mut lines = Lines(BufReader::new(StreamOwned::new(tls, lines.0.into_inner())));
    assert!(lines.ask(&format!("USER {USER}")).starts_with("331"));
    let password = access.password.expose();
    assert!(lines.ask(&format!("PASS {password}")).starts_with("230"));
    lines
}

/// The data port in `229 Entering Extended Passive Mode (|||50123|)`.
fn data_port(reply: &str) -> u16 {
    reply.split('|').nth(3).unwrap().parse().unwrap()
}

#[test]
fn the_right_password_gets_in_and_a_wrong_one_or_another_user_does_not() {
    let stage = stage(NEVER);
    log_in(&stage.access).quit().unwrap();
    let mut ftp = connect_with(&stage.access, BOTH);
    assert_refused(ftp.login(USER, "bluebonnet"), Status::NotLoggedIn);
    assert_refused(ftp.login(USER, ""), Status::NotLoggedIn);
    assert_refused(ftp.login("OTHER", stage.access.password.expose()), Status::NotLoggedIn);
}

#[test]
fn nobody_logs_in_before_tls() {
    let stage = stage(NEVER);
    let mut client = plain(&stage.access);
    assert!(client.ask(&format!("USER {USER}")).starts_with("534"));
    let password = stage.access.password.expose();
    assert!(client.ask(&format!("PASS {password}")).starts_with("534"));
    assert!(client.ask("EPSV").starts_with("530"));
}

#[test]
fn nothing_travels_over_a_data_connection_without_tls() {
    let stage = stage(NEVER);
    let mut client = encrypted(&stage.access);
    assert!(client.ask("PROT C").starts_with("200"));
    assert!(client.ask("PASV").starts_with("534"));
    for command in [
        "STOR /HL7-Dropoff/a.hl7",
        "LIST",
        "NLST",
        "MLSD",
        "RETR /Accepted/a.hl7",
    ] {
        let port = data_port(&client.ask("EPSV"));
        let mut data = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        assert!(client.ask(command).starts_with("150"), "{command}");
        data.shutdown(std::net::Shutdown::Write).unwrap();
        assert!(client.reply().starts_with("550"), "{command}");
        let mut received = Vec::new();
        data.read_to_end(&mut received).unwrap();
        assert!(received.is_empty(), "{command}");
    }
    assert!(!stage.demo.wait_for(Folder::Dropoff, "a.hl7", Duration::ZERO));
}

#[test]
fn the_four_folders_are_listed() {
    let stage = stage(NEVER);
    let mut ftp = log_in(&stage.access);
    assert_eq!(
        ftp.nlst(None).unwrap(),
        ["HL7-Dropoff", "Accepted", "DQA-Reports", "Receive"]
    );
    let lines = ftp.mlsd(Some("/")).unwrap();
    assert!(lines.iter().all(|line| line.starts_with("type=dir;")), "{lines:?}");
    ftp.cwd("/hl7-dropoff").unwrap();
    assert!(ftp.list(None).unwrap().is_empty());
    assert!(ftp.cwd("/etc").is_err());
}

#[test]
fn an_upload_arrives_byte_for_byte_under_tls_1_2_and_1_3() {
    let stage = stage(NEVER);
    let bytes: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
    for (name, version) in [
        ("tls12.hl7", &rustls::version::TLS12),
        ("tls13.hl7", &rustls::version::TLS13),
    ] {
        let mut ftp = connect_with(&stage.access, &[version]);
        ftp.login(USER, stage.access.password.expose()).unwrap();
        ftp.transfer_type(FileType::Binary).unwrap();
        ftp.cwd("HL7-Dropoff").unwrap();
        assert_eq!(ftp.put_file(name, &mut bytes.as_slice()).unwrap(), 1_200_000);
        assert_eq!(ftp.size(name).unwrap(), 1_200_000);
        assert!(ftp.retr_as_buffer(name).unwrap().into_inner() == bytes, "{name}");
    }
}

#[test]
fn a_file_is_taken_after_the_delay_and_a_copy_and_a_report_appear() {
    let delay = Duration::from_millis(300);
    let stage = stage(delay);
    let mut ftp = log_in(&stage.access);
    let (_, mut bytes) = samples::TWO_PROBLEMS;
    let began = Instant::now();
    ftp.put_file("/HL7-Dropoff/DEMO0126324.hl7", &mut bytes).unwrap();
    assert!(stage.demo.wait_for(Folder::Reports, "DEMO0126324.ack.hl7", LIMIT));
    assert!(began.elapsed() >= delay);
    assert_eq!(ftp.nlst(Some("/HL7-Dropoff")).unwrap(), Vec::<String>::new());
    let copy = ftp.retr_as_buffer("/Accepted/DEMO0126324.hl7").unwrap().into_inner();
    assert_eq!(copy, samples::TWO_PROBLEMS.1);
    let report = ftp
        .retr_as_buffer("/DQA-Reports/DEMO0126324.ack.hl7")
        .unwrap()
        .into_inner();
    assert!(String::from_utf8(report).unwrap().contains("CLR-101::"));
}

#[test]
fn many_files_in_a_row_do_not_wait_until_the_first_is_taken() {
    let stage = stage(NEVER);
    let mut ftp = log_in(&stage.access);
    for number in 0..100 {
        ftp.put_file(format!("/HL7-Dropoff/{number}.hl7"), &mut &b"x"[..])
            .unwrap();
    }
    assert_eq!(ftp.nlst(Some("/HL7-Dropoff")).unwrap().len(), 100);
}

#[test]
fn a_name_that_is_there_is_neither_overwritten_nor_appended_to() {
    let stage = stage(NEVER);
    let mut ftp = log_in(&stage.access);
    ftp.cwd("/HL7-Dropoff").unwrap();
    ftp.put_file("a.hl7", &mut &b"first"[..]).unwrap();
    assert_refused(ftp.put_file("a.hl7", &mut &b"second"[..]), Status::BadFilename);
    assert_refused(ftp.append_file("A.HL7", &mut &b"third"[..]), Status::BadFilename);
    assert_eq!(ftp.retr_as_buffer("a.hl7").unwrap().into_inner(), b"first");
}

#[test]
fn only_the_dropoff_takes_files_and_lets_them_be_removed() {
    let stage = stage(Duration::ZERO);
    let mut ftp = log_in(&stage.access);
    for place in ["/Accepted/x.hl7", "/DQA-Reports/x.hl7", "/Receive/x.hl7", "/x.hl7"] {
        assert!(ftp.put_file(place, &mut &b"x"[..]).is_err(), "{place}");
    }
    ftp.put_file("/HL7-Dropoff/a.hl7", &mut &b"x"[..]).unwrap();
    assert!(stage.demo.wait_for(Folder::Reports, "a.ack.hl7", LIMIT));
    assert_refused(ftp.rm("/Accepted/a.hl7"), Status::FileUnavailable);
    assert_refused(ftp.rm("/DQA-Reports/a.ack.hl7"), Status::FileUnavailable);
    assert_refused(ftp.mkdir("/HL7-Dropoff/new"), Status::FileUnavailable);
    assert!(ftp.rename("/Accepted/a.hl7", "/HL7-Dropoff/b.hl7").is_err());
    assert_eq!(ftp.size("/Accepted/a.hl7").unwrap(), 1);
}

#[test]
fn an_upload_that_breaks_off_stays_in_part_is_not_taken_and_can_be_removed() {
    let stage = stage(Duration::ZERO);
    let mut client = encrypted(&stage.access);
    assert!(client.ask("PROT P").starts_with("200"));
    let port = data_port(&client.ask("EPSV"));
    let data = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    assert!(client.ask("STOR /HL7-Dropoff/a.hl7").starts_with("150"));
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let tls = ClientConnection::new(client_config(&stage.access, BOTH), name).unwrap();
    let mut data = StreamOwned::new(tls, data);
    data.write_all(b"MSH|").unwrap();
    // Closed without TLS's good-bye, as when a cable is pulled.
    drop(data);
    assert!(client.reply().starts_with("426"));
    assert!(client.ask("SIZE /HL7-Dropoff/a.hl7").starts_with("213"));
    assert!(client.ask("DELE /HL7-Dropoff/a.hl7").starts_with("250"));
    assert!(!stage.demo.wait_for(Folder::Accepted, "a.hl7", Duration::ZERO));
}

#[test]
fn an_upload_beyond_the_room_is_answered_with_552() {
    let folder = tempfile::tempdir().unwrap();
    let mut demo = Demo::new(folder.path().join("demo")).with_capacity(1_000);
    let mut ftp = log_in(&demo.start().unwrap());
    assert_refused(
        ftp.put_file("/HL7-Dropoff/a.hl7", &mut vec![0; 3_000_000].as_slice()),
        Status::ExceededStorage,
    );
}

#[test]
fn a_second_start_returns_the_one_that_runs_and_keeps_its_files() {
    let mut stage = stage(NEVER);
    log_in(&stage.access)
        .put_file("/HL7-Dropoff/a.hl7", &mut &b"x"[..])
        .unwrap();
    let again = stage.demo.start().unwrap();
    assert_eq!(again.account, stage.access.account);
    assert_eq!(log_in(&again).size("/HL7-Dropoff/a.hl7").unwrap(), 1);
}

#[test]
fn it_is_reachable_on_loopback_only_and_gone_after_the_drop() {
    let stage = stage(NEVER);
    assert_eq!(stage.access.account.endpoint.host, "127.0.0.1");
    // All of 127.0.0.0/8 is this computer; a server that listens everywhere would answer here too.
    let elsewhere = SocketAddr::from(([127, 0, 0, 2], address(&stage.access).port()));
    assert!(TcpStream::connect_timeout(&elsewhere, LIMIT).is_err());
    let mut open = plain(&stage.access);
    let control = address(&stage.access);
    drop(stage.demo);
    assert_eq!(open.0.read(&mut [0; 10]).unwrap_or(0), 0);
    assert!(TcpStream::connect_timeout(&control, LIMIT).is_err());
}

#[test]
fn the_start_empties_its_folder_and_the_samples_are_written_there() {
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("demo");
    std::fs::create_dir_all(own.join("samples")).unwrap();
    std::fs::File::create(own.join("samples").join("old.hl7")).unwrap();
    std::fs::File::create(own.join(folder::MARK)).unwrap();
    std::fs::File::create(folder.path().join("settings.toml")).unwrap();
    let mut demo = Demo::new(own.clone());
    demo.start().unwrap();
    assert!(!own.join("samples").exists());
    let paths = demo.sample_files().unwrap();
    assert_eq!(paths, demo.sample_files().unwrap());
    for (path, (name, bytes)) in paths.iter().zip(samples::ALL) {
        assert_eq!(path, &own.join("samples").join(name));
        let mut written = Vec::new();
        std::fs::File::open(path).unwrap().read_to_end(&mut written).unwrap();
        assert_eq!(written, bytes);
    }
    assert!(folder.path().join("settings.toml").exists());
}

#[test]
fn nothing_that_was_uploaded_is_written_to_the_disk() {
    let stage = stage(Duration::ZERO);
    let (_, mut bytes) = samples::GOOD;
    log_in(&stage.access)
        .put_file("/HL7-Dropoff/a.hl7", &mut bytes)
        .unwrap();
    assert!(stage.demo.wait_for(Folder::Reports, "a.ack.hl7", LIMIT));
    let left: Vec<_> = std::fs::read_dir(stage.folder.path().join("demo"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, [folder::MARK]);
}
