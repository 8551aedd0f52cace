//! Dropoff without a window: tries what waits, tells what came of it, and ends when nothing waits any more.
//!
//! It sleeps until something is due, the worker has something to say, or a window asks it to end. The system may end it at
//! any moment, as at sign-out: what was on its way is found out about at the next start, as after a power cut.

use std::{
    process::ExitCode,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    },
    time::Duration,
};

use crate::{
    adapters::{
        instance::{Door, Reply, Seat, Seated, Wish},
        notify::DesktopNotifier,
    },
    app::{
        away::{Away, News, Rest, rest},
        wording::notification,
    },
    build::{Session, Start, StartFailure, data_folder, sign_in},
    ports::{Notifier, SignIn, Wake},
};

/// A computer that slept does not count that time: once awake it looks at the clock after this time at the latest.
const LONGEST_SLEEP: Duration = Duration::from_mins(5);

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Another Dropoff works for this data folder.
    SomebodyElseWorks,
    /// By itself.
    Rest(Rest),
}

/// `dropoff --background`, from its start to its end.
pub fn run(start: &Start) -> ExitCode {
    let notifier = DesktopNotifier::new();
    match work(start, &notifier) {
        Ok(End::Rest(Rest::CannotWork)) => ExitCode::FAILURE,
        Ok(end) => {
            tracing::info!(?end, "the background ended");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            tracing::error!(%failure, "no background");
            say_why(&failure);
            tell(&notifier, News::CannotWork);
            ExitCode::FAILURE
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "for whoever started it by hand; without a ledger there may be no log"
)]
fn say_why(failure: &StartFailure) {
    eprintln!("dropoff {}: {failure}", crate::adapters::own_program::BACKGROUND);
}

fn work(start: &Start, notifier: &dyn Notifier) -> Result<End, StartFailure> {
    let data = data_folder(start)?;
    let Some(_seated): Option<Seated> = Seat::Background.take(&data)? else {
        return Ok(End::SomebodyElseWorks);
    };
    // The door is open before anybody looks for a window: one that opens from now on finds somebody to talk to.
    let door = Door::open(&data, Seat::Background).ok();
    if Seat::Window.is_taken(&data)? {
        return Ok(End::SomebodyElseWorks);
    }
    let sign_in = sign_in(start)?;
    let (bell, rings) = Bell::hung();
    let session = Session::start_in_the_background(start, Arc::clone(&bell))?;
    if let Some(door) = &door {
        door.ring(bell);
    }
    tracing::info!(has_door = door.is_some(), "the background begins");
    Ok(Background {
        session,
        door,
        rings,
        notifier,
        sign_in: &sign_in,
        is_in_sign_in: false,
        away: Away::default(),
    }
    .work())
}

/// Shows a message of the desktop.
pub(crate) fn tell(notifier: &dyn Notifier, news: News) {
    let (title, text) = notification::words(news);
    notifier.notify(&title, &text);
}

/// Rung by the worker and at the door.
struct Bell(SyncSender<()>);

impl Bell {
    fn hung() -> (Arc<dyn Wake>, Receiver<()>) {
        // One ring is enough to get up.
        let (ring, rings) = sync_channel(1);
        (Arc::new(Self(ring)), rings)
    }
}

impl Wake for Bell {
    fn wake(&self) {
        match self.0.try_send(()) {
            // Full: it rings already. Disconnected: nobody is there any more.
            Ok(()) | Err(TrySendError::Full(()) | TrySendError::Disconnected(())) => {}
        }
    }
}

struct Background<'a> {
    // Dropped first: a file in hand is finished while the door still stands.
    session: Session,
    door: Option<Door>,
    rings: Receiver<()>,
    notifier: &'a dyn Notifier,
    sign_in: &'a dyn SignIn,
    is_in_sign_in: bool,
    away: Away,
}

impl Background<'_> {
    fn work(mut self) -> End {
        loop {
            self.session.catch_up();
            for news in self.away.news(&self.session.model) {
                tell(self.notifier, news);
            }
            if self.is_asked_to_end() {
                return End::SomebodyElseWorks;
            }
            match rest(&self.session.model) {
                Rest::Works => self.note_for_the_next_sign_in(),
                over @ (Rest::NothingWaits | Rest::NeedsPerson | Rest::CannotWork) => {
                    self.clear_up(over);
                    return End::Rest(over);
                }
            }
            let pause = self
                .session
                .pause()
                .map_or(LONGEST_SLEEP, |pause| pause.min(LONGEST_SLEEP));
            match self.rings.recv_timeout(pause) {
                Ok(()) | Err(RecvTimeoutError::Timeout) => {}
                // The worker is gone.
                Err(RecvTimeoutError::Disconnected) => return End::Rest(Rest::CannotWork),
            }
        }
    }

    fn is_asked_to_end(&self) -> bool {
        let mut is_asked = false;
        while let Some(visit) = self.door.as_ref().and_then(Door::try_visit) {
            match visit.wish {
                Wish::End => {
                    is_asked = true;
                    visit.answer(Reply::Done);
                }
                Wish::Open | Wish::Demo => visit.answer(Reply::NotDone),
            }
        }
        is_asked
    }

    /// A sign-out ends this process; what waits then is tried again after the next sign-in.
    fn note_for_the_next_sign_in(&mut self) {
        if self.is_in_sign_in || self.session.model.files_left_behind() == 0 {
            return;
        }
        self.is_in_sign_in = true;
        if let Err(reason) = self.sign_in.add() {
            tracing::warn!(reason, "the background does not start at the next sign-in");
        }
    }

    fn clear_up(&self, over: Rest) {
        match over {
            Rest::NothingWaits => {
                if let Err(reason) = self.sign_in.remove() {
                    tracing::warn!(reason, "the background still starts at sign-in");
                }
            }
            // Whoever signs in is told again.
            Rest::Works | Rest::NeedsPerson | Rest::CannotWork => {}
        }
    }
}
