//! What Dropoff does while nobody sits before its window.

/// Shows short messages outside of any window. Words that come here hold no file's name and nothing of a patient.
pub trait Notifier {
    /// Shows one. It does not wait, and cannot fail: nothing depends on it.
    fn notify(&self, title: &str, text: &str);
}

/// What the system starts when this person signs in.
pub trait SignIn: Send + Sync {
    /// From now on the background is started then. Adding it twice is adding it once. The error is a technical line.
    fn add(&self) -> Result<(), String>;

    /// No longer. Removing what is not there succeeds. The error is a technical line.
    fn remove(&self) -> Result<(), String>;
}
