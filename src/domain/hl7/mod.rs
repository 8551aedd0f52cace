//! HL7 version 2 as it comes in files: content, segments, the envelope, counts.

pub mod content;
pub mod summary;
