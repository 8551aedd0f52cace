//! What tests stand on: certificates, real servers, accounts, invented content.

pub(crate) mod authority;
pub(crate) mod clinic;
#[cfg(target_os = "linux")]
pub(crate) mod left_out;
pub(crate) mod pretend;
#[cfg(target_os = "linux")]
pub(crate) mod servers;
