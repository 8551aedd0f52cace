//! An invented clinic: its account, its registry's profile, its files.

use std::{sync::Arc, time::Duration};

use chrono::NaiveDate;
use dropoff::adapters::profile::immtrac2;
use dropoff::domain::{
    account::{Account, Endpoint, ImportCode, Protocol, Trust},
    check::{Occasion, Rules, Standard},
    naming::SameDayTemplate,
    profile::{Contact, Expected, FolderNames, Profile},
    settings::Stage,
};

pub(crate) const PASSWORD: &str = "bluebonnet-71";

/// The names of the four folders, in the registry's order.
pub(crate) const FOLDERS: [&str; 4] = ["HL7-Dropoff", "Accepted", "DQA-Reports", "Receive"];

pub(crate) fn account(user: &str, host: &str, port: u16, protocol: Protocol, trust: Trust) -> Account {
    Account {
        user: user.to_owned(),
        import_code: ImportCode::parse(user).unwrap(),
        endpoint: Endpoint {
            host: host.to_owned(),
            port,
            protocol,
            trust,
        },
    }
}

pub(crate) fn profile(timeout: Duration) -> Profile {
    let contact = || Contact {
        email: "desk@registry.example".to_owned(),
        phone: "555-0100".to_owned(),
    };
    let [dropoff, accepted, reports, receive] = FOLDERS.map(str::to_owned);
    Profile {
        name: "Invented registry".to_owned(),
        place: "Nowhere".to_owned(),
        host: "localhost".to_owned(),
        protocol: Protocol::FtpsImplicit,
        implicit_port: 990,
        explicit_port: 21,
        data_ports: (5000, 5010),
        website: "https://registry.example".to_owned(),
        folder_names: FolderNames {
            dropoff,
            accepted,
            reports,
            receive,
        },
        users_folder: "/users".to_owned(),
        same_day_template: SameDayTemplate::parse("{code}{yy}{ddd}.{n}.hl7").unwrap(),
        time_zone: chrono_tz::America::Chicago,
        timeout,
        between_looks: Duration::from_mins(1),
        settling: Duration::from_secs(1),
        data_exchange: contact(),
        users_and_agreements: contact(),
        hours: "always".to_owned(),
        records: Expected {
            sender_digits: None,
            receiving_application: "Registry".to_owned(),
            receiving_facility: "State".to_owned(),
            state: "TX".to_owned(),
            zip_areas: vec![(750, 799)],
            adult_from_years: 18,
            consents: Vec::new(),
        },
    }
}

/// An invented day on which files are checked.
pub(crate) fn occasion() -> Occasion {
    Occasion {
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        stage: Stage::Live,
    }
}

/// What a file is held against in Texas on that day.
pub(crate) fn rules() -> Rules {
    let standard = Arc::new(Standard::built_in().unwrap());
    Rules::on(occasion(), immtrac2().unwrap().records, standard)
}

/// Invented bytes in which every line ending of HL7 occurs, different for each seed.
pub(crate) fn content(seed: u32, bytes: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    (0..bytes)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b"MSH|^~\\&PIDRXA0123456789\r\n\r\r\n\0\x1a\xff"[(state >> 16) as usize % 31]
        })
        .collect()
}
