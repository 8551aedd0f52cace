//! What holds for any bytes. The property tests ask it of bytes that they make up, the fuzzers in `tests/fuzz` of bytes that they
//! breed, and the test here of what the fuzzers begin with.

pub(crate) mod checker;
pub(crate) mod repair;
pub(crate) mod tokenizer;

use std::{fs, path::Path};

use crate::check::RULES;

#[test]
fn what_the_fuzzers_begin_with_keeps_everything() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check");
    let mut seeds = 0;
    for seed in fs::read_dir(folder).unwrap() {
        let bytes = fs::read(seed.unwrap().path()).unwrap();
        for chunk in [1, 7, 4096] {
            tokenizer::everything(&bytes, &[chunk]);
            checker::everything(&bytes, chunk, &RULES);
            repair::everything(&bytes, chunk, &RULES);
        }
        seeds += 1;
    }
    assert!(seeds > 50, "{seeds}");
}
