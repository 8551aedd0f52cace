//! What goes wrong once, when its moment comes.

use dropoff::domain::failure::Trouble;

/// What the registry is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Moment {
    Open,
    List,
    Put,
    Fetch,
    Remove,
    Close,
}

/// What becomes of the bytes that arrived before a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rest {
    Kept,
    ThrownAway,
    /// In HL7-Dropoff no more, in Accepted not yet.
    BetweenFolders,
    Taken,
    /// As `BetweenFolders`; after so many seconds it is in Accepted, where after so many more it has its whole length.
    Moves(u64, u64),
    /// The rest was on its way and is there after so many seconds.
    Grows(u64),
}

/// What goes wrong once, at the next such moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It fails like this, and the connection stays.
    Refuses(Moment, Trouble),
    /// The connection ends before anything happens.
    Ends(Moment, Trouble),
    /// It is done, and the connection ends before the answer.
    ActsAndEnds(Moment, Trouble),
    /// Somebody puts a file of the same name first.
    SomebodyIsFaster(Vec<u8>),
    /// The connection ends when this many bytes of a put have arrived; with more than the file has, after all of it.
    Cut(usize, Rest),
    /// As `Cut`, and this is what is said of it.
    Loses(usize, Rest, Trouble),
    /// As `Cut`, and the process that sends is killed.
    Dies(usize, Rest),
    /// The server says so in the middle of a put, after this many bytes, which it keeps.
    StopsPut(usize, Trouble),
    /// It keeps so many bytes only, says that all is well, and tells the size when it is asked.
    Forgets(usize),
    /// As `Forgets`, and the adapter hands the small size on as a proof.
    ForgetsUnnoticed(usize),
    /// It takes the file into Accepted at once.
    TakesAtOnce,
    /// Who sends changes their mind when this many bytes have arrived.
    Cancels(usize),
    /// A fault in the adapter itself.
    Panics(Moment),
    /// A fault in the adapter itself, in the middle of a put: this many bytes arrived.
    PanicsInPut(usize),
}

impl Fault {
    pub(super) fn moment(&self) -> Moment {
        match self {
            Self::Refuses(moment, _) | Self::Ends(moment, _) | Self::ActsAndEnds(moment, _) | Self::Panics(moment) => {
                *moment
            }
            Self::SomebodyIsFaster(_)
            | Self::Cut(..)
            | Self::Loses(..)
            | Self::Dies(..)
            | Self::StopsPut(..)
            | Self::Forgets(_)
            | Self::ForgetsUnnoticed(_)
            | Self::TakesAtOnce
            | Self::Cancels(_)
            | Self::PanicsInPut(_) => Moment::Put,
        }
    }

    /// Where a put breaks off, what becomes of it, and what is said.
    pub(super) fn break_off(&self) -> Option<(usize, Rest, Trouble)> {
        match self {
            Self::Cut(at, rest) | Self::Dies(at, rest) => Some((*at, *rest, Trouble::ConnectionLost)),
            Self::Loses(at, rest, trouble) => Some((*at, *rest, trouble.clone())),
            Self::StopsPut(at, trouble) => Some((*at, Rest::Kept, trouble.clone())),
            Self::PanicsInPut(at) => Some((*at, Rest::Kept, Trouble::Unexpected)),
            Self::ActsAndEnds(Moment::Put, trouble) => Some((usize::MAX - 1, Rest::Kept, trouble.clone())),
            _ => None,
        }
    }

    /// Whether the connection is still of use after the put broke off.
    pub(super) fn leaves_the_connection(&self) -> bool {
        matches!(self, Self::StopsPut(..))
    }
}

/// How a registry behaves all the time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manners {
    /// Each word takes up to so many milliseconds.
    pub(crate) word_millis: u64,
    /// Listings show the folders, and the sizes in them, as they were up to so many seconds ago.
    pub(crate) stale_secs: u64,
    pub(crate) takes: Option<Takes>,
    /// A file is not removed while some of it is still to come.
    pub(crate) guards_growing: bool,
    /// No file is removed.
    pub(crate) never_removes: bool,
    /// No file is handed out.
    pub(crate) never_fetches: bool,
}

/// How a registry takes files into Accepted, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Takes {
    /// So long after it arrived, at the earliest and at the latest.
    pub(crate) after: (u64, u64),
    /// In HL7-Dropoff no more, in Accepted not yet.
    pub(crate) between: u64,
    /// In Accepted, with fewer bytes than it has.
    pub(crate) short: u64,
    /// Also what is not whole.
    pub(crate) parts: bool,
}
