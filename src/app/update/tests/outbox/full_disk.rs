//! A disk of this computer that was full when something had to be written down.

use super::*;

#[test]
fn where_the_disk_was_full_when_the_bytes_had_gone_the_card_says_so_also_after_the_ledger_was_read() {
    let mut model = in_a_window();
    let card = ready(&mut model, "november.hl7", 1);
    ask_and_enter(&mut model, Command::SendReady);
    let unknown = Outcome::Unknown {
        sent_as: String::new(),
        failure: failure(Trouble::Books(LedgerFailure::DiskFull)),
        until: Some(now() + TimeDelta::seconds(30)),
    };
    finish(&mut model, card, unknown);
    let mut record = model.card(card).unwrap().record.clone().unwrap();
    record.state = State::Sending;
    told(&mut model, [record.clone()]);
    let words = verdict(model.card(card).unwrap(), &model).words;
    assert!(
        words.title.starts_with("Checking whether this file arrived"),
        "{words:?}"
    );
    assert_eq!(words.file, "The disk of this computer is full.");

    record.delivery = Some(delivery("CLINIC0126324.hl7"));
    record.state = State::Delivered;
    asked(&mut model);
    told(&mut model, [record]);
    assert!(
        model.card(card).unwrap().is_delivered(),
        "whoever found out about it knows better"
    );
}
