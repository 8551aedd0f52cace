//! Dropoff: sends a clinic's immunization records to the registry, exactly once, and says what became of them.
//!
//! # The map
//!
//! ```text
//! main, bin ─▶ build ─▶ adapters, demo ─▶ ports ─▶ domain
//!     └─▶ window ─▶ ui ─▶ app ─▶ domain
//!             └──▶ worker ─▶ ports, app::message, domain
//! ```
//!
//! * [`domain`]: what is true without a computer. Names of files, HL7 and its check, failures, the life of a submission.
//! * [`app`]: the model, what a person may ask ([`app::message::Command`]), what the worker should do
//!   ([`app::message::Job`]), what happened ([`app::message::Event`]), every word on the screen ([`app::wording`]), and pages to
//!   print ([`app::page`]).
//! * [`ports`]: narrow traits to the outside world.
//! * [`worker`]: two threads. The courier owns the registry's connection; the desk does everything else that can block. When
//!   both have ended, [`worker::retire`] can remove everything from the computer.
//! * [`adapters`]: one outside thing each. FTPS, keychain, ledger, sealed copies, settings, profile, files, dialogs, system, log.
//! * [`demo`]: the pretend registry inside the program.
//! * [`ui`]: screens that draw the model and return what the person asked for.
//! * [`window`] and [`build`]: join the parts, for the window and for the command line alike. [`cli`] is the command line,
//!   [`background`] what works on without a window.
//!
//! A test in `tests/integration/architecture.rs` keeps the directions.

pub mod adapters;
pub mod app;
pub mod background;
pub mod build;
pub mod cli;
#[cfg(feature = "demo")]
pub mod demo;
pub mod domain;
pub mod ports;
pub mod ui;
pub mod window;
pub mod worker;
