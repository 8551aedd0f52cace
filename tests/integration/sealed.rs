//! Sealed copies: they come back as they were, or it is said what is wrong and not one wrong byte leaves them.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use dropoff::{
    adapters::{keychain::MemoryKeys, sealed::SealedFolder, system::SystemClock},
    domain::{
        failure::{FileFailure, SealFailure, VaultFailure},
        fingerprint::{Facts, VaccinationPrint},
        submission::SubmissionId,
    },
    ports::{Clock, SealKey, SealKeys, Sealed},
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
    let began = SystemClock.now();
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
    let sealed_at = outbox.copies.sealed_at(one).unwrap().unwrap();
    assert!(
        sealed_at.signed_duration_since(began).num_minutes().abs() < 5,
        "{sealed_at}"
    );
    for _ in 0..2 {
        assert_eq!(outbox.copies.remove(one), Ok(()));
        assert_eq!(outbox.copies.kept(), Ok(vec![other]));
        assert_eq!(outbox.read(one).1, Err(SealFailure::Missing));
        assert_eq!(outbox.copies.sealed_at(one), Ok(None));
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
    let (id, content) = (id(), content(CHUNK + 100));
    outbox.keep(id, &content);
    let mut sealed = fs::read(outbox.path(id)).unwrap();
    let border = HEADER + CHUNK + TAG;
    let places = (0..HEADER + 2)
        .chain(border - TAG - 2..border + 2)
        .chain(sealed.len() - TAG - 2..sealed.len());
    for place in places {
        sealed[place] ^= 0x10;
        outbox.check_damage(id, &sealed, &content, &format!("byte {place}"));
        sealed[place] ^= 0x10;
    }
}

#[test]
fn a_copy_that_was_cut_anywhere_is_noticed() {
    let outbox = Outbox::new();
    let (small, large) = (id(), id());
    outbox.keep(small, b"invented");
    let sealed = fs::read(outbox.path(small)).unwrap();
    for length in 0..sealed.len() {
        outbox.check_damage(small, &sealed[..length], b"invented", &format!("cut to {length}"));
    }
    let content = content(2 * CHUNK);
    outbox.keep(large, &content);
    let sealed = fs::read(outbox.path(large)).unwrap();
    for chunks in 0..=2 {
        let border = HEADER + chunks * (CHUNK + TAG);
        for length in [border - 1, border, border + 1, border + TAG] {
            if length < sealed.len() {
                outbox.check_damage(large, &sealed[..length], &content, &format!("cut to {length}"));
            }
        }
    }
}

#[test]
fn a_copy_to_which_something_was_added_is_noticed() {
    let outbox = Outbox::new();
    for size in [0, 10, CHUNK, CHUNK + 10] {
        let (id, content) = (id(), content(size));
        outbox.keep(id, &content);
        let sealed = fs::read(outbox.path(id)).unwrap();
        for more in [1, TAG, CHUNK + TAG, CHUNK + TAG + 1] {
            let longer = [&sealed[..], &vec![0; more]].concat();
            outbox.check_damage(id, &longer, &content, &format!("{size} bytes and {more} more"));
        }
        let twice = [&sealed[..], &sealed[HEADER..]].concat();
        outbox.check_damage(id, &twice, &content, &format!("{size} bytes twice"));
    }
}

#[test]
fn chunks_that_were_swapped_left_out_or_taken_from_another_copy_are_noticed() {
    let outbox = Outbox::new();
    let (id, other) = (id(), id());
    let content = content(3 * CHUNK + 5);
    outbox.keep(id, &content);
    outbox.keep(other, &content);
    let (sealed, foreign) = (
        fs::read(outbox.path(id)).unwrap(),
        fs::read(outbox.path(other)).unwrap(),
    );
    let parts = |sealed: &[u8]| -> Vec<Vec<u8>> { sealed[HEADER..].chunks(CHUNK + TAG).map(<[u8]>::to_vec).collect() };
    let header = &sealed[..HEADER];
    for (order, what) in [
        (&[1, 0, 2, 3][..], "the first two swapped"),
        (&[0, 2, 1, 3], "the next two swapped"),
        (&[0, 1, 3], "the third left out"),
        (&[0, 0, 1, 2, 3], "the first one twice"),
        (&[3], "the last one alone"),
        (&[0, 1, 2], "the last one left out"),
    ] {
        let chunks: Vec<u8> = order.iter().flat_map(|place| parts(&sealed)[*place].clone()).collect();
        outbox.check_damage(id, &[header, &chunks].concat(), &content, what);
    }
    let mut mixed = parts(&sealed);
    mixed[1] = parts(&foreign)[1].clone();
    outbox.check_damage(
        id,
        &[header, &mixed.concat()].concat(),
        &content,
        "a chunk of another copy",
    );
}

