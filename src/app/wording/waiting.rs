//! Files that are not delivered yet: why, until when, and what holds meanwhile.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::{
    app::{
        message::CloseAnswer,
        model::{Card, CardState, Model, PasswordState, Tries},
        wording::{
            Explanation, books,
            card::{Mark, Verdict, already_sent},
            failure::{self, FileFate},
            quantity,
        },
    },
    domain::{
        failure::RegistryFailure,
        outage::OutageKind,
        submission::{Phase, Why},
    },
};

/// A file of which nobody knows.
pub const IN_DOUBT: &str = "Checking whether this file arrived. Don't send it another way.";
/// Button: everything that waits is tried at once.
pub const TRY_NOW: &str = "Try now";
/// Where the original must stay.
pub const KEEP_THE_ORIGINAL: &str =
    "Dropoff has no copy of its own: the file that you chose must stay where it is until it is delivered.";
/// Why there is no copy.
pub const NO_KEYCHAIN: &str = "No keychain was there to seal one with.";

/// Where neither a copy nor the chosen file is known any more.
pub fn drop_it_again(model: &Model) -> String {
    match model.tries {
        Tries::ByThemselves => {
            "Drop the same file here again, then send it: it goes on from where it stands.".to_owned()
        }
        Tries::WhenAsked => format!(
            "Drop the same file on Dropoff again, or name it to {}: it goes on from where it stands.",
            model.command_line.hint("send")
        ),
    }
}

/// A file that waits to be tried again.
pub fn waiting(card: &Card, until: DateTime<Utc>, why: &Why, model: &Model) -> Verdict {
    let said = reason(why, model);
    let (file, next) = meanwhile_here(card, until, model);
    Verdict {
        mark: Mark::Working,
        words: Explanation {
            title: format!("Not sent yet. {}", said.title),
            file: file.to_owned(),
            next,
            details: said.details,
        },
    }
}

/// What becomes of it until then, and what to do. Without a copy it goes only where its file is known: while the window stays open
/// in which it was chosen.
fn meanwhile_here(card: &Card, until: DateTime<Utc>, model: &Model) -> (&'static str, String) {
    if !card.needs_its_original() {
        let safe = match model.tries {
            Tries::ByThemselves => "It is safe here and goes out by itself.",
            Tries::WhenAsked => "It is safe here.",
        };
        return (safe, meanwhile("Next try", until, model));
    }
    let next = match model.tries {
        Tries::ByThemselves if card.source.is_some() => meanwhile("Next try", until, model),
        Tries::ByThemselves | Tries::WhenAsked if card.is_under_way_elsewhere() => {
            format!("Unless another Dropoff has it: {}", drop_it_again(model))
        }
        Tries::ByThemselves | Tries::WhenAsked => drop_it_again(model),
    };
    (KEEP_THE_ORIGINAL, next)
}

/// A file of which nobody knows.
pub fn unknown(card: &Card, failed: &RegistryFailure, until: Option<DateTime<Utc>>, model: &Model) -> Verdict {
    let why = card.record.as_ref().and_then(|record| record.why.as_ref());
    let said = if card.is_under_way_elsewhere() {
        reason(&Why::Interrupted, model)
    } else if let Some(why @ (Why::NotSeen | Why::Gone | Why::Interrupted)) = why {
        reason(why, model)
    } else {
        failure::registry(failed, FileFate::None, &model.profile)
    };
    let next = match until {
        Some(until) => meanwhile("Next look", until, model),
        None => "Dropoff cannot tell by itself. Press Check now; if it stays so, write to the registry.".to_owned(),
    };
    Verdict {
        mark: Mark::Careful,
        words: Explanation {
            title: IN_DOUBT.to_owned(),
            file: said.title,
            next,
            details: said.details,
        },
    }
}

/// Nothing travels while no Dropoff runs.
fn meanwhile(what: &str, until: DateTime<Utc>, model: &Model) -> String {
    match model.tries {
        Tries::WhenAsked => format!(
            "It is tried again when Dropoff is opened, or by {}.",
            model.command_line.hint("run")
        ),
        Tries::ByThemselves if model.has_password() => format!(
            "Keep this computer on and signed in, and Dropoff open. {}",
            moment(what, until, model)
        ),
        Tries::ByThemselves => moment(what, until, model),
    }
}

fn moment(what: &str, until: DateTime<Utc>, model: &Model) -> String {
    match model.password {
        PasswordState::InKeychain | PasswordState::ThisRun(_) | PasswordState::GivenOnce if until > model.now => {
            format!("{what} {}.", quantity::time(until, model.settings.time_zone))
        }
        PasswordState::InKeychain
        | PasswordState::ThisRun(_)
        | PasswordState::GivenOnce
        | PasswordState::NotLooked
        | PasswordState::BeingKept => format!("{what} in a moment."),
        PasswordState::Missing | PasswordState::Refused | PasswordState::Trouble(_) => {
            format!("{what} when the password has been entered.")
        }
    }
}

