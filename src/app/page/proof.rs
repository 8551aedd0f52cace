//! The monthly proof as a page.

use super::html::{
    Column::{self, Code, Number, Words},
    Html, Table, Width,
};
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
        Html::words("p", words::NEITHER_IS_A_RESULT),
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
    let [what, how_many] = words::FIGURE_HEADINGS;
    let figures = words::figures(proof).into_iter();
    let table = Table {
        caption: words::IN_FIGURES,
        width: Width::Half,
        banner,
        columns: &[(what, Words), (how_many, Number)],
        rows: figures
            .map(|(what, n)| vec![vec![what.to_owned()], vec![quantity::thousands(n)]])
            .collect(),
    };
    Html::section(words::IN_FIGURES, [table.html(), note(words::FIGURES_NOTE)])
}

fn files(proof: &Proof, model: &Model, banner: Option<&str>) -> Html {
    let [number, sent_as, inside, entered, delivered, result] = lists::FILE_HEADINGS;
    let columns = [
        (number, Number),
        (sent_as, Code),
        (inside, Number),
        (entered, Words),
        (delivered, Words),
        (result, Words),
    ];
    let rows = numbered(proof.files.iter().map(|file| lists::file(file, proof, model)));
    let table = list(lists::FILES, banner, &columns, rows, lists::NO_FILES);
    Html::section(lists::FILES, [note(lists::FILES_NOTE), table])
}

fn strangers(proof: &Proof, banner: Option<&str>) -> Html {
    let [name, size, day, accepted] = lists::STRANGER_HEADINGS;
    let columns = [(name, Code), (size, Number), (day, Words), (accepted, Words)];
    let files = proof.strangers.iter();
    let rows = files.map(|file| lists::stranger(file, proof.zone)).collect();
    let table = list(lists::STRANGERS, banner, &columns, rows, lists::NO_STRANGERS);
    Html::section(lists::STRANGERS, [note(lists::STRANGERS_NOTE), table])
}

fn outages(proof: &Proof, model: &Model, banner: Option<&str>) -> Html {
    let [began, last_try, ended, tries, seen] = lists::OUTAGE_HEADINGS;
    let columns = [
        (began, Words),
        (last_try, Words),
        (ended, Words),
        (tries, Number),
        (seen, Words),
    ];
    let outages = proof.outages.iter();
    let rows = outages.map(|outage| lists::outage(outage, proof.zone, model)).collect();
    let table = list(lists::OUTAGES, banner, &columns, rows, lists::NO_OUTAGES);
    Html::section(lists::OUTAGES, [note(lists::OUTAGES_NOTE), table])
}

fn fingerprints(proof: &Proof, banner: Option<&str>) -> Html {
    if proof.files.is_empty() {
        return Html::default();
    }
    let [number, sha256, size, reply, submission] = lists::FINGERPRINT_HEADINGS;
    let columns = [
        (number, Number),
        (sha256, Code),
        (size, Number),
        (reply, Code),
        (submission, Code),
    ];
    let rows = numbered(proof.files.iter().map(lists::fingerprint));
    let table = list(lists::FINGERPRINTS, banner, &columns, rows, lists::NO_FILES);
    Html::section(lists::FINGERPRINTS, [note(lists::FINGERPRINTS_NOTE), table])
}

fn list(
    caption: &str,
    banner: Option<&str>,
    columns: &[(&str, Column)],
    rows: Vec<Vec<Vec<String>>>,
    empty: &str,
) -> Html {
    if rows.is_empty() {
        return Html::words("p", empty);
    }
    let table = Table {
        caption,
        width: Width::Full,
        banner,
        columns,
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
