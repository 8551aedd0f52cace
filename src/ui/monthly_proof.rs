//! The choice of a month for a proof, on *Past files*.

use chrono::{Datelike, NaiveDate};
use egui::{Key, Modifiers, Ui};

use super::widgets::{
    announce, body_ui, card_ui, focus_first, heading_ui, primary_ui, secondary_ui, section_ui, segments_ui, small_ui,
};
use crate::{
    app::{
        message::{Command, SaveTo},
        model::Model,
        wording::{proof as words, screen},
    },
    domain::{calendar::Month, proof::Period},
};

/// So many years can be chosen, this one among them.
const YEARS: i32 = 5;

/// The button, or the choice once it was pressed. `chosen` is the month while the choice is open.
pub(super) fn monthly_proof_ui(ui: &mut Ui, model: &Model, chosen: &mut Option<Month>) -> Option<Command> {
    model.account()?;
    if model.proof_to.is_some() {
        let line = small_ui(ui, words::READING);
        announce(ui, &line);
        return None;
    }
    let Some(month) = chosen else {
        if secondary_ui(ui, words::MONTHLY_PROOF).clicked() {
            *chosen = Some(Period::usual_month(model.today()));
        }
        return None;
    };
    let answer = section_ui(ui, "monthly-proof", |ui| choice_ui(ui, model.today(), month))?;
    let month = chosen.take()?;
    match answer {
        Answer::Save => Some(Command::SaveProof(Period::Month(month), SaveTo::Asked)),
        Answer::Leave => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Save,
    Leave,
}

fn choice_ui(ui: &mut Ui, today: NaiveDate, month: &mut Month) -> Option<Answer> {
    card_ui(ui, |ui| {
        heading_ui(ui, words::CHOICE);
        body_ui(ui, words::CHOICE_TEXT);
        year_ui(ui, today, month);
        month_ui(ui, today, month);
        let left = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let pressed = ui.horizontal_wrapped(|ui| {
            let save = primary_ui(ui, words::SAVE_PAGE);
            focus_first(ui, "monthly-proof", &save);
            let cancel = secondary_ui(ui, screen::CANCEL);
            let save = save.clicked().then_some(Answer::Save);
            save.or(cancel.clicked().then_some(Answer::Leave))
        });
        pressed.inner.or(left.then_some(Answer::Leave))
    })
}

fn year_ui(ui: &mut Ui, today: NaiveDate, month: &mut Month) {
    let last = today.year();
    let years: Vec<i32> = (last + 1 - YEARS..=last).collect();
    let names: Vec<String> = years.iter().map(i32::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chosen = years.iter().position(|year| *year == month.first().year());
    let pressed = segments_ui(ui, words::YEAR, "", &names, chosen);
    let year = pressed.and_then(|index| years.get(index));
    if let Some(first) = year.and_then(|year| month.first().with_year(*year)) {
        // A month that is still to come has nothing to prove.
        *month = Month::of(first).min(Month::of(today));
    }
}

fn month_ui(ui: &mut Ui, today: NaiveDate, month: &mut Month) {
    let of_year = |number| month.first().with_month(number).map(Month::of);
    let months: Vec<Month> = (1..=12)
        .filter_map(of_year)
        .filter(|month| *month <= Month::of(today))
        .collect();
    let names: Vec<String> = months.iter().map(|month| words::month_of_year(month.first())).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chosen = months.iter().position(|one| one == month);
    let pressed = segments_ui(ui, words::MONTH, "", &names, chosen);
    if let Some(pressed) = pressed.and_then(|index| months.get(index)) {
        *month = *pressed;
    }
}
