//! Who sends, and how long it takes.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use dropoff::{
    adapters::ftps::FtpsDoor,
    domain::{cancel::Cancel, secret::Secret},
    ports::{Flow, RegistryDoor},
};

use crate::{
    scene::{Cargo, Scene},
    support::clinic::{PASSWORD, profile},
};

/// Longest wait for the server, as the registry's profile has it.
const TIMEOUT: Duration = Duration::from_secs(65);
/// Time between two looks at a process.
const LOOK_EVERY: Duration = Duration::from_millis(2);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Contender {
    Curl,
    Lftp,
    /// `Registry::put`, from login to verified.
    Put,
    /// The whole command line.
    Send,
}

/// What one run took.
pub(crate) struct Run {
    pub(crate) time: Duration,
    pub(crate) peak_memory_kib: Option<u64>,
}

impl Contender {
    pub(crate) const ALL: [Self; 4] = [Self::Curl, Self::Lftp, Self::Put, Self::Send];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::Lftp => "lftp",
            Self::Put => "Registry::put",
            Self::Send => "dropoff-cli send",
        }
    }

    /// Sends everything once. The error says why it could not.
    pub(crate) fn run(self, scene: &Scene, cargo: Cargo) -> Result<Run, String> {
        let run = match self {
            Self::Curl => measure(curl(scene, cargo), ""),
            Self::Lftp => measure(lftp(scene, cargo), ""),
            Self::Put => Ok(put(scene, cargo)),
            Self::Send => measure(send(scene, cargo), PASSWORD),
        };
        let arrived = scene.clear(cargo);
        run.and_then(|run| arrived.map(|()| run))
    }
}

fn put(scene: &Scene, cargo: Cargo) -> Run {
    let files = scene.files_of(cargo);
    let door = FtpsDoor::new(&profile(TIMEOUT));
    let password = Secret::new(PASSWORD.to_owned());
    let began = Instant::now();
    let mut registry = door.open(&scene.server.account, &password, &Cancel::default()).unwrap();
    for path in &files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut file = File::open(path).unwrap();
        let size_bytes = file.metadata().unwrap().len();
        registry
            .put(name, size_bytes, &mut file, &mut |_| Flow::Continue)
            .unwrap();
    }
    let time = began.elapsed();
    registry.close();
    Run {
        time,
        peak_memory_kib: None,
    }
}

/// With TLS 1.2, because curl runs out of tickets in TLS 1.3 and vsftpd then refuses the data connection, and without EPSV,
/// after which curl 7.88 sleeps for a second even more often than after PASV.
fn curl(scene: &Scene, cargo: Cargo) -> Command {
    let account = &scene.server.account;
    let folder = scene.folder_of(cargo);
    let files = match cargo {
        Cargo::OneBigFile => folder.join("000.hl7"),
        Cargo::ManySmallFiles => folder.join("[000-199].hl7"),
    };
    let mut command = Command::new("curl");
    command
        .args(["--silent", "--show-error", "--fail-early", "--ssl-reqd"])
        .args(["--tls-max", "1.2", "--disable-epsv", "--cacert"])
        .arg(scene.authority())
        .args(["--user", &format!("{}:{PASSWORD}", account.user)])
        .arg("--upload-file")
        .arg(files)
        .arg(format!("ftps://localhost:{}/HL7-Dropoff/", account.endpoint.port));
    command
}

fn lftp(scene: &Scene, cargo: Cargo) -> Command {
    let account = &scene.server.account;
    let script = format!(
        "set ssl:ca-file {}; set ftp:ssl-force true; set ftp:ssl-protect-data true; set cmd:fail-exit true; \
         open -u {},{PASSWORD} ftps://localhost:{}; cd HL7-Dropoff; mput {}/*.hl7",
        scene.authority().display(),
        account.user,
        account.endpoint.port,
        scene.folder_of(cargo).display(),
    );
    let mut command = Command::new("lftp");
    command.args(["--norc", "-c", &script]);
    command
}

fn send(scene: &Scene, cargo: Cargo) -> Command {
    let mut command = scene.command_line();
    command
        .args(["--json", "send", "--password-stdin"])
        .args(scene.files_of(cargo));
    command
}

/// Tells `dropoff-cli` of the server. Without a keychain it keeps the account, not the password, and says so.
pub(crate) fn set_account(scene: &Scene) {
    let account = &scene.server.account;
    let mut command = scene.command_line();
    command
        .args(["account", "set", "--user", &account.user, "--host", "localhost"])
        .args(["--port", &account.endpoint.port.to_string()])
        .args(["--protocol", "ftps-implicit", "--password-stdin", "--ca"])
        .arg(scene.authority());
    let mut child = command.spawn().unwrap();
    say(&mut child, PASSWORD);
    child.wait_with_output().unwrap();
}

/// Runs a process to its end.
pub(crate) fn measure(mut command: Command, input: &str) -> Result<Run, String> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let program = command.get_program().to_string_lossy().into_owned();
    let began = Instant::now();
    let mut child = command.spawn().map_err(|error| {
        if error.kind() == ErrorKind::NotFound {
            format!("{program} is not here")
        } else {
            format!("{program}: {error}")
        }
    })?;
    say(&mut child, input);
    let id = child.id();
    let (output, time, peak_memory_kib) = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| watch_memory(id));
        let output = child.wait_with_output().unwrap();
        (output, began.elapsed(), watcher.join().unwrap())
    });
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(format!("{program}: {}: {said}", output.status));
    }
    Ok(Run { time, peak_memory_kib })
}

fn say(child: &mut Child, input: &str) {
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
}

/// The most that a process ever had in memory, looked at until it ends.
fn watch_memory(id: u32) -> Option<u64> {
    let mut peak = None;
    while let Some(so_far) = peak_memory(id) {
        peak = Some(so_far);
        std::thread::sleep(LOOK_EVERY);
    }
    peak
}

fn peak_memory(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.split_whitespace().next()?.parse().ok()
}
