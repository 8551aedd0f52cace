//! What FTP commands may do with the pretend registry's folders.

use std::{
    fmt,
    io::Cursor,
    path::{Component, Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use tokio::io::{AsyncRead, AsyncReadExt};
use unftp_core::{
    auth::DefaultUser,
    storage::{Error, ErrorKind, Fileinfo, Metadata, Result, StorageBackend},
};

use crate::{
    demo::{
        registry,
        seal::Seals,
        store::{FileFacts, Store, StoreError, folder_name, now},
    },
    domain::remote::Folder,
};

/// Bytes that are read from a data connection at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// One session's view of the store.
pub(super) struct Storage {
    pub(super) store: Arc<Store>,
    pub(super) seals: Arc<Seals>,
    pub(super) pickup_delay: Duration,
}

/// Says nothing of the files: the server library writes it into spans.
impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Storage(…)")
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let kind = match error {
            StoreError::NotFound => ErrorKind::PermanentFileNotAvailable,
            StoreError::NameTaken | StoreError::BadName => ErrorKind::FileNameNotAllowedError,
            StoreError::Full => ErrorKind::ExceededStorageAllocationError,
        };
        Self::new(kind, error)
    }
}

/// What a path names.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    Root,
    Folder(Folder),
    File(Folder, String),
}

