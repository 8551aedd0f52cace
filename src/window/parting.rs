//! What is done once the window is closed and its worker has ended.

use std::{cell::Cell, rc::Rc};

use crate::{
    adapters::notify::DesktopNotifier,
    app::away::News,
    background::tell,
    build::{Start, StartFailure, background, data_folder},
};

/// Shared between the window and whoever opened it.
#[derive(Debug, Clone, Default)]
pub struct Parting(Rc<Cell<After>>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum After {
    #[default]
    Nothing,
    Background,
}

impl Parting {
    /// The background is wanted.
    pub(super) fn go_on_in_the_background(&self) {
        self.0.set(After::Background);
    }

    /// Does it. Where the background cannot be started, somebody was promised it: a message says so.
    pub(super) fn part(&self, start: &Start) {
        match self.0.get() {
            After::Nothing => {}
            After::Background => {
                if let Err(failure) = go_on(start) {
                    tracing::error!(%failure, "the background was not started");
                    tell(&DesktopNotifier::new(), News::NotStarted);
                }
            }
        }
    }
}

fn go_on(start: &Start) -> Result<(), StartFailure> {
    let data = data_folder(start)?;
    Ok(background(start)?.start(&data)?)
}
