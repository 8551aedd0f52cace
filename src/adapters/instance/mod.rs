//! One window and one background at a time in a data folder, and how a second start finds the first.
//!
//! Who is there holds a lock and keeps a door open: a local socket below the data folder, or a named pipe. A file in the data folder
//! says where the door is and holds a token made for this run, so that only who can read that folder gets in. Through the
//! door come a wish and paths, nothing else; nothing is started and nothing is read because of them.

mod address;
mod call;
mod door;
mod request;

use std::{fs::File, path::Path};

pub use self::{
    call::{NoAnswer, call},
    door::{Door, Visit},
    request::{MAX_PATHS, Reply, Request, Wish},
};
use crate::adapters::system::{self, DataFolderFailure};

/// A part of Dropoff of which a data folder has one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// The window.
    Window,
    /// The background, which has no window.
    Background,
}

/// A seat that is taken by this process. The system frees it when the process ends, however that happens.
#[derive(Debug)]
pub struct Seated(#[expect(dead_code, reason = "dropping the file frees the seat")] File);

impl Seat {
    /// Takes the seat, or returns `None` at once when another process has it.
    pub fn take(self, data: &Path) -> Result<Option<Seated>, DataFolderFailure> {
        Ok(system::lock(&data.join(self.lock_name()))?.map(Seated))
    }

    /// Whether another process has it just now.
    pub fn is_taken(self, data: &Path) -> Result<bool, DataFolderFailure> {
        Ok(self.take(data)?.is_none())
    }

    /// The files in a data folder that are of use only while somebody has this seat.
    pub(super) fn files(self) -> [&'static str; 3] {
        [self.lock_name(), self.door_name(), self.socket_name()]
    }

    fn lock_name(self) -> &'static str {
        match self {
            Self::Window => "window.lock",
            Self::Background => "background.lock",
        }
    }

    fn door_name(self) -> &'static str {
        match self {
            Self::Window => "window.door",
            Self::Background => "background.door",
        }
    }

    /// On Windows the door is a pipe, which is no file.
    fn socket_name(self) -> &'static str {
        match self {
            Self::Window => "window.socket",
            Self::Background => "background.socket",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_seat_has_room_for_one() {
        let data = tempfile::tempdir().unwrap();
        let window = Seat::Window.take(data.path()).unwrap().unwrap();
        assert!(Seat::Window.take(data.path()).unwrap().is_none());
        assert!(Seat::Window.is_taken(data.path()).unwrap());
        assert!(!Seat::Background.is_taken(data.path()).unwrap());
        drop(window);
        assert!(!Seat::Window.is_taken(data.path()).unwrap());
    }
}
