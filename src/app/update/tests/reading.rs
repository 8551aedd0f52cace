//! What was read of a card's file.

use super::*;

pub(super) fn reading(hash: u8) -> Reading {
    Reading {
        size_bytes: 1_000,
        sha256: ContentHash([hash; 32]),
        report: Arc::new(Report {
            kind: ContentKind::Hl7,
            size_bytes: 1_000,
            summary: Summary {
                messages: 3,
                patients: 3,
                vaccinations: 5,
                ..Summary::default()
            },
            stage: Stage::Live,
            counts: BTreeMap::new(),
            messages_with_errors: 0,
            findings: Vec::new(),
        }),
    }
}

pub(super) fn read(model: &mut Model, card: CardId, result: Result<Reading, FileFailure>) {
    let submission = id(card);
    let jobs = apply_event(
        model,
        Event::FileRead {
            card,
            submission,
            result: result.map(Box::new),
        },
    );
    assert_eq!(jobs, Vec::new());
}

/// The card's file was read, and this is what it says.
pub(super) fn read_as(model: &mut Model, card: CardId, text: &str) {
    let report = checked(model, text);
    read(model, card, Ok(Reading { report, ..reading(1) }));
}

/// What the check says of this text.
pub(super) fn checked(model: &Model, text: &str) -> Arc<Report> {
    let standard = Arc::new(Standard::built_in().unwrap());
    let rules = Rules::on(model.occasion(), model.profile.records.clone(), standard);
    let mut checker = Checker::new(&rules);
    checker.feed(text.as_bytes());
    Arc::new(checker.finish())
}
