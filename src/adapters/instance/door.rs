//! The side that is there already: it waits for second starts and takes in what they bring.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{Builder, JoinHandle},
    time::Duration,
};

use interprocess::local_socket::prelude::*;

use super::{
    Seat,
    address::{Address, Place},
    request::{self, HEARD, Reply, Wish},
};
use crate::{domain::cancel::Cancel, ports::Wake};

/// So many visitors may stand in line.
const QUEUE_VISITS: usize = 16;
/// So many may speak at the same time; whoever comes then is sent away.
const MAX_SPEAKING: usize = 8;
/// How long a visitor may keep silent, where the system can tell.
const SILENCE: Duration = Duration::from_secs(5);

/// A second start that is at the door.
#[derive(Debug)]
pub struct Visit {
    /// What it wants.
    pub wish: Wish,
    /// Absolute paths that it brought.
    pub paths: Vec<PathBuf>,
    stream: LocalSocketStream,
}

impl Visit {
    /// Tells it how its wish ended. Nobody may be left to hear it.
    pub fn answer(self, reply: Reply) {
        // A few bytes always fit between two processes.
        if let Err(error) = (&self.stream).write_all(reply.line().as_bytes()) {
            tracing::info!(kind = %error.kind(), "a second start did not wait for its answer");
        }
    }
}

/// An open door. It is shut when this is dropped.
pub struct Door {
    visits: Receiver<Visit>,
    bell: Arc<OnceLock<Arc<dyn Wake>>>,
    shut: Cancel,
    place: Place,
    seat: Seat,
    data: PathBuf,
    thread: Option<JoinHandle<()>>,
}

impl Door {
    /// Opens the door of a seat that this process has taken.
    pub fn open(data: &Path, seat: Seat) -> io::Result<Self> {
        let (listener, place) = Place::bind(data, seat)?;
        let (send_visit, visits) = sync_channel(QUEUE_VISITS);
        let (bell, shut) = (Arc::<OnceLock<Arc<dyn Wake>>>::default(), Cancel::default());
        let porter = Porter {
            token: place.address.token.clone(),
            visits: send_visit,
            bell: Arc::clone(&bell),
            speaking: Arc::default(),
        };
        let is_shut = shut.clone();
        let thread = Builder::new()
            .name("door".to_owned())
            .spawn(move || porter.keep(&listener, &is_shut))?;
        let door = Self {
            visits,
            bell,
            shut,
            place,
            seat,
            data: data.to_owned(),
            thread: Some(thread),
        };
        // The note comes last: who reads it finds somebody there.
        door.place.address.write(data, seat)?;
        Ok(door)
    }

    /// Tells whom to wake when somebody comes. Who came before is found by whoever looks first.
    pub fn ring(&self, wake: Arc<dyn Wake>) {
        // The first one stays.
        self.bell.get_or_init(|| wake);
    }

    /// The next visitor, if one is there.
    pub fn try_visit(&self) -> Option<Visit> {
        self.visits.try_recv().ok()
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        if let Err(error) = Address::remove(&self.data, self.seat) {
            tracing::info!(kind = %error.kind(), "the note of the door stays");
        }
        self.shut.request();
        // The thread waits for a visitor: this is the last one.
        let last = self.place.address.name().and_then(LocalSocketStream::connect);
        let Some(thread) = self.thread.take().filter(|_| last.is_ok()) else {
            return;
        };
        if thread.join().is_err() {
            tracing::error!("the door's thread ended by a panic");
        }
    }
}

/// Hears visitors and lets them in.
#[derive(Clone)]
struct Porter {
    token: String,
    visits: SyncSender<Visit>,
    bell: Arc<OnceLock<Arc<dyn Wake>>>,
    speaking: Arc<AtomicUsize>,
}

impl Porter {
    fn keep(self, listener: &LocalSocketListener, is_shut: &Cancel) {
        loop {
            let came = listener.accept();
            if is_shut.is_requested() {
                return;
            }
            match came {
                Ok(stream) => self.receive(stream),
                Err(error) => {
                    // A socket that cannot accept would fail again at once, for ever.
                    tracing::warn!(kind = %error.kind(), "the door was shut");
                    return;
                }
            }
        }
    }

    /// A visitor who says nothing must not keep the next one waiting: each is heard in a thread of its own.
    fn receive(&self, stream: LocalSocketStream) {
        if self.speaking.fetch_add(1, Ordering::Relaxed) >= MAX_SPEAKING {
            self.speaking.fetch_sub(1, Ordering::Relaxed);
            tracing::warn!("too many second starts at the same time");
            return;
        }
        let porter = self.clone();
        let heard = Builder::new().name("visitor".to_owned()).spawn(move || {
            porter.hear(stream);
            porter.speaking.fetch_sub(1, Ordering::Relaxed);
        });
        if let Err(error) = heard {
            self.speaking.fetch_sub(1, Ordering::Relaxed);
            tracing::warn!(kind = %error.kind(), "no thread for a second start");
        }
    }

    fn hear(&self, stream: LocalSocketStream) {
        match self.take_in(stream) {
            Ok(()) => {
                if let Some(bell) = self.bell.get() {
                    bell.wake();
                }
            }
            // The reason is one of our own sentences, or a kind of the system; never what the visitor said.
            Err(error) => tracing::info!(reason = %error, "a visitor was sent away"),
        }
    }

    fn take_in(&self, stream: LocalSocketStream) -> io::Result<()> {
        // Windows has no such limit for a pipe. There a silent visitor keeps one place until it goes.
        for limited in [
            stream.set_recv_timeout(Some(SILENCE)),
            stream.set_send_timeout(Some(SILENCE)),
        ] {
            limited.or_else(|error| match error.kind() {
                io::ErrorKind::Unsupported => Ok(()),
                _other => Err(error),
            })?;
        }
        let request = request::read(&stream, &self.token)?;
        (&stream).write_all(HEARD.as_bytes())?;
        let visit = Visit {
            wish: request.wish,
            paths: request.paths,
            stream,
        };
        self.visits
            .try_send(visit)
            .map_err(|_full| io::Error::other("nobody fetches the visitors"))
    }
}
