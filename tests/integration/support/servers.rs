//! Real FTPS servers from Debian packages: each on free loopback ports, in a folder of its own, gone when dropped.

use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener, TcpStream},
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::{Duration, Instant},
};

use dropoff::domain::account::{Account, Protocol, Trust};
use tempfile::TempDir;

use crate::support::{
    authority::{Authority, Validity},
    clinic::{FOLDERS, PASSWORD, account},
    left_out::leave_out,
};

/// Ports that one server has for itself: the first for control, the others for data.
pub(crate) const PORTS: u16 = 100;

/// Where a proxy in front of a server stands. The server's certificate is good there too.
pub(crate) const PROXY: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Product {
    Vsftpd,
    Proftpd,
    PureFtpd,
}

/// Which TLS the server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaks {
    Tls12And13,
    Tls12,
}

/// A server that runs until this is dropped.
pub(crate) struct RealServer {
    /// What to log in with. The password is [`PASSWORD`].
    pub(crate) account: Account,
    /// What the login folder is on this computer.
    pub(crate) root: PathBuf,
    child: Child,
    _folder: TempDir,
}

impl Drop for RealServer {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Where a server's programs are.
struct Programs {
    unpacked: Option<PathBuf>,
}

/// Starts a server, or says why it cannot. With `DROPOFF_REQUIRE_ALL=1`, as in CI, leaving one out is a failure.
pub(crate) fn start(product: Product, protocol: Protocol, speaks: Speaks) -> Option<RealServer> {
    let name = product.program();
    let Some(programs) = Programs::find(name) else {
        leave_out(&format!(
            "{name} is not here (tests/integration/support/fetch-servers brings it)"
        ));
        return None;
    };
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        leave_out(&format!("{name} needs root to act for the user who logs in"));
        return None;
    }
    let folder = TempDir::with_prefix("dropoff-server-").unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let port = free_ports();
    let mut child = match product {
        Product::Vsftpd => vsftpd(&programs, folder.path(), port, protocol, speaks),
        Product::Proftpd => proftpd(&programs, folder.path(), port, protocol, speaks),
        Product::PureFtpd => pure_ftpd(&programs, folder.path(), port),
    };
    wait_for(port, &mut child, folder.path());
    let trust = Trust::ExtraAuthority(Authority::shared().pem.clone());
    Some(RealServer {
        account: account(product.user(), "localhost", port, protocol, trust),
        root: folder.path().join("root"),
        child,
        _folder: folder,
    })
}

impl Product {
    fn program(self) -> &'static str {
        match self {
            Self::Vsftpd => "vsftpd",
            Self::Proftpd => "proftpd",
            Self::PureFtpd => "pure-ftpd",
        }
    }

    fn user(self) -> &'static str {
        match self {
            Self::Vsftpd => "ftp",
            Self::Proftpd | Self::PureFtpd => "TXCLINIC07",
        }
    }
}

impl Programs {
    fn find(name: &str) -> Option<Self> {
        let folder = env::var_os("DROPOFF_TEST_SERVERS").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/test-servers"),
            PathBuf::from,
        );
        if folder.join("usr/sbin").join(name).is_file() {
            return Some(Self { unpacked: Some(folder) });
        }
        let installed = env::split_paths(&env::var_os("PATH")?)
            .chain(["/usr/sbin".into()])
            .any(|folder| folder.join(name).is_file());
        installed.then_some(Self { unpacked: None })
    }

    fn path(&self, below: &str) -> PathBuf {
        self.unpacked.as_deref().unwrap_or(Path::new("/")).join(below)
    }

    fn command(&self, below: &str) -> Command {
        let mut command = Command::new(self.path(below));
        if let Some(folder) = &self.unpacked {
            let libraries = format!("usr/lib/{}-linux-gnu", env::consts::ARCH);
            command.env("LD_LIBRARY_PATH", folder.join(libraries));
        }
        command
    }
}

