//! Everything that staff do, and what keeps the house in order, in one test program.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::wildcard_enum_match_arm,
    clippy::explicit_write,
    reason = "helpers of tests may fail loudly, read sources, and say what was left out even while a test passes"
)]

mod architecture;
#[cfg(target_os = "linux")]
mod away;
mod check;
mod cli;
mod code_tables;
mod corpus;
mod guide_table;
mod holds;
#[cfg(target_os = "linux")]
mod keychain;
mod ledger;
mod other_parser;
mod proof;
#[cfg(target_os = "linux")]
mod real_servers;
#[cfg(target_os = "linux")]
mod real_window;
mod registry_failures;
mod retire;
mod sealed;
mod support;
mod tokenizer;
mod window;
mod worker;
