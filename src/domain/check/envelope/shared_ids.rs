//! Finds an id that two patients share: their own, or that of a vaccination.

use crate::domain::{
    check::{
        envelope::{EnvelopeRule, firsts::Firsts},
        finding::Argument,
        findings::Findings,
        vaccination,
        view::{MessageView, SegmentView},
    },
    hl7::Reading,
};

/// The first id of PID-3, and who gave it.
#[derive(Debug, Clone, Copy, Hash)]
pub(super) struct PatientId<'a> {
    number: &'a [u8],
    issuer: Option<&'a [u8]>,
}

impl<'a> PatientId<'a> {
    /// Of this `PID`; `None` where there is no id.
    pub(super) fn of(patient: &SegmentView<'a>) -> Option<Self> {
        let id = patient.field(3)?.first();
        let number = id.first().value();
        (!number.is_empty()).then(|| Self {
            number,
            issuer: id.component(4).map(|issuer| issuer.value()),
        })
    }
}

/// The ids so far: of patients with their days of birth, of vaccinations with their patients.
#[derive(Debug, Default)]
pub(super) struct SharedIds {
    patients: Firsts,
    orders: Firsts,
}

impl SharedIds {
    /// Compares the ids of a message with those of the messages before it.
    pub(super) fn check(&mut self, message: &MessageView<'_>, findings: &mut Findings) {
        let Some(patient) = message.first(*b"PID") else { return };
        let Some(id) = PatientId::of(&patient) else { return };
        if let Reading::Is(birth) = patient.timestamp(7)
            && let Some(day) = birth.day()
        {
            let earlier = self.patients.meet(id, day, message.number());
            if let Some(earlier) = earlier.filter(|earlier| !earlier.with_the_same) {
                let first = Argument::Count(earlier.message.into());
                findings.add(EnvelopeRule::SharedPatientId, &patient.place_of(3), &[first]);
            }
        }
        for order in message.all(*b"ORC") {
            let Some(number) = vaccination::order_number(&order) else {
                continue;
            };
            let earlier = self.orders.meet(number, id, message.number());
            if let Some(earlier) = earlier.filter(|earlier| !earlier.with_the_same) {
                let first = Argument::Count(earlier.message.into());
                findings.add(EnvelopeRule::SharedOrder, &order.place_of(3), &[first]);
            }
        }
    }

    /// Whether some may not be remembered.
    pub(super) fn is_full(&self) -> bool {
        self.patients.is_full() || self.orders.is_full()
    }
}
