//! The repairs, and how often each was made.

use std::{collections::BTreeMap, ops::AddAssign};

use crate::domain::hl7::JunkKind;

/// One way of putting a file right, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// UTF-16 becomes what MSH-18 says. Counted once.
    Utf16,
    /// Windows-1252 becomes UTF-8. Letters are counted.
    Windows1252,
    /// Line ends become CR.
    LineEnds,
    /// The last line gets its end.
    FinalLineEnd,
    /// Byte order marks are left out.
    ByteOrderMark,
    /// MLLP framing is left out. Places are counted.
    Framing,
    /// NUL between segments and at the end is left out. Places are counted.
    Padding,
    /// Ctrl-Z between segments and at the end is left out. Places are counted.
    CtrlZ,
    /// Blank lines, and white space at the end, are left out. Places are counted.
    BlankLines,
    /// FHS, BHS, BTS and FTS are put around the messages. Counted once.
    Envelope,
}

impl Repair {
    /// All of them, in their order.
    pub const ALL: [Self; 10] = [
        Self::Utf16,
        Self::Windows1252,
        Self::LineEnds,
        Self::FinalLineEnd,
        Self::ByteOrderMark,
        Self::Framing,
        Self::Padding,
        Self::CtrlZ,
        Self::BlankLines,
        Self::Envelope,
    ];

    /// By which this junk goes. White space is none of them by itself: before a segment it is its indentation.
    pub(super) fn of_junk(kind: JunkKind) -> Option<Self> {
        match kind {
            JunkKind::ByteOrderMark => Some(Self::ByteOrderMark),
            JunkKind::Mllp => Some(Self::Framing),
            JunkKind::Nul => Some(Self::Padding),
            JunkKind::CtrlZ => Some(Self::CtrlZ),
            JunkKind::BlankLine => Some(Self::BlankLines),
            JunkKind::WhiteSpace => None,
        }
    }

    /// Its name in saved records, which never changes.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Utf16 => "utf-16",
            Self::Windows1252 => "windows-1252",
            Self::LineEnds => "line-ends",
            Self::FinalLineEnd => "final-line-end",
            Self::ByteOrderMark => "byte-order-mark",
            Self::Framing => "mllp-framing",
            Self::Padding => "nul-padding",
            Self::CtrlZ => "ctrl-z",
            Self::BlankLines => "blank-lines",
            Self::Envelope => "envelope",
        }
    }

    /// The repair of this name.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|repair| repair.id() == id)
    }
}

/// Which repairs were made, and how often: what that counts is said with each [`Repair`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made(BTreeMap<Repair, u64>);

impl Made {
    /// Whether nothing was changed.
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// Each repair that was made, and how often.
    pub fn iter(&self) -> impl Iterator<Item = (Repair, u64)> {
        self.0.iter().map(|(repair, count)| (*repair, *count))
    }
}

impl AddAssign<(Repair, u64)> for Made {
    fn add_assign(&mut self, (repair, count): (Repair, u64)) {
        if count > 0 {
            *self.0.entry(repair).or_default() += count;
        }
    }
}

impl FromIterator<(Repair, u64)> for Made {
    fn from_iter<T: IntoIterator<Item = (Repair, u64)>>(repairs: T) -> Self {
        let mut made = Self::default();
        repairs.into_iter().for_each(|repair| made += repair);
        made
    }
}
