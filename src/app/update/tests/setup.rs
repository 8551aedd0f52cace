//! The first start, the account, the Demo, closing.

use super::*;

#[test]
fn the_first_start_goes_through_three_steps_and_back() {
    let mut model = fresh();
    assert_eq!(model.setup, Some(SetupStep::Role));
    ask(&mut model, Command::ChooseRole(Role::WeSend));
    assert_eq!(model.setup, Some(SetupStep::Stage));
    ask(&mut model, Command::ChooseStage(Stage::Testing));
    assert_eq!(model.setup, Some(SetupStep::Account));
    ask(&mut model, Command::SetupBack);
    assert_eq!(model.setup, Some(SetupStep::Stage));

    let form = AccountForm {
        user: "CLINIC01".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    let secret = Secret::new("bluebonnet".to_owned());
    let jobs = apply_command(&mut model, Command::SetAccount(Box::new(form), Some(secret.clone())));
    assert_eq!(model.setup, None);
    let account = model.account().unwrap().id();
    assert!(jobs.contains(&Job::Desk(DeskJob::SaveSettings(Box::new(model.settings.clone())))));
    assert!(jobs.contains(&Job::Desk(DeskJob::KeepPassword(account, secret))));
}

#[test]
fn an_account_name_that_is_not_safe_in_a_file_name_is_not_saved() {
    let mut model = fresh();
    let form = AccountForm {
        user: "CLINIC/01".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    let jobs = apply_command(&mut model, Command::SetAccount(Box::new(form), None));
    assert_eq!(jobs, Vec::new());
    assert_eq!(model.settings.account, None);
    assert!(matches!(model.notice, Some(Notice::AccountForm(_))));
}

#[test]
fn without_a_keychain_the_password_is_kept_for_this_run_and_the_model_says_so() {
    let mut model = live();
    let account = model.account().unwrap().id();
    let reason = VaultFailure::Unavailable("no service".to_owned());
    happen(&mut model, Event::PasswordKept(account, Err(reason.clone())));
    assert_eq!(model.password, PasswordState::ThisRun(reason));
    assert!(model.has_password());
}

/// What a window asks for when it closes and nothing waits any more.
fn closes_for_good() -> [Job; 2] {
    [
        Job::Desk(DeskJob::SetAtSignIn(AtSignIn::StartNothing)),
        Job::CloseWindow,
    ]
}

fn keeps_its_password(model: &mut Model) {
    let account = model.account().unwrap().id();
    happen(model, Event::PasswordKept(account, Ok(())));
}

/// A window with one file that waits.
fn with_a_waiting_file() -> (Model, CardId) {
    let mut model = live();
    keeps_its_password(&mut model);
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    let silent = Why::Registry(failure(Trouble::Silent));
    finish(&mut model, card, waiting(now() + TimeDelta::seconds(30), silent));
    (model, card)
}

#[test]
fn closing_while_a_file_is_not_sent_asks_first_and_cancels_nothing() {
    let mut model = live();
    keeps_its_password(&mut model);
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    assert_eq!(apply_command(&mut model, Command::RequestClose), Vec::new());
    assert!(model.asks_before_closing);
    let jobs = ask(&mut model, Command::AnswerClose(CloseAnswer::Stay));
    assert_eq!(jobs, Vec::new());

    let (mut model, card_too) = with_a_waiting_file();
    assert_eq!(card, card_too);
    assert_eq!(ask(&mut model, Command::RequestClose), Vec::new());
    let jobs = ask(&mut model, Command::AnswerClose(CloseAnswer::KeepTrying));
    assert_eq!(jobs, [Job::StartBackground, Job::CloseWindow]);
    assert!(!model.card(card).unwrap().cancel.is_requested());
}

#[test]
fn a_window_in_which_nothing_waits_closes_at_once_and_starts_nothing_at_sign_in() {
    let mut model = live();
    assert_eq!(ask(&mut model, Command::RequestClose), closes_for_good());
    // In the Demo nobody knows what waits for the registry.
    let mut model = live().bound_for_the_demo();
    assert_eq!(ask(&mut model, Command::RequestClose), [Job::CloseWindow]);
}

#[test]
fn the_window_closes_for_the_next_sign_in_only_when_the_system_has_agreed() {
    let (mut model, _) = with_a_waiting_file();
    ask(&mut model, Command::RequestClose);
    let jobs = ask(&mut model, Command::AnswerClose(CloseAnswer::TryLater));
    let start = AtSignIn::StartBackground;
    assert_eq!(jobs, [Job::Desk(DeskJob::SetAtSignIn(start))]);
    let refused = Event::AtSignInSet(start, Err("access denied".to_owned()));
    assert_eq!(happen(&mut model, refused), Vec::new());
    assert_eq!(model.notice, Some(Notice::NotAtSignIn("access denied".to_owned())));

    ask(&mut model, Command::RequestClose);
    ask(&mut model, Command::AnswerClose(CloseAnswer::TryLater));
    let jobs = happen(&mut model, Event::AtSignInSet(start, Ok(())));
    assert_eq!(jobs, [Job::CloseWindow]);
}

#[test]
fn without_a_kept_password_nothing_is_promised() {
    let (mut model, _) = with_a_waiting_file();
    model.password = PasswordState::GivenOnce;
    assert!(!model.goes_on_alone());
    ask(&mut model, Command::RequestClose);
    let jobs = ask(&mut model, Command::AnswerClose(CloseAnswer::TryLater));
    assert_eq!(jobs, [Job::CloseWindow]);
}

#[test]
fn a_second_start_that_wants_the_demo_is_told_that_this_is_none() {
    let mut model = live();
    assert_eq!(ask(&mut model, Command::AskForDemo), Vec::new());
    assert_eq!(model.notice, Some(Notice::OpenAlready));
    let mut model = live().bound_for_the_demo();
    assert_eq!(ask(&mut model, Command::AskForDemo), Vec::new());
    assert_eq!(model.notice, None);
}

#[test]
fn the_window_closes_only_when_everything_that_was_sent_is_in_the_ledger() {
    let mut model = live();
    keeps_its_password(&mut model);
    let first = ready(&mut model, "november.hl7", 1);
    let second = ready(&mut model, "october.hl7", 2);
    let entries = entries(&ask(&mut model, Command::SendReady));
    ask(&mut model, Command::RequestClose);
    let jobs = ask(&mut model, Command::AnswerClose(CloseAnswer::KeepTrying));
    assert_eq!(jobs, Vec::new());
    let jobs = happen(&mut model, Event::Entered(id(first), taken(entered(&entries[0]))));
    assert!(!jobs.contains(&Job::CloseWindow), "{jobs:?}");
    let refused = Box::new(Err(EntryRefusal::File(FileFailure::Changed)));
    let jobs = happen(&mut model, Event::Entered(id(second), refused));
    assert!(jobs.ends_with(&[Job::StartBackground, Job::CloseWindow]), "{jobs:?}");
}

#[test]
fn nothing_of_the_demo_counts_for_the_real_account() {
    let mut model = live().bound_for_the_demo();
    let demo = crate::domain::account::Account {
        user: "DEMO01".to_owned(),
        ..model.settings.account.clone().unwrap()
    };
    happen(&mut model, Event::DemoStarted(Ok(Box::new(demo))));
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    finish(&mut model, card, Outcome::Delivered(delivery("DEMO0126324.hl7")));

    let jobs = apply_command(&mut model, Command::LeaveDemo);
    assert_eq!(model.cards, Vec::new());
    assert_eq!(month::sent(&model), Sent::NotLooked);
    assert_eq!(model.account().unwrap().user, "CLINIC01");
    let account = model.account().unwrap().id();
    assert!(jobs.contains(&Job::Desk(DeskJob::LookForPassword(account.clone()))));
    let of_the_clinic = |job: &Job| {
        matches!(job, Job::Desk(DeskJob::ReadOutbox { account: of, destination, .. })
            if of.as_ref() == Some(&account) && *destination == Destination::Live)
    };
    // The Demo's books are read at this moment; the clinic's follow.
    assert!(!jobs.iter().any(of_the_clinic));
    let demo = crate::domain::account::AccountId::of("DEMO01", &model.account().unwrap().endpoint.host);
    let jobs = happen(&mut model, Event::OutboxRead(Some(demo), Ok(InLedger::default())));
    assert!(jobs.iter().any(of_the_clinic), "{jobs:?}");
}

#[test]
fn the_test_of_the_connection_ends_with_what_it_found() {
    let mut model = live();
    let form = AccountForm::of(model.account().unwrap());
    let jobs = apply_command(&mut model, Command::TestConnection(Box::new(form), None));
    assert!(matches!(jobs.as_slice(), [Job::Courier(CourierJob::Test { .. })]));
    assert_eq!(model.connection_test, Some(ConnectionTest::Running));
    happen(&mut model, Event::Tested(Err(failure(Trouble::Silent))));
    assert_eq!(
        model.connection_test,
        Some(ConnectionTest::Done(Err(failure(Trouble::Silent))))
    );
}

#[test]
fn settings_that_cannot_be_read_are_said_and_not_written_over() {
    let trouble = SettingsFailure::FromNewerVersion(9);
    let mut model = Model::new(now(), profile(), fresh().person, Err(trouble.clone()));
    assert_eq!(model.notice, Some(Notice::SettingsNotLoaded(trouble)));
    let jobs = begin(&mut model);
    assert!(
        !jobs
            .iter()
            .any(|job| matches!(job, Job::Desk(DeskJob::SaveSettings(_))))
    );
    assert_eq!(model.screen, Screen::ThisMonth);
}

#[test]
fn a_password_for_this_run_counts_once_it_is_there_and_never_as_kept() {
    let mut model = live();
    let account = model.account().unwrap().id();
    let jobs = ask(
        &mut model,
        Command::UsePasswordOnce(Secret::new("bluebonnet".to_owned())),
    );
    assert!(matches!(
        jobs.first(),
        Some(Job::Desk(DeskJob::KeepPasswordForThisRun(..)))
    ));
    assert!(!model.has_password());
    happen(&mut model, Event::PasswordGivenOnce(account));
    assert_eq!(model.password, PasswordState::GivenOnce);
    assert!(model.has_password());
}

#[test]
fn a_look_for_the_password_that_ends_late_does_not_undo_what_was_entered() {
    let mut model = live();
    let account = model.account().unwrap().id();
    ask(
        &mut model,
        Command::UsePasswordOnce(Secret::new("bluebonnet".to_owned())),
    );
    let late = VaultFailure::Unavailable("no service".to_owned());
    happen(&mut model, Event::PasswordLookedFor(account.clone(), Err(late)));
    assert!(!model.password.is_settled());
    happen(&mut model, Event::PasswordGivenOnce(account));
    assert_eq!(model.password, PasswordState::GivenOnce);
}
