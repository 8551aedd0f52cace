//! From *Send* on: one reading hashes and seals, then the file stands in the ledger, whatever becomes of the original.

use std::io::{self, Read};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    app::message::{Entered, Entry, EntryRefusal, Event},
    domain::{
        failure::{FileFailure, SealFailure, VaultFailure},
        fingerprint::{Facts, VaccinationPrint},
        submission::{By, ContentHash, Copy, Duplicate, IfDuplicate, NewSubmission, Phase, Record, SubmissionId},
    },
    ports::Books,
    worker::{
        desk::{
            Desk, ledger,
            questions::{self, Prints},
        },
        hashing::HashSink,
        reading::REPORT_BYTES,
        repairing::Repairing,
    },
};

pub(super) fn enter(desk: &Desk, entry: &Entry) -> Event {
    let result = try_to_enter(desk, entry);
    if let (Ok(Entered { record, .. }), IfDuplicate::SendAgain) = (&result, entry.answers.duplicate) {
        let books = desk.shelf.of(entry.destination);
        ledger::note_answer(desk, books, record.entered.id, entry.initials.clone());
    }
    let submission = entry.submission;
    match &result {
        Ok(Entered { record, .. }) => {
            tracing::info!(%submission, entered = %record.entered.id, copy = ?record.entered.copy, "entered");
        }
        Err(EntryRefusal::Asked(_)) => tracing::info!(%submission, "asked about"),
        Err(EntryRefusal::Cancelled) => tracing::info!(%submission, "cancelled"),
        Err(EntryRefusal::Duplicate(duplicate)) => tracing::info!(%submission, name = duplicate.name, "sent before"),
        Err(EntryRefusal::File(failure)) => tracing::warn!(%submission, %failure, "not entered"),
        Err(EntryRefusal::Copy(failure)) => tracing::warn!(%submission, %failure, "not entered"),
        Err(EntryRefusal::Ledger(failure)) => tracing::warn!(%submission, %failure, "not entered"),
    }
    Event::Entered(submission, Box::new(result))
}

fn try_to_enter(desk: &Desk, entry: &Entry) -> Result<Entered, EntryRefusal> {
    let books = desk.shelf.of(entry.destination);
    let same = books.ledger.with_content(&entry.account, entry.sha256);
    let same = same.map_err(EntryRefusal::Ledger)?;
    // The same content that was not delivered yet is the same submission, whoever entered it.
    if let Some(earlier) = same.iter().find(|record| record.state.is_undelivered()) {
        return adopt(desk, entry, books, earlier.clone()).map(|record| Entered {
            record,
            remarks: Vec::new(),
        });
    }
    if entry.answers.duplicate == IfDuplicate::Hold
        && let Some(duplicate) = same.iter().rev().find_map(Duplicate::of)
    {
        return Err(EntryRefusal::Duplicate(Box::new(duplicate)));
    }
    let id = unused(books, entry.submission)?;
    let sealing = seal(desk, entry, books, id)?;
    let prints = sealing.as_ref().map(|sealing| &sealing.prints);
    let remarks = questions::ask(books, entry, prints).inspect_err(|_| remove(books, id))?;
    let every: Vec<VaccinationPrint> = prints.into_iter().flatten().flatten().copied().collect();
    let new = NewSubmission {
        id,
        account: entry.account.clone(),
        destination: entry.destination,
        at: desk.clock.now(),
        by: By {
            person: desk.person.clone(),
            initials: entry.initials.clone(),
        },
        size_bytes: entry.size_bytes,
        sha256: entry.sha256,
        counts: entry.counts.clone(),
        repairs: entry
            .repair
            .as_ref()
            .map(|repair| repair.made.clone())
            .unwrap_or_default(),
        copy: if sealing.is_ok() {
            Copy::Sealed
        } else {
            Copy::OriginalOnly
        },
        sealed_name: sealing.ok().map(|sealing| sealing.name),
    };
    if let Err(failure) = books.ledger.enter(&new) {
        remove(books, new.id);
        return Err(EntryRefusal::Ledger(failure));
    }
    if let Err(failure) = books.ledger.keep_prints(new.id, &every) {
        // Only the question about the next file suffers.
        tracing::warn!(submission = %new.id, %failure, "the fingerprints were not kept");
    }
    let names = &entry.facilities.names;
    if !names.is_empty()
        && let Err(failure) = books.ledger.keep_facilities(new.id, names)
    {
        // So here: this file teaches nothing.
        tracing::warn!(submission = %new.id, %failure, "the facilities were not kept");
    }
    let record = Record::new(new);
    Ok(Entered { record, remarks })
}

/// A submission that is over stays over: a file that goes once more, because somebody says so, is another one.
fn unused(books: &Books, id: SubmissionId) -> Result<SubmissionId, EntryRefusal> {
    let taken = books.ledger.record(id).map_err(EntryRefusal::Ledger)?;
    Ok(taken.map_or(id, |_| SubmissionId(Uuid::new_v4())))
}

