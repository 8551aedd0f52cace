//! Everything that staff do, and what keeps the house in order, in one test program.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "helpers of tests may fail loudly and read sources"
)]

mod architecture;
mod cli;
mod corpus;
#[cfg(target_os = "linux")]
mod keychain;
#[cfg(target_os = "linux")]
mod real_servers;
#[cfg(target_os = "linux")]
mod real_window;
mod registry_failures;
mod support;
mod tokenizer;
mod window;
