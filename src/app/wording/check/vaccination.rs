//! Words on the vaccination.

use crate::{
    app::wording::check::Words,
    domain::check::{Argument, vaccination::VaccinationRule},
};

pub(super) fn words(rule: VaccinationRule, _arguments: &[Argument]) -> Words {
    match rule {}
}
