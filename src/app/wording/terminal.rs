//! What only the command line says: nobody is there to be asked, and there are no buttons.

use crate::{
    app::{
        account_form::AccountFormError,
        elsewhere::LeftElsewhere,
        model::{Card, CardState, Model},
        wording::{Explanation, books, card, elsewhere, notice},
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
pub const HOW_TO_REMOVE: &str = "To take a file out of the outbox: dropoff-cli outbox remove ID";

/// The way out of testing.
const GO_LIVE: &str = "Once the registry has e-mailed that the clinic is in production: dropoff-cli account set --live";

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
        stage(model.destination()),
    ]
}

/// What holds in this stage, and how it is changed.
pub fn stage(destination: Destination) -> String {
    match destination {
        Destination::Live => "Stage: live. Files count. Back to testing: dropoff-cli account set --testing".to_owned(),
        Destination::Testing => {
            format!("Stage: testing. Nothing counts yet, and files with errors are held back. {GO_LIVE}")
        }
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
            "{stays} with that account. dropoff-cli outbox shows {it}, and dropoff-cli outbox remove ID takes {it} out."
        ),
        ..elsewhere::left(left, model)
    }
}

/// Why a file is where it is, and what to do about it on a command line.
pub fn why(card: &Card, model: &Model) -> Explanation {
    if model.is_with_another(card) {
        return with_another(card);
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
            next: format!("{} {GO_LIVE}", words.next),
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
            next: format!("dropoff-cli outbox remove {id} takes it out, dropoff-cli outbox send-anyway {id} sends it."),
            ..words
        },
        (Some(Outcome::Duplicate(_)), None) => Explanation {
            file: "It was not sent, and nothing of it is kept.".to_owned(),
            next: "To send it all the same, name it again with --again.".to_owned(),
            ..words
        },
        (Some(Outcome::NotSent(_)), Some(_)) => Explanation {
            next: format!("{} Once that is put right: dropoff-cli run --held", words.next),
            ..words
        },
        (Some(_) | None, _) => words,
    }
}

/// What stands in line may have been left there by a program that ended, so that is not said to be with anybody.
fn with_another(card: &Card) -> Explanation {
    let is_in_line = card.record.as_ref().is_some_and(|record| record.state == State::Queued);
    let (title, next) = if is_in_line {
        (
            "Not sent yet: another Dropoff on this computer is sending just now.",
            "If it was started with this file too, the file is in line there. Else it goes when Dropoff is next opened, or with dropoff-cli run.",
        )
    } else {
        (
            "It is being sent now, by another Dropoff on this computer.",
            "Wait until that one is done, and don\u{2019}t send the file another way.",
        )
    };
    Explanation {
        title: title.to_owned(),
        file: String::new(),
        next: next.to_owned(),
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
pub const ACKNOWLEDGE: &str = "Nothing is sent by dropoff-cli, and nothing removed, before somebody has found out what waited in it. \
     Then: dropoff-cli outbox --acknowledge.";

/// A list was set aside, and nobody has said yet that they know.
pub fn set_aside(set_aside: &SetAside, copies: usize) -> Explanation {
    let words = books::set_aside(set_aside, copies);
    Explanation {
        next: format!("Call your IT. {ACKNOWLEDGE}"),
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
pub fn not_in_the_outbox(id: SubmissionId) -> Explanation {
    about(id, "It is not in the outbox.", "dropoff-cli outbox shows what is.")
}

/// Nobody knows what the registry has of it.
pub fn may_have_arrived(id: SubmissionId) -> Explanation {
    about(
        id,
        "It may have arrived, so it cannot be taken out.",
        "dropoff-cli run finds out what the registry has.",
    )
}

/// It is held for another reason, or not held.
pub fn no_duplicate(id: SubmissionId) -> Explanation {
    about(
        id,
        "It is not held because the registry has its content already.",
        "dropoff-cli outbox says why it is there.",
    )
}

fn about(id: SubmissionId, title: &str, next: &str) -> Explanation {
    Explanation {
        title: format!("{id}: {title}"),
        file: String::new(),
        next: next.to_owned(),
        details: Vec::new(),
    }
}

/// What is wrong with the account as it stands on the command line. There is no *For IT* to go to.
pub fn account_form(error: &AccountFormError) -> String {
    notice::account_form(error).replace(notice::UNDER_FOR_IT, "with --import-code")
}