#[test]
fn the_copy_of_another_submission_under_this_name_is_noticed() {
    let outbox = Outbox::new();
    for size in [0, 10, CHUNK + 10] {
        let (one, other) = (id(), id());
        outbox.keep(one, &content(size));
        fs::rename(outbox.path(one), outbox.path(other)).unwrap();
        assert_eq!(
            outbox.read(other),
            (Vec::new(), Err(SealFailure::Damaged)),
            "{size} bytes"
        );
    }
}

#[test]
fn what_another_key_sealed_is_told_from_damage_and_a_new_key_seals_again() {
    let outbox = Outbox::new();
    let (old, new) = (id(), id());
    outbox.keep(old, b"sealed before the key was lost");
    let text = outbox.copies.seal_text(old, "patients.hl7").unwrap();
    outbox.keys.forget_key().unwrap();
    assert_eq!(outbox.read(old), (Vec::new(), Err(SealFailure::AnotherKey)));
    assert_eq!(outbox.copies.open_text(old, &text), Err(SealFailure::AnotherKey));
    outbox.keep(new, b"sealed after");
    assert_eq!(outbox.read(new), (b"sealed after".to_vec(), Ok(())));
    let mut both = vec![old, new];
    both.sort_unstable();
    assert_eq!(outbox.copies.kept(), Ok(both), "nothing is thrown away");
}

#[test]
fn without_a_keychain_nothing_is_kept_and_it_is_said() {
    let outbox = Outbox::new();
    let kept = id();
    outbox.keep(kept, b"invented");
    let without = SealedFolder::new(outbox.folder(), Arc::new(NoKeys));
    let no_key = SealFailure::NoKey(VaultFailure::Unavailable("invented".to_owned()));
    assert_eq!(without.is_ready(), Err(no_key.clone()));
    assert_eq!(without.keep(id(), &mut &b"invented"[..]), Err(no_key.clone()));
    assert_eq!(read(&without, kept).1, Err(no_key.clone()));
    assert_eq!(without.seal_text(kept, "patients.hl7"), Err(no_key.clone()));
    assert_eq!(without.open_text(kept, b"anything"), Err(no_key.clone()));
    assert_eq!(without.prints(&[b"fact".to_vec()]), Err(no_key));
    assert_eq!(without.kept(), Ok(vec![kept]));
    assert_eq!(files(&outbox.folder()), 1);
    assert_eq!(outbox.copies.is_ready(), Ok(()));
}

/// A file on a stick that is pulled out.
struct PulledOut {
    left: usize,
    failure: FileFailure,
}

impl Read for PulledOut {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = buffer.len().min(self.left).min(4000);
        self.left -= read;
        if read == 0 {
            return Err(io::Error::other(self.failure.clone()));
        }
        buffer[..read].fill(7);
        Ok(read)
    }
}

