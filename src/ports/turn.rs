//! Whose turn it is to be connected: one Dropoff at a time in a data folder.

/// A turn. It ends when this is dropped, also when the program dies.
pub trait Turn {}

/// Hands out the one turn of a data folder to the window, the background and the command line.
pub trait Turns: Send {
    /// The turn, or `None` while another program has it. The error is a technical line.
    fn take(&self) -> Result<Option<Box<dyn Turn>>, String>;
}
