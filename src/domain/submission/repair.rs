//! A copy of a chosen file, on which something was put right.

use crate::domain::{
    check::repair::{Made, Plan, Refusal},
    submission::{ContentHash, Reading},
};

/// What is to be put right, and in which bytes: of any others no copy is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepairOrder {
    /// What is to be done.
    pub plan: Plan,
    /// Length of the chosen file.
    pub size_bytes: u64,
    /// Hash of the chosen file.
    pub sha256: ContentHash,
}

impl RepairOrder {
    /// What can be put right in the file that was read; `None` where nothing is to.
    pub fn of(reading: &Reading) -> Option<Result<Self, Refusal>> {
        let plan = Plan::of(&reading.report)?;
        Some(plan.map(|plan| Self {
            plan,
            size_bytes: reading.size_bytes,
            sha256: reading.sha256,
        }))
    }
}

/// What came of putting a file right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repaired {
    /// Length, hash and check of the copy.
    pub reading: Reading,
    /// What was changed in it.
    pub made: Made,
}
