//! `proof`: what was sent in a month, or ever, as a page to print.

use serde::Serialize;

use crate::{
    app::{
        message::{Command, SaveTo},
        model::Notice,
        wording::{notice, proof as words},
    },
    build::Session,
    cli::{Exit, args::ProofOptions, needs_account, print::Printer},
    domain::{calendar::Month, proof::Period},
};

#[derive(Serialize)]
struct ProofReport<'a> {
    /// `2026-11`; null for everything.
    month: Option<String>,
    out: &'a str,
}

/// Reads the ledger and writes the page. Asks nobody, sends nothing, needs no password.
pub(super) fn run(session: &mut Session, printer: &Printer, options: &ProofOptions) -> Exit {
    if let Err(exit) = needs_account(&session.model, printer) {
        return exit;
    }
    let today = session.model.today();
    let period = match options.month {
        _ if options.all => Period::Everything,
        Some(month) => Period::Month(month),
        None => Period::Month(Period::usual_month(today)),
    };
    if let Period::Month(month) = period
        && month > Month::of(today)
    {
        printer.error(&words::not_begun(month.first()), &[]);
        return Exit::Usage;
    }
    session.command(Command::SaveProof(period, SaveTo::New(options.out.clone())));
    session.run_until(|model| model.notice.is_some(), |_| {});
    match &session.model.notice {
        Some(Notice::Saved) => {
            printer.line(words::WRITTEN);
            printer.json(&ProofReport {
                month: match period {
                    Period::Month(month) => Some(month.to_string()),
                    Period::Everything => None,
                },
                out: &options.out.to_string_lossy(),
            });
            Exit::Done
        }
        Some(trouble) => {
            printer.explanation(&notice::explanation(trouble));
            Exit::Failed
        }
        None => Exit::Failed,
    }
}
