//! From a chosen file to its receipt.

use super::*;
use crate::app::wording::notice::explanation;

#[test]
fn a_good_file_is_sent_delivered_and_has_a_receipt() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    assert_eq!(*state(&model, card), CardState::Ready);

    let jobs = ask(&mut model, Command::SendReady);
    let entries = entries(&jobs);
    assert_eq!(
        entries.iter().map(|entry| entry.submission).collect::<Vec<_>>(),
        [id(card)]
    );
    assert_eq!(shipments(&jobs), [], "it stands in the ledger before anybody sends it");
    assert!(model.is_sending());
    let jobs = happen(&mut model, Event::Entered(id(card), taken(entered(&entries[0]))));
    assert_eq!(shipments(&jobs), [(id(card), IfDuplicate::Hold)]);
    assert!(model.is_sending());

    finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    assert!(model.card(card).unwrap().is_delivered());
    let jobs = apply_command(&mut model, Command::SaveReceipt(card));
    let [
        Job::Desk(DeskJob::SaveText {
            suggested_name, text, ..
        }),
    ] = jobs.as_slice()
    else {
        panic!("{jobs:?}");
    };
    assert_eq!(suggested_name, "Receipt CLINIC0126324.hl7.txt");
    for part in [
        "CLINIC0126324.hl7",
        "1,000 bytes",
        &"01".repeat(32),
        "mgarcia",
        "FRONTDESK2",
        "226 Transfer complete",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(
        !text.contains("november"),
        "the chosen file's name can hold a patient's name:\n{text}"
    );
}

#[test]
fn a_second_press_of_send_sends_nothing_twice() {
    let mut model = live();
    ready(&mut model, "november.hl7", 1);
    assert_eq!(shipments(&ask_and_enter(&mut model, Command::SendReady)).len(), 1);
    assert_eq!(apply_command(&mut model, Command::SendReady), Vec::new());
}

#[test]
fn the_demo_is_not_entered_while_a_file_is_on_its_way() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    assert_eq!(
        apply_command(&mut model, Command::ChooseRole(Role::JustLooking)),
        Vec::new()
    );
    assert_eq!(
        (&model.place, &model.notice),
        (&Place::Registry, &Some(Notice::TooBusy))
    );
    assert!(!model.card(card).unwrap().cancel.is_requested());
}

#[test]
fn the_same_file_dropped_twice_is_on_one_card() {
    let mut model = live();
    ready(&mut model, "november.hl7", 1);
    let jobs = apply_event(
        &mut model,
        Event::FilesFound {
            files: vec![PathBuf::from("november.hl7")],
            left_out: LeftOut::default(),
        },
    );
    assert_eq!(jobs, Vec::new());
    assert_eq!(model.notice, Some(Notice::AlreadyOnACard));
}

#[test]
fn the_same_content_under_two_names_is_sent_once() {
    let mut model = live();
    let first = ready(&mut model, "november.hl7", 1);
    let second = ready(&mut model, "copy.hl7", 1);
    assert_eq!(*state(&model, second), CardState::Held(HoldReason::OnAnotherCard));
    assert_eq!(
        shipments(&ask_and_enter(&mut model, Command::SendReady)),
        [(id(first), IfDuplicate::Hold)]
    );
}

#[test]
fn what_the_check_blocks_is_held_and_the_card_says_why() {
    let cases = [
        ("%PDF-1.7", "This is a PDF."),
        ("", "This file is empty."),
        ("FHS|^~\\&\rFTS|0\r", "This file has no patients in it."),
        ("FHS|^~\\&\rMSH|^~\\&\rPID|1\r", "This file stops early."),
        (
            "BHS|^~\\&\rMSH|^~\\&\rPID|1\rBTS|2\r",
            "This file says that it has 2 messages, but it has 1.",
        ),
    ];
    for (text, title) in cases {
        let mut model = live();
        let card = add(&mut model, "export.hl7");
        read_as(&mut model, card, text);
        assert_eq!(*state(&model, card), CardState::Held(HoldReason::Checked), "{text}");
        let words = wording::card::verdict(model.card(card).unwrap(), &model).words;
        assert_eq!(words.title, title);
        assert!(!words.next.is_empty(), "{title}");
        assert_eq!(apply_command(&mut model, Command::SendReady), Vec::new());
    }
}

