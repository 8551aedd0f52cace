//! Two computers of one clinic send at once, through one account, each with its own data folder.

use std::{collections::BTreeSet, fs, path::PathBuf, time::Duration};

use dropoff::domain::account::Protocol;

use crate::support::{
    arrivals::Arrivals,
    front_desk::{Ended, FrontDesk, Password, Running, export},
    proxy::Proxy,
    servers::{Product, RealServer, Speaks, start},
};

/// Files that only one of the two has.
const OWN_FILES: u32 = 10;
/// Files that both have.
const SAME_FILES: u32 = 3;
const TIMEOUT_SECS: u64 = 10;
/// How often both may try.
const TRIES: usize = 6;

#[test]
fn two_computers_send_to_vsftpd_at_once() {
    check(Product::Vsftpd);
}

#[test]
fn two_computers_send_to_proftpd_at_once() {
    check(Product::Proftpd);
}

#[test]
fn two_computers_send_to_pure_ftpd_at_once() {
    check(Product::PureFtpd);
}

struct Computer {
    desk: FrontDesk,
    contents: Vec<Vec<u8>>,
    files: Vec<PathBuf>,
}

#[track_caller]
fn check(product: Product) {
    let Some(server) = start(product, Protocol::FtpsExplicit, Speaks::Tls12And13) else {
        return;
    };
    let proxy = Proxy::before(server.account.endpoint.port);
    let computers = [0, 1].map(|number| Computer::new(&server, number));
    let ended = (1..)
        .find_map(|time| {
            let ended = at_once(&proxy, &computers);
            let is_over = ended.iter().all(is_settled);
            assert!(is_over || time < TRIES, "{}\n{}", ended[0].said, ended[1].said);
            is_over.then_some(ended)
        })
        .unwrap();
    let mut contents: Vec<_> = computers
        .iter()
        .flat_map(|computer| computer.contents.clone())
        .collect();
    contents.sort();
    contents.dedup();
    assert_eq!(contents.len(), (2 * OWN_FILES + SAME_FILES) as usize);
    let taken_parts = BTreeSet::new();
    let arrivals = Arrivals {
        root: &server.root,
        taken_parts: &taken_parts,
    };
    arrivals.must_be(&contents);
    for (computer, ended) in computers.iter().zip(ended) {
        computer.knows_the_names(&server, &ended);
    }
}

/// Both send all of theirs. They are let through in the same moment.
fn at_once(proxy: &Proxy, computers: &[Computer; 2]) -> [Ended; 2] {
    let logins = proxy.passed().logins;
    proxy.pull();
    let running = [0, 1].map(|number| computers[number].desk.send(&computers[number].files));
    let are_there = proxy.wait_until(Duration::from_secs(30), |passed| passed.logins >= logins + 2);
    proxy.plug_in();
    assert!(are_there, "one of the two did not ask for a connection");
    running.map(Running::finish)
}

/// Each file is at the registry, as far as this computer knows.
fn is_settled(ended: &Ended) -> bool {
    ended
        .states()
        .iter()
        .all(|state| matches!(state.as_str(), "delivered" | "duplicate"))
}

impl Computer {
    fn new(server: &RealServer, number: u32) -> Self {
        let desk = FrontDesk::new(&server.account, TIMEOUT_SECS, Password::EachTime);
        let own = (0..OWN_FILES).map(|file| 100 * (number + 1) + file);
        // The same ones first, in the middle and last, so that both come to them at about the same time.
        let mut seeds: Vec<u32> = own.collect();
        for same in 0..SAME_FILES {
            seeds.insert((same * OWN_FILES / 2) as usize, same + 1);
        }
        let contents: Vec<_> = seeds
            .iter()
            .map(|seed| export(*seed, if seed % 3 == 0 { 300_000 } else { 3_000 }))
            .collect();
        let files = seeds
            .iter()
            .zip(&contents)
            .map(|(seed, content)| desk.file(&format!("{seed}.hl7"), content))
            .collect();
        Self { desk, contents, files }
    }

    /// What it says a file is called is what the file is called.
    #[track_caller]
    fn knows_the_names(&self, server: &RealServer, ended: &Ended) {
        for (content, (state, sent_as)) in self.contents.iter().zip(ended.submissions()) {
            let name = sent_as.unwrap_or_else(|| panic!("{state}: {}", ended.said));
            let there = fs::read(server.root.join("HL7-Dropoff").join(&name)).unwrap();
            assert!(there == *content, "{name} is something else");
        }
    }
}
