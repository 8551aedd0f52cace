//! The code tables: built in, and a newer one of the CDC in the folder `codes` of the data folder instead.

use std::{
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
};

use crate::{
    adapters::os_error,
    domain::codes::{CdcTable, Origin, Refusal, TableError, TableSource, Tables},
};

/// The CDC's largest table has less than a tenth of this.
const MAX_BYTES: u64 = 4 << 20;

/// The folder for newer tables, within the data folder.
const FOLDER: &str = "codes";

/// Endings in which the CDC's tables come. Where both are there, the first is read.
const ENDINGS: [&str; 2] = ["txt", "csv"];

/// The tables, and where each of the CDC's came from. A file that is refused leaves the built-in table in use.
pub fn load(data: &Path) -> Result<(Tables, Vec<TableSource>), TableError> {
    let mut tables = Tables::built_in()?;
    let files = files(&data.join(FOLDER));
    let mut sources = Vec::new();
    for table in CdcTable::ALL {
        let read = file_of(&files, table).map(|path| text(path).and_then(|text| tables.replace(table, &text)));
        let (origin, refusal) = match read {
            None => (Origin::BuiltIn, None),
            Some(Ok(())) => (Origin::File, None),
            Some(Err(refusal)) => (Origin::BuiltIn, Some(refusal)),
        };
        sources.push(TableSource {
            table,
            updated: tables.updated(table),
            origin,
            refusal,
        });
    }
    Ok((tables, sources))
}

/// What is in a folder; nothing where there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

/// The file of a table, in capitals or not.
fn file_of(files: &[PathBuf], table: CdcTable) -> Option<&Path> {
    ENDINGS.iter().find_map(|ending| {
        let name = format!("{}.{ending}", table.file_stem());
        let is_it = |path: &&PathBuf| path.file_name().is_some_and(|other| other.eq_ignore_ascii_case(&name));
        files.iter().find(is_it).map(PathBuf::as_path)
    })
}

fn text(path: &Path) -> Result<String, Refusal> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Err(error) => Err(Refusal::Unreadable(os_error::line(&error))),
        Ok(length) if length as u64 > MAX_BYTES => Err(Refusal::TooLarge),
        Ok(_length) => Ok(decoded(&bytes)),
    }
}

/// The CDC has given out UTF-16 as well as UTF-8, with and without a byte order mark. A letter that is neither is a letter of a name.
fn decoded(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<_> = bytes.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::domain::codes::TableProblem;

    /// A data folder with this file in its folder of codes.
    fn data_with(name: &str, bytes: &[u8]) -> tempfile::TempDir {
        let data = tempfile::tempdir().unwrap();
        fs::create_dir(data.path().join(FOLDER)).unwrap();
        let mut file = File::create(data.path().join(FOLDER).join(name)).unwrap();
        file.write_all(bytes).unwrap();
        data
    }

    /// The built-in groups and one more, as the CDC writes them. They need no day.
    fn groups() -> String {
        let built_in = Tables::built_in().unwrap();
        let lines = built_in
            .groupings()
            .rows()
            .iter()
            .map(|row| format!("x|{}|Active|{}|{}\r\n", row.cvx, row.group, row.group_cvx));
        lines.chain(["x|998|Active|NEW|997\r\n".to_owned()]).collect()
    }

    fn source(data: &Path, table: CdcTable) -> TableSource {
        let (_tables, sources) = load(data).unwrap();
        sources.into_iter().find(|source| source.table == table).unwrap()
    }

    #[test]
    fn without_a_folder_the_built_in_tables_are_used() {
        let data = tempfile::tempdir().unwrap();
        let (tables, sources) = load(data.path()).unwrap();
        assert_eq!(tables.groupings(), Tables::built_in().unwrap().groupings());
        assert_eq!(sources.len(), 4);
        for source in sources {
            assert_eq!(
                (source.origin, source.refusal),
                (Origin::BuiltIn, None),
                "{:?}",
                source.table
            );
            assert_eq!(source.updated.is_none(), source.table == CdcTable::Groups);
        }
    }

    #[test]
    fn a_newer_table_is_used_in_any_of_the_cdcs_encodings() {
        let text = groups();
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            text.clone().into_bytes(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            [b"\xFF\xFE", utf16.as_slice()].concat(),
            [b"\xFE\xFF", big.as_slice()].concat(),
        ] {
            let data = data_with("VG.txt", &bytes);
            let (tables, _sources) = load(data.path()).unwrap();
            assert_eq!(tables.groupings().rows().len(), 257);
            assert_eq!(source(data.path(), CdcTable::Groups).origin, Origin::File);
        }
    }

    #[test]
    fn a_file_that_cannot_be_understood_is_named_and_leaves_the_built_in_table() {
        let data = data_with("cvx.csv", b"Name,Date of birth\nJane,2020\n");
        let vaccines = source(data.path(), CdcTable::Vaccines);
        assert_eq!(vaccines.origin, Origin::BuiltIn);
        assert_eq!(vaccines.refusal, Some(Refusal::Line(TableProblem::Header.on(1))));
        assert_eq!(source(data.path(), CdcTable::Makers).refusal, None);
    }

    #[test]
    fn a_file_that_is_far_too_large_is_not_read() {
        let data = data_with("mvx.txt", &vec![b'x'; usize::try_from(MAX_BYTES).unwrap() + 1]);
        assert_eq!(source(data.path(), CdcTable::Makers).refusal, Some(Refusal::TooLarge));
    }

    #[test]
    fn what_is_no_file_is_not_passed_over() {
        let data = tempfile::tempdir().unwrap();
        fs::create_dir_all(data.path().join(FOLDER).join("TradeName.TXT")).unwrap();
        let refusal = source(data.path(), CdcTable::Products).refusal;
        assert!(matches!(refusal, Some(Refusal::Unreadable(_))), "{refusal:?}");
    }
}
