//! Without a keychain there is no copy: a file goes only where somebody knows where it is.

use super::{
    outbox::{asked, with},
    *,
};
use crate::{app::wording::card::verdict, domain::failure::SealFailure};

const LOST: Outcome = Outcome::FileTrouble(FileFailure::PlaceUnknown);

/// A submission of an earlier run that has no copy.
fn without_a_copy(state: State, change: impl FnOnce(&mut Record)) -> Record {
    stored(&in_a_window(), 1, state, |record| {
        record.entered.copy = Copy::OriginalOnly;
        record.until = (state == State::Waiting).then(|| now() + TimeDelta::seconds(30));
        change(record);
    })
}

/// A file that was chosen in this run and entered, where there is no key to seal with.
fn sent_without_a_copy(model: &mut Model) -> (CardId, Record) {
    let card = ready(model, "november.hl7", 1);
    let jobs = ask(model, Command::SendReady);
    let mut record = entered(&entries(&jobs)[0]);
    record.entered.copy = Copy::OriginalOnly;
    happen(model, Event::Entered(id(card), taken(record.clone())));
    (card, record)
}

#[test]
fn what_waits_for_a_file_that_nobody_knows_says_so_and_is_not_tried() {
    let refused = Why::Registry(failure(Trouble::PermissionDenied));
    for record in [
        without_a_copy(State::Waiting, |record| record.why = Some(Why::NotThere)),
        without_a_copy(State::Held, |record| record.why = Some(refused)),
        without_a_copy(State::Held, |record| record.why = Some(Why::Copy(SealFailure::Missing))),
    ] {
        let mut model = with(std::slice::from_ref(&record));
        let card = card_of(&model, &record);
        assert_eq!(card.outcome(), Some(&LOST));
        assert_eq!((card.again(), model.files_to_go()), (None, 0));
        let words = verdict(&card, &model).words;
        assert!(
            words.title.contains("no copy") && words.file.contains("keychain"),
            "{words:?}"
        );
        assert!(words.next.contains("Drop the same file here again"), "{words:?}");
        assert_eq!(shipments(&ask(&mut model, Command::TryNow)), []);
        model.tries = Tries::WhenAsked;
        let words = verdict(&card, &model).words;
        assert!(words.next.contains("dropoff-cli send"), "{words:?}");
    }
}

#[test]
fn what_is_at_the_registry_or_may_be_needs_no_file() {
    let there = without_a_copy(State::Held, |record| {
        record.why = Some(Why::Duplicate(duplicate()));
    });
    let model = with(std::slice::from_ref(&there));
    assert_eq!(
        card_of(&model, &there).outcome(),
        Some(&Outcome::Duplicate(duplicate()))
    );
    let doubtful = without_a_copy(State::Unknown, |record| {
        record.until = Some(now() + TimeDelta::seconds(30));
    });
    let model = with(std::slice::from_ref(&doubtful));
    assert!(card_of(&model, &doubtful).is_unknown());
}

#[test]
fn a_file_that_lost_its_place_is_given_its_file_again_and_keeps_its_number() {
    let waits = without_a_copy(State::Waiting, |_| {});
    let mut model = with(std::slice::from_ref(&waits));
    let card = ready(&mut model, "november.hl7", 1);
    assert_eq!(model.cards.len(), 1);
    assert_eq!(*state(&model, card), CardState::Ready);
    assert_eq!(submission_of(&model, card), waits.entered.id);
}

#[test]
fn in_the_window_in_which_it_was_chosen_it_waits_like_any_other() {
    let mut model = in_a_window();
    let (card, mut record) = sent_without_a_copy(&mut model);
    let soon = now() + TimeDelta::seconds(30);
    finish(&mut model, card, waiting(soon, Why::Registry(failure(Trouble::Busy))));
    record.state = State::Waiting;
    record.until = Some(soon);
    asked(&mut model);
    told(&mut model, [record]);
    assert!(model.card(card).unwrap().is_waiting());
    assert_eq!(shipments(&tick(&mut model, soon)), [(id(card), IfDuplicate::Hold)]);
}

#[test]
fn a_command_line_says_that_it_will_not_know_the_file_any_more() {
    let mut model = live();
    let (card, _) = sent_without_a_copy(&mut model);
    finish(&mut model, card, waiting(now(), Why::Registry(failure(Trouble::Busy))));
    let next = verdict(model.card(card).unwrap(), &model).words.next;
    assert!(next.contains("name it to dropoff-cli send"), "{next}");
    assert!(!next.contains("tried again"), "{next}");
}
