//! The pretend registry inside the program: a real FTPS server on this computer, with an account, samples and reports that are invented.

mod folder;
mod message;
mod registry;
pub mod report;
pub mod samples;
mod seal;
mod server;
mod storage;
mod store;
#[cfg(test)]
mod tests;

use std::{path::PathBuf, sync::Arc, time::Duration};

use uuid::Uuid;

use crate::{
    demo::{
        seal::Identity,
        server::{Login, Server},
        store::Store,
    },
    domain::{
        account::{Account, Endpoint, ImportCode, Protocol, Trust},
        remote::Folder,
        secret::Secret,
    },
    ports::{DemoAccess, DemoStarter},
};

/// The invented account: user name and import code.
pub const USER: &str = "DEMO01";

/// How long a file lies in HL7-Dropoff before the pretend registry takes it, unless somebody says otherwise.
pub const PICKUP_DELAY: Duration = Duration::from_secs(4);

/// How many bytes all files together may have, unless somebody says otherwise. Beyond it an upload is answered with 552.
pub const CAPACITY_BYTES: u64 = 256 * 1024 * 1024;

/// The pretend registry. It runs from the first `start` until this is dropped.
pub struct Demo {
    folder: PathBuf,
    pickup_delay: Duration,
    capacity_bytes: u64,
    running: Option<Running>,
}

struct Running {
    server: Server,
    store: Arc<Store>,
    access: DemoAccess,
}

impl Demo {
    /// A Demo that keeps what it writes below `folder`. Everything in that folder is deleted when the registry starts.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            pickup_delay: PICKUP_DELAY,
            capacity_bytes: CAPACITY_BYTES,
            running: None,
        }
    }

    /// Takes files after this time instead. A client that asks for the size after its upload needs some of it.
    #[must_use]
    pub fn with_pickup_delay(self, pickup_delay: Duration) -> Self {
        Self { pickup_delay, ..self }
    }

    /// Has room for this many bytes instead.
    #[must_use]
    pub fn with_capacity(self, capacity_bytes: u64) -> Self {
        Self { capacity_bytes, ..self }
    }

    /// Waits until a whole file of this name stands in a folder of the registry, and says whether it does. For tests.
    pub fn wait_for(&self, folder: Folder, name: &str, limit: Duration) -> bool {
        self.running
            .as_ref()
            .is_some_and(|running| running.store.wait_for(folder, name, limit))
    }

    fn launch(&self) -> Result<Running, String> {
        folder::empty(&self.folder).map_err(|error| format!("the Demo's folder could not be emptied: {error}"))?;
        let identity = Identity::generate()?;
        let fingerprint = identity.fingerprint();
        // A random UUID has 122 random bits.
        let password = Secret::new(Uuid::new_v4().simple().to_string());
        let login = Login {
            user: USER,
            password: password.clone(),
        };
        let store = Arc::new(Store::new(self.capacity_bytes));
        let server = Server::start(Arc::clone(&store), login, identity, self.pickup_delay)
            .map_err(|error| format!("the Demo's server did not start: {error}"))?;
        let account = Account {
            user: USER.to_owned(),
            import_code: ImportCode::parse(USER).map_err(|error| error.to_string())?,
            endpoint: Endpoint {
                host: server.address().ip().to_string(),
                port: server.address().port(),
                protocol: Protocol::FtpsExplicit,
                trust: Trust::Pinned(fingerprint),
            },
        };
        Ok(Running {
            server,
            store,
            access: DemoAccess { account, password },
        })
    }
}

impl DemoStarter for Demo {
    fn start(&mut self) -> Result<DemoAccess, String> {
        if let Some(running) = self.running.as_ref().filter(|running| running.server.is_running()) {
            return Ok(running.access.clone());
        }
        let running = self.launch()?;
        let access = running.access.clone();
        self.running = Some(running);
        Ok(access)
    }

    fn sample_files(&mut self) -> Result<Vec<PathBuf>, String> {
        samples::write_all(&self.folder.join(folder::SAMPLES))
            .map_err(|error| format!("the samples could not be written: {error}"))
    }

    fn clear_away(&mut self) -> Result<(), String> {
        self.running = None;
        folder::clear_away(&self.folder).map_err(|error| error.kind().to_string())
    }
}
