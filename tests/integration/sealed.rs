//! Sealed copies: they come back as they were, or it is said what is wrong and not one wrong byte leaves them.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use dropoff::{
    adapters::{keychain::MemoryKeys, sealed::SealedFolder},
    domain::{
        failure::{FileFailure, SealFailure, VaultFailure},
        submission::SubmissionId,
    },
    ports::{SealKey, SealKeys, Sealed},
};
use proptest::{collection::vec, prelude::*};
use tempfile::TempDir;
use uuid::Uuid;

const CHUNK: usize = 1 << 20;
const HEADER: usize = 49;
const TAG: usize = 16;

/// A keychain that does not answer.
struct NoKeys;

impl SealKeys for NoKeys {
    fn key(&self) -> Result<SealKey, VaultFailure> {
        Err(VaultFailure::Unavailable("invented".to_owned()))
    }

    fn forget_key(&self) -> Result<(), VaultFailure> {
        Err(VaultFailure::Unavailable("invented".to_owned()))
    }
}

/// An outbox in a folder that is gone afterwards.
struct Outbox {
    home: TempDir,
    keys: Arc<MemoryKeys>,
    copies: SealedFolder,
}

impl Outbox {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let keys = Arc::new(MemoryKeys::default());
        let copies = SealedFolder::new(home.path().join("outbox"), keys.clone());
        Self { home, keys, copies }
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("outbox")
    }

    fn path(&self, id: SubmissionId) -> PathBuf {
        self.folder().join(format!("{id}.sealed"))
    }

    #[track_caller]
    fn keep(&self, id: SubmissionId, content: &[u8]) {
        self.copies.keep(id, &mut &content[..]).unwrap();
    }

    /// What is handed out, and how it ends.
    fn read(&self, id: SubmissionId) -> (Vec<u8>, Result<(), SealFailure>) {
        read(&self.copies, id)
    }

    /// The copy is damaged so, and nothing but whole chunks of the original is handed out.
    #[track_caller]
    fn check_damage(&self, id: SubmissionId, sealed: &[u8], original: &[u8], what: &str) {
        fs::write(self.path(id), sealed).unwrap();
        let (given, ended) = self.read(id);
        assert_eq!(ended, Err(SealFailure::Damaged), "{what}");
        assert!(original.starts_with(&given), "{what}: a wrong byte was handed out");
        assert_eq!(given.len() % CHUNK, 0, "{what}: a part of a chunk was handed out");
    }
}

fn read(copies: &SealedFolder, id: SubmissionId) -> (Vec<u8>, Result<(), SealFailure>) {
    let mut open = match copies.open(id) {
        Ok(open) => open,
        Err(failure) => return (Vec::new(), Err(failure)),
    };
    let mut given = Vec::new();
    let ended = open.read_to_end(&mut given).map(|_bytes| ()).map_err(inner);
    if let Err(failure) = &ended {
        let again = open.read(&mut [0; 10]).map_err(inner);
        assert_eq!(again, Err(failure.clone()), "a failure is one for good");
    } else {
        assert_eq!(open.read(&mut [0; 10]).unwrap(), 0, "the end is one for good");
    }
    (given, ended)
}

fn inner(error: io::Error) -> SealFailure {
    error.get_ref().unwrap().downcast_ref::<SealFailure>().unwrap().clone()
}

fn id() -> SubmissionId {
    SubmissionId(Uuid::new_v4())
}

/// Bytes in which no chunk is like another.
fn content(bytes: usize) -> Vec<u8> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    (0..bytes).map(|_| next()).collect()
}

fn files(folder: &Path) -> usize {
    fs::read_dir(folder).unwrap().count()
}

#[test]
fn a_copy_comes_back_as_it_was_whatever_its_size() {
    let outbox = Outbox::new();
    for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7] {
        let (id, content) = (id(), content(size));
        outbox.keep(id, &content);
        let (given, ended) = outbox.read(id);
        assert_eq!(ended, Ok(()), "{size} bytes");
        assert!(given == content, "{size} bytes");
        let chunks = size / CHUNK + 1;
        let sealed = fs::metadata(outbox.path(id)).unwrap().len();
        assert_eq!(sealed, (HEADER + size + chunks * TAG) as u64, "{size} bytes");
    }
}

#[test]
fn a_copy_is_replaced_listed_and_removed() {
    let outbox = Outbox::new();
    assert_eq!(outbox.copies.kept(), Ok(Vec::new()), "the folder is not there yet");
    let (one, other) = (id(), id());
    outbox.keep(one, b"first");
    outbox.keep(one, b"second");
    outbox.keep(other, b"");
    assert_eq!(outbox.read(one).0, b"second");
    for stranger in ["notes.txt", "x.sealed", &format!("{}.sealed", one.0.simple())] {
        fs::write(outbox.folder().join(stranger), "").unwrap();
    }
    let mut both = vec![one, other];
    both.sort_unstable();
    assert_eq!(outbox.copies.kept(), Ok(both));
    for _ in 0..2 {
        assert_eq!(outbox.copies.remove(one), Ok(()));
        assert_eq!(outbox.copies.kept(), Ok(vec![other]));
        assert_eq!(outbox.read(one).1, Err(SealFailure::Missing));
    }
}

#[test]
fn every_flipped_bit_of_a_small_copy_is_noticed() {
    let outbox = Outbox::new();
    let (id, content) = (id(), b"MSH|^~\\&|invented\rPID|1||A1\r");
    outbox.keep(id, content);
    let sealed = fs::read(outbox.path(id)).unwrap();
    for bit in 0..8 * sealed.len() {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        outbox.check_damage(id, &flipped, content, &format!("bit {bit}"));
    }
}

#[test]
fn a_changed_byte_at_the_header_or_at_a_border_of_chunks_is_noticed() {
    let outbox = Outbox::new();
    let (id, content) = (id(), content(2 * CHUNK + 100));
    outbox.keep(id, &content);
    let mut sealed = fs::read(outbox.path(id)).unwrap();
    let borders = [1, 2].map(|chunks| HEADER + chunks * (CHUNK + TAG));
    let places = (0..HEADER + 4)
        .chain(borders.iter().flat_map(|border| border - TAG - 4..border + 4))
        .chain(sealed.len() - TAG - 4..sealed.len());
    for place in places.collect::<Vec<_>>() {
        sealed[place] ^= 0x10;
        outbox.check_damage(id, &sealed, &content, &format!("byte {place}"));
        sealed[place] ^= 0x10;
    }
}
