//! Two computers wrote into one name in the same moment: what stands there then is neither's file.

use std::{collections::HashSet, io::Read};

use crate::{
    domain::{cancel::Cancel, failure::RegistryFailure, remote::Folder},
    worker::courier::{Courier, duplicate::MAX_FETCHED_BYTES, no_connection, steps::Parcel},
};

/// How a file goes on after a message or an envelope.
const SEGMENTS: [&[u8]; 7] = [b"MSH|", b"BHS|", b"FHS|", b"BTS", b"FTS", b"PID|", b"RXA|"];
/// A segment that begins a message.
const MESSAGE: &[u8] = b"MSH|";

impl Courier {
    /// Removes a mixture with bytes of our own, which nobody can want. What may be somebody's whole file is left alone.
    pub(super) fn remove_mixture(&mut self, parcel: &Parcel<'_>, name: &str) -> Result<(), RegistryFailure> {
        if parcel.shipment.size_bytes > MAX_FETCHED_BYTES {
            return Ok(());
        }
        let Some(ours) = self.own_bytes(parcel) else {
            return Ok(());
        };
        // Looking at a longer file has used the connection up.
        self.drop_connection();
        self.connect(&parcel.shipment.account, &Cancel::default())?;
        let open = self.connection.as_mut().ok_or_else(no_connection)?;
        let mut there = Vec::new();
        match open
            .registry
            .fetch(Folder::Dropoff, name, &mut there, 2 * MAX_FETCHED_BYTES)
        {
            Ok(_) if is_mixture(&there, &ours) => {}
            Err(failure) if failure.trouble.passes_by_itself() => return Err(failure),
            Ok(_) => return Ok(()),
            Err(_) => {
                self.drop_connection();
                return Ok(());
            }
        }
        tracing::warn!(submission = %parcel.shipment.submission, name, "two computers wrote into one name: removed");
        match open.registry.remove(name) {
            Err(failure) if failure.trouble.passes_by_itself() => Err(failure),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn own_bytes(&self, parcel: &Parcel<'_>) -> Option<Vec<u8>> {
        let mut ours = Vec::new();
        self.outfit.whole_file(parcel).ok()?.read_to_end(&mut ours).ok()?;
        Some(ours)
    }
}

/// Whether these bytes are ours with somebody else's before or behind them.
///
/// Ours in front and behind it something that begins in the middle of a segment: nobody's file. One that goes on with a segment may
/// be an export that contains ours. As long as ours, with messages of ours and others among them: nobody's file either, since the
/// messages have control ids of their own in each export. However the two took turns while they wrote, one of them sees this.
fn is_mixture(there: &[u8], ours: &[u8]) -> bool {
    if ours.is_empty() || there == ours {
        return false;
    }
    if let Some(behind) = there.strip_prefix(ours) {
        let goes_on = SEGMENTS.iter().any(|name| behind.trim_ascii_start().starts_with(name));
        return looks_like_hl7(ours) && !goes_on;
    }
    let own: HashSet<&[u8]> = headers(ours).collect();
    let is_own = |header: &[u8]| own.contains(header);
    there.len() == ours.len() && headers(there).any(is_own) && !headers(there).all(is_own)
}

/// The lines that begin the messages.
fn headers(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n'));
    lines.filter(|line| line.starts_with(MESSAGE))
}

/// What does not begin as HL7 does is not understood, and so nobody says what it is mixed with.
fn looks_like_hl7(bytes: &[u8]) -> bool {
    [MESSAGE, b"FHS|", b"BHS|"].iter().any(|name| bytes.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &[u8] = b"MSH|1|A\rPID|1\rMSH|2|B\rPID|2\r";
    const THEIRS: &[u8] = b"MSH|3|C\rPV1\r";

    #[test]
    fn ours_with_something_before_or_behind_is_a_mixture() {
        let mut longer_is_ours = OURS.to_vec();
        longer_is_ours[..THEIRS.len()].copy_from_slice(THEIRS);
        assert!(is_mixture(&longer_is_ours, OURS));
        assert!(is_mixture(&longer_is_ours, THEIRS));
    }

    #[test]
    fn ours_around_something_is_a_mixture() {
        let before = b"MSH|1|A\rPID|1\r";
        let theirs = b"MSH|3|C\rPID|3\rMSH|4";
        let after = b"5\rMSH|5|E\r";
        let own_middle = b"MSH|2|B\rPID|2\rPD1|9";
        let ours = [&before[..], own_middle, after].concat();
        let mixed = [&before[..], theirs, after].concat();
        assert!(is_mixture(&mixed, &ours));
        // Two seams within lines of their own, and the end is not a whole message.
        let cut = ours.len() - 3;
        let mixed = [&mixed[..cut], &ours[cut..]].concat();
        assert!(is_mixture(&mixed, &ours));
    }

    #[test]
    fn a_correction_of_the_same_length_is_none() {
        let corrected = b"MSH|1|A\rPID|7\rMSH|2|B\rPID|2\r";
        assert_eq!(corrected.len(), OURS.len());
        assert!(!is_mixture(corrected, OURS));
    }

    #[test]
    fn an_export_that_begins_with_ours_is_none() {
        assert!(!is_mixture(&[THEIRS, OURS].concat(), THEIRS));
        assert!(!is_mixture(&[OURS, b"MSH|4|D\r"].concat(), OURS));
    }

    #[test]
    fn a_whole_file_of_somebody_else_is_none() {
        assert!(!is_mixture(THEIRS, OURS));
        assert!(!is_mixture(OURS, THEIRS));
        assert!(!is_mixture(OURS, OURS));
        // The same days, exported once more: as long, and only ids and times differ.
        let again = b"MSH|7|A\rPID|1\rMSH|8|B\rPID|2\r";
        assert!(!is_mixture(again, OURS));
    }
}
