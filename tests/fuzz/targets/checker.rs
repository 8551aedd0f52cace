//! Any bytes through the check with all rules, while live and while testing.

#![no_main]

#[path = "../../integration/holds/checker.rs"]
mod holds;
#[path = "../rules.rs"]
mod rules;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The last byte says how long the chunks are too, so that a seed stays the file that it is.
    let length = bytes.last().map_or(1, |last| usize::from(*last) + 1);
    for rules in rules::BOTH.iter() {
        holds::everything(bytes, length, rules);
    }
});
