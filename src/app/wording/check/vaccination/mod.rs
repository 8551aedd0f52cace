//! Words on the vaccination: what was given when, the dose itself, and what stands beside it.

pub(super) mod dose;
pub(super) mod given;
pub(super) mod observation;

use crate::{
    app::wording::{check::Words, quantity},
    domain::check::Argument,
};

/// The words with what the finding names: the codes at issue behind the title's sentence, or which vaccination came first.
fn told(words: Words, arguments: &[Argument]) -> Words {
    let Some(sentence) = words.title.strip_suffix('.') else {
        return words;
    };
    let title = match arguments {
        [Argument::Code(code)] => format!("{sentence}: {}.", code.as_str()),
        [Argument::Code(maker), Argument::Code(vaccine)] => {
            format!("{sentence}: {} and CVX {}.", maker.as_str(), vaccine.as_str())
        }
        [Argument::Count(first)] => format!("{sentence}, first as vaccination {}.", quantity::thousands(*first)),
        _ => return words,
    };
    words.titled(title)
}