/// The first of a block of ports below those that the system hands out, which nobody uses now.
fn free_ports() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = u16::try_from(std::process::id() % 100).unwrap();
    loop {
        let block = (start + NEXT.fetch_add(1, Ordering::Relaxed)) % 100;
        let port = 20_000 + block * PORTS;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

/// Connects until it answers: a server cannot say when it is ready.
fn wait_for(port: u16, child: &mut Child, folder: &Path) {
    let end = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        let ended = child.try_wait().unwrap();
        assert!(
            ended.is_none() && Instant::now() < end,
            "the server does not come up ({ended:?}): {}",
            fs::read_to_string(folder.join("output")).unwrap()
        );
        std::thread::yield_now();
    }
}

fn run(command: &mut Command, folder: &Path) -> Child {
    let output = fs::File::create(folder.join("output")).unwrap();
    command
        .stdin(Stdio::null())
        .stdout(output.try_clone().unwrap())
        .stderr(output)
        .spawn()
        .unwrap()
}

/// The ids of a user of this computer.
fn ids(user: &str) -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let line = users
        .lines()
        .find(|line| line.starts_with(&format!("{user}:")))
        .unwrap();
    let fields: Vec<&str> = line.split(':').collect();
    (fields[2].parse().unwrap(), fields[3].parse().unwrap())
}

/// The login folder with its four folders, which belong to `user`.
fn make_root(folder: &Path, user: &str) -> PathBuf {
    let (uid, gid) = ids(user);
    let root = folder.join("root");
    for name in FOLDERS {
        fs::create_dir_all(root.join(name)).unwrap();
        chown(root.join(name), Some(uid), Some(gid)).unwrap();
    }
    root
}

/// Certificate and key for `localhost` and for a proxy before it, in two files and in one.
fn make_certificate(folder: &Path) {
    let leaf = Authority::shared().certificate(&["localhost", &PROXY.to_string()], Validity::Now);
    fs::write(folder.join("certificate.pem"), &leaf.certificate_pem).unwrap();
    fs::write(folder.join("key.pem"), &leaf.key_pem).unwrap();
    fs::write(folder.join("both.pem"), leaf.key_pem + &leaf.certificate_pem).unwrap();
    for name in ["key.pem", "both.pem"] {
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o600)).unwrap();
    }
}

fn hashed_password() -> String {
    let output = Command::new("openssl")
        .args(["passwd", "-6", PASSWORD])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn vsftpd(programs: &Programs, folder: &Path, port: u16, protocol: Protocol, speaks: Speaks) -> Child {
    let root = make_root(folder, "games");
    make_certificate(folder);
    fs::create_dir(folder.join("empty")).unwrap();
    fs::write(folder.join("passwords"), format!("{PASSWORD}\n")).unwrap();
    let config = format!(
        "listen=YES
listen_address=127.0.0.1
listen_port={port}
pasv_min_port={}
pasv_max_port={}
background=NO
anonymous_enable=YES
local_enable=NO
write_enable=YES
anon_upload_enable=YES
anon_mkdir_write_enable=YES
anon_other_write_enable=YES
anon_world_readable_only=NO
anon_root={}
ftp_username=games
secure_email_list_enable=YES
email_password_file={folder}/passwords
secure_chroot_dir={folder}/empty
seccomp_sandbox=NO
isolate=NO
isolate_network=NO
ssl_enable=YES
allow_anon_ssl=YES
force_anon_logins_ssl=YES
force_anon_data_ssl=YES
ssl_tlsv1=YES
ssl_ciphers=HIGH
rsa_cert_file={folder}/certificate.pem
rsa_private_key_file={folder}/key.pem
require_ssl_reuse=YES
strict_ssl_read_eof=YES
implicit_ssl={}
",
        port + 1,
        port + PORTS - 1,
        root.display(),
        yes_or_no(protocol == Protocol::FtpsImplicit),
        folder = folder.display(),
    );
    fs::write(folder.join("vsftpd.conf"), config).unwrap();
    let mut command = programs.command("usr/sbin/vsftpd");
    if speaks == Speaks::Tls12 {
        // vsftpd has no setting for it, but OpenSSL below it has.
        let limit = "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = limit\n[limit]\nMaxProtocol = TLSv1.2\n";
        fs::write(folder.join("openssl.cnf"), limit).unwrap();
        command.env("OPENSSL_CONF", folder.join("openssl.cnf"));
    }
    run(command.arg(folder.join("vsftpd.conf")), folder)
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "YES" } else { "NO" }
}

