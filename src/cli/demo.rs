//! `demo`: serves the pretend registry for other programs, until interrupted.

use serde::Serialize;

use crate::{
    app::wording::screen,
    build::{Start, demo_registry},
    cli::{Exit, print::Printer},
    domain::account::{Account, Trust},
    ports::DemoAccess,
};

#[derive(Serialize)]
struct DemoReport<'a> {
    host: &'a str,
    port: u16,
    protocol: &'static str,
    user: &'a str,
    password: &'a str,
    pin: String,
}

pub(super) fn run(start: &Start, printer: &Printer) -> Exit {
    let failed = |detail: String| {
        printer.error(screen::DEMO_FAILED, &[detail]);
        Exit::Failed
    };
    let mut demo = match demo_registry(start) {
        Ok(Some(demo)) => demo,
        Ok(None) => return failed("this build has no Demo".to_owned()),
        Err(failure) => return failed(failure.to_string()),
    };
    let DemoAccess { account, password } = match demo.start() {
        Ok(access) => access,
        Err(detail) => return failed(detail),
    };
    printer.object(&report(&account, password.expose()));
    loop {
        // The registry works in threads of its own; an interrupt ends them with the process.
        std::thread::park();
    }
}

fn report<'a>(account: &'a Account, password: &'a str) -> DemoReport<'a> {
    let endpoint = &account.endpoint;
    DemoReport {
        host: &endpoint.host,
        port: endpoint.port,
        protocol: endpoint.protocol.as_str(),
        user: &account.user,
        password,
        pin: match &endpoint.trust {
            Trust::Pinned(fingerprint) => fingerprint.to_string(),
            Trust::System | Trust::ExtraAuthority(_) => String::new(),
        },
    }
}
