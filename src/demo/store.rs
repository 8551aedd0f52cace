//! The pretend registry's four folders, in memory and with a limit.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use crate::domain::remote::Folder;

/// The name of a folder, as a listing shows it.
pub(super) fn folder_name(folder: Folder) -> &'static str {
    match folder {
        Folder::Dropoff => "HL7-Dropoff",
        Folder::Accepted => "Accepted",
        Folder::Reports => "DQA-Reports",
        Folder::Receive => "Receive",
    }
}

/// The bytes of a file. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Content(Arc<Vec<u8>>);

impl AsRef<[u8]> for Content {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Which upload: a name can come again after a file was removed, a ticket cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

/// What a listing says about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileFacts {
    pub(super) name: String,
    pub(super) size_bytes: u64,
    pub(super) modified: SystemTime,
}

/// Why the store does not do what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum StoreError {
    #[error("no such file")]
    NotFound,
    #[error("a file of this name exists")]
    NameTaken,
    #[error("this cannot be the name of a file")]
    BadName,
    #[error("the Demo has no more room")]
    Full,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wholeness {
    /// It is being uploaded, or its upload was interrupted.
    Partial,
    Whole,
}

struct StoredFile {
    ticket: Ticket,
    folder: Folder,
    name: String,
    content: Content,
    modified: SystemTime,
    wholeness: Wholeness,
}

impl StoredFile {
    fn size_bytes(&self) -> u64 {
        self.content.0.len() as u64
    }

    fn is_at(&self, folder: Folder, name: &str) -> bool {
        self.folder == folder && self.name.eq_ignore_ascii_case(name)
    }

    fn facts(&self) -> FileFacts {
        FileFacts {
            name: self.name.clone(),
            size_bytes: self.size_bytes(),
            modified: self.modified,
        }
    }
}

#[derive(Default)]
struct Shelves {
    files: Vec<StoredFile>,
    last_ticket: u64,
}

impl Shelves {
    fn used_bytes(&self) -> u64 {
        self.files.iter().map(StoredFile::size_bytes).sum()
    }

    fn find(&self, folder: Folder, name: &str) -> Option<&StoredFile> {
        self.files.iter().find(|file| file.is_at(folder, name))
    }

    fn find_ticket(&mut self, ticket: Ticket) -> Result<&mut StoredFile, StoreError> {
        self.files
            .iter_mut()
            .find(|file| file.ticket == ticket)
            .ok_or(StoreError::NotFound)
    }

    fn add(&mut self, folder: Folder, name: &str, content: Content, wholeness: Wholeness) -> Ticket {
        self.last_ticket += 1;
        let ticket = Ticket(self.last_ticket);
        self.files.push(StoredFile {
            ticket,
            folder,
            name: name.to_owned(),
            content,
            modified: now(),
            wholeness,
        });
        ticket
    }
}

/// The four folders and what is in them. Names are compared without case, as on the computers that such registries run on.
pub(super) struct Store {
    shelves: Mutex<Shelves>,
    changed: Condvar,
    capacity_bytes: u64,
}

