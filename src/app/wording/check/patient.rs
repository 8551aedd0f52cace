//! Words on the patient.

use crate::{
    app::wording::check::Words,
    domain::check::{Argument, patient::PatientRule},
};

pub(super) fn words(rule: PatientRule, _arguments: &[Argument]) -> Words {
    match rule {}
}
