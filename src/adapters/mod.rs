//! One outside thing each, behind a trait of `ports`.

pub mod ftps;
