//! Keyed fingerprints of vaccinations: the same days exported twice are known again, without keeping a patient.

/// The first 16 bytes of an HMAC-SHA-256 of patient, vaccine and date. Without the key it tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VaccinationPrint(pub [u8; 16]);
