//! Words on the national guide.

use crate::{
    app::wording::check::Words,
    domain::check::{Argument, guide::GuideRule},
};

pub(super) fn words(rule: GuideRule, _arguments: &[Argument]) -> Words {
    match rule {}
}
