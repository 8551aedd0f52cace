//! PID-10 and PID-22: race and ethnicity.

use crate::domain::{
    check::{Argument, Findings, SegmentView, patient::PatientRule},
    codes::Tables,
    hl7::Coded,
};

/// A field of codes, the table that they are of, and what there is to say of them.
struct Asked {
    field: usize,
    table: &'static str,
    missing: PatientRule,
    unknown: PatientRule,
    several: PatientRule,
}

const ASKED: [Asked; 2] = [
    Asked {
        field: 10,
        table: "CDCREC_R",
        missing: PatientRule::RaceMissing,
        unknown: PatientRule::RaceUnknown,
        several: PatientRule::SeveralRaces,
    },
    Asked {
        field: 22,
        table: "CDCREC_E",
        missing: PatientRule::EthnicityMissing,
        unknown: PatientRule::EthnicityUnknown,
        several: PatientRule::SeveralEthnicities,
    },
];

pub(super) fn check(pid: &SegmentView<'_>, tables: &Tables, findings: &mut Findings) {
    for asked in &ASKED {
        let Some(list) = tables.list(asked.table) else { continue };
        let place = pid.place_of(asked.field);
        let mut count = 0;
        for value in pid.repetitions(asked.field) {
            let coded = Coded::of(&value);
            if coded.is_empty() {
                continue;
            }
            count += 1;
            if !list.has(coded.code) && !list.has(coded.alternate) && !coded.is_null_flavor() {
                findings.add(asked.unknown, &place.clone().repetition(&value), &[]);
            }
        }
        match count {
            0 => findings.add(asked.missing, &place, &[]),
            1 => {}
            _ => findings.add(asked.several, &place, &[Argument::Count(count)]),
        }
    }
}
