//! Any bytes through the tokenizer.

#![no_main]

#[path = "../../integration/holds/tokenizer.rs"]
mod holds;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The last byte says how long the chunks are too, so that a seed stays the file that it is.
    let length = bytes.last().map_or(1, |last| usize::from(*last) + 1);
    holds::everything(bytes, &[length, 1, 3]);
});