impl Store {
    pub(super) fn new(capacity_bytes: u64) -> Self {
        Self {
            shelves: Mutex::default(),
            changed: Condvar::new(),
            capacity_bytes,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Shelves> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a file in HL7-Dropoff. It is listed at once, with the length that it has so far.
    ///
    /// A name that stands in Accepted is not free either: the copy would have no place there.
    pub(super) fn begin(&self, name: &str) -> Result<Ticket, StoreError> {
        let is_bad = name.len() > 255 || name.chars().any(char::is_control);
        if is_bad {
            return Err(StoreError::BadName);
        }
        let mut shelves = self.lock();
        let is_taken = [Folder::Dropoff, Folder::Accepted]
            .into_iter()
            .any(|folder| shelves.find(folder, name).is_some());
        if is_taken {
            return Err(StoreError::NameTaken);
        }
        let ticket = shelves.add(Folder::Dropoff, name, Content::default(), Wholeness::Partial);
        self.changed.notify_all();
        Ok(ticket)
    }

    /// Adds bytes to a file that is being uploaded.
    pub(super) fn grow(&self, ticket: Ticket, bytes: &[u8]) -> Result<(), StoreError> {
        let mut shelves = self.lock();
        if shelves.used_bytes() + bytes.len() as u64 > self.capacity_bytes {
            return Err(StoreError::Full);
        }
        let file = shelves.find_ticket(ticket)?;
        Arc::make_mut(&mut file.content.0).extend_from_slice(bytes);
        file.modified = now();
        self.changed.notify_all();
        Ok(())
    }

    /// Says that an upload came to its proper end.
    pub(super) fn complete(&self, ticket: Ticket) -> Result<(), StoreError> {
        self.lock().find_ticket(ticket)?.wholeness = Wholeness::Whole;
        self.changed.notify_all();
        Ok(())
    }

    /// Moves a whole file from HL7-Dropoff to Accepted. `None` when somebody removed it meanwhile.
    pub(super) fn take(&self, ticket: Ticket) -> Option<(String, Content)> {
        let mut shelves = self.lock();
        let file = shelves.find_ticket(ticket).ok()?;
        if file.wholeness != Wholeness::Whole {
            return None;
        }
        file.folder = Folder::Accepted;
        let taken = (file.name.clone(), file.content.clone());
        self.changed.notify_all();
        Some(taken)
    }

    /// Puts a report where the clinic finds it. There is always room for one.
    pub(super) fn add_report(&self, name: &str, bytes: Vec<u8>) {
        let mut shelves = self.lock();
        shelves.files.retain(|file| !file.is_at(Folder::Reports, name));
        shelves.add(Folder::Reports, name, Content(Arc::new(bytes)), Wholeness::Whole);
        self.changed.notify_all();
    }

    /// Removes a file from HL7-Dropoff, the only folder out of which a client may remove anything.
    pub(super) fn remove(&self, name: &str) -> Result<(), StoreError> {
        let mut shelves = self.lock();
        shelves.find(Folder::Dropoff, name).ok_or(StoreError::NotFound)?;
        shelves.files.retain(|file| !file.is_at(Folder::Dropoff, name));
        self.changed.notify_all();
        Ok(())
    }

    pub(super) fn list(&self, folder: Folder) -> Vec<FileFacts> {
        let shelves = self.lock();
        shelves
            .files
            .iter()
            .filter(|file| file.folder == folder)
            .map(StoredFile::facts)
            .collect()
    }

    pub(super) fn facts(&self, folder: Folder, name: &str) -> Option<FileFacts> {
        self.lock().find(folder, name).map(StoredFile::facts)
    }

    pub(super) fn content(&self, folder: Folder, name: &str) -> Option<Content> {
        self.lock().find(folder, name).map(|file| file.content.clone())
    }

    /// Waits until a whole file of this name stands in a folder, and says whether it does.
    pub(super) fn wait_for(&self, folder: Folder, name: &str, limit: Duration) -> bool {
        let is_missing = |shelves: &mut Shelves| {
            shelves
                .find(folder, name)
                .is_none_or(|file| file.wholeness == Wholeness::Partial)
        };
        let (mut shelves, _) = self
            .changed
            .wait_timeout_while(self.lock(), limit, is_missing)
            .unwrap_or_else(PoisonError::into_inner);
        !is_missing(&mut shelves)
    }
}

/// Now, by the clock that the pretend server has as any other computer has one.
#[expect(
    clippy::disallowed_methods,
    reason = "the Demo plays another computer: it is not told the time by the program that it serves"
)]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(store: &Store, name: &str, bytes: &[u8]) -> Ticket {
        let ticket = store.begin(name).unwrap();
        store.grow(ticket, bytes).unwrap();
        store.complete(ticket).unwrap();
        ticket
    }

    #[test]
    fn a_file_is_listed_while_it_grows_but_not_taken() {
        let store = Store::new(100);
        let ticket = store.begin("a.hl7").unwrap();
        store.grow(ticket, b"MSH").unwrap();
        assert_eq!(store.facts(Folder::Dropoff, "A.HL7").unwrap().size_bytes, 3);
        assert!(!store.wait_for(Folder::Dropoff, "a.hl7", Duration::ZERO));
        assert!(store.take(ticket).is_none());
        store.complete(ticket).unwrap();
        assert_eq!(store.take(ticket).unwrap().1.as_ref(), b"MSH");
        assert!(store.list(Folder::Dropoff).is_empty());
    }

    #[test]
    fn a_name_is_not_given_twice_not_even_after_the_file_was_taken() {
        let store = Store::new(100);
        let ticket = upload(&store, "a.hl7", b"1");
        assert_eq!(store.begin("A.hl7"), Err(StoreError::NameTaken));
        store.take(ticket).unwrap();
        assert_eq!(store.begin("a.hl7"), Err(StoreError::NameTaken));
    }

    #[test]
    fn a_file_that_replaced_a_removed_one_keeps_its_own_time() {
        let store = Store::new(100);
        let first = upload(&store, "a.hl7", b"1");
        store.remove("a.hl7").unwrap();
        upload(&store, "a.hl7", b"2");
        assert!(store.take(first).is_none());
        assert_eq!(store.list(Folder::Dropoff).len(), 1);
    }

    #[test]
    fn only_what_is_in_the_dropoff_can_be_removed() {
        let store = Store::new(100);
        let ticket = upload(&store, "a.hl7", b"1");
        store.take(ticket).unwrap();
        assert_eq!(store.remove("a.hl7"), Err(StoreError::NotFound));
        assert_eq!(store.list(Folder::Accepted).len(), 1);
    }

    #[test]
    fn the_room_is_limited_and_what_was_removed_gives_room_again() {
        let store = Store::new(4);
        let ticket = store.begin("a.hl7").unwrap();
        store.grow(ticket, b"1234").unwrap();
        assert_eq!(store.grow(ticket, b"5"), Err(StoreError::Full));
        store.remove("a.hl7").unwrap();
        upload(&store, "b.hl7", b"1234");
    }

    #[test]
    fn a_name_with_a_control_character_or_too_long_is_refused() {
        let store = Store::new(4);
        assert_eq!(store.begin("a\r\n.hl7"), Err(StoreError::BadName));
        assert_eq!(store.begin(&"x".repeat(256)), Err(StoreError::BadName));
    }
}
