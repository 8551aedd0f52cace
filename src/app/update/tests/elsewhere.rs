//! Files of an account that is not in use any more.

use super::*;
use crate::app::wording::elsewhere::{left, why};

/// The account that this clinic had before.
fn earlier() -> AccountId {
    AccountId::of("CLINIC00", "ftp.example.org")
}

fn of_the_earlier_account(model: &Model, n: u8, state: State) -> Record {
    stored(model, n, state, |record| record.entered.account = earlier())
}

/// A window whose ledger has these of the earlier account.
fn with_left(records: &[Record]) -> Model {
    let mut model = in_a_window();
    let read = InLedger {
        elsewhere: records.iter().cloned().map(tracked).collect(),
        ..InLedger::default()
    };
    read_from_the_ledger(&mut model, Ok(read));
    model
}

#[test]
fn files_of_an_account_that_is_not_in_use_are_told_and_not_tried() {
    let model = in_a_window();
    let records = [
        of_the_earlier_account(&model, 2, State::Waiting),
        of_the_earlier_account(&model, 1, State::Unknown),
    ];
    let mut model = with_left(&records);
    assert_eq!((model.cards.len(), model.files_to_go()), (0, 0));
    let told = model.left_elsewhere();
    assert_eq!(told.len(), 1);
    let words = left(&told[0], &model);
    assert_eq!(words.title, "2 files of CLINIC00 are not delivered.");
    assert!(
        words.next.contains("Settings") && words.next.contains("remove them"),
        "{words:?}"
    );
    assert_eq!(shipments(&ask(&mut model, Command::TryNow)), []);
}

#[test]
fn the_same_name_at_another_host_is_told_apart() {
    let model = in_a_window();
    let moved = stored(&model, 1, State::Waiting, |record| {
        record.entered.account = AccountId::of("CLINIC01", "old.example.org");
    });
    let model = with_left(&[moved]);
    let words = left(&model.left_elsewhere()[0], &model);
    assert_eq!(words.title, "1 file of CLINIC01@old.example.org is not delivered.");
}

#[test]
fn one_of_them_is_removed_and_the_ledger_is_read_again() {
    let model = in_a_window();
    let record = of_the_earlier_account(&model, 1, State::Waiting);
    let mut model = with_left(std::slice::from_ref(&record));
    let jobs = ask(&mut model, Command::Withdraw(record.entered.id));
    assert!(
        matches!(
            jobs[..],
            [Job::Desk(DeskJob::Withdraw { submission, destination: Destination::Live, .. }), Job::Desk(DeskJob::ReadOutbox { .. })]
                if submission == record.entered.id
        ),
        "{jobs:?}"
    );
    told(&mut model, []);
    assert_eq!(model.left_elsewhere(), []);
}

#[test]
fn without_an_account_they_are_still_known() {
    let mut model = fresh();
    let jobs = begin(&mut model);
    let reads = |job: &Job| matches!(job, Job::Desk(DeskJob::ReadOutbox { account: None, .. }));
    assert!(jobs.iter().any(reads), "{jobs:?}");
    let record = of_the_earlier_account(&in_a_window(), 1, State::Unknown);
    let read = InLedger {
        elsewhere: vec![tracked(record)],
        ..InLedger::default()
    };
    read_from_the_ledger(&mut model, Ok(read));
    let said = why(&model.elsewhere[0], &model);
    assert!(said.contains("CLINIC00") && said.contains("may have arrived"), "{said}");
}

#[test]
fn a_file_that_is_still_on_its_card_is_told_there_alone() {
    let mut model = in_a_window();
    let record = stored(&model, 1, State::Waiting, |record| {
        record.until = Some(now() + TimeDelta::seconds(30));
    });
    told(&mut model, [record.clone()]);
    let form = AccountForm {
        user: "CLINIC02".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    ask(&mut model, Command::SetAccount(Box::new(form), None));
    let read = InLedger {
        elsewhere: vec![tracked(record.clone())],
        ..InLedger::default()
    };
    read_from_the_ledger(&mut model, Ok(read.clone()));
    assert_eq!(model.left_elsewhere(), []);
    model.cards.clear();
    assert_eq!(model.left_elsewhere().len(), 1);
}
