//! Who sits at which computer, for receipts and the history.

/// The signed-in person and the computer, as the operating system names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Login name.
    pub user: String,
    /// Computer name.
    pub computer: String,
}
