//! What the integration tests stand on serves here too: real servers, their certificates, the account.

#![expect(
    dead_code,
    clippy::explicit_write,
    reason = "the integration tests use the rest, and say what was left out in a way of their own"
)]

#[path = "../../integration/support/authority.rs"]
pub(crate) mod authority;
#[path = "../../integration/support/clinic.rs"]
pub(crate) mod clinic;
#[path = "../../integration/support/left_out.rs"]
pub(crate) mod left_out;
#[path = "../../integration/support/servers.rs"]
pub(crate) mod servers;
