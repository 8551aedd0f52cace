//! What only the command line says: nobody is there to be asked, and there are no buttons.

use crate::{
    app::{
        account_form::AccountFormError,
        elsewhere::LeftElsewhere,
        model::{Card, CardState, Model},
        wording::{Explanation, books, card, elsewhere, hint::CommandLine, notice},
    },
    domain::{
        account::{Account, Trust},
        failure::SetAside,
        receipt::Destination,
        submission::{HoldReason, Outcome, Question, State, SubmissionId},
    },
};

/// An empty outbox.
pub const NOTHING_WAITS: &str = "Nothing waits.";

/// Below an outbox with something in it.
pub fn how_to_remove(command_line: &CommandLine) -> String {
    format!(
        "To take a file out of the outbox: {}",
        command_line.hint("outbox remove ID")
    )
}

/// The way out of testing.
fn go_live(command_line: &CommandLine) -> String {
    let hint = command_line.hint("account set --live");
    format!("Once the registry has e-mailed that the clinic is in production: {hint}")
}

/// The account, the way there, and the stage.
pub fn in_use(account: &Account, model: &Model) -> [String; 3] {
    let way = &account.endpoint;
    let trusted = match &way.trust {
        Trust::System => "what this computer trusts".to_owned(),
        Trust::Pinned(fingerprint) => format!("only the certificate {fingerprint}"),
        Trust::ExtraAuthority(_) => "what this computer trusts, and one more authority".to_owned(),
    };
    [
        format!(
            "Account: {}. File names begin with {}.",
            account.user, account.import_code
        ),
        format!(
            "Registry: {}, port {}, {}. Trusted: {trusted}.",
            way.host,
            way.port,
            way.protocol.as_str()
        ),
        stage(model),
    ]
}

/// What holds in this stage, and how it is changed.
pub fn stage(model: &Model) -> String {
    let command_line = &model.command_line;
    match model.destination() {
        Destination::Live => format!(
            "Stage: live. Files count. Back to testing: {}",
            command_line.hint("account set --testing")
        ),
        Destination::Testing => format!(
            "Stage: testing. Nothing counts yet, and files with errors are held back. {}",
            go_live(command_line)
        ),
        Destination::Demo => "Stage: the Demo. Nothing counts.".to_owned(),
    }
}

/// `live`, for a script.
pub fn stage_id(destination: Destination) -> &'static str {
    match destination {
        Destination::Live => "live",
        Destination::Testing => "testing",
        Destination::Demo => "demo",
    }
}

/// Files that another account has not delivered.
pub fn left_with(left: &LeftElsewhere<'_>, model: &Model) -> Explanation {
    let (it, stays) = if left.files.len() == 1 {
        ("it", "It stays")
    } else {
        ("them", "They stay")
    };
    Explanation {
        next: format!(
            "{stays} with that account. {} shows {it}, and {} takes {it} out.",
            model.command_line.hint("outbox"),
            model.command_line.hint("outbox remove ID"),
        ),
        ..elsewhere::left(left, model)
    }
}

/// Why a file is where it is, and what to do about it on a command line.
pub fn why(card: &Card, model: &Model) -> Explanation {
    let command_line = &model.command_line;
    if model.is_with_another(card) {
        return with_another(card, command_line);
    }
    let words = card::verdict(card, model).words;
    let in_the_outbox = card.submission.filter(|_| card.is_in_the_outbox());
    if card.state == CardState::Held(HoldReason::Faulty) {
        return Explanation {
            next: format!(
                "{} To send it as it is, name it again without --hold-errors.",
                words.next
            ),
            ..words
        };
    }
    if card.is_held_by_the_stage() {
        return Explanation {
            next: format!("{} {}", words.next, go_live(command_line)),
            ..words
        };
    }
    match (card.outcome(), in_the_outbox) {
        (Some(Outcome::Asked(question)), _) => Explanation {
            file: "It was not sent, and nothing of it is kept: it is not in the outbox.".to_owned(),
            next: answer(question).to_owned(),
            ..words
        },
        (Some(Outcome::Duplicate(_)), Some(id)) => Explanation {
            file: "It was not sent, and stays in the outbox until somebody decides.".to_owned(),
            next: format!(
                "{} takes it out, {} sends it.",
                command_line.hint(&format!("outbox remove {id}")),
                command_line.hint(&format!("outbox send-anyway {id}"))
            ),
            ..words
        },
        (Some(Outcome::Duplicate(_)), None) => Explanation {
            file: "It was not sent, and nothing of it is kept.".to_owned(),
            next: "To send it all the same, name it again with --again.".to_owned(),
            ..words
        },
        (Some(Outcome::NotSent(_)), Some(_)) => Explanation {
            next: format!(
                "{} Once that is put right: {}",
                words.next,
                command_line.hint("run --held")
            ),
            ..words
        },
        (Some(_) | None, _) => words,
    }
}

