//! What tests stand on: certificates, real servers, accounts, invented content.

#[cfg(target_os = "linux")]
pub(crate) mod arrivals;
pub(crate) mod authority;
pub(crate) mod baton;
pub(crate) mod clinic;
pub(crate) mod facts;
pub(crate) mod fake_computer;
pub(crate) mod fake_registry;
pub(crate) mod fake_sealed;
#[cfg(target_os = "linux")]
pub(crate) mod front_desk;
#[cfg(target_os = "linux")]
pub(crate) mod gate;
pub(crate) mod left_out;
pub(crate) mod lot;
pub(crate) mod message;
pub(crate) mod mortal;
pub(crate) mod office;
pub(crate) mod pretend;
#[cfg(target_os = "linux")]
pub(crate) mod proxy;
#[cfg(target_os = "linux")]
pub(crate) mod servers;
#[cfg(target_os = "linux")]
pub(crate) mod taker;
