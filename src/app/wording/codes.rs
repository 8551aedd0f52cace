//! The code tables: where they come from, how old they are, and why a newer one is not used.

use crate::{
    app::{model::Model, wording::Explanation},
    domain::codes::{CdcTable, Origin, Refusal, TableProblem, TableSource},
};

/// Heading of a card of Help.
pub const HEADING: &str = "Code tables";

/// Below the heading.
pub const TEXT: &str =
    "Vaccines and their makers are looked up in tables of the CDC. The date is that of a table's newest entry.";

/// Below the tables.
pub const NEWER: &str = "A newer table goes into the folder codes in Dropoff's data folder, as the CDC gives it out: cvx.txt, mvx.txt, \
                         TRADENAME.txt or VG.txt. Then start Dropoff again. This is work for your IT.";

/// Each table with its date.
pub fn tables(model: &Model) -> Vec<(&'static str, String)> {
    model
        .code_tables
        .iter()
        .map(|source| (name(source.table), state(source)))
        .collect()
}

/// The files that are there and not used.
pub fn refusals(model: &Model) -> Vec<Explanation> {
    let refusals = model
        .code_tables
        .iter()
        .filter_map(|source| Some((source.table, source.refusal.as_ref()?)));
    refusals.map(|(table, refusal)| refused(table, refusal)).collect()
}

/// Why a file that is there is not used.
pub fn refused(table: CdcTable, refusal: &Refusal) -> Explanation {
    const AGAIN: &str = "Your IT gets it from the CDC again, as text, and puts it into the folder codes.";
    let newer = format!("The newer table of {}", in_words(table));
    let (title, next, detail) = match refusal {
        Refusal::Unreadable(why) => (format!("{newer} cannot be read."), "Ask your IT.", Some(why.clone())),
        Refusal::TooLarge => (format!("{newer} is too large to be one of the CDC's."), AGAIN, None),
        Refusal::Line(error) => (
            format!("{newer} cannot be understood."),
            AGAIN,
            Some(format!("Line {}: {}.", error.line, problem(error.problem))),
        ),
        Refusal::Older(day) => (
            format!(
                "The table of {} in the folder codes is older than the built-in one. Its newest entry is of {}.",
                in_words(table),
                day.format("%B %-d, %Y")
            ),
            "Your IT takes it out of the folder, or gets a newer one from the CDC.",
            None,
        ),
        Refusal::Cut(rows) => (
            format!("{newer} lacks entries that the CDC has published. It may have been cut."),
            AGAIN,
            Some(format!("Entries of the built-in table that are missing: {rows}")),
        ),
    };
    Explanation {
        title,
        file: "It is not used. The built-in table stays in use, and files go as before.".to_owned(),
        next: next.to_owned(),
        details: detail.into_iter().collect(),
    }
}

fn problem(problem: TableProblem) -> &'static str {
    match problem {
        TableProblem::Header => "the names of the columns are missing",
        TableProblem::Columns => "there are too few columns, or too many",
        TableProblem::Code => "the code is missing, or is no code of this table",
        TableProblem::Name => "the name is missing",
        TableProblem::Status => "the status is none of the CDC's",
        TableProblem::Date => "the date is none",
        TableProblem::Twice => "another line says the same",
        TableProblem::NoRows => "the table is empty",
    }
}

fn name(table: CdcTable) -> &'static str {
    match table {
        CdcTable::Vaccines => "Vaccines (CVX)",
        CdcTable::Makers => "Makers (MVX)",
        CdcTable::Products => "Trade names",
        CdcTable::Groups => "Vaccine groups",
    }
}

/// With the name of its file, as the CDC calls it.
fn in_words(table: CdcTable) -> &'static str {
    match table {
        CdcTable::Vaccines => "vaccines (cvx)",
        CdcTable::Makers => "makers (mvx)",
        CdcTable::Products => "trade names (TRADENAME)",
        CdcTable::Groups => "vaccine groups (VG)",
    }
}

/// `November 19, 2025`, and where it came from if it is not built in.
fn state(source: &TableSource) -> String {
    let day = source.updated.map(|day| day.format("%B %-d, %Y").to_string());
    match (day, source.origin) {
        (Some(day), Origin::BuiltIn) => day,
        (Some(day), Origin::File) => format!("{day}, from the folder codes"),
        (None, Origin::BuiltIn) => "built in; the CDC gives no date".to_owned(),
        (None, Origin::File) => "from the folder codes; the CDC gives no date".to_owned(),
    }
}
