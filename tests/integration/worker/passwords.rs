//! The password at the door, and whose turn it is.

use dropoff::{
    app::message::{CourierJob, Event},
    domain::{
        failure::{RegistryFailure, Trouble, VaultFailure},
        secret::Secret,
        submission::{Outcome, Why},
    },
    ports::Ledger,
};

use super::small;
use crate::support::{
    clinic::PASSWORD,
    fake_computer::{TurnWord, VaultWord},
    office::Office,
};

fn not_sent(outcome: Outcome) -> RegistryFailure {
    match outcome {
        Outcome::NotSent(failure) => failure,
        Outcome::Waiting { why, .. } => match *why {
            Why::Registry(failure) => failure,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn test(office: &mut Office, password: Option<&str>) -> Result<(), Trouble> {
    office.courier(CourierJob::Test {
        account: Box::new(office.account.clone()),
        password: password.map(|password| Secret::new(password.to_owned())),
    });
    office.wait(|event| match event {
        Event::Tested(result) => Some(result.clone().map(drop).map_err(|failure| failure.trouble)),
        _ => None,
    })
}

#[test]
fn a_refused_password_is_not_tried_again_until_somebody_says_so() {
    let mut office = Office::open();
    office.vault.set(VaultWord::Has("old".to_owned()));
    let shipments = [1, 2, 3].map(|seed| office.card(&small(seed)));
    for shipment in &shipments {
        assert_eq!(not_sent(office.send(shipment)).trouble, Trouble::PasswordRefused);
    }
    assert_eq!(test(&mut office, None), Err(Trouble::PasswordRefused));
    assert_eq!(office.registry.state().logins, ["old"]);
    office.courier(CourierJob::AllowLogin(office.account.id()));
    assert_eq!(test(&mut office, None), Err(Trouble::PasswordRefused));
    assert_eq!(office.registry.state().logins, ["old", "old"]);
}

#[test]
fn after_a_restart_a_refused_password_is_still_not_tried() {
    let mut office = Office::open();
    office.vault.set(VaultWord::Has("old".to_owned()));
    let shipment = office.card(&small(1));
    not_sent(office.send(&shipment));
    office.restart();
    assert_eq!(not_sent(office.send(&shipment)).trouble, Trouble::PasswordRefused);
    assert_eq!(office.registry.state().logins, ["old"]);
    assert!(office.ledger.refused_since(&office.account.id()).unwrap().is_some());
}

#[test]
fn a_new_password_is_tried_as_soon_as_somebody_entered_it() {
    let mut office = Office::open();
    office.vault.set(VaultWord::Has("old".to_owned()));
    let shipment = office.card(&small(1));
    not_sent(office.send(&shipment));
    office.vault.set(VaultWord::Has(PASSWORD.to_owned()));
    office.courier(CourierJob::AllowLogin(office.account.id()));
    office.deliver(&shipment);
}

#[test]
fn a_typed_password_does_not_make_the_refused_one_good() {
    let mut office = Office::open();
    office.vault.set(VaultWord::Has("old".to_owned()));
    let shipment = office.card(&small(1));
    not_sent(office.send(&shipment));
    assert_eq!(test(&mut office, Some("typo")), Err(Trouble::PasswordRefused));
    not_sent(office.send(&shipment));
    assert_eq!(test(&mut office, Some(PASSWORD)), Ok(()));
    not_sent(office.send(&shipment));
    assert_eq!(office.registry.state().logins, ["old", "typo", PASSWORD]);
}

#[test]
fn without_a_password_nobody_knocks() {
    let mut office = Office::open();
    let shipment = office.card(&small(1));
    let locked = VaultFailure::Locked("nobody unlocked it".to_owned());
    for (word, trouble) in [
        (VaultWord::HasNone, Trouble::NoPassword),
        (VaultWord::Fails(locked.clone()), Trouble::Keychain(locked)),
    ] {
        office.vault.set(word);
        assert_eq!(not_sent(office.send(&shipment)).trouble, trouble);
    }
    assert!(office.registry.state().logins.is_empty());
    office.vault.set(VaultWord::Has(PASSWORD.to_owned()));
    office.deliver(&shipment);
}

#[test]
fn while_another_program_has_the_turn_nobody_knocks() {
    let mut office = Office::open();
    let shipment = office.card(&small(1));
    for word in [TurnWord::Taken, TurnWord::Fails] {
        *office.turns.word.lock().unwrap() = word;
        assert_eq!(not_sent(office.send(&shipment)).trouble, Trouble::AnotherDropoff);
    }
    assert!(office.registry.state().logins.is_empty());
    *office.turns.word.lock().unwrap() = TurnWord::Free;
    office.deliver(&shipment);
}
