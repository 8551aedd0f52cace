//! Screens that draw the model and return what the person asked for.

pub mod account_fields;
mod code_tables;
pub mod drafts;
pub mod explain;
mod findings;
pub mod fix_list;
pub mod frame;
pub mod help;
pub mod keys;
pub mod monthly_proof;
pub mod past_files;
mod retired;
pub mod settings;
pub mod setup;
pub mod theme;
pub mod this_month;
pub mod widgets;

pub use self::{drafts::Drafts, frame::window_ui};
