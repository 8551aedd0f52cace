//! What the fuzzers hold a file against.

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use dropoff::{
    adapters::profile,
    domain::{
        check::{Occasion, Rules, Standard},
        settings::Stage,
    },
};

/// While live and while testing.
pub(crate) static BOTH: LazyLock<[Rules; 2]> = LazyLock::new(|| [Stage::Live, Stage::Testing].map(at));

fn at(stage: Stage) -> Rules {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day");
    let expected = profile::immtrac2().expect("the built-in profile").records;
    let standard = Arc::new(Standard::built_in().expect("the built-in tables"));
    Rules::on(Occasion { today, stage }, expected, standard)
}
