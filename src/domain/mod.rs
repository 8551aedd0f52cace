//! What is true without a computer: accounts, names of files, HL7 and its check, codes, the national guide, the life of a submission.

pub mod account;
pub mod calendar;
pub mod cancel;
pub mod check;
pub mod codes;
pub mod failure;
pub mod fingerprint;
pub mod guide;
pub mod hl7;
pub mod naming;
pub mod outage;
pub mod person;
pub mod profile;
pub mod proof;
pub mod receipt;
pub mod remote;
pub mod retire;
pub mod secret;
pub mod settings;
pub mod submission;