#[test]
fn what_of_a_folder_is_not_on_a_card_is_told() {
    let said = |not_hl7, more_files, folders| {
        let left_out = LeftOut {
            not_hl7,
            more_files,
            folders,
        };
        let mut model = live();
        let files = vec![PathBuf::from("november.hl7")];
        happen(&mut model, Event::FilesFound { files, left_out });
        model.notice.as_ref().map(|notice| explanation(notice).paragraph())
    };
    let add = "Add what you need of them by itself.";
    assert_eq!(said(0, 0, 0), None);
    assert_eq!(said(0, 0, 1), Some(format!("1 folder inside was not read. {add}")));
    assert_eq!(
        said(2, 1_200, 0),
        Some(format!(
            "2 files of the folder are not HL7, and were left out. \
             1,200 more files of the folder were not looked at, since 1,000 go at a time. {add}"
        ))
    );
}

#[test]
fn a_name_on_a_card_turns_no_reading_direction_and_breaks_no_line() {
    let mut model = live();
    let card = ready(&mut model, "november\u{202e}7lh.exe\n", 1);
    assert_eq!(model.card(card).unwrap().shown_name(), "november\\u{202e}7lh.exe\\n");
}

#[test]
fn a_file_that_could_not_be_read_can_be_dropped_again() {
    let mut model = live();
    let card = add(&mut model, "export.hl7");
    read(&mut model, card, Err(FileFailure::Locked));
    assert_eq!(*state(&model, card), CardState::Unreadable(FileFailure::Locked));
    let again = ready(&mut model, "export.hl7", 1);
    assert_eq!(model.cards.len(), 1);
    assert_eq!(*state(&model, again), CardState::Ready);
}

#[test]
fn a_refused_password_stops_all_tries_until_another_is_entered() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    ready(&mut model, "october.hl7", 2);
    ask_and_enter(&mut model, Command::SendReady);
    finish(&mut model, card, Outcome::NotSent(failure(Trouble::PasswordRefused)));
    assert_eq!(model.password, PasswordState::Refused);
    assert_eq!(apply_command(&mut model, Command::TryAgain(card)), Vec::new());
    assert_eq!(apply_command(&mut model, Command::LookAtRegistry), Vec::new());

    let jobs = apply_command(
        &mut model,
        Command::EnterPassword(Secret::new("indianblanket".to_owned())),
    );
    let account = model.account().unwrap().id();
    assert!(jobs.contains(&Job::Courier(CourierJob::AllowLogin(account.clone()))));
    happen(&mut model, Event::PasswordKept(account, Ok(())));
    assert_eq!(
        shipments(&apply_command(&mut model, Command::TryAgain(card))),
        [(id(card), IfDuplicate::Hold)]
    );
}

#[test]
fn a_duplicate_goes_only_when_somebody_says_so() {
    let mut model = live();
    let card = held_duplicate(&mut model);
    assert_eq!(apply_command(&mut model, Command::TryAgain(card)), Vec::new());
    let jobs = apply_command(&mut model, Command::SendAnyway(card));
    assert_eq!(shipments(&jobs), [(id(card), IfDuplicate::SendAgain)]);
    let is_noted =
        |job: &Job| matches!(job, Job::Desk(DeskJob::NoteAnswer { submission, .. }) if *submission == id(card));
    assert!(jobs.iter().any(is_noted), "the courier may be busy: {jobs:?}");
}

#[test]
fn a_duplicate_that_was_cancelled_goes_as_another_submission() {
    let mut model = live();
    let card = held_duplicate(&mut model);
    // Two computers sent it in the same moment, and this one took its own back.
    let mut over = model.card(card).unwrap().record.clone().unwrap();
    over.state = State::Cancelled;
    over.why = Some(Why::Duplicate(duplicate()));
    told(&mut model, [over]);
    let shown = Some(Outcome::Duplicate(duplicate()));
    assert_eq!(model.card(card).unwrap().outcome(), shown.as_ref());

    let jobs = ask(&mut model, Command::SendAnyway(card));
    let entry = &entries(&jobs)[0];
    assert_eq!(entry.answers.duplicate, IfDuplicate::SendAgain);
    let mut anew = entered(entry);
    anew.entered.id = SubmissionId(Uuid::from_u128(77));
    let jobs = happen(&mut model, Event::Entered(entry.submission, taken(anew)));
    assert_eq!(
        shipments(&jobs),
        [(SubmissionId(Uuid::from_u128(77)), IfDuplicate::SendAgain)]
    );
}

