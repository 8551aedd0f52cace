//! The worker among fakes: nothing lost, nothing sent twice, nothing said that is not so.

mod delivering;
mod desk;
mod doubts;
mod duplicates;
mod excerpts;
mod gone;
mod outage;
mod passwords;
mod questions;
mod repair;
mod schedules;
mod threads;
mod tidying;

use crate::support::clinic::content;

/// More than one chunk of the worker and of the registry.
fn big(seed: u32) -> Vec<u8> {
    content(seed, 700_000)
}

fn small(seed: u32) -> Vec<u8> {
    content(seed, 2_000)
}
