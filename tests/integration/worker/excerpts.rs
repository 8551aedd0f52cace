//! Reading a file once more, for whoever looks at what was found in it.

use dropoff::{
    app::message::{CardId, DeskJob, Event, ExcerptRequest, Reread},
    domain::{
        cancel::Cancel,
        check::repair::Repairer,
        failure::FileFailure,
        hl7::SegmentName,
        submission::{Reading, RepairOrder},
    },
};

use crate::support::{clinic::occasion, fake_computer::Body, office::Office};

const PATIENT: &str = "MSH|^~\\&|A|B|C|D|20261120||VXU^V04^VXU_V04|1|P|2.5.1\rPID|1||1^^^X^MR||Hartley^Rosalind\r";

fn checked(office: &mut Office, content: &str) -> Reading {
    office.files.set("/file.hl7", Body::Bytes(content.as_bytes().to_vec()));
    office.desk(DeskJob::Read {
        card: CardId(1),
        path: "/file.hl7".into(),
        occasion: occasion(),
        cancel: Cancel::default(),
    });
    office.wait(|event| match event {
        Event::FileRead { result, .. } => Some((**result.as_ref().unwrap()).clone()),
        _ => None,
    })
}

fn read_again(office: &mut Office, reading: &Reading) -> Reread {
    read_copy_again(office, reading, None)
}

fn read_copy_again(office: &mut Office, reading: &Reading, repair: Option<RepairOrder>) -> Reread {
    office.desk(DeskJob::ReadExcerpts(Box::new(ExcerptRequest {
        card: CardId(1),
        path: "/file.hl7".into(),
        repair,
        reading: reading.clone(),
        cancel: Cancel::default(),
    })));
    office.wait(|event| match event {
        Event::ExcerptsRead(reread) => Some((**reread).clone()),
        _ => None,
    })
}

#[test]
fn the_same_file_shows_whom_a_finding_is_about() {
    let mut office = Office::open();
    let reading = checked(&mut office, PATIENT);
    let reread = read_again(&mut office, &reading);
    let finding = reading
        .report
        .findings
        .iter()
        .find(|finding| finding.message == Some(1));
    let excerpts = reread.excerpts.unwrap();
    let patient = excerpts.of(finding.unwrap()).unwrap().patient.clone().unwrap();
    assert_eq!(patient.name.unwrap().as_str(), "Hartley, Rosalind");
    assert_eq!(reread.legend.field(SegmentName::new(*b"PID"), 5), Some("Patient Name"));
}

#[test]
fn a_finding_in_a_copy_is_shown_in_the_copy() {
    let mut office = Office::open();
    let on_lines = PATIENT.replace('\r', "\r\n").replace("\r\nPID", "\r\n\r\nPID");
    let original = checked(&mut office, &on_lines);
    let order = RepairOrder::of(&original).unwrap().unwrap();
    let mut copy = Vec::new();
    let mut repairer = Repairer::new(order.plan);
    repairer.feed(on_lines.as_bytes(), &mut |bytes| copy.extend_from_slice(bytes));
    repairer.finish(&mut |bytes| copy.extend_from_slice(bytes)).unwrap();
    let reading = checked(&mut office, &String::from_utf8(copy).unwrap());
    office.files.set("/file.hl7", Body::Bytes(on_lines.into_bytes()));
    assert_eq!(read_again(&mut office, &reading).excerpts, Err(FileFailure::Changed));
    let excerpts = read_copy_again(&mut office, &reading, Some(order)).excerpts.unwrap();
    let mut findings = reading.report.findings.iter();
    let finding = findings
        .find(|finding| finding.segment == Some(SegmentName::new(*b"PID")))
        .unwrap();
    let patient = excerpts.of(finding).unwrap().patient.clone().unwrap();
    assert_eq!(patient.name.unwrap().as_str(), "Hartley, Rosalind");
}

#[test]
fn another_file_at_its_place_shows_nobody() {
    let mut office = Office::open();
    let reading = checked(&mut office, PATIENT);
    // As long as before.
    let other = PATIENT.replace("Rosalind", "Rosamund");
    office.files.set("/file.hl7", Body::Bytes(other.into_bytes()));
    assert_eq!(read_again(&mut office, &reading).excerpts, Err(FileFailure::Changed));
    office.files.remove("/file.hl7");
    assert_eq!(read_again(&mut office, &reading).excerpts, Err(FileFailure::NotFound));
    office.files.set("/file.hl7", Body::Panics);
    assert!(matches!(
        read_again(&mut office, &reading).excerpts,
        Err(FileFailure::Other(_))
    ));
}
