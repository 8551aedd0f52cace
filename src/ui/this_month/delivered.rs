//! A delivered file: its name at the registry, its road, its receipt.

use egui::Ui;

use crate::{
    app::{
        message::Command,
        model::{Card, CardState, Model},
        road::{self, Station},
        wording::{
            card::{self, Mark},
            quantity, question, screen,
        },
    },
    domain::submission::{Delivery, Outcome},
    ui::{
        explain::{explanation_ui, shape},
        theme::space,
        widgets::{
            Reached, RoadStop, about_ui, announce, banner_ui, beside_mark_ui, body_ui, card_ui, details_ui, pairs_ui,
            road_ui, secondary_ui, section_ui, small_ui, split_ui, strong_ui,
        },
    },
};

/// Width of a term beside its value, in points.
const HOW: f32 = 80.0;

pub(super) fn delivered_ui(ui: &mut Ui, model: &Model, card: &Card) -> Option<Command> {
    let CardState::Done(Outcome::Delivered(delivery)) = &card.state else {
        return None;
    };
    let verdict = card::verdict(card, model);
    card_ui(ui, |ui| {
        let ((), pressed) = split_ui(
            ui,
            |ui| {
                beside_mark_ui(ui, shape(verdict.mark), verdict.mark.spoken(), |ui| {
                    strong_ui(ui, &delivery.sent_as);
                    if let Some(counts) = card::counts(card) {
                        small_ui(ui, &counts);
                    }
                });
            },
            |ui| {
                section_ui(ui, "receipt", |ui| {
                    let save = secondary_ui(ui, screen::SAVE_RECEIPT);
                    about_ui(ui, &save, &delivery.sent_as);
                    save.clicked()
                })
            },
        );
        ui.add_space(space::S);
        road_of_ui(ui, model, card, delivery);
        let line = body_ui(ui, &verdict.words.paragraph());
        announce(ui, &line);
        if road::is_overdue(model, card) {
            question_ui(ui, model, card);
        }
        pressed.then_some(Command::SaveReceipt(card.id))
    })
}

fn road_of_ui(ui: &mut Ui, model: &Model, card: &Card, delivery: &Delivery) {
    let here = road::station(model, &delivery.sent_as);
    let time = |station| {
        let at = road::reached_at(model, card, station);
        at.map_or_else(String::new, |at| {
            quantity::short_moment_beside(at, model.now, model.settings.time_zone)
        })
    };
    let mut stops: Vec<RoadStop<'_>> = Station::ALL
        .into_iter()
        .map(|station| RoadStop {
            name: screen::station(station),
            note: time(station),
            reached: match station.cmp(&here) {
                std::cmp::Ordering::Less => Reached::Behind,
                std::cmp::Ordering::Equal => Reached::Here,
                std::cmp::Ordering::Greater => Reached::Ahead,
            },
        })
        .collect();
    stops.push(RoadStop {
        name: screen::NOTHING_LEFT,
        note: String::new(),
        reached: Reached::Ahead,
    });
    road_ui(ui, &stops, screen::station(here));
}

/// Never a second send: whom to write to instead, and what.
fn question_ui(ui: &mut Ui, model: &Model, card: &Card) {
    let text = question::text(card, model);
    banner_ui(ui, shape(Mark::Careful), Mark::Careful.spoken(), |ui| {
        explanation_ui(ui, "no-report", &question::no_report());
        details_ui(ui, &format!("question{}", card.id.0), question::WRITE, |ui| {
            for (how, reach) in &question::whom(model) {
                pairs_ui(ui, HOW, [(*how, reach.as_str())]);
            }
            ui.add_space(space::XS);
            ui.add(egui::Label::new(&text).wrap().selectable(true));
            if secondary_ui(ui, question::COPY).clicked() {
                ui.ctx().copy_text(text.clone());
            }
        });
    });
}
