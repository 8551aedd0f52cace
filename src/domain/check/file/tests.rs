//! Each rule of the file, where it fires and where it does not.

use crate::domain::{
    check::{
        Argument,
        file::FileRule,
        tests::{check_one, message},
    },
    hl7::ContentKind,
};

#[track_caller]
fn check(bytes: impl AsRef<[u8]>, expected: &[&str]) {
    crate::domain::check::tests::check(&["file", "envelope"], bytes, expected);
}

#[test]
fn a_file_without_a_message_is_a_blocker_and_nothing_else() {
    check("", &["file.empty"]);
    check("\r\n  \r\n", &["file.empty"]);
    check("FHS|^~\\&\rBHS|^~\\&\rBTS|0\rFTS|1\r", &["file.no-message"]);
    check("%PDF-1.7\n", &["file.not-hl7"]);
    check_one(
        "<!DOCTYPE html><html>",
        FileRule::OtherFormat,
        "<!DOCTYPE html><html>",
        &[Argument::Kind(ContentKind::Html)],
    );
}

#[test]
fn a_file_that_ends_within_a_segment_is_cut_off() {
    let text = message("A1");
    let (header, _) = text.split_once("PID").unwrap();
    for last in ["P", "PI", "PID", "PID|1||40077", "RXA|0|1|2026", "OBX|1|CE|64994"] {
        check_one(format!("{header}{last}"), FileRule::CutOff, last, &[]);
    }
}