#[test]
fn a_delivered_file_cannot_be_sent_again_by_any_button() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    for command in [Command::SendReady, Command::TryAgain(card), Command::SendAnyway(card)] {
        assert_eq!(apply_command(&mut model, command), Vec::new());
    }
}

#[test]
fn a_late_event_for_a_removed_card_changes_nothing() {
    let mut model = live();
    let card = add(&mut model, "november.hl7");
    ask(&mut model, Command::RemoveCard(card));
    let before = model.cards.clone();
    read(&mut model, card, Ok(reading(1)));
    let jobs = happen(&mut model, Event::Finished(id(card), Box::new(Outcome::Cancelled)));
    assert!(reads_the_outbox(&jobs) && shipments(&jobs).is_empty(), "{jobs:?}");
    assert_eq!(
        apply_event(&mut model, Event::PhaseChanged(id(card), Phase::Verifying)),
        Vec::new()
    );
    assert_eq!(model.cards, before);
}

#[test]
fn a_card_that_is_on_its_way_cannot_be_removed() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    ask(&mut model, Command::RemoveCard(card));
    assert!(model.card(card).is_some());
}

#[test]
fn a_job_that_was_refused_does_not_look_as_if_it_were_under_way() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    let jobs = apply_command(&mut model, Command::SendReady);
    for job in jobs {
        happen(&mut model, Event::Refused(Box::new(job)));
    }
    assert_eq!(*state(&model, card), CardState::Ready);
    assert_eq!(model.notice, Some(Notice::TooBusy));
}

#[test]
fn a_receipt_names_the_account_and_the_stage_of_its_delivery() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    finish(&mut model, card, Outcome::Delivered(delivery("CLINIC0126324.hl7")));
    let form = AccountForm {
        user: "CLINIC02".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    ask(&mut model, Command::SetAccount(Box::new(form), None));
    model.settings.stage = Some(Stage::Testing);
    let jobs = ask(&mut model, Command::SaveReceipt(card));
    let [Job::Desk(DeskJob::SaveText { text, .. })] = jobs.as_slice() else {
        panic!("{jobs:?}");
    };
    assert!(text.contains("CLINIC01@") && text.contains("Live"), "{text}");
    assert!(!text.contains("CLINIC02") && !text.contains("Testing"), "{text}");
}

#[test]
fn what_may_have_arrived_is_looked_for_in_the_account_where_it_went() {
    let mut model = live();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    let unknown = Outcome::Unknown {
        sent_as: "CLINIC0126324.hl7".to_owned(),
        failure: failure(Trouble::ConnectionLost),
        until: None,
    };
    finish(&mut model, card, unknown);
    let form = AccountForm {
        user: "CLINIC02".to_owned(),
        ..AccountForm::fresh(&model.profile)
    };
    ask(&mut model, Command::SetAccount(Box::new(form), None));
    let account = model.account().unwrap().id();
    happen(&mut model, Event::PasswordLookedFor(account, Ok(true)));
    let jobs = ask(&mut model, Command::TryAgain(card));
    let [Job::Courier(CourierJob::Send(shipment))] = jobs.as_slice() else {
        panic!("{jobs:?}");
    };
    assert_eq!(shipment.account.user, "CLINIC01");
}

#[test]
fn what_the_registry_may_not_store_is_said_and_goes_when_live_and_is_held_while_testing() {
    let born_tomorrow = include_str!("../../../../tests/fixtures/check/whole.hl7").replace("|20190402|", "|20261121|");
    let mut model = live();
    let card = add(&mut model, "export.hl7");
    read_as(&mut model, card, &born_tomorrow);
    assert_eq!(*state(&model, card), CardState::Ready);
    let verdict = wording::card::verdict(model.card(card).unwrap(), &model);
    assert_eq!(verdict.mark, wording::card::Mark::Careful);
    // The consents are Texas's, which the registry of these tests does not know.
    assert_eq!(
        verdict.words.title,
        "Ready, but the registry may store none of its 2 patients."
    );
    assert!(
        verdict.words.next.ends_with("If you send it, the whole file goes."),
        "{}",
        verdict.words.next
    );

    model.settings.stage = Some(Stage::Testing);
    let card = add(&mut model, "again.hl7");
    read_as(&mut model, card, &born_tomorrow);
    assert_eq!(*state(&model, card), CardState::Held(HoldReason::Checked));
}
