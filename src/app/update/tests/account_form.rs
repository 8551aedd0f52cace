//! Where a form begins that is typed for an account that may be set up already.

use super::*;
use crate::{
    app::account_form::AccountForm,
    domain::account::{Account, Protocol, Trust},
};

fn kept() -> Account {
    let form = AccountForm {
        user: "CLINIC01".to_owned(),
        import_code: "TX01".to_owned(),
        host: "ftp.clinic.example".to_owned(),
        port: "2121".to_owned(),
        protocol: Protocol::FtpsExplicit,
        pin: "AB".repeat(32),
        authority: String::new(),
    };
    form.parse(&profile()).unwrap()
}

fn resumed(user: &str, host: Option<&str>) -> Account {
    let profile = profile();
    AccountForm::resumed(Some(&kept()), user, host, &profile)
        .parse(&profile)
        .unwrap()
}

#[test]
fn for_the_same_user_everything_stays_that_is_not_given() {
    assert_eq!(resumed("CLINIC01", None), kept());
    assert_eq!(resumed(" CLINIC01 ", Some("FTP.clinic.example")), kept());
}

#[test]
fn at_another_host_only_the_import_code_stays() {
    let there = resumed("CLINIC01", Some("other.example"));
    assert_eq!(there.import_code, kept().import_code);
    assert_eq!(there.endpoint.trust, Trust::System);
    assert_eq!(there.endpoint.port, profile().port(profile().protocol));
}

#[test]
fn for_another_user_it_is_the_registrys_own_way() {
    let other = resumed("CLINIC02", None);
    let profile = profile();
    assert_eq!(other.import_code.as_str(), "CLINIC02");
    assert_eq!(
        (other.endpoint.host, other.endpoint.trust),
        (profile.host, Trust::System)
    );
}

#[test]
fn another_protocol_has_its_own_port() {
    let profile = profile();
    let port = |protocol| {
        let form = AccountForm::of(&kept()).with_protocol(protocol);
        form.parse(&profile).unwrap().endpoint.port
    };
    assert_eq!(port(Protocol::FtpsExplicit), 2121);
    assert_eq!(port(Protocol::FtpsImplicit), profile.port(Protocol::FtpsImplicit));
}
