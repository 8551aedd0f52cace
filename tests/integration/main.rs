//! Everything that staff do, and what keeps the house in order, in one test program.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "helpers of tests may fail loudly and read sources"
)]

#[cfg(target_os = "linux")]
mod real_servers;
mod registry_failures;
mod support;
