//! What the person sees while a file travels.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    app::message::{Event, Shipment},
    domain::submission::Phase,
    ports::{Clock, Flow},
    worker::Reporter,
};

/// Time between two reports of progress.
const REPORT_EVERY: TimeDelta = TimeDelta::milliseconds(100);

pub(super) struct Progress<'a> {
    clock: &'a dyn Clock,
    reporter: &'a Reporter,
    shipment: &'a Shipment,
    began: DateTime<Utc>,
    reported: DateTime<Utc>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(
        clock: &'a dyn Clock,
        reporter: &'a Reporter,
        shipment: &'a Shipment,
        began: DateTime<Utc>,
    ) -> Self {
        Self {
            clock,
            reporter,
            shipment,
            began,
            reported: began,
        }
    }

    /// A wish to cancel that comes with the last byte is too late: stopping there would only leave a doubt.
    pub(super) fn tell(&mut self, sent_bytes: u64) -> Flow {
        if sent_bytes >= self.shipment.size_bytes {
            self.report(Phase::Verifying);
            return Flow::Continue;
        }
        if self.shipment.cancel.is_requested() {
            return Flow::Stop;
        }
        let at = self.clock.now();
        if at - self.reported >= REPORT_EVERY {
            self.reported = at;
            self.report(Phase::Uploading {
                sent_bytes,
                began: self.began,
                at,
            });
        }
        Flow::Continue
    }

    fn report(&self, phase: Phase) {
        self.reporter
            .report(Event::PhaseChanged(self.shipment.submission, phase));
    }
}
