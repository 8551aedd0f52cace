//! Settings, Help and the quiet rooms.

use chrono::NaiveDate;
use dropoff::{
    app::{
        message::{Command, DeskJob, Job},
        model::Screen,
    },
    domain::{
        codes::{CdcTable, Origin, Refusal, TableProblem, TableSource},
        settings::Appearance,
    },
};
use egui::Key;
use egui_kittest::kittest::Queryable;

use super::{
    scenes::{all, delivered, on, quiet_month},
    stage::{ask, open},
};

#[test]
fn a_name_that_was_typed_is_saved_when_the_field_is_left() {
    let mut window = open(on(Screen::Settings));
    window.jobs();
    let field = window
        .harness
        .get_by_role_and_label(egui::accesskit::Role::TextInput, "Name of the clinic");
    field.focus();
    window.harness.run();
    window.harness.key_press(Key::End);
    window.harness.event(egui::Event::Text(" Clinic".to_owned()));
    window.harness.run();
    assert_eq!(window.model().settings.clinic_name, "Main Street", "not before");
    window.harness.key_press(Key::Tab);
    window.harness.run();
    assert_eq!(window.model().settings.clinic_name, "Main Street Clinic");
    assert!(matches!(window.jobs()[..], [Job::Desk(DeskJob::SaveSettings(_))]));
}

#[test]
fn light_and_dark_change_at_once_and_are_saved() {
    let mut window = open(on(Screen::Settings));
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Light);
    window.harness.get_by_label("Dark").click_accesskit();
    window.harness.run();
    assert_eq!(window.model().settings.appearance, Appearance::Dark);
    assert_eq!(window.harness.ctx.theme(), egui::Theme::Dark);
}

#[test]
fn text_of_twice_the_size_makes_everything_twice_as_large() {
    let mut window = open(on(Screen::Settings));
    window.harness.get_by_label("200 %").click_accesskit();
    window.harness.run();
    assert!((window.harness.ctx.zoom_factor() - 2.0).abs() < f32::EPSILON);
}

#[test]
fn help_explains_today_s_name() {
    let window = open(on(Screen::Help));
    window
        .harness
        .get_by_value("Today's next file goes as CLINIC0126324.hl7, whatever it is called on this computer.");
    window.harness.get_by_value("November 20 is day 324 of the year");
}

#[test]
fn help_names_the_next_file_of_a_day_that_has_one() {
    let mut model = delivered();
    ask(&mut model, Command::OpenScreen(Screen::Help));
    let window = open(model);
    window
        .harness
        .get_by_value("Today's next file goes as CLINIC0126324.1.hl7, whatever it is called on this computer.");
}

#[test]
fn help_says_how_old_each_code_table_is_and_which_file_is_not_used() {
    let mut model = on(Screen::Help);
    model.code_tables = vec![
        table(
            CdcTable::Vaccines,
            NaiveDate::from_ymd_opt(2025, 11, 19),
            Origin::BuiltIn,
        ),
        table(CdcTable::Makers, NaiveDate::from_ymd_opt(2026, 3, 2), Origin::File),
        table(CdcTable::Groups, None, Origin::BuiltIn),
    ];
    model.code_tables[0].refusal = Some(Refusal::Line(TableProblem::Columns.on(12)));
    let mut window = open(model);
    window.harness.get_by_value("November 19, 2025");
    window.harness.get_by_value("March 2, 2026, from the folder codes");
    window.harness.get_by_value("built in; the CDC gives no date");
    window
        .harness
        .get_by_value("The newer table of vaccines (cvx) cannot be understood.");
    window
        .harness
        .get_by_value("It is not used. The built-in table stays in use, and files go as before.");
    window.unfold();
    window
        .harness
        .get_by_value("Line 12: there are too few columns, or too many.");
}

fn table(table: CdcTable, updated: Option<NaiveDate>, origin: Origin) -> TableSource {
    TableSource {
        table,
        updated,
        origin,
        refusal: None,
    }
}

#[test]
fn every_control_of_every_scene_has_a_name_also_behind_the_folds() {
    for (name, model) in all() {
        let mut window = open(model);
        window.unfold();
        assert_eq!(window.harness.unnamed_widgets(), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let mut window = open(quiet_month());
    window.harness.run();
    let frames = window.harness.state().frames();
    let repaint = window
        .harness
        .output()
        .viewport_output
        .values()
        .map(|out| out.repaint_delay)
        .min();
    assert!(
        repaint.is_some_and(|delay| delay > std::time::Duration::from_hours(1)),
        "the next frame is due at midnight, not in {repaint:?}, after {frames} frames"
    );
}
