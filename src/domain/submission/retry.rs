//! Waiting well: what helps against a trouble, and when the next try is.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::{failure::Trouble, submission::SubmissionId};

/// The first try again. Source: "Secure File Transfer Protocol Specifications" (11-15236): retry delay 30 s.
const FIRST_SECS: i64 = 30;
/// The longest pause between two tries.
const LONGEST_SECS: i64 = 30 * 60;
/// The largest part of a pause that is added or taken away, in percent, so that many computers do not come at once.
const JITTER_PERCENT: i64 = 20;

/// What helps against a trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Waiting: it passes by itself.
    TryAgain,
    /// A person of the clinic: a password, a certificate to ask about, a permission.
    Person,
    /// The clinic's IT: a firewall, a protocol, a folder.
    ClinicIt,
    /// Nothing: this file cannot be sent as it is.
    Impossible,
}

impl Trouble {
    /// What helps against it.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::HostNotFound
            | Self::Offline
            | Self::PortClosed
            | Self::Silent
            | Self::Busy
            | Self::ConnectionLost
            | Self::AnotherDropoff
            | Self::NameExists
            | Self::WrongSize { .. }
            | Self::Overwritten
            | Self::Books(_)
            | Self::NoRoom => Remedy::TryAgain,
            Self::CertificateUnknown(_)
            | Self::CertificateExpired(_)
            | Self::CertificateWrongName(_)
            | Self::CertificateChanged { .. }
            | Self::PasswordRefused
            | Self::NoPassword
            | Self::Keychain(_)
            | Self::PermissionDenied
            | Self::Cancelled
            | Self::Unexpected => Remedy::Person,
            Self::TlsRefused | Self::DataPortsBlocked | Self::FolderMissing(_) => Remedy::ClinicIt,
            Self::LocalFile(_) => Remedy::Impossible,
        }
    }

    /// Whether waiting helps.
    pub fn passes_by_itself(&self) -> bool {
        self.remedy() == Remedy::TryAgain
    }
}

/// When to try again after this trouble. A try without a network bothers nobody, and the network may be back at any time: those
/// pauses stay below five minutes.
pub fn next_try_after(trouble: &Trouble, now: DateTime<Utc>, tries: u32, submission: SubmissionId) -> DateTime<Utc> {
    /// 30 s doubled three times, and a fifth.
    const OFFLINE_TRIES: u32 = 4;
    let tries = if *trouble == Trouble::Offline {
        tries.min(OFFLINE_TRIES)
    } else {
        tries
    };
    next_try(now, tries, submission)
}

/// When to try again after so many tries in vain: 30 s after the first, doubling to 30 min, a fifth more or less by lot.
///
/// The lot comes from the submission and the try, so that it is the same wherever it is asked.
pub fn next_try(now: DateTime<Utc>, tries: u32, submission: SubmissionId) -> DateTime<Utc> {
    let doubled = FIRST_SECS << tries.saturating_sub(1).min(10);
    let secs = doubled.min(LONGEST_SECS);
    let lot = submission.0.as_u128().rotate_left(tries.wrapping_mul(13) % 128) % 1_000;
    let lot = i64::try_from(lot).unwrap_or_default();
    // From -20 % to +20 %, never earlier than the registry's own 30 s.
    let millis = secs * 1_000 + secs * 10 * (2 * JITTER_PERCENT * lot / 1_000 - JITTER_PERCENT);
    now + TimeDelta::milliseconds(millis.max(FIRST_SECS * 1_000))
}

/// Whether it is time. A time that lies further ahead than any pause was noted by a clock that has since been set back.
pub fn is_due(now: DateTime<Utc>, until: Option<DateTime<Utc>>) -> bool {
    let longest = TimeDelta::seconds(LONGEST_SECS * (100 + JITTER_PERCENT) / 100);
    until.is_none_or(|until| until <= now || until - now > longest)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-20T15:12:00Z".parse().unwrap()
    }

    #[test]
    fn tries_come_after_30_seconds_then_doubling_to_half_an_hour() {
        for (tries, secs) in [
            (1, 30),
            (2, 60),
            (3, 120),
            (6, 960),
            (7, 1_800),
            (8, 1_800),
            (1_000, 1_800),
        ] {
            for seed in 0..50 {
                let pause = next_try(now(), tries, SubmissionId(Uuid::from_u128(seed * 7_919))) - now();
                let percent = pause.num_milliseconds() / (secs * 10);
                assert!((80..=120).contains(&percent), "try {tries}: {pause}");
                assert!(pause >= TimeDelta::seconds(30));
            }
        }
    }

    #[test]
    fn without_a_network_tries_come_every_five_minutes_at_least() {
        for seed in 0..50 {
            let id = SubmissionId(Uuid::from_u128(seed * 7_919));
            let pause = next_try_after(&Trouble::Offline, now(), 1_000, id) - now();
            assert!(pause <= TimeDelta::minutes(5), "{pause}");
            assert_eq!(next_try_after(&Trouble::Silent, now(), 9, id), next_try(now(), 9, id));
            assert_eq!(next_try_after(&Trouble::Offline, now(), 1, id), next_try(now(), 1, id));
        }
    }

    #[test]
    fn two_submissions_do_not_come_at_the_same_moment() {
        let pauses: std::collections::HashSet<_> = (0..50)
            .map(|seed| next_try(now(), 6, SubmissionId(Uuid::from_u128(seed * 7_919))))
            .collect();
        assert!(pauses.len() > 20, "{} different pauses", pauses.len());
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_make_a_file_wait_for_days() {
        let until = next_try(now(), 9, SubmissionId(Uuid::from_u128(1)));
        assert!(!is_due(now(), Some(until)));
        assert!(is_due(until, Some(until)));
        assert!(is_due(now() - TimeDelta::days(3), Some(until)));
        assert!(is_due(now(), None));
    }
}
