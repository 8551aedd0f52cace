//! The window: joins the model, the screens and the worker.

pub mod system_fonts;
