//! The wish to stop a long job, shared between who wishes and who works.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// A flag that a long job asks at every chunk. Clones share it; once set it stays set.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the job to stop at its next chunk.
    pub fn request(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether somebody asked the job to stop.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Two cancels are equal when they are the same flag.
impl PartialEq for Cancel {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_hears_the_wish() {
        let ours = Cancel::default();
        let theirs = ours.clone();
        assert!(!theirs.is_requested());
        ours.request();
        assert!(theirs.is_requested());
    }
}
