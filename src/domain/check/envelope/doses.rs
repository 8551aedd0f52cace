//! Finds a vaccination that was in an earlier message.

use crate::domain::{
    check::{
        envelope::{EnvelopeRule, firsts::Firsts, shared_ids::PatientId},
        finding::Argument,
        findings::Findings,
        vaccination,
        view::MessageView,
    },
    hl7::Field,
};

/// The vaccinations so far: patient, vaccine and day.
#[derive(Debug, Default)]
pub(super) struct Doses(Firsts);

impl Doses {
    /// Compares the vaccinations of a message with those of the messages before it. What is twice in one message is said there.
    pub(super) fn check(&mut self, message: &MessageView<'_>, findings: &mut Findings) {
        let Some(patient) = message.first(*b"PID") else { return };
        let Some(id) = PatientId::of(&patient) else { return };
        let born = patient.field(7).as_ref().map(Field::value);
        for segment in message.all(*b"RXA") {
            let Some(dose) = vaccination::given(&segment) else {
                continue;
            };
            if let Some(earlier) = self.0.meet((id, born, dose), (), message.number()) {
                let first = Argument::Count(earlier.message.into());
                findings.add(EnvelopeRule::DuplicateDose, &segment.place_of(5), &[first]);
            }
        }
    }

    /// Whether some may not be remembered.
    pub(super) fn is_full(&self) -> bool {
        self.0.is_full()
    }
}
