//! Which segments a message has, in which order: `VXU_V04`.
//!
//! ```text
//! MSH [SFT…] PID [PD1] [NK1…] [PV1 [PV2]] [GT1…] [IN1 [IN2] [IN3]]… (ORC [TQ1 [TQ2]]… RXA [RXR] (OBX [NTE])…)…
//! ```

use crate::domain::check::{Argument, Findings, MessageView, Place, SegmentView, message::MessageRule};

/// Where in the message the segments so far have led.
#[derive(Default)]
struct Walk<'a> {
    /// The furthest place of the part about the patient.
    rank: u8,
    patients: u32,
    vaccinations: u32,
    order: Order<'a>,
    /// Whether the vaccination at hand has its `RXR`.
    has_route: bool,
    beside: Beside,
    /// Whether some `OBX` tells the eligibility.
    has_eligibility: bool,
    small: Seen<'a>,
    unknown: Seen<'a>,
    made_by_vendor: Seen<'a>,
    /// PV1-20, where it says something.
    eligibility_of_visit: Option<Place<'a>>,
}

/// Where in an order.
#[derive(Default)]
enum Order<'a> {
    /// There was none so far.
    #[default]
    None,
    /// This `ORC` waits for its `RXA`.
    Open(SegmentView<'a>),
    /// It has its `RXA`.
    Given,
}

/// What stands beside the vaccination at hand.
#[derive(Default, PartialEq, Eq)]
enum Beside {
    /// No `OBX` so far.
    #[default]
    Nothing,
    /// An `OBX`.
    Observation,
    /// An `OBX` with its note.
    Note,
}

/// How many there are, and the first of them.
#[derive(Default)]
struct Seen<'a> {
    count: u64,
    first: Option<SegmentView<'a>>,
}

pub(super) fn check(message: &MessageView<'_>, findings: &mut Findings) {
    let mut walk = Walk::default();
    for segment in message.segments() {
        walk.read(segment, findings);
    }
    walk.finish(message, findings);
}

impl<'a> Walk<'a> {
    fn read(&mut self, segment: SegmentView<'a>, findings: &mut Findings) {
        // What is no segment is a finding on the file.
        let Some(name) = segment.standard_name() else { return };
        if segment.name().iter().any(u8::is_ascii_lowercase) {
            self.small.add(segment);
        }
        match name.bytes() {
            b"MSH" => {}
            b"ORC" => {
                self.close_order(findings);
                self.order = Order::Open(segment);
            }
            b"TQ1" | b"TQ2" => {
                if !matches!(self.order, Order::Open(_)) {
                    findings.add(MessageRule::SegmentOrder, &segment.place(), &[]);
                }
            }
            b"RXA" => self.read_vaccination(segment, findings),
            b"RXR" => self.read_route(segment, findings),
            b"OBX" => self.read_observation(segment, findings),
            b"NTE" => match self.beside {
                Beside::Nothing => findings.add(MessageRule::SegmentOrder, &segment.place(), &[]),
                Beside::Observation => self.beside = Beside::Note,
                Beside::Note => findings.add(MessageRule::SegmentTwice, &segment.place(), &[]),
            },
            [b'Z', _, _] => self.made_by_vendor.add(segment),
            name => match rank(*name) {
                Some(rank) => self.read_patient_part(segment, *name, rank, findings),
                None => self.unknown.add(segment),
            },
        }
    }

    fn read_vaccination(&mut self, segment: SegmentView<'a>, findings: &mut Findings) {
        if !matches!(self.order, Order::Open(_)) {
            findings.add(MessageRule::OrderMissing, &segment.place(), &[]);
        }
        self.order = Order::Given;
        self.vaccinations += 1;
        self.has_route = false;
        self.beside = Beside::Nothing;
    }

