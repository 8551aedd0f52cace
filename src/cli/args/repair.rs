//! `repair` on the command line.

use std::path::PathBuf;

use clap::Args as ClapArgs;

pub(super) const MANUAL: &str = "\
Put a file right on a copy: line ends, byte order mark, framing, letters, a missing envelope. The file itself stays as it is

What `check` finds and a copy can put right without touching what the file says, is put right there, and every change is \
printed. Nothing about patients or vaccinations is changed. A file that may be cut off, whose envelope is open or whose counts \
disagree is never repaired: that can hide lost patients. Needs no account, keychain or data folder. A file that is there \
already is never written over.

With --json one object is printed: {\"file\", \"out\", \"sha256\", \"bytes\", \"can_send\", \"repairs\": [{\"repair\", \"count\", \
\"what\"}], \"why\"}. Hash and length are those of the copy. Where none was written they are null, and so is out. \
can_send is said of the copy, and of the file itself where there is nothing to repair.";

pub(super) const STATUS: &str = "\
EXIT STATUS
  0 the copy was written, 1 failed or a file is there already, 2 wrong command line, 4 no copy was written since something stands
  in the way, or one was and it still cannot be sent, 6 there is nothing to repair and no copy was written.";

#[derive(Debug, ClapArgs)]
pub(in crate::cli) struct RepairOptions {
    /// An HL7 file
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// Where the copy goes. It holds patients, as the file does
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: PathBuf,
}
