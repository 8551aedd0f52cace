//! The words of the monthly proof and of the history. No patient data, no name of a chosen file.

pub mod list;

use chrono::NaiveDate;

use crate::{
    app::{
        model::Model,
        wording::{past, quantity, receipt, screen},
    },
    domain::{
        proof::{Period, Proof},
        receipt::Destination,
        submission::By,
    },
};

/// The language of these words, as a browser wants it.
pub const LANGUAGE: &str = "en";

/// Button.
pub const MONTHLY_PROOF: &str = "Monthly proof…";
/// Above the choice of a month.
pub const CHOICE: &str = "Monthly proof";
/// Below the heading.
pub const CHOICE_TEXT: &str =
    "A page to print, for an audit or a supervisor: files, results, outages, who. It names no patient.";
/// Choice.
pub const YEAR: &str = "Year";
/// Choice.
pub const MONTH: &str = "Month";
/// Button.
pub const SAVE_PAGE: &str = "Save the page…";
/// While the ledger is read.
pub const READING: &str = "Reading the list for the page.";

/// `Nov`
pub fn month_of_year(first: NaiveDate) -> String {
    first.format("%b").to_string()
}

/// A month that was asked for and is still to come.
pub fn not_begun(first: NaiveDate) -> String {
    format!("{} has not begun.", past::month(first))
}

/// On the terminal, once it is written.
pub const WRITTEN: &str = "The page is written.";

/// Of the system's dialog.
pub fn save_title(period: Period) -> &'static str {
    match period {
        Period::Month(_) => "Save the monthly proof",
        Period::Everything => "Save the history",
    }
}

/// The name that the save dialog offers.
pub fn suggested_name(proof: &Proof, model: &Model) -> String {
    let demo = match model.destination() {
        Destination::Demo => "DEMO ",
        Destination::Live | Destination::Testing => "",
    };
    let code = model
        .account()
        .map(|account| format!(" {}", account.import_code))
        .unwrap_or_default();
    match proof.period {
        Period::Month(month) => format!("{demo}Proof{code} {month}.html"),
        Period::Everything => format!("{demo}History{code} until {}.html", model.today().format("%Y-%m-%d")),
    }
}

/// Heading of the page.
pub fn title(proof: &Proof, model: &Model) -> String {
    match proof.period {
        Period::Month(month) => format!("Monthly proof: {}", past::month(month.first())),
        Period::Everything => format!("History until {}", day(model.today())),
    }
}

/// What a page is when not all of it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Banner {
    /// `DEMO`
    pub word: &'static str,
    /// What it means.
    pub text: &'static str,
    /// Both, short enough to stand above each part of each printed page.
    pub short: &'static str,
}

/// Nobody may take a page of the Demo or of tests for one that counts.
pub fn banner(proof: &Proof, destination: Destination) -> Option<Banner> {
    let is = |wanted| proof.files.iter().any(|file| file.record.entered.destination == wanted);
    match destination {
        Destination::Demo => Some(Banner {
            word: "DEMO",
            text: "Nothing on this page went to the registry, and none of it counts. The files went to a pretend registry inside Dropoff.",
            short: "DEMO: nothing here went to the registry",
        }),
        Destination::Live | Destination::Testing if is(Destination::Testing) && is(Destination::Live) => Some(Banner {
            word: "PARTLY TESTING",
            text: "Files marked TESTING were sent before the clinic was live. They were tests, and do not count as the clinic's reports.",
            short: "PARTLY TESTING: files marked TESTING do not count",
        }),
        Destination::Live | Destination::Testing
            if is(Destination::Testing) || proof.files.is_empty() && destination == Destination::Testing =>
        {
            Some(Banner {
                word: "TESTING",
                text: "The clinic was not live. What stands here was a test, and does not count as the clinic's reports.",
                short: "TESTING: nothing here counts as the clinic's reports",
            })
        }
        Destination::Live | Destination::Testing => None,
    }
}

/// Below the heading.
pub fn about(model: &Model) -> String {
    let to = match model.destination() {
        Destination::Demo => "pretend registry of the Demo",
        Destination::Live | Destination::Testing => &model.profile.name,
    };
    format!(
        "Which files of vaccination records were sent to the {to}, by whom, and what came of them: everything that this computer did and saw. \
         It names no patient. What the clinic called a file is left out, too: such a name can hold a patient's."
    )
}

/// Below that: what nobody may read into the two words that matter most.
pub const NEITHER_IS_A_RESULT: &str = "\"Delivered\" means that the registry's server had the whole file. \"Picked up\" means that the \
    registry took it in. Neither means that there were no errors: that is in the registry's report.";

/// Who, what, when: the top of the page.
pub fn facts(proof: &Proof, model: &Model) -> Vec<(&'static str, String)> {
    let (clinic, registry) = match model.destination() {
        Destination::Demo => (String::new(), "The Demo inside Dropoff, a pretend registry".to_owned()),
        Destination::Live | Destination::Testing => (model.settings.clinic_name.clone(), model.profile.name.clone()),
    };
    let by = By {
        person: model.person.clone(),
        initials: model.settings.initials.clone(),
    };
    let facts = [
        ("Clinic", clinic),
        ("Account", proof.account.to_string()),
        ("Registry", registry),
        ("Stage today", receipt::stage(model.destination()).to_owned()),
        ("Period", period(proof, model)),
        ("Time zone", format!("{}, the clinic's own", proof.zone)),
        ("Made", quantity::full_time(model.now, proof.zone)),
        ("Made by", past::who(&by)),
        (
            "Made with",
            format!(
                "{} {}, which is not the registry's own program",
                screen::PROGRAM,
                env!("CARGO_PKG_VERSION")
            ),
        ),
    ];
    facts.into_iter().filter(|(_, fact)| !fact.is_empty()).collect()
}

fn period(proof: &Proof, model: &Model) -> String {
    match proof.period {
        Period::Month(month) if month.last() < model.today() => {
            format!("{} to {}", day(month.first()), day(month.last()))
        }
        Period::Month(month) => format!(
            "{} until this page was made. The month is not over.",
            day(month.first())
        ),
        Period::Everything => "Everything in this computer's list, until this page was made".to_owned(),
    }
}

/// Heading.
pub const IN_FIGURES: &str = "In figures";
/// Headings of the figures.
pub const FIGURE_HEADINGS: [&str; 2] = ["What", "How many"];
/// Below the figures.
pub const FIGURES_NOTE: &str = "Patients are counted file by file: somebody who stands in two files counts twice.";

/// What was counted.
pub fn figures(proof: &Proof) -> Vec<(&'static str, u64)> {
    let totals = proof.totals();
    vec![
        ("Files entered in this period", totals.entered as u64),
        ("Files delivered in this period", totals.delivered as u64),
        ("Patients in the files delivered", totals.patients),
        ("Vaccinations in the files delivered", totals.vaccinations),
        ("Of the files delivered, picked up by now", totals.picked_up as u64),
        ("Of the files delivered, with a report by now", totals.reported as u64),
        ("Files below that are not delivered yet", totals.undelivered as u64),
        ("Files below that were cancelled or given up", totals.ended as u64),
        (
            "Files in Accepted that this computer did not send",
            proof.strangers.len() as u64,
        ),
        ("Outages seen", proof.outages.len() as u64),
    ]
}

/// `November 20, 2026`
fn day(day: NaiveDate) -> String {
    day.format("%B %-d, %Y").to_string()
}