    fn read_route(&mut self, segment: SegmentView<'a>, findings: &mut Findings) {
        let rule = match self.order {
            Order::None | Order::Open(_) => MessageRule::BeforeVaccination,
            Order::Given if self.has_route => MessageRule::SegmentTwice,
            Order::Given if self.beside != Beside::Nothing => MessageRule::SegmentOrder,
            Order::Given => {
                self.has_route = true;
                return;
            }
        };
        findings.add(rule, &segment.place(), &[]);
    }

    fn read_observation(&mut self, segment: SegmentView<'a>, findings: &mut Findings) {
        if !matches!(self.order, Order::Given) {
            findings.add(MessageRule::BeforeVaccination, &segment.place(), &[]);
        }
        self.beside = Beside::Observation;
        let code = segment.value(3, 1);
        self.has_eligibility |= code == b"64994-7";
    }

    fn read_patient_part(&mut self, segment: SegmentView<'a>, name: [u8; 3], rank: u8, findings: &mut Findings) {
        if &name == b"PID" {
            self.patients += 1;
            if self.patients > 1 {
                findings.add(MessageRule::SecondPatient, &segment.place(), &[]);
                // The patient's other segments stand behind it, and the fault is named.
                self.close_order(findings);
                self.order = Order::None;
                self.rank = rank;
                return;
            }
        }
        if &name == b"PV1" && !segment.value(20, 1).is_empty() {
            self.eligibility_of_visit = Some(segment.place_of(20));
        }
        let is_insurance_again = &name == b"IN1" && self.rank > rank;
        let is_after_orders = !matches!(self.order, Order::None);
        let is_late = rank < self.rank && !is_insurance_again;
        if is_late || is_after_orders {
            findings.add(MessageRule::SegmentOrder, &segment.place(), &[]);
        } else if rank == self.rank && !may_repeat(name) {
            findings.add(MessageRule::SegmentTwice, &segment.place(), &[]);
        }
        if !is_late {
            self.rank = rank;
        }
    }

    fn close_order(&self, findings: &mut Findings) {
        if let Order::Open(order) = self.order {
            findings.add(MessageRule::OrderEmpty, &order.place(), &[]);
        }
    }

    fn finish(self, message: &MessageView<'_>, findings: &mut Findings) {
        self.close_order(findings);
        if self.patients == 0 {
            findings.add(MessageRule::PatientMissing, &message.lacks(*b"PID"), &[]);
        }
        if self.vaccinations == 0 {
            findings.add(MessageRule::VaccinationMissing, &message.lacks(*b"RXA"), &[]);
        }
        if let Some(place) = self.eligibility_of_visit
            && !self.has_eligibility
        {
            findings.add(MessageRule::EligibilityOfVisit, &place, &[]);
        }
        self.small.tell(MessageRule::SmallLetters, findings);
        self.unknown.tell(MessageRule::UnknownSegments, findings);
        self.made_by_vendor.tell(MessageRule::ZSegments, findings);
    }
}

impl<'a> Seen<'a> {
    fn add(&mut self, segment: SegmentView<'a>) {
        self.count += 1;
        self.first.get_or_insert(segment);
    }

    fn tell(&self, rule: MessageRule, findings: &mut Findings) {
        if let Some(first) = self.first {
            findings.add(rule, &first.place_of_name(), &[Argument::Count(self.count)]);
        }
    }
}

/// Which place a segment has in the part about the patient, from 1 on; `None` where it is not of that part.
fn rank(name: [u8; 3]) -> Option<u8> {
    let rank = match &name {
        b"SFT" => 1,
        b"PID" => 2,
        b"PD1" => 3,
        b"NK1" => 4,
        b"PV1" => 5,
        b"PV2" => 6,
        b"GT1" => 7,
        b"IN1" => 8,
        b"IN2" => 9,
        b"IN3" => 10,
        _ => return None,
    };
    Some(rank)
}

fn may_repeat(name: [u8; 3]) -> bool {
    matches!(&name, b"SFT" | b"NK1" | b"GT1" | b"IN1")
}
