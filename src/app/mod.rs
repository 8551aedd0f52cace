//! The program without its outside: the model, what may happen to it, and every word that staff see.

pub mod account_form;
pub mod away;
pub mod card;
pub mod elsewhere;
pub mod errand;
pub mod findings;
pub mod leaving;
pub mod marked;
pub mod message;
pub mod model;
pub mod month;
pub mod notice;
pub mod page;
pub mod past;
pub mod proof;
pub mod repair;
pub mod restored;
pub mod retire;
pub mod road;
pub mod standing;
pub mod update;
pub mod wording;
pub mod wrong_file;

pub use update::{apply_command, apply_event, begin, begin_in_a_window, begin_in_the_background};
