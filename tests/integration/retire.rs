//! Everything is removed from a computer: a real data folder, a real ledger, real copies, and a keychain in memory.

mod computer;
mod mood;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
};

use dropoff::{
    adapters::{instance::Seat, ledger::SqliteLedger, system::CourierLock},
    domain::{
        failure::{LedgerFailure, VaultFailure},
        retire::{RetireRefusal, Stays, Trace, UnknownCopies},
        submission::NewSubmission,
    },
    ports::{Ledger, OwnFiles, Sealed},
};

use self::{
    computer::{Computer, all_below},
    mood::Mood,
};
use crate::ledger::scene::{account, id, other_account, start, submission, waiting};

#[test]
fn everything_goes_and_the_empty_folder_with_it() {
    let computer = Computer::after_some_months();
    let removal = computer.retire().unwrap();
    assert_eq!(removal.removed, Trace::IN_ORDER);
    assert_eq!((removal.left.as_slice(), removal.strangers), ([].as_slice(), 0));
    assert!(!computer.data().exists());
    assert!(!computer.has_key() && !computer.starts_at_sign_in());
    for account in [account(), other_account()] {
        assert!(!computer.has_password(&account), "{account}");
    }
    let again = computer.retire().unwrap();
    assert_eq!(again.removed, Trace::IN_ORDER, "what is not there is removed already");
    assert!(!computer.data().exists(), "and no folder is made for it");
}

#[test]
fn what_is_not_dropoffs_own_stays_and_so_does_the_folder() {
    let computer = Computer::after_some_months();
    let strangers = [
        "profile.toml",
        "notes of the clinic.txt",
        "ledger.xlsx",
        "outbox/letter.pdf",
        "logs/readme.txt",
        "demo/samples/Receipt CLINIC0126324.hl7.txt",
        "export/november.hl7",
    ];
    for stranger in strangers {
        let path = computer.data().join(stranger);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, stranger).unwrap();
    }
    let removal = computer.retire().unwrap();
    assert_eq!(
        (removal.left.as_slice(), removal.strangers),
        ([].as_slice(), strangers.len())
    );
    let mut expected = strangers.map(str::to_owned).to_vec();
    expected.sort();
    assert_eq!(all_below(&computer.data()), expected);
}

#[test]
fn a_file_that_waits_in_an_account_no_longer_in_use_keeps_everything_where_it_is() {
    let computer = Computer::after_some_months();
    let ledger = computer.ledger();
    ledger
        .enter(&NewSubmission {
            account: other_account(),
            ..submission(77)
        })
        .unwrap();
    ledger.advance(id(77), &waiting(80)).unwrap();
    drop(ledger);
    let before = all_below(&computer.data());
    let Err(RetireRefusal::Undelivered(records)) = computer.retire() else {
        panic!("removed while a file waits")
    };
    assert_eq!(records.len(), 1);
    assert_eq!(
        (records[0].entered.id, &records[0].entered.account),
        (id(77), &other_account())
    );
    assert_eq!(all_below(&computer.data()), before);
    assert!(computer.has_key() && computer.has_password(&account()) && computer.starts_at_sign_in());
}

#[test]
fn another_dropoff_in_the_folder_keeps_everything_where_it_is() {
    let computer = Computer::after_some_months();
    let data = computer.data();
    let is_refused = |who: &str| {
        let before = all_below(&data);
        assert_eq!(computer.retire().err(), Some(RetireRefusal::AnotherDropoff), "{who}");
        assert_eq!(all_below(&data), before, "{who}");
    };
    let window = Seat::Window.take(&data).unwrap();
    is_refused("a window");
    drop(window);
    let background = Seat::Background.take(&data).unwrap();
    is_refused("the background");
    drop(background);
    let courier = CourierLock::take(&data).unwrap();
    is_refused("whoever is connected");
    drop(courier);
    let ledger = computer.ledger();
    is_refused("a command line with the ledger open");
    drop(ledger);
    assert!(computer.retire().is_ok());
}

#[test]
fn the_window_that_removes_everything_is_not_in_its_own_way() {
    let computer = Computer::after_some_months();
    let own = Seat::Window.take(&computer.data()).unwrap();
    let removal = computer.retire_from_the_window().unwrap();
    assert_eq!(removal.left, Vec::new());
    assert!(computer.data().join("window.lock").exists());
    drop(own);
    computer.leave();
    assert!(!computer.data().exists());
}

