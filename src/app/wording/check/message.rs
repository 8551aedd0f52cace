//! Words on the message.

use crate::{
    app::wording::check::Words,
    domain::check::{Argument, message::MessageRule},
};

pub(super) fn words(rule: MessageRule, _arguments: &[Argument]) -> Words {
    match rule {}
}
