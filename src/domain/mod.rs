//! What is true without a computer: accounts, names of files, HL7 and its check, the life of a submission.

pub mod account;
pub mod calendar;
pub mod cancel;
pub mod check;
pub mod codes;
pub mod failure;
pub mod fingerprint;
pub mod hl7;
pub mod naming;
pub mod person;
pub mod profile;
pub mod receipt;
pub mod remote;
pub mod secret;
pub mod settings;
pub mod submission;
