//! Tests of the whole, through the library's public face.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking"
)]

mod corpus;
mod tokenizer;
