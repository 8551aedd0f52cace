//! The page of findings: opened, read for, covered and closed.

use crate::{
    app::{
        findings::{Contents, ExcerptRequest, FindingsCommand, FindingsPage, Names, Reread, View},
        message::{CardId, DeskJob, Job},
        model::{Card, Model},
    },
    domain::cancel::Cancel,
};

pub(super) fn asked(model: &mut Model, command: FindingsCommand) -> Vec<Job> {
    match command {
        FindingsCommand::Open(card) => return open(model, card),
        FindingsCommand::Close => return close(model),
        FindingsCommand::ShowNames
        | FindingsCommand::CoverNames
        | FindingsCommand::Show(_)
        | FindingsCommand::Step(_)
        | FindingsCommand::BackToList => {}
    }
    let Some(page) = &mut model.findings else {
        return Vec::new();
    };
    match command {
        FindingsCommand::Open(_) | FindingsCommand::Close => {}
        FindingsCommand::ShowNames => page.names = Names::Shown,
        FindingsCommand::CoverNames => page.names = Names::Covered,
        FindingsCommand::Show(place) => show(page, place),
        FindingsCommand::Step(by) => step(page, by),
        FindingsCommand::BackToList => page.view = View::List,
    }
    contents(model)
}

fn open(model: &mut Model, card: CardId) -> Vec<Job> {
    close(model);
    model.findings = model
        .card(card)
        .and_then(|card| FindingsPage::of(card.id, card.reading.as_ref()?));
    Vec::new()
}

/// Forgets the page, and the patients on it.
pub(super) fn close(model: &mut Model) -> Vec<Job> {
    if let Some(page) = model.findings.take() {
        page.cancel.request();
    }
    Vec::new()
}

/// Closes the page of a card that is gone, or whose file was read anew.
pub(super) fn follow(model: &mut Model) {
    let is_left = model.findings.as_ref().is_some_and(|page| {
        let sha256 = model.card(page.card).and_then(Card::sha256);
        sha256.is_none_or(|sha256| !page.is_of(page.card, sha256))
    });
    if is_left {
        close(model);
    }
}

fn show(page: &mut FindingsPage, place: usize) {
    if page.finding(place).is_some() {
        page.view = View::One(place);
    }
}

/// So many on or back, and around the end. From the list the first step, whichever way, is to the worst.
fn step(page: &mut FindingsPage, by: isize) {
    let (from, by) = match page.view {
        View::List => (0, by - by.signum()),
        View::One(place) => (place, by),
    };
    let listed = page.listed().max(1);
    let on = by.unsigned_abs() % listed;
    let on = if by < 0 { listed - on } else { on };
    show(page, (from + on) % listed);
}

/// Reads the file once more where something of it is to be seen, and forgets it where nothing is.
fn contents(model: &mut Model) -> Vec<Job> {
    let Some(page) = &mut model.findings else {
        return Vec::new();
    };
    if !page.shows_contents() {
        page.cancel.request();
        page.contents = Contents::Away;
        return Vec::new();
    }
    if page.contents != Contents::Away {
        return Vec::new();
    }
    let card = model.cards.iter().find(|card| card.id == page.card);
    let Some((card, path)) = card.and_then(|card| Some((card, card.source.clone()?))) else {
        return Vec::new();
    };
    page.cancel = Cancel::default();
    page.contents = Contents::Reading;
    vec![Job::Desk(DeskJob::ReadExcerpts(Box::new(ExcerptRequest {
        card: page.card,
        path,
        repair: card.taken_repair().map(|repair| repair.order),
        reading: page.reading.clone(),
        cancel: page.cancel.clone(),
    })))]
}

pub(super) fn read(model: &mut Model, reread: Reread) -> Vec<Job> {
    let page = model.findings.as_mut();
    if let Some(page) = page.filter(|page| page.is_of(reread.card, reread.sha256) && page.contents == Contents::Reading)
    {
        page.legend = reread.legend;
        page.contents = match reread.excerpts {
            Ok(excerpts) => Contents::Here(excerpts),
            Err(failure) => Contents::Trouble(failure),
        };
    }
    Vec::new()
}

/// The desk has too much to do.
pub(super) fn not_taken(model: &mut Model) {
    if let Some(page) = &mut model.findings {
        (page.names, page.view, page.contents) = (Names::Covered, View::List, Contents::Away);
    }
}
