//! HL7 version 2 as it comes in files: what a file is, its segments with their places in it, its counts.
//!
//! * [`content`]: what a file is, by its first bytes.
//! * [`tokenizer`]: cuts a stream of bytes into segments. It is fed in chunks, cannot fail, and holds at most one segment.
//! * [`junk`]: what stands between segments and belongs to none.
//! * [`segment`] and [`part`]: views of a segment and of its fields, repetitions, components and subcomponents. Every level
//!   knows its byte range in the original file. Nothing is copied, and nothing is split before somebody asks.
//! * [`timestamp`] and [`coded`]: values of the two types that most rules read.
//! * [`delimiters`]: the characters that split, as each message declares them.
//! * [`escape`]: the text that a value stands for.
//! * [`summary`]: counts of a whole file in one reading; [`facilities`]: whose it is.
//! * [`head`], [`utf16`]: what must be known before the first segment can be cut.
//! * [`identity`]: which values can tell who somebody is.
//! * [`message`]: the segments of one message, kept together.

pub mod coded;
pub mod content;
pub mod delimiters;
pub mod escape;
pub mod facilities;
pub mod head;
pub mod identity;
pub mod junk;
pub mod message;
pub mod name;
pub mod part;
pub mod segment;
pub mod shown;
pub mod summary;
pub mod timestamp;
pub mod tokenizer;
pub mod utf16;

pub use coded::Coded;
pub use content::{ContentKind, detect};
pub use delimiters::Delimiters;
pub use escape::unescape;
pub use facilities::{Facilities, MAX_FACILITIES};
pub use head::Head;
pub use identity::{identifying, shown_name};
pub use junk::{Junk, JunkKind, JunkKinds};
pub use message::{Member, MessageBuffer};
pub use name::SegmentName;
pub use part::{Component, Field, Part, Parts, Repetition, Subcomponent};
pub use segment::{Fields, Segment, Terminator};
pub use shown::{char_count, shown};
pub use summary::{Envelope, Summary};
pub use timestamp::{Precision, Reading, Timestamp};
pub use tokenizer::{Ending, MAX_SEGMENT_BYTES, Tokenizer};
pub use utf16::{Utf16, Width};