/// What stands in line may have been left there by a program that ended, so that is not said to be with anybody.
fn with_another(card: &Card, command_line: &CommandLine) -> Explanation {
    let is_in_line = card.record.as_ref().is_some_and(|record| record.state == State::Queued);
    let (title, next) = if is_in_line {
        (
            "Not sent yet: another Dropoff on this computer is sending just now.",
            format!(
                "If that one has this file in line, it sends it, too. Else the file goes when Dropoff is next opened, or by {}.",
                command_line.hint("run")
            ),
        )
    } else {
        (
            "It is being sent now, by another Dropoff on this computer.",
            "Wait until that one is done, and don\u{2019}t send the file another way.".to_owned(),
        )
    };
    Explanation {
        title: title.to_owned(),
        file: String::new(),
        next,
        details: Vec::new(),
    }
}

/// How a question is answered.
fn answer(question: &Question) -> &'static str {
    match question {
        Question::Invented { .. } => "Are all patients real? Then name it again with --real-patients.",
        Question::OtherClinic { .. } => {
            "It may be another clinic\u{2019}s file. If it is yours, name it again with --any-facility, this once."
        }
        Question::SentBefore { .. } | Question::NotCompared(_) => {
            "To send it all the same, name it again without --hold-overlap."
        }
        Question::Gap { .. } => "To send it all the same, name it again.",
    }
}

/// What to do about a list that was set aside.
pub fn acknowledge(command_line: &CommandLine) -> String {
    format!(
        "Nothing is sent by dropoff-cli, and nothing removed, before somebody has found out what waited in it. Then: {}.",
        command_line.hint("outbox --acknowledge")
    )
}

/// A list was set aside, and nobody has said yet that they know.
pub fn set_aside(set_aside: &SetAside, copies: usize, command_line: &CommandLine) -> Explanation {
    let words = books::set_aside(set_aside, copies);
    Explanation {
        next: format!("Call your IT. {}", acknowledge(command_line)),
        ..words
    }
}

/// Somebody knows of a list that was set aside.
pub fn acknowledged(set_aside: &SetAside) -> String {
    format!("{}: acknowledged. It stays where it is.", set_aside.file)
}

/// It went.
pub fn delivered(card: &Card, sent_as: &str, model: &Model) -> String {
    let mut words = vec![format!("{}: delivered as {sent_as}, verified.", card.shown_name())];
    words.extend(Some(card::verdict(card, model).words.file).filter(|part| !part.is_empty()));
    words.join(" ")
}

/// It was taken out.
pub fn removed(id: SubmissionId, name: &str) -> String {
    format!("{id}  {name}: It is not sent any more. The file itself stays where it is.")
}

/// There is nothing under this number.
pub fn not_in_the_outbox(id: SubmissionId, command_line: &CommandLine) -> Explanation {
    let shows = format!("{} shows what is.", command_line.hint("outbox"));
    about(id, "It is not in the outbox.", shows)
}

/// Nobody knows what the registry has of it.
pub fn may_have_arrived(id: SubmissionId, command_line: &CommandLine) -> Explanation {
    let finds_out = format!("{} finds out what the registry has.", command_line.hint("run"));
    about(id, "It may have arrived, so it cannot be taken out.", finds_out)
}

/// It is held for another reason, or not held.
pub fn no_duplicate(id: SubmissionId, command_line: &CommandLine) -> Explanation {
    let says_why = format!("{} says why it is there.", command_line.hint("outbox"));
    about(
        id,
        "It is not held because the registry has its content already.",
        says_why,
    )
}

/// There is nobody to log in as.
pub fn no_account(command_line: &CommandLine) -> Explanation {
    Explanation {
        title: "No account is set up on this computer.".to_owned(),
        file: String::new(),
        next: String::new(),
        details: vec![command_line.hint("account set --user NAME --password-stdin")],
    }
}

/// There is no password to log in with.
pub fn no_password(command_line: &CommandLine, details: Vec<String>) -> Explanation {
    Explanation {
        title: format!(
            "No password is kept for this account. Give it on standard input with --password-stdin, or keep it with {}.",
            command_line.hint("account set")
        ),
        file: String::new(),
        next: String::new(),
        details,
    }
}

/// The account is there, and its password is not.
pub fn password_not_kept(command_line: &CommandLine, reason: String) -> Explanation {
    Explanation {
        title: format!(
            "The account is saved, but its password is not: this computer's keychain does not answer. \
             Give the password with each send: {}",
            command_line.hint("send --password-stdin FILE")
        ),
        file: String::new(),
        next: String::new(),
        details: vec![reason],
    }
}

fn about(id: SubmissionId, title: &str, next: String) -> Explanation {
    Explanation {
        title: format!("{id}: {title}"),
        file: String::new(),
        next,
        details: Vec::new(),
    }
}

/// What is wrong with the account as it stands on the command line. There is no *For IT* to go to.
pub fn account_form(error: &AccountFormError) -> String {
    notice::account_form(error).replace(notice::UNDER_FOR_IT, "with --import-code")
}
