//! The pretend registry's FTPS server: explicit TLS on 127.0.0.1, in one thread of its own.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    path::PathBuf,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use async_trait::async_trait;
use libunftp::{
    Server as FtpServer, ServerBuilder,
    options::{ActivePassiveMode, Binder, FtpsRequired},
};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    runtime,
    sync::oneshot,
};
use unftp_core::auth::{AuthenticationError, Authenticator, Credentials, DefaultUser, Principal};

use crate::{
    demo::{
        seal::{Identity, Seals},
        storage::Storage,
        store::Store,
    },
    domain::secret::Secret,
};

/// Who may log in.
#[derive(Debug, Clone)]
pub(super) struct Login {
    pub(super) user: &'static str,
    pub(super) password: Secret,
}

#[async_trait]
impl Authenticator for Login {
    async fn authenticate(&self, user: &str, given: &Credentials) -> Result<Principal, AuthenticationError> {
        if user != self.user {
            return Err(AuthenticationError::BadUser);
        }
        if given.password.as_deref() != Some(self.password.expose()) {
            return Err(AuthenticationError::BadPassword);
        }
        Ok(Principal {
            username: user.to_owned(),
        })
    }
}

/// A server that runs. Dropping it closes every connection and waits until its thread has ended.
#[derive(Debug)]
pub(super) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(super) fn start(
        store: Arc<Store>,
        login: Login,
        identity: Identity,
        pickup_delay: Duration,
    ) -> io::Result<Self> {
        let runtime = runtime::Builder::new_current_thread()
            .enable_all()
            .thread_name("demo-report")
            .max_blocking_threads(1)
            .build()?;
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let listener = {
            let _entered = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let house = House {
            store,
            login: Arc::new(login),
            identity,
            pickup_delay,
        };
        let thread = thread::Builder::new().name("demo-registry".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = house.welcome(listener) => {}
                    // An error means that the sender is gone, which says the same.
                    _ = stopped => {}
                }
            });
        })?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where the control connection is accepted.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn is_running(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the pretend registry's thread had panicked");
        }
    }
}

/// What every session shares.
struct House {
    store: Arc<Store>,
    login: Arc<Login>,
    identity: Identity,
    pickup_delay: Duration,
}

impl House {
    /// Accepts connections for ever.
    async fn welcome(&self, listener: TcpListener) {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => self.serve(stream),
                // Out of file handles, most likely: the next attempt must not spin.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    fn serve(&self, stream: TcpStream) {
        // A transfer has two short replies. Without this the second one waits for the first one's acknowledgment: 44 ms instead of 1.
        let ready = stream.set_nodelay(true).map_err(|error| error.to_string());
        match ready.and_then(|()| self.session()) {
            Ok(session) => {
                tokio::spawn(session.service(stream));
            }
            Err(detail) => tracing::error!(detail, "the pretend registry could not serve a connection"),
        }
    }

    fn session(&self) -> Result<FtpServer<Storage, DefaultUser>, String> {
        let seals = Arc::new(Seals::new());
        let config = self.identity.server_config(Arc::clone(&seals))?;
        let (store, pickup_delay) = (Arc::clone(&self.store), self.pickup_delay);
        let storage = move || Storage {
            store: Arc::clone(&store),
            seals: Arc::clone(&seals),
            pickup_delay,
        };
        ServerBuilder::with_authenticator(Box::new(storage), Arc::clone(&self.login) as Arc<_>)
            .greeting("Dropoff Demo, a pretend registry")
            .ftps_manual::<PathBuf>(config)
            .ftps_required(FtpsRequired::All, FtpsRequired::All)
            .active_passive_mode(ActivePassiveMode::PassiveOnly)
            .binder(LoopbackBinder)
            .build()
            .map_err(|error| error.to_string())
    }
}

/// Opens data ports on loopback, at any port that the system has free.
///
/// The library would guess in a range, and mark its sockets so that another program can share the port.
#[derive(Debug)]
struct LoopbackBinder;

#[async_trait]
impl Binder for LoopbackBinder {
    async fn bind(&mut self, _local: IpAddr, _ports: RangeInclusive<u16>) -> io::Result<TcpSocket> {
        let socket = TcpSocket::new_v4()?;
        socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
        Ok(socket)
    }
}
