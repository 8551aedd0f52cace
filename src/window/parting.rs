//! What is done once the window is closed and its worker has ended.

use std::{cell::Cell, rc::Rc};

use crate::{
    adapters::notify::DesktopNotifier,
    app::away::News,
    background::tell,
    build::{RetiredFrom, Retirement, Start, StartFailure, background, data_folder},
    domain::retire::UnknownCopies,
};

/// Shared between the window and whoever opened it.
#[derive(Debug, Clone, Default)]
pub struct Parting(Rc<Cell<After>>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum After {
    #[default]
    Nothing,
    Background,
    RemoveFolder,
}

impl Parting {
    /// The background is wanted.
    pub(super) fn go_on_in_the_background(&self) {
        self.0.set(After::Background);
    }

    /// Everything was removed: what the window itself still needed goes, too.
    pub(super) fn remove_the_data_folder(&self) {
        self.0.set(After::RemoveFolder);
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
            After::RemoveFolder => {
                // The log is gone. What stays holds nothing and is of no use.
                if let Ok(retirement) = Retirement::of(start, RetiredFrom::CommandLine, UnknownCopies::KeepEverything) {
                    retirement.leave().unwrap_or_default();
                }
            }
        }
    }
}

fn go_on(start: &Start) -> Result<(), StartFailure> {
    let data = data_folder(start)?;
    Ok(background(start)?.start(&data)?)
}
