//! The first start, by keyboard alone and by name.

use dropoff::{
    app::{
        message::{CourierJob, DeskJob, Event, Job},
        model::{Place, SetupStep},
    },
    domain::{
        failure::{Step, Trouble},
        settings::{Role, Stage},
    },
};
use egui::{Key, accesskit::Role as AccessRole};
use egui_kittest::kittest::{NodeT, Queryable};

use super::{
    scenes::{at_account_step, failure, fresh},
    stage::open,
};

#[test]
fn the_first_start_works_by_keyboard_alone() {
    let mut window = open(fresh());
    window.harness.key_press(Key::Enter);
    window.harness.run();
    assert_eq!(
        window.model().setup,
        Some(SetupStep::Stage),
        "Enter takes the first way"
    );
    window.harness.key_press(Key::Tab);
    window.harness.run();
    window.harness.key_press(Key::Enter);
    window.harness.run();
    assert_eq!(
        window.model().settings.stage,
        Some(Stage::Testing),
        "Tab goes to the second"
    );
    window.harness.event(egui::Event::Text("CLINIC01".to_owned()));
    window.harness.key_press(Key::Tab);
    window.harness.run();
    window.harness.event(egui::Event::Text("bluebonnet".to_owned()));
    window.harness.run();
    window.harness.key_press(Key::Enter);
    window.harness.run();
    assert_eq!(window.model().setup, None);
    let account = window.model().settings.account.clone().unwrap();
    assert_eq!(account.import_code.as_str(), "CLINIC01");
    let jobs = window.jobs();
    let kept = jobs.iter().find_map(|job| match job {
        Job::Desk(DeskJob::KeepPassword(id, password)) => Some((id, password.expose())),
        _ => None,
    });
    assert_eq!(kept, Some((&account.id(), "bluebonnet")));
}

#[test]
fn escape_goes_one_step_back() {
    let mut window = open(at_account_step());
    window.harness.key_press(Key::Escape);
    window.harness.run();
    window.harness.key_press(Key::Escape);
    window.harness.run();
    assert_eq!(window.model().setup, Some(SetupStep::Role));
}

#[test]
fn just_show_me_starts_the_demo_without_further_questions() {
    let mut window = open(fresh());
    window.harness.get_by_label("Just show me").click();
    window.harness.run();
    assert_eq!(window.model().settings.role, Some(Role::JustLooking));
    assert_eq!(window.model().place, Place::DemoStarting);
    assert!(window.jobs().contains(&Job::Desk(DeskJob::StartDemo)));
    window.harness.get_by_label_contains("DEMO nothing goes to Texas");
}

#[test]
fn the_fields_are_named_by_their_labels_and_the_password_is_a_password_field() {
    let window = open(at_account_step());
    let name = window
        .harness
        .get_by_role_and_label(AccessRole::TextInput, "Account name");
    assert!(name.is_focused(), "typing can begin at once");
    window
        .harness
        .get_by_role_and_label(AccessRole::PasswordInput, "Password");
}

#[test]
fn what_is_wrong_with_the_name_stands_at_the_field_and_nothing_is_saved() {
    let mut window = open(at_account_step());
    window.harness.event(egui::Event::Text("CLINIC/01".to_owned()));
    window.harness.run();
    window.harness.get_by_label("Save and start").click();
    window.harness.run();
    window.harness.get_by_value(
        "File names start with this name, and '/' is not safe in a file name. Enter the import code under For IT.",
    );
    let field = window
        .harness
        .get_by_role_and_label(AccessRole::TextInput, "Account name");
    assert!(field.accesskit_node().data().invalid().is_some());
    assert_eq!(window.model().setup, Some(SetupStep::Account));
}

#[test]
fn a_test_of_the_connection_keeps_what_was_typed_and_tells_what_it_found() {
    let mut window = open(at_account_step());
    window.harness.event(egui::Event::Text("CLINIC01".to_owned()));
    window.harness.run();
    window.harness.key_press(Key::Tab);
    window.harness.run();
    window.harness.event(egui::Event::Text("bluebonnet".to_owned()));
    window.harness.run();
    window.harness.get_by_label("Test the connection").click();
    window.harness.run();
    let jobs = window.jobs();
    assert!(
        jobs.iter().any(
            |job| matches!(job, Job::Courier(CourierJob::Test { password: Some(p), .. }) if p.expose() == "bluebonnet")
        ),
        "{jobs:?}"
    );
    let blocked = failure(Trouble::DataPortsBlocked, Step::DataPorts, "no answer on port 5003");
    window.tell([Event::Tested(Err(blocked))]);
    window
        .harness
        .get_by_value("Dropoff is logged in, but files cannot travel.");
    window.harness.get_by_label("failed");
    window.harness.get_by_label("Save and start").click();
    window.harness.run();
    assert_eq!(window.model().setup, None, "what was typed is still there");
}
