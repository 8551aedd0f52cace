//! What the background tells, and when it ends.

use super::*;
use crate::app::away::{Away, News, Rest, rest};

/// Without a window, with this password, after the ledger was read.
fn begun(password: PasswordState) -> Model {
    let mut model = live();
    model.password = password;
    told(&mut model, []);
    model
}

fn sent(model: &mut Model, n: u8, outcome: Outcome) {
    let card = ready(model, &format!("{n}.hl7"), n);
    ask_and_enter(model, Command::SendReady);
    finish(model, card, outcome);
    read_again(model);
}

/// The ledger has nothing to add.
fn read_again(model: &mut Model) {
    while model.outbox.running {
        told(model, []);
    }
}

fn silent() -> Outcome {
    waiting(now() + TimeDelta::seconds(30), Why::Registry(failure(Trouble::Silent)))
}

#[test]
fn several_deliveries_are_told_together_and_once() {
    let mut model = begun(PasswordState::InKeychain);
    let mut away = Away::default();
    assert_eq!(away.news(&model), []);
    let first = ready(&mut model, "a.hl7", 1);
    let second = ready(&mut model, "b.hl7", 2);
    ask_and_enter(&mut model, Command::SendReady);
    finish(&mut model, first, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert_eq!(away.news(&model), [], "one is still on its way");
    assert_eq!(rest(&model), Rest::Works);
    finish(&mut model, second, Outcome::Delivered(delivery("CLINIC0126324.1.hl7")));
    read_again(&mut model);
    assert_eq!(away.news(&model), [News::Delivered(2)]);
    assert_eq!(away.news(&model), []);
    assert_eq!(rest(&model), Rest::NothingWaits);
}

#[test]
fn what_was_delivered_before_is_no_news() {
    let mut model = begun(PasswordState::InKeychain);
    sent(&mut model, 1, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert_eq!(Away::default().news(&model), []);
}

#[test]
fn what_waits_keeps_it_going_and_is_told_after_a_day_and_a_day_later() {
    let mut model = begun(PasswordState::InKeychain);
    sent(&mut model, 1, silent());
    let mut away = Away::default();
    assert_eq!((rest(&model), away.news(&model)), (Rest::Works, Vec::new()));
    for (hours, told) in [(23, 0), (25, 1), (26, 0), (50, 1)] {
        model.now = now() + TimeDelta::hours(hours);
        let expected = vec![News::StillWaiting(1); told];
        assert_eq!(away.news(&model), expected, "after {hours} hours");
    }
}

#[test]
fn what_is_held_for_a_person_is_told_once_and_does_not_keep_it_going() {
    let mut model = begun(PasswordState::InKeychain);
    sent(&mut model, 1, Outcome::NotSent(failure(Trouble::PermissionDenied)));
    let mut away = Away::default();
    assert_eq!(away.news(&model), [News::NeedPerson(1)]);
    assert_eq!(away.news(&model), []);
    assert_eq!(rest(&model), Rest::NothingWaits);
}

#[test]
fn a_refused_password_is_told_instead_of_the_file_that_met_it() {
    let mut model = begun(PasswordState::InKeychain);
    sent(&mut model, 1, silent());
    sent(&mut model, 2, Outcome::NotSent(failure(Trouble::PasswordRefused)));
    assert_eq!(model.password, PasswordState::Refused);
    let mut away = Away::default();
    assert_eq!(away.news(&model), [News::PasswordRefused]);
    assert_eq!(away.news(&model), []);
    assert_eq!(rest(&model), Rest::NeedsPerson);
}

#[test]
fn without_a_password_what_waits_needs_a_person() {
    let mut model = begun(PasswordState::InKeychain);
    sent(&mut model, 1, silent());
    model.password = PasswordState::Missing;
    assert_eq!(Away::default().news(&model), [News::NoPassword(1)]);
    assert_eq!(rest(&model), Rest::NeedsPerson);
}

#[test]
fn a_ledger_that_cannot_be_read_ends_it_and_says_so() {
    let mut model = begun(PasswordState::InKeychain);
    let broken = LedgerFailure::Other("disk I/O error".to_owned());
    read_from_the_ledger(&mut model, Err(broken));
    assert_eq!(Away::default().news(&model), [News::CannotWork]);
    assert_eq!(rest(&model), Rest::CannotWork);
}

#[test]
fn the_background_has_no_business_in_the_demo_or_without_an_account() {
    assert_eq!(rest(&fresh()), Rest::NothingWaits);
    let mut demo = live().bound_for_the_demo();
    assert_eq!(crate::app::begin_in_the_background(&mut demo), Vec::new());
    assert_eq!(rest(&demo), Rest::NothingWaits);
}

#[test]
fn before_the_ledger_was_read_nobody_knows_that_nothing_waits() {
    let mut model = live();
    assert!(!crate::app::begin_in_the_background(&mut model).is_empty());
    assert_eq!(model.tries, Tries::ByThemselves);
    assert_eq!(rest(&model), Rest::Works);
}
