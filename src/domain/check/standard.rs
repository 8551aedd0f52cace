//! What files are held against whatever the day and the registry.

use thiserror::Error;

use super::{guide::Plan, message, patient, vaccination};
use crate::domain::{
    codes::{TableError, Tables},
    guide::{Guide, GuideError},
};

/// Code tables, and the national guide. Made once; nothing is changed afterwards.
#[derive(Debug, Clone)]
pub struct Standard {
    /// Vaccines, makers and the small tables.
    pub tables: Tables,
    /// The guide, with what no other room says.
    pub guide: Plan,
}

/// Why there is no standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum StandardError {
    /// A code table cannot be understood.
    #[error("code tables: {0}")]
    Tables(#[from] TableError),
    /// The guide cannot be understood.
    #[error(transparent)]
    Guide(#[from] GuideError),
}

impl Standard {
    /// With the tables that are built in.
    pub fn built_in() -> Result<Self, StandardError> {
        Self::with(Tables::built_in()?)
    }

    /// With these tables.
    pub fn with(tables: Tables) -> Result<Self, StandardError> {
        let owned = [message::OWNED, patient::OWNED, vaccination::OWNED];
        Ok(Self {
            guide: Plan::of(&Guide::z22()?, &tables, &owned),
            tables,
        })
    }
}
