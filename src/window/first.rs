//! Whether this is the first window of its data folder. A second start hands its files to the first and ends.

use std::path::{Path, PathBuf};

use crate::{
    adapters::{
        instance::{Door, NoAnswer, Reply, Seat, Seated, Wish, call},
        system::DataFolderFailure,
    },
    build::{Start, StartFailure, StartIn, data_folder},
};

/// What a start found.
pub(super) enum Found {
    /// Nobody: this is the window.
    Nobody(Place),
    /// A window that took over what was wanted.
    Window(Reply),
    /// A window that does not answer.
    Silence(NoAnswer),
}

/// The place of the one window. It is free again when this is dropped.
pub(super) struct Place {
    /// Second starts come here, unless the system gave no socket.
    pub(super) door: Option<Door>,
    _seated: Seated,
}

impl Place {
    /// Leaves the door to the window; the place itself stays taken.
    pub(super) fn take_door(&mut self) -> Option<Door> {
        self.door.take()
    }
}

/// Takes the place of the one window, or hands over to whoever has it.
pub(super) fn come(start: &Start, files: &[PathBuf]) -> Result<Found, StartFailure> {
    let data = data_folder(start)?;
    if let Some(place) = take(&data)? {
        return Ok(Found::Nobody(place));
    }
    let wish = match start.destination {
        StartIn::Settings => Wish::Open,
        StartIn::Demo => Wish::Demo,
    };
    match call(&data, Seat::Window, wish, files) {
        Ok(reply) => Ok(Found::Window(reply)),
        // It may have ended in the meantime.
        Err(silence) => Ok(take(&data)?.map_or(Found::Silence(silence), Found::Nobody)),
    }
}

fn take(data: &Path) -> Result<Option<Place>, DataFolderFailure> {
    let Some(seated) = Seat::Window.take(data)? else {
        return Ok(None);
    };
    let door = Door::open(data, Seat::Window).ok();
    send_the_background_home(data);
    Ok(Some(Place { door, _seated: seated }))
}

/// The window does its work from now on. It is not waited for: only one of the two is ever connected.
fn send_the_background_home(data: &Path) {
    if !Seat::Background.is_taken(data).unwrap_or_default() {
        return;
    }
    let data = data.to_owned();
    let told = std::thread::Builder::new().name("take-over".to_owned()).spawn(move || {
        if let Err(silence) = call(&data, Seat::Background, Wish::End, &[]) {
            tracing::warn!(%silence, "the background goes on beside this window");
        }
    });
    if let Err(error) = told {
        tracing::warn!(kind = %error.kind(), "the background goes on beside this window");
    }
}
