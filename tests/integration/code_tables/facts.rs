//! The facts about codes, brought into the form of our own tables.

use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

/// A table of our own, before it is written.
pub(super) struct Sheet {
    /// What stands above it, without `#`.
    remarks: &'static [&'static str],
    /// The day of its newest row.
    pub(super) updated: Option<NaiveDate>,
    /// Its cells, in order.
    pub(super) rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for remark in self.remarks {
            writeln!(text, "# {remark}").unwrap();
        }
        if let Some(updated) = self.updated {
            writeln!(text, "updated {updated}").unwrap();
        }
        for row in &self.rows {
            writeln!(text, "{}", row.join("|")).unwrap();
        }
        text
    }
}

/// A row of the facts, by the names of its columns.
type Fact = BTreeMap<String, String>;

pub(super) struct Facts {
    folder: PathBuf,
}

impl Facts {
    pub(super) fn read(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    fn rows(&self, file: &str) -> Vec<Fact> {
        let mut reader = csv::Reader::from_path(self.folder.join(file)).unwrap();
        reader.deserialize().map(|row| row.unwrap()).collect()
    }

    pub(super) fn vaccines(&self) -> Sheet {
        let facts = self.rows("cvx.csv");
        let mut rows: Vec<_> = facts
            .iter()
            .map(|fact| {
                let mut row = vec![tidy(&fact["cvx"]), tidy(&fact["short"]), fact["status"].to_lowercase()];
                let names = format!("{} {}", fact["short"], fact["full"]).to_lowercase();
                // 196 is still given: only its strength is open.
                if names.contains("unspecified") && fact["status"] != "Active" {
                    row.push("unspecified".to_owned());
                }
                row
            })
            .collect();
        rows.sort_by_key(|row| number(&row[0]));
        Sheet {
            remarks: &[
                "Vaccines by CVX code.",
                "Facts: the CDC's CVX table, in the public domain. The form and the mark \"unspecified\" are Dropoff's.",
                "code | short name | status | unspecified, where the code leaves the formulation open",
            ],
            updated: newest(&facts, "last_updated"),
            rows,
        }
    }

    pub(super) fn makers(&self) -> Sheet {
        let facts = self.rows("mvx.csv");
        let mut rows: Vec<_> = facts
            .iter()
            .map(|fact| {
                vec![
                    tidy(&fact["MVX_CODE"]),
                    tidy(&fact["Manufacturer Name"]),
                    fact["Status"].to_lowercase(),
                ]
            })
            .collect();
        rows.sort();
        Sheet {
            remarks: &[
                "Makers of vaccines by MVX code.",
                "Facts: the CDC's MVX table, in the public domain. The form is Dropoff's.",
                "code | name | status",
            ],
            updated: newest(&facts, "Last Updated"),
            rows,
        }
    }

    pub(super) fn products(&self) -> Sheet {
        let facts = self.rows("tradename.csv");
        let mut rows: Vec<_> = facts
            .iter()
            .map(|fact| {
                vec![
                    tidy(&fact["CVXCode"]),
                    tidy(&fact["MVX Code"]),
                    tidy(&fact["CDC Product Name"]),
                    fact["Product name Status"].to_lowercase(),
                ]
            })
            .collect();
        rows.sort_by_cached_key(|row| (number(&row[0]), row[1..].to_vec()));
        // The CDC has one product in two rows that say the same here.
        rows.dedup();
        Sheet {
            remarks: &[
                "Which maker (MVX) makes which vaccine (CVX), by trade name.",
                "Facts: the CDC's table of trade names, in the public domain. The form is Dropoff's.",
                "CVX code | MVX code, or nothing where the CDC names no maker | trade name | status of the product",
            ],
            updated: newest(&facts, "Last Updated"),
            rows,
        }
    }

    pub(super) fn groups(&self) -> Sheet {
        let mut rows: Vec<_> = self
            .rows("cvx_vaccine_group.csv")
            .iter()
            .map(|fact| {
                vec![
                    tidy(&fact["CVXCode"]),
                    tidy(&fact["CVX for Vaccine Group"]),
                    tidy(&fact["Vaccine Group Name"]),
                ]
            })
            .collect();
        rows.sort_by_key(|row| (number(&row[0]), number(&row[1])));
        Sheet {
            remarks: &[
                "The groups that each vaccine counts in.",
                "Facts: the CDC's table of CVX codes and vaccine groups, in the public domain, which has no dates. The form is Dropoff's.",
                "CVX code | CVX code of the group | name of the group",
            ],
            updated: None,
            rows,
        }
    }

    pub(super) fn lists(&self) -> Sheet {
        let mut rows: Vec<_> = self.rows("hl7-tables.csv").iter().flat_map(listed).collect();
        rows.sort();
        rows.dedup();
        Sheet {
            remarks: &[
                "The small tables of HL7 2.5.1 and of the national guide 1.5.",
                "Facts: HL7 and the guide, as NIST publishes them, in the public domain. The form is Dropoff's.",
                "A code that ends in * stands for all that begin so. HL70001_IZ is the guide's own selection from HL70001.",
                "table | code | meaning, or nothing where it is not known",
            ],
            updated: None,
            rows,
        }
    }
}

/// The rows that a fact about a small table becomes.
fn listed(fact: &Fact) -> Vec<Vec<String>> {
    let (table, code) = (fact["table"].as_str(), fact["code"].as_str());
    let row = |table: &str, code: &str, meaning: &str| vec![table.to_owned(), code.to_owned(), tidy(meaning)];
    match (table, code) {
        // In the facts, nearly every meaning of this table stands one row too far down.
        ("HL70396", "99zzz") => vec![row(table, "99*", "")],
        ("HL70396", "NCPDPnnnnsss") => vec![row(table, "NCPDP*", "")],
        ("HL70396", "X12DEnnnn") => vec![row(table, "X12DE*", "")],
        ("HL70396", _) => vec![row(table, code, "")],
        ("HL70064", "***") => vec![row(table, "*", &fact["display"])],
        // The guide's three, and HL7's other three under another name.
        ("HL70001", _) if fact["name"] == "Sex" => vec![
            row(table, code, &fact["display"]),
            row("HL70001_IZ", code, &fact["display"]),
        ],
        _ => vec![row(table, code, &fact["display"])],
    }
}

/// Without spaces around it, and with one where there are more.
fn tidy(text: &str) -> String {
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!tidy.contains('|') && !tidy.starts_with('#'), "{tidy}");
    tidy
}

fn number(code: &str) -> u16 {
    code.parse().unwrap()
}

fn newest(facts: &[Fact], column: &str) -> Option<NaiveDate> {
    let day = |fact: &Fact| NaiveDate::parse_from_str(&fact[column], "%m/%d/%Y").unwrap();
    facts.iter().map(day).max()
}
