//! What a registry expects of records, as the profile's file says it.

use serde::Deserialize;

use super::{ProfileError, filled, unusable};
use crate::domain::profile::{Consent, ConsentAges, Expected};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedRecords {
    sender_digits: Option<u8>,
    receiving_application: String,
    receiving_facility: String,
    state: String,
    zip_areas: Vec<(u16, u16)>,
    adult_from_years: u8,
    #[serde(default)]
    consents: Vec<SavedConsent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedConsent {
    code: String,
    ages: SavedAges,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SavedAges {
    Child,
    Adult,
    Any,
}

impl TryFrom<SavedRecords> for Expected {
    type Error = ProfileError;

    fn try_from(saved: SavedRecords) -> Result<Self, Self::Error> {
        Ok(Self {
            sender_digits: saved
                .sender_digits
                .map(|digits| above_zero("records.sender_digits", digits, "no number has no digits"))
                .transpose()?,
            receiving_application: filled("records.receiving_application", saved.receiving_application)?,
            receiving_facility: filled("records.receiving_facility", saved.receiving_facility)?,
            state: filled("records.state", saved.state)?,
            zip_areas: saved.zip_areas.into_iter().map(zip_area).collect::<Result<_, _>>()?,
            adult_from_years: above_zero(
                "records.adult_from_years",
                saved.adult_from_years,
                "nobody is born an adult",
            )?,
            consents: saved.consents.into_iter().map(consent).collect::<Result<_, _>>()?,
        })
    }
}

fn above_zero(name: &'static str, number: u8, why_not: &str) -> Result<u8, ProfileError> {
    if number == 0 {
        return Err(unusable(name, why_not));
    }
    Ok(number)
}

fn zip_area((first, last): (u16, u16)) -> Result<(u16, u16), ProfileError> {
    if first > last || last > 999 {
        return Err(unusable("records.zip_areas", "it is no range of three digits"));
    }
    Ok((first, last))
}

fn consent(saved: SavedConsent) -> Result<Consent, ProfileError> {
    Ok(Consent {
        code: filled("records.consents", saved.code)?,
        ages: match saved.ages {
            SavedAges::Child => ConsentAges::Child,
            SavedAges::Adult => ConsentAges::Adult,
            SavedAges::Any => ConsentAges::Any,
        },
    })
}
