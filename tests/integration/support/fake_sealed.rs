//! Sealed copies in memory, with everything that can be wrong with them.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use dropoff::{
    domain::{
        failure::{FileFailure, SealFailure, VaultFailure},
        fingerprint::VaccinationPrint,
        submission::SubmissionId,
    },
    ports::{Sealed, file_failure},
};
use sha2::{Digest, Sha256};

use crate::support::mortal::Life;

/// What the key and the disk say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum SealedWord {
    #[default]
    Ready,
    NoKey,
    /// What was sealed before cannot be opened any more.
    AnotherKey,
    DiskFull,
}

#[derive(Default)]
pub(crate) struct Copies {
    pub(crate) bytes: BTreeMap<SubmissionId, Vec<u8>>,
    pub(crate) damaged: BTreeSet<SubmissionId>,
    /// When a copy was sealed, where that is not just now.
    pub(crate) sealed_at: BTreeMap<SubmissionId, DateTime<Utc>>,
    pub(crate) word: SealedWord,
}

/// Clones share the copies.
#[derive(Clone, Default)]
pub(crate) struct FakeSealed {
    copies: Arc<Mutex<Copies>>,
    life: Life,
}

/// Half of a copy, then what is wrong with it.
struct Damaged(io::Cursor<Vec<u8>>);

impl Read for Damaged {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self.0.read(out)? {
            0 if !out.is_empty() => Err(io::Error::other(SealFailure::Damaged)),
            read => Ok(read),
        }
    }
}

fn dead() -> SealFailure {
    SealFailure::Disk(FileFailure::Other("killed".to_owned()))
}

fn full() -> SealFailure {
    SealFailure::Disk(FileFailure::DiskFull)
}

impl FakeSealed {
    pub(crate) fn of(life: Life) -> Self {
        Self {
            life,
            ..Self::default()
        }
    }

    pub(crate) fn copies(&self) -> MutexGuard<'_, Copies> {
        self.copies.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set(&self, word: SealedWord) {
        self.copies().word = word;
    }

    fn key(&self) -> Result<(), SealFailure> {
        if self.life.is_dead() {
            return Err(dead());
        }
        match self.copies().word {
            SealedWord::NoKey => Err(SealFailure::NoKey(VaultFailure::Unavailable("none".to_owned()))),
            SealedWord::Ready | SealedWord::AnotherKey | SealedWord::DiskFull => Ok(()),
        }
    }
}

impl Sealed for FakeSealed {
    fn is_ready(&self) -> Result<(), SealFailure> {
        self.key()
    }

    fn keep(&self, id: SubmissionId, source: &mut dyn Read) -> Result<(), SealFailure> {
        self.key()?;
        let mut bytes = Vec::new();
        let read = source.read_to_end(&mut bytes);
        read.map_err(|error| SealFailure::Source(file_failure(&error)))?;
        if self.copies().word == SealedWord::DiskFull {
            return Err(full());
        }
        self.life.write(dead, full, || {
            let mut copies = self.copies();
            copies.bytes.insert(id, bytes);
            copies.damaged.remove(&id);
            // A new copy has the key of now.
            if copies.word == SealedWord::AnotherKey {
                copies.word = SealedWord::Ready;
            }
            Ok(())
        })
    }

    fn open(&self, id: SubmissionId) -> Result<Box<dyn Read + Send>, SealFailure> {
        self.key()?;
        let copies = self.copies();
        let bytes = copies.bytes.get(&id).cloned().ok_or(SealFailure::Missing)?;
        if copies.word == SealedWord::AnotherKey {
            return Err(SealFailure::AnotherKey);
        }
        if copies.damaged.contains(&id) {
            let half = bytes.len() / 2;
            return Ok(Box::new(Damaged(io::Cursor::new(bytes[..half].to_vec()))));
        }
        Ok(Box::new(io::Cursor::new(bytes)))
    }

    fn remove(&self, id: SubmissionId) -> Result<(), SealFailure> {
        self.life.write(dead, full, || {
            self.copies().bytes.remove(&id);
            Ok(())
        })
    }

    fn kept(&self) -> Result<Vec<SubmissionId>, SealFailure> {
        Ok(self.copies().bytes.keys().copied().collect())
    }

    fn sealed_at(&self, id: SubmissionId) -> Result<Option<DateTime<Utc>>, SealFailure> {
        let copies = self.copies();
        let at = copies.sealed_at.get(&id).copied().unwrap_or(DateTime::<Utc>::MAX_UTC);
        Ok(copies.bytes.contains_key(&id).then_some(at))
    }

    fn seal_text(&self, id: SubmissionId, text: &str) -> Result<Vec<u8>, SealFailure> {
        self.key()?;
        Ok(format!("{id}:{text}").into_bytes())
    }

    fn open_text(&self, id: SubmissionId, sealed: &[u8]) -> Result<String, SealFailure> {
        self.key()?;
        let text = String::from_utf8_lossy(sealed).into_owned();
        text.strip_prefix(&format!("{id}:"))
            .map(str::to_owned)
            .ok_or(SealFailure::Damaged)
    }

    fn prints(&self, facts: &[Vec<u8>]) -> Result<Vec<VaccinationPrint>, SealFailure> {
        self.key()?;
        let print = |fact: &Vec<u8>| {
            let hash: [u8; 32] = Sha256::digest(fact).into();
            VaccinationPrint(*hash.first_chunk().unwrap())
        };
        Ok(facts.iter().map(print).collect())
    }
}
