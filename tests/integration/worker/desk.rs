//! The desk: reading, folders, settings.

use std::{path::PathBuf, sync::atomic::Ordering};

use dropoff::{
    app::message::{CardId, DeskJob, Entry, EntryRefusal, Event, LeftOut},
    domain::{
        cancel::Cancel,
        failure::{FileFailure, SettingsFailure},
        hl7::content::ContentKind,
        settings::Settings,
        submission::{ContentHash, Phase, Reading, SubmissionId},
    },
    ports::Inside,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{
    clinic::{occasion, profile},
    fake_computer::Body,
    fake_sealed::SealedWord,
    office::Office,
};

const HL7: &[u8] = b"MSH|^~\\&|A|B|C|D|20261120||VXU^V04^VXU_V04|1|P|2.5.1\rPID|1||1^^^X^MR\r";

fn read(office: &mut Office, body: Body, cancel: &Cancel) -> Result<Box<Reading>, FileFailure> {
    office.files.set("/file.hl7", body);
    office.desk(DeskJob::Read {
        card: CardId(1),
        path: "/file.hl7".into(),
        occasion: occasion(),
        cancel: cancel.clone(),
    });
    office.wait(|event| match event {
        Event::FileRead { result, .. } => Some(result.clone()),
        _ => None,
    })
}

#[test]
fn a_reading_knows_length_hash_and_kind() {
    let mut office = Office::open();
    let reading = read(&mut office, Body::Bytes(HL7.to_vec()), &Cancel::default()).unwrap();
    assert_eq!(reading.size_bytes, HL7.len() as u64);
    assert_eq!(reading.sha256, ContentHash(Sha256::digest(HL7).into()));
    assert_eq!(reading.report.kind, ContentKind::Hl7);
    assert_eq!(reading.report.summary.messages, 1);
    let empty = read(&mut office, Body::Bytes(Vec::new()), &Cancel::default()).unwrap();
    assert_eq!((empty.report.kind, empty.size_bytes), (ContentKind::Empty, 0));
}

#[test]
fn a_growing_file_is_said_to_change() {
    let mut office = Office::open();
    let result = read(&mut office, Body::Growing(HL7.to_vec()), &Cancel::default());
    assert_eq!(result, Err(FileFailure::Changed));
}

#[test]
fn a_file_that_cannot_be_read_says_why() {
    let mut office = Office::open();
    for failure in [FileFailure::Locked, FileFailure::NotReadable] {
        let result = read(&mut office, Body::Unreadable(failure.clone()), &Cancel::default());
        assert_eq!(result, Err(failure));
    }
    let result = read(&mut office, Body::Folder(Inside::default()), &Cancel::default());
    assert_eq!(result, Err(FileFailure::NotAFile));
}

#[test]
fn a_long_file_is_read_in_chunks_and_reports_how_far_it_is() {
    let mut office = Office::open();
    let reading = read(&mut office, Body::Made(64 << 20), &Cancel::default()).unwrap();
    assert_eq!(reading.size_bytes, 64 << 20);
    assert!(office.files.longest_read.load(Ordering::Relaxed) <= 1 << 20);
    let steps: Vec<u64> = office
        .events
        .iter()
        .filter_map(|event| match event {
            Event::ReadProgress { read_bytes, .. } => Some(*read_bytes),
            _ => None,
        })
        .collect();
    assert!(steps.len() >= 3 && steps.is_sorted(), "{steps:?}");
    assert_eq!(steps[0], 1 << 20, "whoever waits sees something at once");
    let found = office.events.iter().any(|event| match event {
        Event::ReadProgress { so_far, .. } => so_far.rules > 0 && so_far.worst.is_some(),
        _ => false,
    });
    assert!(found, "what was found is told while the file is being read");
}

#[test]
fn a_long_file_is_sent_in_chunks() {
    let mut office = Office::open();
    let mut made = Vec::new();
    let line: &[u8] = b"MSH|^~\\&|A|B|C|D|20261120||VXU^V04^VXU_V04|1|P|2.5.1\r";
    made.extend(line.iter().cycle().take(8 << 20));
    office.sealed.set(SealedWord::NoKey);
    let shipment = office.card(&made);
    let path = shipment.original.as_ref().unwrap().to_str().unwrap();
    office.files.set(path, Body::Made(8 << 20));
    office.deliver(&shipment);
    assert!(office.files.longest_read.load(Ordering::Relaxed) <= 1 << 20);
}

#[test]
fn cancelling_a_reading_ends_it_without_a_word() {
    let mut office = Office::open();
    let cancel = Cancel::default();
    cancel.request();
    office.files.set("/long.hl7", Body::Made(64 << 20));
    office.desk(DeskJob::Read {
        card: CardId(7),
        path: "/long.hl7".into(),
        occasion: occasion(),
        cancel,
    });
    read(&mut office, Body::Bytes(HL7.to_vec()), &Cancel::default()).unwrap();
    let about_it = office
        .events
        .iter()
        .any(|event| matches!(event, Event::FileRead { card: CardId(7), .. }));
    assert!(!about_it);
}

#[test]
fn a_long_file_on_its_way_into_the_copy_is_told_of_and_can_be_cancelled() {
    const LONG: u64 = 1 << 30;
    let mut office = Office::open();
    let chosen = office.choose(SubmissionId(Uuid::new_v4()), HL7);
    office.files.set(chosen.path.to_str().unwrap(), Body::Made(LONG));
    let entry = Entry {
        size_bytes: LONG,
        ..chosen
    };
    office.desk(DeskJob::Enter(Box::new(entry.clone())));
    for _ in 0..2 {
        let copied = office.wait(|event| match event {
            Event::PhaseChanged(submission, Phase::Entering { copied_bytes }) if *submission == entry.submission => {
                Some(*copied_bytes)
            }
            _ => None,
        });
        assert!((1..LONG).contains(&copied), "{copied}");
    }
    entry.cancel.request();
    let result = office.wait(|event| match event {
        Event::Entered(submission, result) if *submission == entry.submission => Some((**result).clone()),
        _ => None,
    });
    assert_eq!(result, Err(EntryRefusal::Cancelled));
    assert!(office.sealed.copies().bytes.is_empty(), "nothing stays of it");
}

fn expand(office: &mut Office, paths: &[&str]) -> (Vec<PathBuf>, LeftOut) {
    office.desk(DeskJob::Expand(paths.iter().map(PathBuf::from).collect()));
    office.wait(|event| match event {
        Event::FilesFound { files, left_out } => Some((files.clone(), *left_out)),
        _ => None,
    })
}

#[test]
fn a_folder_offers_its_hl7_files_and_what_cannot_be_read() {
    let mut office = Office::open();
    let inside = ["/d/a.hl7", "/d/b.pdf", "/d/c.dat", "/d/locked.hl7"];
    let folder = Inside {
        files: inside.map(PathBuf::from).to_vec(),
        more_files: 3,
        folders: 2,
    };
    office.files.set("/d", Body::Folder(folder));
    office.files.set("/d/a.hl7", Body::Bytes(HL7.to_vec()));
    office.files.set("/d/b.pdf", Body::Bytes(b"%PDF-1.7".to_vec()));
    office.files.set("/d/c.dat", Body::Bytes(HL7.to_vec()));
    office.files.set("/d/locked.hl7", Body::Unreadable(FileFailure::Locked));
    let (files, left_out) = expand(&mut office, &["/d"]);
    assert_eq!(files, ["/d/a.hl7", "/d/c.dat", "/d/locked.hl7"].map(PathBuf::from));
    let expected = LeftOut {
        not_hl7: 1,
        more_files: 3,
        folders: 2,
    };
    assert_eq!(left_out, expected);
}

#[test]
fn every_drop_is_answered() {
    let mut office = Office::open();
    office.files.set("/empty", Body::Folder(Inside::default()));
    office.files.set("/p.pdf", Body::Bytes(b"%PDF-1.7".to_vec()));
    let paths = ["/empty", "/p.pdf", "/gone.hl7"];
    assert_eq!(
        expand(&mut office, &paths),
        (paths.map(PathBuf::from).to_vec(), LeftOut::default())
    );
}

#[test]
fn settings_that_are_not_written_are_said_to_be_not_written() {
    let mut office = Office::open();
    let settings = Settings::fresh(&profile(std::time::Duration::from_secs(1)));
    let failure = SettingsFailure::Folder("no room".to_owned());
    *office.settings.failure.lock().unwrap() = Some(failure.clone());
    let save = |office: &mut Office| {
        office.desk(DeskJob::SaveSettings(Box::new(settings.clone())));
        office.wait(|event| match event {
            Event::SettingsSaved(result) => Some(result.clone()),
            _ => None,
        })
    };
    assert_eq!(save(&mut office), Err(failure));
    *office.settings.failure.lock().unwrap() = None;
    assert_eq!(save(&mut office), Ok(()));
    assert_eq!(office.settings.saved.lock().unwrap().len(), 1);
}
