//! Who the clinic is, when it sends, and who is at the desk.

use egui::Ui;

use super::change;
use crate::{
    app::{message::Command, model::Model, wording::settings},
    ui::{
        drafts::SettingsDraft,
        widgets::{Field, card_ui, field_ui, heading_ui, segments_ui},
    },
};

pub(super) fn clinic_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft) -> Option<Command> {
    card_ui(ui, |ui| {
        heading_ui(ui, settings::CLINIC);
        let name = name_ui(ui, model, draft);
        let day = day_ui(ui, model, draft);
        let initials = initials_ui(ui, model, draft);
        let zone = zone_ui(ui, model);
        name.or(day).or(initials).or(zone)
    })
}

fn name_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft) -> Option<Command> {
    let field = Field {
        label: settings::CLINIC_NAME,
        hint: settings::CLINIC_NAME_HINT,
        wrong: "",
        width: 420.0,
    };
    let left = field_ui(ui, field, &mut draft.clinic_name).lost_focus();
    let name = draft.clinic_name.trim();
    left.then(|| change(model, |settings| name.clone_into(&mut settings.clinic_name)))
        .flatten()
}

fn day_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft) -> Option<Command> {
    let day = match draft.day_of_month.trim() {
        "" => Ok(None),
        text => text.parse().map(Some),
    };
    let is_wrong = !matches!(day, Ok(None | Some(1..=31)));
    let field = Field {
        label: settings::OUR_DAY,
        hint: settings::OUR_DAY_HINT,
        wrong: if is_wrong { settings::OUR_DAY_WRONG } else { "" },
        width: 120.0,
    };
    let left = field_ui(ui, field, &mut draft.day_of_month).lost_focus();
    match day {
        Ok(day) if left && !is_wrong => change(model, |settings| settings.day_of_month = day),
        Ok(_) | Err(_) => None,
    }
}

fn initials_ui(ui: &mut Ui, model: &Model, draft: &mut SettingsDraft) -> Option<Command> {
    let field = Field {
        label: settings::INITIALS,
        hint: settings::INITIALS_HINT,
        wrong: "",
        width: 120.0,
    };
    let left = field_ui(ui, field, &mut draft.initials).lost_focus();
    let initials = draft.initials.trim();
    left.then(|| change(model, |settings| initials.clone_into(&mut settings.initials)))
        .flatten()
}

fn zone_ui(ui: &mut Ui, model: &Model) -> Option<Command> {
    let zone = model.settings.time_zone;
    let mut zones = settings::TEXAS_ZONES.to_vec();
    if !zones.iter().any(|(_, known)| *known == zone) {
        zones.push((zone.name(), zone));
    }
    let names: Vec<&str> = zones.iter().map(|(name, _)| *name).collect();
    let chosen = zones.iter().position(|(_, known)| *known == zone);
    let pressed = segments_ui(ui, settings::TIME_ZONE, settings::TIME_ZONE_HINT, &names, chosen)?;
    let (_, zone) = zones.get(pressed)?;
    change(model, |settings| settings.time_zone = *zone)
}
