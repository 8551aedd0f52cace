//! The side that comes second: it says what it wants and waits for the answer.

use std::{
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread::Builder,
    time::Duration,
};

use interprocess::local_socket::prelude::*;
use thiserror::Error;

use super::{
    Seat,
    address::Address,
    request::{self, HEARD, Reply, Wish},
};
use crate::domain::cancel::Cancel;

/// Until somebody hears us. Who is just starting opens its door within this time.
const UNTIL_HEARD: Duration = Duration::from_secs(5);
/// From then on, until the wish is fulfilled: a window that is just starting can take a while to draw itself.
const UNTIL_DONE: Duration = Duration::from_secs(30);
/// Between two knocks at a door that is not open yet.
const BETWEEN_KNOCKS: Duration = Duration::from_millis(50);
const MAX_ANSWER_BYTES: u64 = 16;

/// Nobody answered, although the seat is taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the Dropoff that is open does not answer: {0}")]
pub struct NoAnswer(String);

/// What comes from the thread that speaks.
enum Progress {
    Heard,
    Answered(io::Result<Reply>),
}

/// Says a wish to whoever has the seat, with absolute paths, and waits for the answer. More paths than fit into one request go
/// in several.
pub fn call(data: &Path, seat: Seat, wish: Wish, paths: &[PathBuf]) -> Result<Reply, NoAnswer> {
    let mut rest = paths;
    loop {
        let (now, later) = rest.split_at(request::fitting(rest));
        let reply = call_once(data, seat, wish, now)?;
        if later.is_empty() || reply == Reply::NotDone {
            return Ok(reply);
        }
        rest = later;
    }
}

fn call_once(data: &Path, seat: Seat, wish: Wish, paths: &[PathBuf]) -> Result<Reply, NoAnswer> {
    let (send, progress) = sync_channel(2);
    let (data, paths, give_up) = (data.to_owned(), paths.to_vec(), Cancel::default());
    let is_over = give_up.clone();
    // A pipe of Windows has no time-outs: the thread may hang, and this function does not.
    let spoken = Builder::new().name("call".to_owned()).spawn(move || {
        let answered = speak(&data, seat, wish, &paths, &send, &is_over);
        // Whoever asked may have given up.
        drop(send.send(Progress::Answered(answered)));
    });
    spoken.map_err(|error| NoAnswer(error.kind().to_string()))?;
    let reply = listen(&progress);
    give_up.request();
    reply
}

fn listen(progress: &Receiver<Progress>) -> Result<Reply, NoAnswer> {
    let mut limit = UNTIL_HEARD;
    loop {
        match progress.recv_timeout(limit) {
            Ok(Progress::Heard) => limit = UNTIL_DONE,
            Ok(Progress::Answered(Ok(reply))) => return Ok(reply),
            Ok(Progress::Answered(Err(error))) => return Err(NoAnswer(error.kind().to_string())),
            Err(RecvTimeoutError::Timeout) => return Err(NoAnswer(format!("nothing for {} s", limit.as_secs()))),
            Err(RecvTimeoutError::Disconnected) => return Err(NoAnswer("the call broke".to_owned())),
        }
    }
}

fn speak(
    data: &Path,
    seat: Seat,
    wish: Wish,
    paths: &[PathBuf],
    progress: &SyncSender<Progress>,
    is_over: &Cancel,
) -> io::Result<Reply> {
    let (stream, token) = knock(data, seat, is_over)?;
    request::write(&mut &stream, &token, wish, paths)?;
    let mut answers = BufReader::new(&stream);
    if line(&mut answers)? != HEARD {
        return Err(io::ErrorKind::InvalidData.into());
    }
    if progress.send(Progress::Heard).is_err() {
        return Err(io::ErrorKind::TimedOut.into());
    }
    Reply::parse(&line(&mut answers)?).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// The note and the door may not be there yet. Nobody can say when they are, so it is tried again until somebody gives up.
fn knock(data: &Path, seat: Seat, is_over: &Cancel) -> io::Result<(LocalSocketStream, String)> {
    loop {
        let reached = Address::read(data, seat)
            .and_then(|address| Ok((LocalSocketStream::connect(address.name()?)?, address.token)));
        match reached {
            Ok(reached) => return Ok(reached),
            Err(error) if is_over.is_requested() => return Err(error),
            Err(_) => std::thread::sleep(BETWEEN_KNOCKS),
        }
    }
}

fn line(answers: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    answers.take(MAX_ANSWER_BYTES).read_line(&mut line)?;
    Ok(line)
}
