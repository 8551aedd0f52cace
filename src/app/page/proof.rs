//! The monthly proof as a page.

use super::html::{Html, Table};
use crate::{
    app::{
        model::Model,
        wording::{
            proof::{self as words, Banner, list as lists},
            quantity,
        },
    },
    domain::proof::Proof,
};

/// The whole page, for a browser and a printer.
pub fn page(proof: &Proof, model: &Model) -> String {
    let title = words::title(proof, model);
    let banner = words::banner(proof, model.destination());
    let short = banner.map(|banner| banner.short);
    let facts = words::facts(proof, model);
    let facts = Html::pairs(facts.iter().map(|(name, fact)| (*name, fact.as_str())));
    let top = Html::all([
        Html::words("h1", &title),
        banner.map(banner_html).unwrap_or_default(),
        Html::words("p", &words::about(model)),
        facts,
    ]);
    let sections = [
        figures(proof, short),
        files(proof, model, short),
        strangers(proof, short),
        outages(proof, model, short),
        Html::section(lists::MEANINGS, [Html::pairs(lists::MEANING_LIST)]),
        fingerprints(proof, short),
    ];
    let tab = banner.map_or_else(|| title.clone(), |banner| format!("{}: {title}", banner.word));
    Html::document(words::LANGUAGE, &tab, [top].into_iter().chain(sections))
}

fn banner_html(banner: Banner) -> Html {
    let inside = Html::all([
        Html::words("strong", banner.word),
        Html::text(" "),
        Html::text(banner.text),
    ]);
    Html::tag("p", &[("class", "banner")], inside)
}

fn figures(proof: &Proof, banner: Option<&str>) -> Html {
    let figures = words::figures(proof).into_iter();
    let table = Table {
        caption: words::IN_FIGURES,
        banner,
        headings: &words::FIGURE_HEADINGS,
        rows: figures
            .map(|(what, n)| vec![vec![what.to_owned()], vec![quantity::thousands(n)]])
            .collect(),
    };
    Html::section(words::IN_FIGURES, [table.html(), note(words::FIGURES_NOTE)])
}

fn files(proof: &Proof, model: &Model, banner: Option<&str>) -> Html {
    let rows = numbered(proof.files.iter().map(|file| lists::file(file, proof, model)));
    let table = list(lists::FILES, banner, &lists::FILE_HEADINGS, rows, lists::NO_FILES);
    Html::section(lists::FILES, [note(lists::FILES_NOTE), table])
}

fn strangers(proof: &Proof, banner: Option<&str>) -> Html {
    let rows = proof
        .strangers
        .iter()
        .map(|file| lists::stranger(file, proof.zone))
        .collect();
    let table = list(
        lists::STRANGERS,
        banner,
        &lists::STRANGER_HEADINGS,
        rows,
        lists::NO_STRANGERS,
    );
    Html::section(lists::STRANGERS, [note(lists::STRANGERS_NOTE), table])
}

fn outages(proof: &Proof, model: &Model, banner: Option<&str>) -> Html {
    let rows = proof
        .outages
        .iter()
        .map(|outage| lists::outage(outage, proof.zone, model))
        .collect();
    let table = list(lists::OUTAGES, banner, &lists::OUTAGE_HEADINGS, rows, lists::NO_OUTAGES);
    Html::section(lists::OUTAGES, [note(lists::OUTAGES_NOTE), table])
}

fn fingerprints(proof: &Proof, banner: Option<&str>) -> Html {
    if proof.files.is_empty() {
        return Html::default();
    }
    let rows = numbered(proof.files.iter().map(lists::fingerprint));
    let table = list(
        lists::FINGERPRINTS,
        banner,
        &lists::FINGERPRINT_HEADINGS,
        rows,
        lists::NO_FILES,
    );
    Html::section(lists::FINGERPRINTS, [note(lists::FINGERPRINTS_NOTE), table])
}

fn list(caption: &str, banner: Option<&str>, headings: &[&str], rows: Vec<Vec<Vec<String>>>, empty: &str) -> Html {
    if rows.is_empty() {
        return Html::words("p", empty);
    }
    let table = Table {
        caption,
        banner,
        headings,
        rows,
    };
    table.html()
}

fn note(words: &str) -> Html {
    Html::tag("p", &[("class", "note")], Html::text(words))
}

/// Each row with its number before it.
fn numbered(rows: impl Iterator<Item = Vec<Vec<String>>>) -> Vec<Vec<Vec<String>>> {
    let number =
        |(index, row): (usize, Vec<Vec<String>>)| [vec![(index + 1).to_string()]].into_iter().chain(row).collect();
    rows.enumerate().map(number).collect()
}
