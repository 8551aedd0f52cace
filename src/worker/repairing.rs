//! A chosen file on its way through the repairs: what is read here is the copy.

use std::{
    io::{self, Read, Write},
    path::Path,
};

use sha2::{Digest, Sha256};

use crate::{
    domain::{
        cancel::Cancel,
        check::{
            Rules,
            repair::{Made, Refusal, Repairer},
        },
        failure::{FileFailure, RepairFailure},
        submission::{ContentHash, RepairOrder, Repaired},
    },
    ports::{Files, OpenFile, Snapshot, file_failure},
    worker::reading::{CHUNK_BYTES, Taken, each_chunk, next_chunk},
};

/// Reads a file and hands out its repaired copy. The end is an error where the file is not the one that was checked, or where
/// something in it cannot be put right: then what was handed out is no copy.
pub(super) struct Repairing {
    source: Box<dyn OpenFile>,
    before: Snapshot,
    order: RepairOrder,
    hash: Sha256,
    read_bytes: u64,
    buffer: Vec<u8>,
    /// Until the file is over.
    repairer: Option<Repairer>,
    /// What is ready to be handed out, from `taken` on.
    ready: Vec<u8>,
    taken: usize,
    made: Made,
}

impl Repairing {
    pub(super) fn open(files: &dyn Files, path: &Path, order: RepairOrder) -> Result<Self, FileFailure> {
        let source = files.open(path)?;
        Ok(Self {
            before: source.snapshot()?,
            source,
            order,
            hash: Sha256::new(),
            read_bytes: 0,
            buffer: vec![0; CHUNK_BYTES],
            repairer: Some(Repairer::new(order.plan)),
            ready: Vec::new(),
            taken: 0,
            made: Made::default(),
        })
    }

    /// What was changed. Ask at the end.
    pub(super) fn into_made(self) -> Made {
        self.made
    }

    /// Makes more ready; nothing after the end.
    fn fill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.taken = 0;
        let Some(repairer) = &mut self.repairer else {
            return Ok(());
        };
        let chunk = next_chunk(&mut *self.source, &mut self.buffer)?;
        if !chunk.is_empty() {
            self.hash.update(chunk);
            self.read_bytes += chunk.len() as u64;
            repairer.feed(chunk, &mut |bytes| self.ready.extend_from_slice(bytes));
            return if self.read_bytes > self.order.size_bytes {
                Err(io::Error::other(FileFailure::Changed))
            } else {
                Ok(())
            };
        }
        let hash = ContentHash(self.hash.clone().finalize().into());
        if hash != self.order.sha256 || self.source.snapshot().map_err(io::Error::other)? != self.before {
            return Err(io::Error::other(FileFailure::Changed));
        }
        if let Some(repairer) = self.repairer.take() {
            let made = repairer.finish(&mut |bytes| self.ready.extend_from_slice(bytes));
            self.made = made.map_err(io::Error::other)?;
        }
        Ok(())
    }
}

impl Read for Repairing {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.ready.len() && self.repairer.is_some() {
            self.fill()?;
        }
        let rest = self.ready.get(self.taken..).unwrap_or_default();
        let count = rest.len().min(out.len());
        for (to, from) in out.iter_mut().zip(rest) {
            *to = *from;
        }
        self.taken += count;
        Ok(count)
    }
}

/// Makes the copy of a file, checks it, and writes it nowhere. `None` when somebody cancelled.
pub(super) fn try_repair(
    files: &dyn Files,
    path: &Path,
    order: RepairOrder,
    rules: &Rules,
    cancels: &[&Cancel],
) -> Result<Option<Repaired>, RepairFailure> {
    read_copy(Repairing::open(files, path, order)?, rules, cancels, &mut io::sink())
}

/// Makes the copy of a file, checks it, and writes it where nothing is yet, whole or not at all. `None` when somebody cancelled.
pub fn save_repaired(
    files: &dyn Files,
    (path, copy): (&Path, &Path),
    order: RepairOrder,
    rules: &Rules,
    cancels: &[&Cancel],
) -> Result<Option<Repaired>, RepairFailure> {
    let mut source = Some(Repairing::open(files, path, order)?);
    let mut ended = Ok(None);
    let saved = files.save_copy(copy, &mut |file| {
        if let Some(source) = source.take() {
            ended = read_copy(source, rules, cancels, file);
        }
        match &ended {
            Ok(Some(_)) => Ok(()),
            Ok(None) | Err(_) => Err(io::Error::other("there is no copy")),
        }
    });
    match (&ended, saved) {
        (Ok(Some(_)), Err(failure)) => Err(RepairFailure::Place(failure)),
        // Nobody was asked for the copy.
        (Ok(None), Err(failure)) if source.is_some() => Err(RepairFailure::Place(failure)),
        (Ok(_) | Err(_), _) => ended,
    }
}

fn read_copy(
    mut source: Repairing,
    rules: &Rules,
    cancels: &[&Cancel],
    copy: &mut dyn Write,
) -> Result<Option<Repaired>, RepairFailure> {
    let mut taken = Taken::under(rules);
    let is_over = each_chunk(&mut source, cancels, |chunk| {
        taken.take(chunk);
        copy.write_all(chunk)
    });
    if !is_over.map_err(|error| failure(&error))? {
        return Ok(None);
    }
    Ok(Some(Repaired {
        reading: taken.finish(),
        made: source.into_made(),
    }))
}

/// A refusal that travels inside is taken out as it is.
fn failure(error: &io::Error) -> RepairFailure {
    let refusal = error.get_ref().and_then(|inner| inner.downcast_ref::<Refusal>());
    refusal.map_or_else(|| file_failure(error).into(), |refusal| (*refusal).into())
}