fn proftpd(programs: &Programs, folder: &Path, port: u16, protocol: Protocol, speaks: Speaks) -> Child {
    let root = make_root(folder, "nobody");
    make_certificate(folder);
    let (uid, gid) = ids("nobody");
    let user = format!(
        "TXCLINIC07:{}:{uid}:{gid}::{}:/bin/sh\n",
        hashed_password(),
        root.display()
    );
    fs::write(folder.join("users"), user).unwrap();
    fs::set_permissions(folder.join("users"), fs::Permissions::from_mode(0o600)).unwrap();
    let config = format!(
        "ServerName test
ServerType standalone
DefaultAddress 127.0.0.1
SocketBindTight on
Port {port}
PassivePorts {} {}
UseIPv6 off
User nobody
Group nogroup
ModulePath {modules}
LoadModule mod_tls.c
PidFile {folder}/pid
ScoreboardFile {folder}/scoreboard
SystemLog {folder}/log
DelayEngine off
WtmpLog off
AuthOrder mod_auth_file.c
AuthUserFile {folder}/users
RequireValidShell off
DefaultRoot {root}
AllowOverwrite on
TLSEngine on
TLSRequired on
{implicit}
TLSProtocol {versions}
TLSECCertificateFile {folder}/certificate.pem
TLSECCertificateKeyFile {folder}/key.pem
TLSVerifyClient off
",
        port + 1,
        port + PORTS - 1,
        modules = programs.path("usr/lib/proftpd").display(),
        root = root.display(),
        folder = folder.display(),
        implicit = match protocol {
            Protocol::FtpsImplicit => "TLSOptions UseImplicitSSL",
            Protocol::FtpsExplicit => "",
        },
        versions = match speaks {
            Speaks::Tls12And13 => "TLSv1.2 TLSv1.3",
            Speaks::Tls12 => "TLSv1.2",
        },
    );
    fs::write(folder.join("proftpd.conf"), config).unwrap();
    run(
        programs
            .command("usr/sbin/proftpd")
            .args(["-n", "-q", "-c"])
            .arg(folder.join("proftpd.conf")),
        folder,
    )
}

fn pure_ftpd(programs: &Programs, folder: &Path, port: u16) -> Child {
    let root = make_root(folder, "nobody");
    make_certificate(folder);
    let (uid, gid) = ids("nobody");
    let user = format!(
        "TXCLINIC07:{}:{uid}:{gid}::{}::::::::::::\n",
        hashed_password(),
        root.display()
    );
    fs::write(folder.join("users"), user).unwrap();
    let made = programs
        .command("usr/bin/pure-pw")
        .arg("mkdb")
        .arg(folder.join("users.pdb"))
        .arg("-f")
        .arg(folder.join("users"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    run(
        programs
            .command("usr/sbin/pure-ftpd")
            .args(["-S", &format!("127.0.0.1,{port}")])
            .args(["-p", &format!("{}:{}", port + 1, port + PORTS - 1)])
            .args(["-Y", "3", "-E", "-A", "-H", "-u", "1", "-2"])
            .arg(folder.join("both.pem"))
            .args(["-l", &format!("puredb:{}", folder.join("users.pdb").display())]),
        folder,
    )
}