/// Why a file stands where it stands: a title, and lines for IT.
pub fn reason(why: &Why, model: &Model) -> Explanation {
    let title = match why {
        Why::Registry(failed) => return failure::registry(failed, FileFate::None, &model.profile),
        Why::File(failed) => return failure::file(failed),
        Why::Copy(failed) => return books::copy(failed),
        Why::Duplicate(duplicate) => already_sent(duplicate, model).0,
        Why::Interrupted => {
            "Dropoff was closed, another one is at it, or this computer had no room to write down what came of it."
                .to_owned()
        }
        Why::NotSeen => "A first look did not show it whole. Dropoff looks again.".to_owned(),
        Why::Gone => {
            "The registry had all of it, and a moment later it was in neither folder. Dropoff looks again.".to_owned()
        }
        Why::NotThere => "The registry does not have it. It goes again under the same name.".to_owned(),
        Why::PartRemoved => "The registry had only part of the file. Dropoff removed it and sends it again.".to_owned(),
        Why::PartStays { name } => format!(
            "The registry has only part of the file, as {name}, and lets nobody remove it. The whole file goes under the next name."
        ),
        Why::TakenUnfinished { name } => {
            format!("The registry took {name} before the file was whole. The whole file goes under the next name.")
        }
        Why::NameLost { name } => {
            format!("Somebody else's file is at the registry as {name}. This one goes under the next name.")
        }
        Why::TryNow => "It is tried now.".to_owned(),
    };
    Explanation {
        title,
        file: String::new(),
        next: String::new(),
        details: Vec::new(),
    }
}

/// Above the cards, while nothing gets through.
pub fn outage(model: &Model) -> Option<Explanation> {
    let outage = model.present_outage()?;
    let files = model.waiting_cards().count();
    if files == 0 {
        return None;
    }
    let is_safe = !model.waiting_cards().any(Card::needs_its_original);
    let here = match (files, is_safe) {
        (1, true) => "Your file is safe here".to_owned(),
        (1, false) => "Your file waits here".to_owned(),
        (n, true) => format!("{} files are safe here", quantity::thousands(n as u64)),
        (n, false) => format!("{} files wait here", quantity::thousands(n as u64)),
    };
    let (goes, alone) = if files == 1 {
        ("goes", "itself")
    } else {
        ("go", "themselves")
    };
    let (title, next) = match outage.kind {
        OutageKind::Offline => (
            "This computer is not online.".to_owned(),
            format!("{here} and {goes} out when it is back."),
        ),
        OutageKind::NoAnswer => (
            format!(
                "The registry has not answered since {}.",
                since(outage.began, model.now, model.settings.time_zone)
            ),
            format!("{here} and {goes} out by {alone}."),
        ),
    };
    Some(Explanation {
        title,
        file: String::new(),
        next,
        details: Vec::new(),
    })
}

fn since(at: DateTime<Utc>, now: DateTime<Utc>, zone: Tz) -> String {
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive();
    if day(at) == day(now) {
        quantity::time(at, zone)
    } else {
        quantity::day_and_time(at, now, zone)
    }
}

/// The question before closing while files are not sent.
pub fn closing_question(files: usize) -> String {
    match files {
        1 => "1 file is not sent.".to_owned(),
        n => format!("{} files are not sent.", quantity::thousands(n as u64)),
    }
}

/// Below the question: what becomes of them. What is on its way is finished before Dropoff ends.
pub fn closing_meaning(model: &Model) -> String {
    let is_travelling = |card: &Card| matches!(card.state, CardState::Sending(phase) if !matches!(phase, Phase::Queued | Phase::Entering { .. }));
    let (first, nothing) = if model.cards.iter().any(is_travelling) {
        (
            "The file on its way is still finished, without a window. ",
            "nothing else travels",
        )
    } else {
        ("", "nothing travels")
    };
    let original = if model
        .cards
        .iter()
        .any(|card| card.needs_its_original() && !card.is_delivered())
    {
        " Keep the files that you chose: of some there is no copy, and those you drop again then."
    } else {
        ""
    };
    let rest = if model.goes_on_alone() {
        format!(
            "In the background Dropoff goes on without a window while this computer is on and you are signed in, and tells you what \
             came of it. At next sign-in it starts by itself; {nothing} until then."
        )
    } else {
        format!("While Dropoff is closed {nothing}. Dropoff tries again when it is next opened.")
    };
    format!("{first}{rest}{original}")
}

/// The safe answer.
pub const STAY: &str = "Stay";
/// Close, and go on without a window.
const KEEP_TRYING: &str = "Keep trying in the background";
/// Close, and leave the files for the next sign-in.
const AT_SIGN_IN: &str = "Try at next sign-in";
/// Close, and leave the files for the next time.
const WHEN_OPENED: &str = "Try when Dropoff is next opened";

/// The other answers, each with its button. Without a kept password and a copy Dropoff can do nothing by itself.
pub fn closing_ways(model: &Model) -> Vec<(CloseAnswer, &'static str)> {
    if model.goes_on_alone() {
        vec![
            (CloseAnswer::KeepTrying, KEEP_TRYING),
            (CloseAnswer::TryLater, AT_SIGN_IN),
        ]
    } else {
        vec![(CloseAnswer::TryLater, WHEN_OPENED)]
    }
}
