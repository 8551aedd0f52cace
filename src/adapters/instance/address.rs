//! Where a door is, and the token that opens it.

use std::{
    fs::File,
    io::{self, Read, Write},
    path::Path,
};

use uuid::Uuid;

use super::Seat;
use crate::adapters::whole_file::{self, Readers};

/// A note is a token and a path.
const MAX_NOTE_BYTES: u64 = 4_096;

/// Where a door is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Made for this run.
    pub(super) token: String,
    /// The socket's path as the system writes it, or the pipe's name.
    place: Vec<u8>,
}

impl Address {
    /// What the note in the data folder says.
    pub(super) fn read(data: &Path, seat: Seat) -> io::Result<Self> {
        let mut note = Vec::new();
        File::open(data.join(seat.door_name()))?
            .take(MAX_NOTE_BYTES)
            .read_to_end(&mut note)?;
        let mut parts = note.splitn(2, |byte| *byte == b'\n');
        let (Some(token), Some(place)) = (parts.next(), parts.next()) else {
            return Err(io::ErrorKind::InvalidData.into());
        };
        Ok(Self {
            token: String::from_utf8(token.to_vec()).map_err(io::Error::other)?,
            place: place.to_vec(),
        })
    }

    /// Leaves the note for those who come.
    pub(super) fn write(&self, data: &Path, seat: Seat) -> io::Result<()> {
        let fill = |file: &mut File| {
            file.write_all(self.token.as_bytes())?;
            file.write_all(b"\n")?;
            file.write_all(&self.place)
        };
        whole_file::write_with(&data.join(seat.door_name()), Readers::OwnerOnly, fill, |error| error)
    }

    /// Takes the note away.
    pub(super) fn remove(data: &Path, seat: Seat) -> io::Result<()> {
        whole_file::remove(&data.join(seat.door_name()))
    }
}

fn token() -> String {
    Uuid::new_v4().simple().to_string()
}

pub(super) use here::Place;

#[cfg(unix)]
mod here {
    use std::{
        fs::Permissions,
        os::unix::fs::{FileTypeExt, PermissionsExt},
        path::PathBuf,
    };

    use interprocess::local_socket::{GenericFilePath, ListenerOptions, Name, prelude::*};
    use tempfile::TempDir;

    use super::{Address, Path, Seat, io, token};
    use crate::adapters::instance::request::{bytes_of, path_of};

    /// The system's limit is 108 bytes on Linux and 104 on macOS.
    const MAX_SOCKET_PATH_BYTES: usize = 100;

    /// Where a door of this process is.
    #[derive(Debug)]
    pub(in crate::adapters::instance) struct Place {
        pub(in crate::adapters::instance) address: Address,
        /// Where the data folder's own path is too long for a socket.
        _elsewhere: Option<TempDir>,
    }

    impl Place {
        /// Binds a socket in the data folder, or, where that does not go, in a folder of our own elsewhere.
        pub(in crate::adapters::instance) fn bind(data: &Path, seat: Seat) -> io::Result<(LocalSocketListener, Self)> {
            let near = data.join(seat.socket_name());
            if bytes_of(&near).len() <= MAX_SOCKET_PATH_BYTES
                && let Ok(listener) = listen(&near)
            {
                return Ok((listener, Self::at(&near, None)));
            }
            let elsewhere = tempfile::Builder::new()
                .prefix("dropoff-")
                .permissions(Permissions::from_mode(0o700))
                .tempdir_in(short_lived())?;
            let far = elsewhere.path().join(seat.socket_name());
            Ok((listen(&far)?, Self::at(&far, Some(elsewhere))))
        }

        fn at(socket: &Path, elsewhere: Option<TempDir>) -> Self {
            Self {
                address: Address {
                    token: token(),
                    place: bytes_of(socket),
                },
                _elsewhere: elsewhere,
            }
        }
    }

    /// Whoever asks holds the seat: a socket that lies there is of a process that ended without tidying up.
    fn listen(socket: &Path) -> io::Result<LocalSocketListener> {
        if socket
            .symlink_metadata()
            .is_ok_and(|found| found.file_type().is_socket())
        {
            std::fs::remove_file(socket)?;
        }
        let options = ListenerOptions::new().name(socket.to_fs_name::<GenericFilePath>()?);
        #[cfg(target_os = "linux")]
        let options = interprocess::os::unix::local_socket::ListenerOptionsExt::mode(options, 0o600);
        options.create_sync()
    }

    fn short_lived() -> PathBuf {
        let runtime = directories::BaseDirs::new().and_then(|base| base.runtime_dir().map(Path::to_path_buf));
        runtime
            .filter(|folder| folder.is_dir())
            .unwrap_or_else(std::env::temp_dir)
    }

    impl Address {
        pub(in crate::adapters::instance) fn name(&self) -> io::Result<Name<'static>> {
            let path = path_of(self.place.clone()).ok_or(io::ErrorKind::InvalidData)?;
            path.to_fs_name::<GenericFilePath>()
        }
    }
}

#[cfg(windows)]
mod here {
    use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Name, prelude::*};

    use super::{Address, Path, Seat, io, token};

    /// Where a door of this process is.
    #[derive(Debug)]
    pub(in crate::adapters::instance) struct Place {
        pub(in crate::adapters::instance) address: Address,
    }

    impl Place {
        /// Opens a pipe under a name that nobody can guess.
        pub(in crate::adapters::instance) fn bind(
            _data: &Path,
            _seat: Seat,
        ) -> io::Result<(LocalSocketListener, Self)> {
            let address = Address {
                token: token(),
                place: format!("dropoff-{}", token()).into_bytes(),
            };
            let listener = ListenerOptions::new().name(address.name()?).create_sync()?;
            Ok((listener, Self { address }))
        }
    }

    impl Address {
        pub(in crate::adapters::instance) fn name(&self) -> io::Result<Name<'static>> {
            let name = String::from_utf8(self.place.clone()).map_err(io::Error::other)?;
            name.to_ns_name::<GenericNamespaced>()
        }
    }
}
