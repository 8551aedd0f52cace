//! Values that stand as text in the saved form.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, de::Error};

fn read<'de, T: FromStr, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().ok().ok_or_else(|| D::Error::custom("unreadable"))
}

/// A moment.
pub(super) mod time {
    use chrono::{DateTime, Utc};
    use serde::{Deserializer, Serialize, Serializer};

    pub(in super::super) fn serialize<S: Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
        super::super::super::column::time(*at).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
        super::read(deserializer)
    }
}

/// A server's own time, where it said one.
pub(super) mod optional_server_time {
    use chrono::NaiveDateTime;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    #[expect(clippy::ref_option, reason = "the derive hands over a reference to the field")]
    pub(in super::super) fn serialize<S: Serializer>(
        at: &Option<NaiveDateTime>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        at.map(super::super::super::column::server_time).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<NaiveDateTime>, D::Error> {
        let text: Option<String> = Option::deserialize(deserializer)?;
        text.map(|text| text.parse().ok().ok_or_else(|| D::Error::custom("unreadable")))
            .transpose()
    }
}

/// A certificate's fingerprint.
pub(super) mod fingerprint {
    use serde::{Deserializer, Serialize, Serializer};

    use crate::domain::account::Fingerprint;

    pub(in super::super) fn serialize<S: Serializer>(
        fingerprint: &Fingerprint,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        fingerprint.to_string().serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Fingerprint, D::Error> {
        super::read(deserializer)
    }
}

/// The state of a submission, as its column has it.
pub(super) mod state {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    use super::super::super::column;
    use crate::domain::submission::State;

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "the derive hands over a reference to the field"
    )]
    pub(in super::super) fn serialize<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
        column::state_text(*state).serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<State, D::Error> {
        let text = String::deserialize(deserializer)?;
        column::read_state(&text).ok_or_else(|| D::Error::custom("unknown"))
    }
}
