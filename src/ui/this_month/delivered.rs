//! A delivered file: its name at the registry, its road, its receipt.

use egui::Ui;

use crate::{
    app::{
        message::Command,
        model::{Card, CardState, Model},
        road::{self, Station},
        wording::{card, quantity, screen},
    },
    domain::submission::{Delivery, Outcome},
    ui::{
        explain::shape,
        theme::space,
        widgets::{
            Reached, RoadStop, about_ui, announce, beside_mark_ui, body_ui, card_ui, road_ui, secondary_ui, section_ui,
            small_ui, split_ui, strong_ui,
        },
    },
};

const STATIONS: [Station; 4] = [Station::Sent, Station::Waiting, Station::PickedUp, Station::Report];

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
                    if let Some(reading) = &card.reading {
                        small_ui(ui, &card::counts(reading));
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
        road_of_ui(ui, model, delivery);
        let line = body_ui(ui, &verdict.words.paragraph());
        announce(ui, &line);
        pressed.then_some(Command::SaveReceipt(card.id))
    })
}

fn road_of_ui(ui: &mut Ui, model: &Model, delivery: &Delivery) {
    let here = road::station(model, &delivery.sent_as);
    let mut stops: Vec<RoadStop<'_>> = STATIONS
        .into_iter()
        .map(|station| RoadStop {
            name: screen::station(station),
            note: match station {
                Station::Sent => quantity::time(delivery.verified, model.settings.time_zone),
                Station::Waiting | Station::PickedUp | Station::Report => String::new(),
            },
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
