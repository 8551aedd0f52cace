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
            if let Err(error) = limited
                && error.kind() != io::ErrorKind::Unsupported
            {
                return Err(error);
            }
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

#[cfg(test)]
mod tests {
    use std::{io::Read, sync::mpsc::RecvTimeoutError};

    use super::{super::call::call, *};

    const LIMIT: Duration = Duration::from_secs(20);

    /// Rung when somebody comes.
    struct Bell(SyncSender<()>);

    impl Wake for Bell {
        fn wake(&self) {
            self.0.try_send(()).unwrap();
        }
    }

    /// A window that answers everybody, in a thread of its own, until its door is taken away.
    fn open(data: &Path) -> (Door, Receiver<()>) {
        let door = Door::open(data, Seat::Window).unwrap();
        let (ring, rings) = sync_channel(QUEUE_VISITS);
        door.ring(Arc::new(Bell(ring)));
        (door, rings)
    }

    fn next(door: &Door, rings: &Receiver<()>) -> Visit {
        rings.recv_timeout(LIMIT).unwrap();
        door.try_visit().unwrap()
    }

    fn knock(data: &Path) -> LocalSocketStream {
        let address = Address::read(data, Seat::Window).unwrap();
        LocalSocketStream::connect(address.name().unwrap()).unwrap()
    }

    /// Says this and waits until the door hangs up.
    fn say(data: &Path, words: &[u8]) -> Vec<u8> {
        let stream = knock(data);
        // The door may have heard enough before the end.
        (&stream).write_all(words).unwrap_or_default();
        let mut heard = Vec::new();
        (&stream).read_to_end(&mut heard).unwrap_or_default();
        heard
    }

    #[test]
    fn a_second_start_hands_its_files_over_and_hears_that_they_are_taken() {
        let data = tempfile::tempdir().unwrap();
        let (door, rings) = open(data.path());
        let file = data.path().join("november.hl7");
        std::thread::scope(|scope| {
            let second = scope.spawn(|| call(data.path(), Seat::Window, Wish::Open, std::slice::from_ref(&file)));
            let visit = next(&door, &rings);
            assert_eq!(
                (visit.wish, visit.paths.as_slice()),
                (Wish::Open, std::slice::from_ref(&file))
            );
            visit.answer(Reply::Done);
            assert_eq!(second.join().unwrap(), Ok(Reply::Done));
        });
    }

    #[test]
    fn more_files_than_fit_come_in_several_visits_and_none_is_lost() {
        let data = tempfile::tempdir().unwrap();
        let (door, rings) = open(data.path());
        let files: Vec<PathBuf> = (0..2_500).map(|n| data.path().join(format!("{n}.hl7"))).collect();
        let mut came = Vec::new();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| call(data.path(), Seat::Window, Wish::Demo, &files));
            while came.len() < files.len() {
                let mut visit = next(&door, &rings);
                came.append(&mut visit.paths);
                visit.answer(Reply::Done);
            }
            assert_eq!(second.join().unwrap(), Ok(Reply::Done));
        });
        assert!(came == files);
    }

    #[test]
    fn a_stranger_gets_nothing_and_the_next_one_is_still_heard() {
        let data = tempfile::tempdir().unwrap();
        let (door, rings) = open(data.path());
        let address = Address::read(data.path(), Seat::Window).unwrap();
        let mut many = Vec::new();
        request::write(
            &mut many,
            &address.token,
            Wish::Open,
            &vec![data.path().to_owned(); 10_000],
        )
        .unwrap();
        let strange: [&[u8]; 5] = [
            b"\0\xff garbage\n",
            &vec![b'a'; 3_000_000],
            b"dropoff 1 00000000000000000000000000000000 open 0\n",
            b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            &many,
        ];
        for words in strange {
            assert_eq!(say(data.path(), words), b"");
        }
        assert!(door.try_visit().is_none());
        assert_eq!(rings.try_recv(), Err(std::sync::mpsc::TryRecvError::Empty));
        std::thread::scope(|scope| {
            let second = scope.spawn(|| call(data.path(), Seat::Window, Wish::Open, &[]));
            next(&door, &rings).answer(Reply::NotDone);
            assert_eq!(second.join().unwrap(), Ok(Reply::NotDone));
        });
    }

    #[test]
    fn silent_visitors_do_not_keep_the_next_one_waiting() {
        let data = tempfile::tempdir().unwrap();
        let (door, rings) = open(data.path());
        let silent: Vec<LocalSocketStream> = (1..MAX_SPEAKING).map(|_| knock(data.path())).collect();
        std::thread::scope(|scope| {
            let second = scope.spawn(|| call(data.path(), Seat::Window, Wish::Open, &[]));
            next(&door, &rings).answer(Reply::Done);
            assert_eq!(second.join().unwrap(), Ok(Reply::Done));
        });
        drop(silent);
    }

    #[test]
    fn whoever_fetches_nobody_is_said_not_to_answer() {
        let data = tempfile::tempdir().unwrap();
        let (door, rings) = open(data.path());
        std::thread::scope(|scope| {
            let second = scope.spawn(|| call(data.path(), Seat::Window, Wish::Open, &[]));
            // It closes in the meantime.
            drop(next(&door, &rings));
            assert!(second.join().unwrap().is_err());
        });
        assert_eq!(rings.recv_timeout(Duration::ZERO), Err(RecvTimeoutError::Timeout));
    }

    #[test]
    fn a_closed_door_leaves_nothing_behind_and_what_a_crash_left_is_no_obstacle() {
        let data = tempfile::tempdir().unwrap();
        drop(open(data.path()));
        assert_eq!(data.path().read_dir().unwrap().count(), 0);
        // As after a kill: the socket and the note lie there, and nobody listens.
        std::mem::forget(Place::bind(data.path(), Seat::Window).unwrap().1);
        #[cfg(unix)]
        drop(std::os::unix::net::UnixListener::bind(data.path().join("window.socket")).unwrap());
        drop(open(data.path()));
    }

    #[cfg(unix)]
    #[test]
    fn a_long_way_to_the_data_folder_leads_to_a_door_elsewhere() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("d".repeat(120));
        std::fs::create_dir(&data).unwrap();
        let (door, rings) = open(&data);
        let note = std::fs::metadata(data.join("window.door")).unwrap();
        assert_eq!(
            note.permissions().mode() & 0o077,
            0,
            "the token is for this person alone"
        );
        std::thread::scope(|scope| {
            let second = scope.spawn(|| call(&data, Seat::Window, Wish::Open, &[]));
            next(&door, &rings).answer(Reply::Done);
            assert_eq!(second.join().unwrap(), Ok(Reply::Done));
        });
    }

    #[cfg(unix)]
    #[test]
    fn only_this_person_may_speak_to_the_socket() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        let _open = open(data.path());
        let socket = std::fs::metadata(data.path().join("window.socket")).unwrap();
        assert_eq!(socket.permissions().mode() & 0o077, 0);
    }
}
