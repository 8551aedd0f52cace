//! Keyed fingerprints of vaccinations: the same days exported twice are known again, without keeping a patient.

mod facts;

use std::{collections::HashSet, hash::BuildHasher};

use chrono::{Datelike, NaiveDate, Weekday};

pub use self::facts::{Facts, FileFacts, MAX_VACCINATIONS, PatientFacts, Reach};

/// The first 16 bytes of an HMAC-SHA-256 of patient, vaccine and date. Without the key it tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VaccinationPrint(pub [u8; 16]);

/// How many patients of a file bring nothing but what was sent before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overlap {
    /// Patients all of whose vaccinations are known.
    pub repeated_patients: usize,
    /// Patients with a vaccination.
    pub patients: usize,
}

/// Compares the prints of a file, patient by patient, with those that were sent.
///
/// A patient is repeated when each of their vaccinations is known. One without a print was not known well enough to be compared,
/// and counts as new.
pub fn overlap<S: BuildHasher>(patients: &[Vec<VaccinationPrint>], known: &HashSet<VaccinationPrint, S>) -> Overlap {
    let is_repeated =
        |prints: &&Vec<VaccinationPrint>| !prints.is_empty() && prints.iter().all(|print| known.contains(print));
    Overlap {
        repeated_patients: patients.iter().filter(is_repeated).count(),
        patients: patients.len(),
    }
}

/// The days between two files that neither has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The first such day.
    pub from: NaiveDate,
    /// The last such day.
    pub to: NaiveDate,
}

/// The gap between the last day of the last file and the first day of this one, where it is worth a question.
///
/// It is when more than one day from Monday to Friday lies between them. So a weekend is no gap, nor is one with the holiday beside it,
/// nor a single day on which nobody was vaccinated. A file that starts on an earlier day leaves none.
pub fn gap(last_file_ended: NaiveDate, this_starts: NaiveDate) -> Option<Gap> {
    let is_working_day = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let between = last_file_ended.iter_days().skip(1).take_while(|day| *day < this_starts);
    between.filter(is_working_day).nth(1)?;
    Some(Gap {
        from: last_file_ended.succ_opt()?,
        to: this_starts.pred_opt()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prints(bytes: &[u8]) -> Vec<VaccinationPrint> {
        bytes.iter().map(|byte| VaccinationPrint([*byte; 16])).collect()
    }

    #[test]
    fn a_patient_is_repeated_when_every_vaccination_is_known() {
        let known: HashSet<_> = prints(&[1, 2, 3]).into_iter().collect();
        let patients = [
            prints(&[1, 2]),
            prints(&[3]),
            prints(&[3, 4]),
            prints(&[5]),
            prints(&[]),
        ];
        assert_eq!(
            overlap(&patients, &known),
            Overlap {
                repeated_patients: 2,
                patients: 5
            }
        );
        assert_eq!(overlap(&patients, &HashSet::new()).repeated_patients, 0);
        assert_eq!(overlap(&[], &known).patients, 0);
    }

    /// Days of October and November 2026, as `month-day`; October 15 is a Thursday.
    #[track_caller]
    fn check_gap(last_file_ended: &str, this_starts: &str, expected: Option<(&str, &str)>) {
        let day = |text: &str| format!("2026-{text}").parse::<NaiveDate>().unwrap();
        let expected = expected.map(|(from, to)| Gap {
            from: day(from),
            to: day(to),
        });
        assert_eq!(gap(day(last_file_ended), day(this_starts)), expected);
    }

    #[test]
    fn two_working_days_that_no_file_has_are_a_gap() {
        check_gap("10-15", "11-01", Some(("10-16", "10-31")));
        check_gap("10-12", "10-15", Some(("10-13", "10-14")));
        check_gap("10-15", "10-20", Some(("10-16", "10-19")));
    }

    #[test]
    fn a_weekend_or_a_single_day_is_no_gap() {
        check_gap("10-15", "10-16", None);
        check_gap("10-15", "10-15", None);
        check_gap("10-16", "10-19", None);
        check_gap("10-16", "10-20", None);
        check_gap("10-15", "10-19", None);
        check_gap("10-13", "10-15", None);
        check_gap("11-01", "10-15", None);
    }

    #[test]
    fn the_last_day_there_is_leaves_no_gap() {
        assert_eq!(gap(NaiveDate::MAX, NaiveDate::MAX), None);
        assert_eq!(gap(NaiveDate::MAX, NaiveDate::MIN), None);
        assert_eq!(gap(NaiveDate::MIN, NaiveDate::MIN), None);
    }
}
