//! The window: joins the model, the screens and the worker.

pub mod arguments;
pub mod hands;
pub mod host;
pub mod launch;
pub mod system_fonts;

pub use self::{
    arguments::Arguments,
    hands::{EguiWake, Hands},
    host::Window,
    launch::{Renderer, Start, StartMarker, launch},
};
