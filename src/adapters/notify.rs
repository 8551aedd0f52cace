//! Messages on the desktop, outside of any window.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    thread::Builder,
    time::Duration,
};

use notify_rust::Notification;

use crate::ports::Notifier;

/// More than a person would read.
const QUEUE: usize = 16;
/// How long the end of the program waits for the last message to be shown.
const PATIENCE: Duration = Duration::from_secs(5);

/// The desktop's own messages.
///
/// Whoever shows them may hang: a thread waits for that, not the caller. Where nobody shows any, that is noted in the log once.
pub struct DesktopNotifier {
    queue: Option<SyncSender<Message>>,
    over: Receiver<()>,
}

struct Message {
    title: String,
    text: String,
}

impl DesktopNotifier {
    /// Nothing is asked of the desktop before the first message.
    pub fn new() -> Self {
        let (queue, messages) = sync_channel(QUEUE);
        let (is_over, over) = sync_channel::<()>(1);
        let started = Builder::new().name("notify".to_owned()).spawn(move || {
            show_all(&messages);
            drop(is_over);
        });
        if let Err(error) = started {
            tracing::warn!(kind = %error.kind(), "no thread for messages on the desktop");
        }
        Self {
            queue: Some(queue),
            over,
        }
    }
}

impl Default for DesktopNotifier {
    fn default() -> Self {
        Self::new()
    }
}

impl Notifier for DesktopNotifier {
    fn notify(&self, title: &str, text: &str) {
        let message = Message {
            title: title.to_owned(),
            text: text.to_owned(),
        };
        match self.queue.as_ref().map(|queue| queue.try_send(message)) {
            Some(Ok(())) | None => {}
            // The thread has said why in the log.
            Some(Err(TrySendError::Full(_) | TrySendError::Disconnected(_))) => {
                tracing::debug!("a message on the desktop was left out");
            }
        }
    }
}

impl Drop for DesktopNotifier {
    fn drop(&mut self) {
        self.queue = None;
        // The thread says nothing here: it ends, and with it the channel. A desktop that hangs is left alone.
        if self.over.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            tracing::warn!("the desktop did not show a message in time");
        }
    }
}

fn show_all(messages: &Receiver<Message>) {
    let mut was_told = false;
    for message in messages {
        let shown = Notification::new()
            .appname("Dropoff")
            .summary(&message.title)
            .body(&message.text)
            .show();
        if let Err(error) = shown
            && !was_told
        {
            was_told = true;
            tracing::warn!(%error, "no messages on the desktop");
        }
    }
}
