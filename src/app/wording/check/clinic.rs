//! Words on the right clinic.

use crate::{
    app::wording::check::Words,
    domain::check::{Argument, clinic::ClinicRule},
};

pub(super) fn words(rule: ClinicRule, _arguments: &[Argument]) -> Words {
    match rule {}
}
