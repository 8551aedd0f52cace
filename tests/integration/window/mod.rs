//! The window, driven by label and role as a screen reader drives it.

mod covered;
mod findings;
mod first_start;
mod getting_out;
mod outbox;
mod pictures;
mod proof;
mod repair;
mod scenes;
mod sending;
mod settings;
mod stage;