#[test]
fn a_removal_that_breaks_off_anywhere_leaves_nothing_readable_and_no_account_without_its_ledger() {
    let mut moments = 0;
    loop {
        let computer = Computer::after_some_months();
        let copies = computer.copies();
        let mood = Mood::dying_after(moments, computer.path_of(copies[0]));
        let died = catch_unwind(AssertUnwindSafe(|| computer.retire_in(mood, true))).is_err();
        let has = |name: &str| computer.data().join(name).exists();
        let readable = copies.iter().filter(|id| computer.can_open(**id)).count();
        let is_touched = computer.copies() != copies || !has("settings.toml") || !has("ledger.db");
        assert!(
            readable == 0 || !is_touched,
            "{moments}: a copy can be read while others are gone"
        );
        assert!(readable == 0 || readable == copies.len(), "{moments}");
        assert!(
            has("ledger.db") || !has("settings.toml"),
            "{moments}: an account without its ledger"
        );
        if has("ledger.db") {
            let history = computer.ledger().history(&account(), 0, 9).unwrap();
            assert_eq!(history.len(), 2, "{moments}: the ledger knows what was sent");
        }
        let removal = computer.retire().unwrap();
        assert_eq!(removal.left, Vec::new(), "{moments}: what broke off can be done again");
        assert!(!computer.data().exists(), "{moments}");
        if !died {
            break;
        }
        moments += 1;
    }
    assert!(
        moments >= 2 * Trace::IN_ORDER.len(),
        "it died before and after each step: {moments}"
    );
}

#[test]
fn the_ledger_stays_where_the_settings_cannot_be_removed() {
    let computer = Computer::after_some_months();
    let mood = Mood {
        refuses: Some(OwnFiles::Settings),
        ..Mood::default()
    };
    let removal = computer.retire_in(mood, true).unwrap();
    let refused = Stays::Refused("refused".to_owned());
    assert_eq!(
        removal.left,
        [(Trace::Settings, refused), (Trace::Ledger, Stays::AccountStays)]
    );
    assert_eq!(computer.ledger().history(&account(), 0, 9).unwrap().len(), 2);
    assert_eq!(computer.copies(), Vec::new(), "the rest is gone all the same");
}

#[test]
fn a_locked_keychain_is_told_and_the_copies_go_all_the_same() {
    let computer = Computer::after_some_months();
    computer.lock_the_key();
    let removal = computer.retire().unwrap();
    let [(Trace::SealKey, Stays::Keychain(VaultFailure::Locked(_)))] = removal.left.as_slice() else {
        panic!("{removal:?}")
    };
    assert!(!computer.data().exists());
}

#[test]
fn a_key_that_another_folder_needs_stays_and_the_copies_go() {
    let computer = Computer::after_some_months();
    let mood = Mood {
        has_a_neighbour: true,
        ..Mood::default()
    };
    let removal = computer.retire_in(mood, true).unwrap();
    assert_eq!(removal.left, [(Trace::SealKey, Stays::NeededElsewhere)]);
    assert!(computer.has_key());
    assert_eq!(computer.copies(), Vec::new());
}

#[test]
fn a_ledger_that_cannot_be_read_keeps_everything_where_it_is() {
    let computer = Computer::after_some_months();
    fs::write(computer.data().join("ledger.db"), "Dear diary").unwrap();
    let before = all_below(&computer.data());
    let refusal = computer.retire().unwrap_err();
    assert!(
        matches!(refusal, RetireRefusal::Ledger(LedgerFailure::Damaged(_))),
        "{refusal:?}"
    );
    assert_eq!(all_below(&computer.data()), before);
    assert!(computer.has_key() && computer.has_password(&account()));
}

#[test]
fn copies_that_no_list_knows_keep_everything_where_it_is_until_somebody_says_that_they_may_go() {
    let mut computer = Computer::after_some_months();
    computer.unknown_copies = UnknownCopies::KeepEverything;
    let before = computer.copies();
    assert_eq!(computer.retire().err(), Some(RetireRefusal::UnknownCopies(1)));
    assert_eq!(computer.copies(), before);
    assert!(computer.has_key() && computer.has_password(&account()) && computer.starts_at_sign_in());
    computer.unknown_copies = UnknownCopies::MayGo;
    assert_eq!(computer.retire().unwrap().left, Vec::new());
}

#[test]
fn a_ledger_that_was_set_aside_keeps_everything_where_it_is_until_somebody_acknowledges_it() {
    let computer = Computer::after_some_months();
    fs::write(computer.data().join("ledger.db"), "Dear diary").unwrap();
    let opened = SqliteLedger::open(&computer.data(), start()).unwrap();
    let [set_aside] = &opened.unread.clone()[..] else {
        panic!("it was not set aside")
    };
    drop(opened);
    let before = all_below(&computer.data());
    assert_eq!(
        computer.retire().err(),
        Some(RetireRefusal::SetAside(set_aside.clone()))
    );
    assert_eq!(all_below(&computer.data()), before);
    assert!(computer.has_key() && computer.has_password(&account()));
    computer.ledger().acknowledge(&set_aside.file).unwrap();
    assert_eq!(computer.retire().unwrap().left, Vec::new());
    assert!(!computer.data().exists());
}

#[test]
fn while_somebody_looks_for_the_last_time_nobody_can_add_a_file() {
    let computer = Computer::after_some_months();
    let alone = computer.alone();
    let opened = SqliteLedger::open(&computer.data(), start());
    assert_eq!(opened.err(), Some(LedgerFailure::Busy));
    assert_eq!(alone.last_look().unwrap().accounts, [account(), other_account()]);
    drop(alone);
    drop(computer.ledger());
    assert!(computer.sealed().kept().unwrap().len() > 1);
}
