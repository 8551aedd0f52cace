//! The form in which a reason and a proof of delivery are written, and the way back.

mod failure;
#[cfg(test)]
mod tests;
mod text;

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use self::failure::{SavedFileFailure, SavedRegistryFailure, SavedSealFailure};
use super::failure::damaged;
use crate::domain::{
    failure::{FileFailure, LedgerFailure, RegistryFailure, SealFailure},
    submission::{By, Delivery, Duplicate, Why},
};

/// The form that this program writes. An older one gets an arm of its own in [`read`].
const VERSION: u32 = 1;

#[derive(Deserialize)]
struct Version {
    version: u32,
}

/// Unknown values are damage, not noise.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhyText {
    version: u32,
    #[serde(with = "SavedWhy")]
    why: Why,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeliveryText {
    version: u32,
    #[serde(with = "SavedDelivery")]
    delivery: Delivery,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Why", rename_all = "kebab-case", deny_unknown_fields)]
enum SavedWhy {
    Registry(#[serde(with = "SavedRegistryFailure")] RegistryFailure),
    File(#[serde(with = "SavedFileFailure")] FileFailure),
    Copy(#[serde(with = "SavedSealFailure")] SealFailure),
    Duplicate(#[serde(with = "SavedDuplicate")] Duplicate),
    Interrupted,
    NotSeen,
    Gone,
    NotThere,
    PartRemoved,
    PartStays { name: String },
    TakenUnfinished { name: String },
    NameLost { name: String },
    TryNow,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Duplicate", deny_unknown_fields)]
struct SavedDuplicate {
    name: String,
    #[serde(with = "text::optional_server_time")]
    seen_at: Option<NaiveDateTime>,
    #[serde(with = "sender")]
    delivered: Option<(DateTime<Utc>, By)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedSender {
    #[serde(with = "text::time")]
    at: DateTime<Utc>,
    user: String,
    computer: String,
    initials: String,
}

/// When something was delivered and by whom, where that is known.
mod sender {
    use chrono::{DateTime, Utc};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::SavedSender;
    use crate::domain::{person::Person, submission::By};

    #[expect(clippy::ref_option, reason = "the derive hands over a reference to the field")]
    pub(super) fn serialize<S: Serializer>(
        sender: &Option<(DateTime<Utc>, By)>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let saved = sender.as_ref().map(|(at, by)| SavedSender {
            at: *at,
            user: by.person.user.clone(),
            computer: by.person.computer.clone(),
            initials: by.initials.clone(),
        });
        saved.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<(DateTime<Utc>, By)>, D::Error> {
        let saved: Option<SavedSender> = Option::deserialize(deserializer)?;
        Ok(saved.map(|saved| {
            let person = Person {
                user: saved.user,
                computer: saved.computer,
            };
            let initials = saved.initials;
            (saved.at, By { person, initials })
        }))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Delivery", deny_unknown_fields)]
struct SavedDelivery {
    sent_as: String,
    #[serde(with = "text::time")]
    began: DateTime<Utc>,
    #[serde(with = "text::time")]
    verified: DateTime<Utc>,
    verified_bytes: u64,
    reply: String,
}

pub(super) fn write_why(why: Option<&Why>) -> Result<Option<String>, LedgerFailure> {
    why.map(|why| {
        write(&WhyText {
            version: VERSION,
            why: why.clone(),
        })
    })
    .transpose()
}

pub(super) fn read_why(text: Option<String>) -> Result<Option<Why>, LedgerFailure> {
    text.map(|text| read::<WhyText>(&text).map(|read| read.why)).transpose()
}

pub(super) fn write_delivery(delivery: Option<&Delivery>) -> Result<Option<String>, LedgerFailure> {
    delivery
        .map(|delivery| {
            write(&DeliveryText {
                version: VERSION,
                delivery: delivery.clone(),
            })
        })
        .transpose()
}

pub(super) fn read_delivery(text: Option<String>) -> Result<Option<Delivery>, LedgerFailure> {
    text.map(|text| read::<DeliveryText>(&text).map(|read| read.delivery))
        .transpose()
}

fn write<T: Serialize>(value: &T) -> Result<String, LedgerFailure> {
    serde_json::to_string(value)
        .ok()
        .ok_or_else(|| LedgerFailure::Other("a reason cannot be written".to_owned()))
}

/// The library's own words quote what it read, which may hold anything.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, LedgerFailure> {
    let unreadable = || damaged("a reason or a proof of delivery cannot be read");
    let Version { version } = serde_json::from_str(text).ok().ok_or_else(unreadable)?;
    match version {
        VERSION => serde_json::from_str(text).ok().ok_or_else(unreadable),
        other => Err(LedgerFailure::Damaged(format!(
            "there was never a version {other} of reasons"
        ))),
    }
}
