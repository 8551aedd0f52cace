//! Hundreds of invented days with faults drawn by lot: whatever happens, each file arrives once, and every word about it is true.

use chrono::TimeDelta;
use dropoff::{
    app::message::Shipment,
    domain::{failure::Trouble, submission::Outcome},
};

use crate::support::{
    clinic::content,
    fake_registry::{Fault, Moment, Rest},
    office::Office,
};

const DAYS: u64 = 400;
/// More than faults on a day, each of which costs one try at most two times.
const TRIES: usize = 20;

/// Numbers that look like chance and are the same in every run.
struct Lot(u64);

impl Lot {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn one_of<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()].clone()
    }

    fn fault(&mut self) -> Fault {
        let moments = [Moment::Open, Moment::List, Moment::Put, Moment::Fetch, Moment::Remove];
        let troubles = [
            Trouble::ConnectionLost,
            Trouble::Busy,
            Trouble::Silent,
            Trouble::PermissionDenied,
            Trouble::NoRoom,
            Trouble::Unexpected,
        ];
        let at = usize::try_from(self.one_of(&[0, 1, 70_000, 300_000, 500_000, 10_000_000])).unwrap();
        let rests = [Rest::Kept, Rest::ThrownAway, Rest::BetweenFolders];
        match self.below(10) {
            0 | 1 => Fault::Refuses(self.one_of(&moments), self.one_of(&troubles)),
            2 | 3 => Fault::Ends(self.one_of(&moments), self.one_of(&troubles)),
            4 | 5 => match self.one_of(&rests) {
                // A part that leaves HL7-Dropoff is somebody's decision, not chance: `doubts` has it.
                Rest::BetweenFolders => Fault::Cut(10_000_000, Rest::BetweenFolders),
                rest => Fault::Cut(at, rest),
            },
            6 => Fault::StopsPut(at, self.one_of(&troubles)),
            7 => Fault::TakesAtOnce,
            8 => self.one_of(&[
                Fault::Panics(Moment::Put),
                Fault::PanicsInPut(at),
                Fault::Forgets(1),
                Fault::ForgetsUnnoticed(1),
            ]),
            _ => Fault::SomebodyIsFaster(content(99, 1_000)),
        }
    }
}

fn until_delivered(office: &mut Office, shipment: &Shipment, day: u64) {
    for _ in 0..TRIES {
        let outcome = office.send(shipment);
        match outcome {
            Outcome::Delivered(_) => return,
            Outcome::NotSent(_) | Outcome::PartRemoved(_) | Outcome::Unknown { .. } => {}
            other => panic!("day {day}: {other:?}"),
        }
        // What is between two folders shows within the time that the courier allows.
        office.clock.pass(TimeDelta::minutes(6));
        office.registry.state().arrive();
    }
    panic!("day {day}: never delivered");
}

#[test]
fn whatever_goes_wrong_each_file_arrives_once() {
    for day in 0..DAYS {
        let mut lot = Lot(day);
        let mut office = Office::open();
        office.registry.state().hides_sizes = lot.below(4) == 0;
        for _ in 0..lot.below(6) {
            let passing = usize::try_from(lot.below(3)).unwrap();
            office.registry.plan_after(passing, lot.fault());
        }
        let shipments: Vec<Shipment> = (1..=1 + lot.below(3))
            .map(|seed| {
                let size = usize::try_from(lot.one_of(&[1, 1_000, 64 * 1024, 300_000, 700_000])).unwrap();
                office.card(&content(u32::try_from(seed).unwrap(), size))
            })
            .collect();
        for shipment in &shipments {
            until_delivered(&mut office, shipment, day);
        }
        office.check();
    }
}
