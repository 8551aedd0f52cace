//! Screens that draw the model and return what the person asked for.

pub mod theme;
pub mod widgets;