#[test]
fn a_source_that_breaks_off_leaves_nothing_behind_and_an_older_copy_as_it_was() {
    let outbox = Outbox::new();
    let (new, old) = (id(), id());
    outbox.keep(old, b"older");
    for left in [0, 5, CHUNK, 2 * CHUNK + 5] {
        for id in [new, old] {
            let failure = FileFailure::Changed;
            let mut source = PulledOut {
                left,
                failure: failure.clone(),
            };
            assert_eq!(outbox.copies.keep(id, &mut source), Err(SealFailure::Source(failure)));
        }
        assert_eq!(files(&outbox.folder()), 1, "after {left} bytes");
        assert_eq!(outbox.read(new).1, Err(SealFailure::Missing));
        assert_eq!(outbox.read(old), (b"older".to_vec(), Ok(())));
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_trouble_with_the_disk() {
    let home = tempfile::tempdir().unwrap();
    let taken = home.path().join("outbox");
    fs::write(&taken, "a file").unwrap();
    let copies = SealedFolder::new(taken, Arc::new(MemoryKeys::default()));
    let kept = copies.keep(id(), &mut &b"invented"[..]);
    assert!(matches!(kept, Err(SealFailure::Disk(_))), "{kept:?}");
}

#[test]
fn what_a_crash_left_behind_is_removed_when_nobody_can_be_writing_it() {
    let outbox = Outbox::new();
    let kept = id();
    outbox.keep(kept, b"invented");
    let day = std::time::Duration::from_hours(24);
    let file = |name: &str, age: std::time::Duration| {
        let path = outbox.folder().join(name);
        let file = fs::File::create(&path).unwrap();
        file.set_modified(std::time::SystemTime::now() - age).unwrap();
        path
    };
    let left_behind = file(".dropoff-abc.part", 2 * day);
    let being_written = file(".dropoff-def.part", day / 2);
    let of_somebody_else = file("notes.part", 2 * day);
    assert_eq!(outbox.copies.kept(), Ok(vec![kept]));
    assert!(!left_behind.exists());
    assert!(being_written.exists() && of_somebody_else.exists());
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_copy() {
    use std::os::unix::fs::PermissionsExt;
    let outbox = Outbox::new();
    let id = id();
    outbox.keep(id, b"invented");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&outbox.path(id)), 0o600);
    assert_eq!(mode(&outbox.folder()), 0o700);
}

#[test]
fn no_clear_word_and_no_name_stands_in_a_sealed_file() {
    let outbox = Outbox::new();
    let id = id();
    let content = "PID|1||A1||Invented^Ann\r".repeat(60_000);
    outbox.keep(id, content.as_bytes());
    let sealed = fs::read(outbox.path(id)).unwrap();
    let text = outbox.copies.seal_text(id, "Invented Ann.hl7").unwrap();
    // Long words: one of three letters stands somewhere in a megabyte of random bytes, once in ten times.
    for word in [&b"PID|1||A1"[..], b"Invented", b"nvented^Ann", b"detnevnI"] {
        for place in [&sealed, &text] {
            assert!(!place.windows(word.len()).any(|part| part == word));
        }
    }
    outbox.keep(id, content.as_bytes());
    assert_ne!(
        fs::read(outbox.path(id)).unwrap()[HEADER..HEADER + 100],
        sealed[HEADER..HEADER + 100]
    );
}

#[test]
fn a_text_comes_back_as_it_was_and_every_change_is_noticed() {
    let outbox = Outbox::new();
    let copies = &outbox.copies;
    let (one, other) = (id(), id());
    for text in ["", "x", "Niño, 3. November ☂.hl7"] {
        let sealed = copies.seal_text(one, text).unwrap();
        assert_eq!(copies.open_text(one, &sealed).as_deref(), Ok(text));
        assert_eq!(copies.open_text(other, &sealed), Err(SealFailure::Damaged));
        for bit in 0..8 * sealed.len() {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(copies.open_text(one, &flipped), Err(SealFailure::Damaged), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(
                copies.open_text(one, &sealed[..length]),
                Err(SealFailure::Damaged),
                "cut to {length}"
            );
        }
        assert_eq!(
            copies.open_text(one, &[&sealed[..], b"x"].concat()),
            Err(SealFailure::Damaged)
        );
        assert_ne!(copies.seal_text(one, text).unwrap(), sealed);
    }
}

#[test]
fn a_copy_is_not_a_text_and_a_text_is_not_a_copy() {
    let outbox = Outbox::new();
    let id = id();
    let text = outbox.copies.seal_text(id, "invented").unwrap();
    outbox.keep(id, b"invented");
    let copy = fs::read(outbox.path(id)).unwrap();
    assert_eq!(outbox.copies.open_text(id, &copy), Err(SealFailure::Damaged));
    outbox.check_damage(id, &text, b"", "a text as a copy");
}

/// The prints of a file with these words in the places that matter or not.
fn prints(outbox: &Outbox, [time, control, patient, vaccine, day]: [&str; 5]) -> Vec<VaccinationPrint> {
    let mut facts = Facts::new();
    let message = format!(
        "MSH|^~\\&|EHR|CLINIC|||{time}||VXU^V04^VXU_V04|{control}|P|2.5.1\rPID|1||{patient}^^^CLINIC||Invented^Ann||20200102\r\
         RXA|0|1|{day}||{vaccine}^any name^CVX|0.5||||||||||||||CP|A\r"
    );
    facts.feed(message.as_bytes());
    let found = facts.finish();
    outbox.copies.prints(&found.patients[0].facts).unwrap()
}

#[test]
fn the_same_days_exported_twice_have_the_same_prints_and_others_do_not() {
    let outbox = Outbox::new();
    let first = prints(&outbox, ["20261120", "1", "A1", "08", "20261119"]);
    assert_eq!(first.len(), 1);
    assert_eq!(prints(&outbox, ["20261121093000", "77", "A1", "08", "20261119"]), first);
    for other in [
        ["20261120", "1", "A2", "08", "20261119"],
        ["20261120", "1", "A1", "110", "20261119"],
        ["20261120", "1", "A1", "08", "20261118"],
    ] {
        assert_ne!(prints(&outbox, other), first, "{other:?}");
    }
    outbox.keys.forget_key().unwrap();
    assert_ne!(
        prints(&outbox, ["20261120", "1", "A1", "08", "20261119"]),
        first,
        "another key"
    );
}

/// Hands out at most so many bytes at a time.
struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = buffer.len().min(self.1);
        self.0.read(&mut buffer[..read])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_content_in_reads_of_any_size_comes_back(
        content in vec(any::<u8>(), 0..5000),
        written in 1_usize..600,
        read in 1_usize..600,
    ) {
        let outbox = Outbox::new();
        let id = id();
        outbox.copies.keep(id, &mut Slow(&content, written)).unwrap();
        let mut open = outbox.copies.open(id).unwrap();
        let mut given = Vec::new();
        let mut buffer = vec![0; read];
        loop {
            let bytes = open.read(&mut buffer).unwrap();
            if bytes == 0 {
                break;
            }
            given.extend_from_slice(&buffer[..bytes]);
        }
        prop_assert_eq!(given, content);
    }
}
