//! HL7 version 2 as it comes in files: what a file is, its segments with their places in it, its counts.
//!
//! * [`content`]: what a file is, by its first bytes.
//! * [`tokenizer`]: cuts a stream of bytes into segments. It is fed in chunks, cannot fail, and holds at most one segment.
//! * [`junk`]: what stands between segments and belongs to none.
//! * [`segment`] and [`part`]: views of a segment and of its fields, repetitions, components and subcomponents. Every level
//!   knows its byte range in the original file. Nothing is copied, and nothing is split before somebody asks.
//! * [`delimiters`]: the characters that split, as each message declares them.
//! * [`escape`]: the text that a value stands for.
//! * [`summary`]: counts of a whole file in one reading.

pub mod content;
pub mod delimiters;
pub mod escape;
pub mod junk;
pub mod name;
pub mod part;
pub mod segment;
pub mod summary;
pub mod tokenizer;

pub use content::{ContentKind, detect};
pub use delimiters::Delimiters;
pub use escape::unescape;
pub use junk::{Junk, JunkKind, JunkKinds};
pub use name::SegmentName;
pub use part::{Component, Field, Part, Parts, Repetition, Subcomponent};
pub use segment::{Fields, Segment, Terminator};
pub use summary::{Envelope, Summarizer, Summary};
pub use tokenizer::{Ending, MAX_SEGMENT_BYTES, Tokenizer};