impl Place {
    fn of(path: &Path) -> Result<Self> {
        let mut parts: Vec<&str> = Vec::new();
        for component in path.components() {
            match component {
                Component::RootDir => parts.clear(),
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop();
                }
                Component::Normal(part) => parts.push(part.to_str().ok_or(ErrorKind::FileNameNotAllowedError)?),
                Component::Prefix(_) => return Err(ErrorKind::FileNameNotAllowedError.into()),
            }
        }
        let folder_of = |name: &str| {
            Folder::ALL
                .into_iter()
                .find(|folder| folder_name(*folder).eq_ignore_ascii_case(name))
                .ok_or(Error::from(ErrorKind::PermanentDirectoryNotAvailable))
        };
        match parts.as_slice() {
            [] => Ok(Self::Root),
            [folder] => Ok(Self::Folder(folder_of(folder)?)),
            [folder, name] => Ok(Self::File(folder_of(folder)?, (*name).to_owned())),
            [..] => Err(ErrorKind::PermanentDirectoryNotAvailable.into()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

/// What a listing says about a file or a folder.
#[derive(Debug, Clone)]
pub(super) struct Facts {
    kind: Kind,
    size_bytes: u64,
    modified: SystemTime,
}

impl Facts {
    fn folder() -> Self {
        Self {
            kind: Kind::Folder,
            size_bytes: 0,
            modified: now(),
        }
    }
}

impl From<&FileFacts> for Facts {
    fn from(file: &FileFacts) -> Self {
        Self {
            kind: Kind::File,
            size_bytes: file.size_bytes,
            modified: file.modified,
        }
    }
}

impl Metadata for Facts {
    fn len(&self) -> u64 {
        self.size_bytes
    }
    fn is_dir(&self) -> bool {
        self.kind == Kind::Folder
    }
    fn is_file(&self) -> bool {
        self.kind == Kind::File
    }
    fn is_symlink(&self) -> bool {
        false
    }
    fn modified(&self) -> Result<SystemTime> {
        Ok(self.modified)
    }
    fn gid(&self) -> u32 {
        0
    }
    fn uid(&self) -> u32 {
        0
    }
}

type Lines = Vec<Fileinfo<PathBuf, Facts>>;

impl Storage {
    fn listing(&self, path: &Path) -> Result<Lines> {
        let line = |file: &FileFacts| Fileinfo {
            path: PathBuf::from(&file.name),
            metadata: Facts::from(file),
        };
        match Place::of(path)? {
            Place::Root => Ok(Folder::ALL
                .map(|folder| Fileinfo {
                    path: PathBuf::from(folder_name(folder)),
                    metadata: Facts::folder(),
                })
                .into()),
            Place::Folder(folder) => Ok(self.store.list(folder).iter().map(line).collect()),
            Place::File(folder, name) => {
                let file = self.store.facts(folder, &name).ok_or(StoreError::NotFound)?;
                Ok(vec![line(&file)])
            }
        }
    }

    fn require_encryption(&self) -> Result<()> {
        if self.seals.spend() {
            Ok(())
        } else {
            Err(Error::new(
                ErrorKind::PermissionDenied,
                "the data connection is not encrypted",
            ))
        }
    }

    async fn receive<R: AsyncRead + Send + Unpin>(&self, input: &mut R, path: &Path) -> Result<u64> {
        let Place::File(Folder::Dropoff, name) = Place::of(path)? else {
            return Err(ErrorKind::PermissionDenied.into());
        };
        let ticket = self.store.begin(&name)?;
        let mut buffer = vec![0; CHUNK_BYTES];
        let mut size_bytes = 0;
        loop {
            let count = input
                .read(&mut buffer)
                .await
                .map_err(|error| Error::new(ErrorKind::ConnectionClosed, error))?;
            if count == 0 {
                break;
            }
            self.store.grow(ticket, buffer.get(..count).unwrap_or_default())?;
            size_bytes += count as u64;
        }
        self.store.complete(ticket)?;
        tokio::spawn(registry::take_after(self.pickup_delay, Arc::clone(&self.store), ticket));
        Ok(size_bytes)
    }
}

#[async_trait]
impl StorageBackend<DefaultUser> for Storage {
    type Metadata = Facts;

    async fn metadata<P: AsRef<Path> + Send + fmt::Debug>(&self, _user: &DefaultUser, path: P) -> Result<Facts> {
        match Place::of(path.as_ref())? {
            Place::Root | Place::Folder(_) => Ok(Facts::folder()),
            Place::File(folder, name) => {
                let file = self.store.facts(folder, &name).ok_or(StoreError::NotFound)?;
                Ok(Facts::from(&file))
            }
        }
    }

    async fn list<P: AsRef<Path> + Send + fmt::Debug>(&self, _user: &DefaultUser, path: P) -> Result<Lines> {
        self.require_encryption()?;
        self.listing(path.as_ref())
    }

    /// The answer to `STAT`, which travels over the control connection.
    async fn list_vec<P: AsRef<Path> + Send + fmt::Debug>(&self, _user: &DefaultUser, path: P) -> Result<Vec<String>> {
        Ok(self.listing(path.as_ref())?.iter().map(ToString::to_string).collect())
    }

    async fn get<P: AsRef<Path> + Send + fmt::Debug>(
        &self,
        _user: &DefaultUser,
        path: P,
        _start: u64,
    ) -> Result<Box<dyn AsyncRead + Send + Sync + Unpin>> {
        self.require_encryption()?;
        let Place::File(folder, name) = Place::of(path.as_ref())? else {
            return Err(ErrorKind::PermanentFileNotAvailable.into());
        };
        let content = self.store.content(folder, &name).ok_or(StoreError::NotFound)?;
        Ok(Box::new(Cursor::new(content)))
    }

    /// Takes a new file for HL7-Dropoff. One whose upload breaks off stays there in part, as on other servers.
    async fn put<P: AsRef<Path> + Send + fmt::Debug, R: AsyncRead + Send + Sync + Unpin + 'static>(
        &self,
        _user: &DefaultUser,
        mut input: R,
        path: P,
        _start: u64,
    ) -> Result<u64> {
        self.require_encryption()?;
        let taken = self.receive(&mut input, path.as_ref()).await;
        if taken.is_err() {
            // The library has asked for the data already. A client that still writes would see a reset instead of the answer.
            tokio::io::copy(&mut input, &mut tokio::io::sink()).await.ok();
        }
        taken
    }

    async fn del<P: AsRef<Path> + Send + fmt::Debug>(&self, _user: &DefaultUser, path: P) -> Result<()> {
        match Place::of(path.as_ref())? {
            Place::File(Folder::Dropoff, name) => Ok(self.store.remove(&name)?),
            Place::Root | Place::Folder(_) | Place::File(..) => Err(ErrorKind::PermissionDenied.into()),
        }
    }

    async fn mkd<P: AsRef<Path> + Send + fmt::Debug>(&self, _user: &DefaultUser, _path: P) -> Result<()> {
        Err(ErrorKind::PermissionDenied.into())
    }

    async fn rename<P: AsRef<Path> + Send + fmt::Debug>(&self, _user: &DefaultUser, _from: P, _to: P) -> Result<()> {
        Err(ErrorKind::PermissionDenied.into())
    }

    async fn rmd<P: AsRef<Path> + Send + fmt::Debug>(&self, _user: &DefaultUser, _path: P) -> Result<()> {
        Err(ErrorKind::PermissionDenied.into())
    }

    async fn cwd<P: AsRef<Path> + Send + fmt::Debug>(&self, _user: &DefaultUser, path: P) -> Result<()> {
        match Place::of(path.as_ref())? {
            Place::Root | Place::Folder(_) => Ok(()),
            Place::File(..) => Err(ErrorKind::PermanentDirectoryNotAvailable.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Option<Place>) {
        assert_eq!(Place::of(Path::new(path)).ok(), expected, "{path}");
    }

    #[test]
    fn a_path_names_the_root_a_folder_or_a_file_and_nothing_outside() {
        check("/", Some(Place::Root));
        check("/hl7-dropoff/", Some(Place::Folder(Folder::Dropoff)));
        check(
            "/HL7-Dropoff/../DQA-Reports/./a.hl7",
            Some(Place::File(Folder::Reports, "a.hl7".to_owned())),
        );
        check("/../../..", Some(Place::Root));
        check("/etc/passwd", None);
        check("/Accepted/a/b", None);
    }
}