/// A copy that is missing, damaged or sealed with a key that is gone is made again from the file that is here now.
fn adopt(desk: &Desk, entry: &Entry, books: &Books, mut earlier: Record) -> Result<Record, EntryRefusal> {
    let id = earlier.entered.id;
    if earlier.entered.copy == Copy::Sealed && is_whole(books, id, entry) {
        return Ok(earlier);
    }
    if let Ok(Sealing { name, .. }) = seal(desk, entry, books, id)? {
        books.ledger.copy_sealed(id, &name).map_err(EntryRefusal::Ledger)?;
        earlier.entered.copy = Copy::Sealed;
        earlier.entered.sealed_name = Some(name);
    }
    Ok(earlier)
}

fn is_whole(books: &Books, id: SubmissionId, entry: &Entry) -> bool {
    let Ok(mut copy) = books.sealed.open(id) else {
        return false;
    };
    let mut sink = HashSink::until(&entry.cancel);
    io::copy(&mut copy, &mut sink).is_ok() && sink.finish() == entry.sha256
}

/// What comes of sealing a file.
struct Sealing {
    /// The file's own name, sealed.
    name: Vec<u8>,
    /// The fingerprints of its vaccinations, patient by patient.
    prints: Prints,
}

/// Seals the file and its name; or says why there is no key to seal with: the original must stay then, and the card says so.
fn seal(
    desk: &Desk,
    entry: &Entry,
    books: &Books,
    id: SubmissionId,
) -> Result<Result<Sealing, VaultFailure>, EntryRefusal> {
    match books.sealed.is_ready() {
        Ok(()) => {}
        // The chosen file is not what is to go, and the copy is nowhere else.
        Err(failure @ SealFailure::NoKey(_)) if entry.repair.is_some() => return Err(EntryRefusal::Copy(failure)),
        Err(SealFailure::NoKey(reason)) => {
            tracing::warn!(submission = %id, %reason, "no sealed copy");
            return Ok(Err(reason));
        }
        Err(failure) => return Err(EntryRefusal::Copy(failure)),
    }
    let mut source = Watched {
        source: open(desk, entry).map_err(EntryRefusal::File)?,
        hash: Sha256::new(),
        facts: Facts::new(),
        size_bytes: 0,
        reported_bytes: 0,
        entry,
        desk,
    };
    let kept = books.sealed.keep(id, &mut source);
    let hash = ContentHash(source.hash.clone().finalize().into());
    let is_same = source.size_bytes == entry.size_bytes && hash == entry.sha256;
    match kept {
        Ok(()) if is_same => {}
        Ok(()) => {
            remove(books, id);
            return Err(EntryRefusal::File(FileFailure::Changed));
        }
        Err(_) if entry.cancel.is_requested() || desk.stop.is_requested() => return Err(EntryRefusal::Cancelled),
        Err(SealFailure::Source(failure)) => return Err(EntryRefusal::File(failure)),
        Err(failure) => return Err(EntryRefusal::Copy(failure)),
    }
    let name = entry.path.file_name().unwrap_or_default().to_string_lossy();
    let prints = questions::prints(books, &source.facts.finish());
    match books
        .sealed
        .seal_text(id, &name)
        .and_then(|name| Ok(Sealing { name, prints: prints? }))
    {
        Ok(sealing) => Ok(Ok(sealing)),
        Err(failure) => {
            remove(books, id);
            Err(EntryRefusal::Copy(failure))
        }
    }
}

/// The chosen file, or what becomes of it on the way through the repairs.
fn open(desk: &Desk, entry: &Entry) -> Result<Box<dyn Read>, FileFailure> {
    match &entry.repair {
        None => Ok(Box::new(desk.files.open(&entry.path)?)),
        Some(repair) => Ok(Box::new(Repairing::open(&*desk.files, &entry.path, repair.order)?)),
    }
}

fn remove(books: &Books, id: SubmissionId) {
    if let Err(failure) = books.sealed.remove(id) {
        tracing::warn!(submission = %id, %failure, "a copy was not removed");
    }
}

/// The file on its way into the copy: hashed, counted, told of, and stopped when it grows or somebody cancels.
struct Watched<'a> {
    source: Box<dyn Read>,
    hash: Sha256,
    facts: Facts,
    size_bytes: u64,
    reported_bytes: u64,
    entry: &'a Entry,
    desk: &'a Desk,
}

impl Read for Watched<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.entry.cancel.is_requested() || self.desk.stop.is_requested() {
            return Err(io::Error::other("cancelled"));
        }
        let read = self.source.read(out)?;
        let bytes = out.get(..read).unwrap_or_default();
        self.hash.update(bytes);
        self.facts.feed(bytes);
        self.size_bytes += read as u64;
        if self.size_bytes > self.entry.size_bytes {
            return Err(io::Error::other(FileFailure::Changed));
        }
        if self.size_bytes - self.reported_bytes >= REPORT_BYTES {
            self.reported_bytes = self.size_bytes;
            let phase = Phase::Entering {
                copied_bytes: self.size_bytes,
            };
            self.desk
                .reporter
                .report(Event::PhaseChanged(self.entry.submission, phase));
        }
        Ok(read)
    }
}
