//! Invented files to try everything with. No person in them exists.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A sample: its name, and its bytes.
pub type Sample = (&'static str, &'static [u8]);

/// Twelve patients, 21 vaccinations, nothing to complain about.
pub const GOOD: Sample = (
    "good-12-patients.hl7",
    include_bytes!("../../assets/samples/good-12-patients.hl7"),
);

/// Four patients. One child has an adult's consent code (an error), one has nobody responsible (a warning).
pub const TWO_PROBLEMS: Sample = (
    "two-problems.hl7",
    include_bytes!("../../assets/samples/two-problems.hl7"),
);

/// The beginning of a file with five patients; it stops in the middle of the fourth.
pub const CUT_OFF: Sample = ("cut-off.hl7", include_bytes!("../../assets/samples/cut-off.hl7"));

/// A web page that an export left behind under the name of an HL7 file.
pub const WEB_PAGE: Sample = ("web-page.hl7", include_bytes!("../../assets/samples/web-page.hl7"));

/// All samples, in the order in which somebody would try them.
pub const ALL: [Sample; 4] = [GOOD, TWO_PROBLEMS, CUT_OFF, WEB_PAGE];

/// Writes the samples into a folder, replacing earlier ones, and returns their paths.
pub(super) fn write_all(folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    ALL.into_iter()
        .map(|(name, bytes)| {
            let path = folder.join(name);
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            file.write_all(bytes)?;
            file.persist(&path)?;
            Ok(path)
        })
        .collect()
}
