//! The ledger: every question and every writing, two processes on one file, damage, older and newer versions.

mod damage;
mod facilities;
mod prints;
mod proof;
pub(crate) mod scene;
mod seen;
mod submissions;
mod together;
