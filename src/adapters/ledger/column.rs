//! How single values stand in the columns, and how they are read back. What nobody's program wrote is damage.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use rusqlite::{Row, types::FromSql};

use super::failure::damaged;
use crate::domain::{
    account::AccountId,
    failure::LedgerFailure,
    receipt::Destination,
    submission::{State, Wish},
};

/// The columns of a row, one after the other in the order of the `SELECT`.
pub(super) struct Columns<'row> {
    row: &'row Row<'row>,
    next: usize,
}

impl<'row> Columns<'row> {
    pub(super) fn of(row: &'row Row<'row>) -> Self {
        Self { row, next: 0 }
    }

    pub(super) fn value<T: FromSql>(&mut self) -> Result<T, LedgerFailure> {
        let value = self.row.get(self.next)?;
        self.next += 1;
        Ok(value)
    }

    pub(super) fn count(&mut self) -> Result<u64, LedgerFailure> {
        let number: i64 = self.value()?;
        read_count(number)
    }

    pub(super) fn optional_count(&mut self) -> Result<Option<u64>, LedgerFailure> {
        let number: Option<i64> = self.value()?;
        number.map(read_count).transpose()
    }

    pub(super) fn time(&mut self) -> Result<DateTime<Utc>, LedgerFailure> {
        let text: String = self.value()?;
        read_text(&text)
    }

    /// Anything that reads back from its text: a time, a day.
    pub(super) fn optional<T: FromStr>(&mut self) -> Result<Option<T>, LedgerFailure> {
        let text: Option<String> = self.value()?;
        text.as_deref().map(read_text).transpose()
    }

    pub(super) fn state(&mut self) -> Result<State, LedgerFailure> {
        let text: String = self.value()?;
        read_state(&text).ok_or_else(|| damaged("there is no such state"))
    }

    pub(super) fn wish(&mut self) -> Result<Wish, LedgerFailure> {
        let text: String = self.value()?;
        [Wish::Send, Wish::SendAgain, Wish::Cancel]
            .into_iter()
            .find(|wish| wish_text(*wish) == text)
            .ok_or_else(|| damaged("there is no such wish"))
    }

    pub(super) fn destination(&mut self) -> Result<Destination, LedgerFailure> {
        let text: String = self.value()?;
        DESTINATIONS
            .into_iter()
            .find(|destination| destination_text(*destination) == text)
            .ok_or_else(|| damaged("there is no such destination"))
    }

    pub(super) fn account(&mut self) -> Result<AccountId, LedgerFailure> {
        let text: String = self.value()?;
        let id = text.rsplit_once('@').map(|(user, host)| AccountId::of(user, host));
        id.filter(|id| id.as_str() == text)
            .ok_or_else(|| damaged("there is no such account"))
    }
}

fn read_count(number: i64) -> Result<u64, LedgerFailure> {
    u64::try_from(number)
        .ok()
        .ok_or_else(|| damaged("a count is less than nothing"))
}

fn read_text<T: FromStr>(text: &str) -> Result<T, LedgerFailure> {
    text.parse()
        .ok()
        .ok_or_else(|| damaged("a date or a time cannot be read"))
}

/// A count as SQLite keeps it. No file has more bytes.
pub(super) fn count(number: u64) -> Result<i64, LedgerFailure> {
    i64::try_from(number)
        .ok()
        .ok_or_else(|| LedgerFailure::Other("a number is too large".to_owned()))
}

/// `2026-11-20T15:12:00.000000000Z`.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Nanos, true)
}

/// `2026-11-20T15:12:00.000000000`: the time zone is the server's own.
pub(super) fn server_time(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.9f").to_string()
}

/// `2026-11-20`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

pub(super) const fn state_text(state: State) -> &'static str {
    state.as_str()
}

pub(super) fn read_state(text: &str) -> Option<State> {
    State::ALL.into_iter().find(|state| state_text(*state) == text)
}

/// The states of which this is so, as SQL: `'queued', 'held'`.
pub(super) fn states_where(is_meant: impl Fn(State) -> bool) -> String {
    let meant = State::ALL.into_iter().filter(|state| is_meant(*state));
    let quoted: Vec<String> = meant.map(|state| format!("'{}'", state_text(state))).collect();
    quoted.join(", ")
}

pub(super) const fn wish_text(wish: Wish) -> &'static str {
    match wish {
        Wish::Send => "send",
        Wish::SendAgain => "send-again",
        Wish::Cancel => "cancel",
    }
}

const DESTINATIONS: [Destination; 3] = [Destination::Live, Destination::Testing, Destination::Demo];

pub(super) const fn destination_text(destination: Destination) -> &'static str {
    match destination {
        Destination::Live => "live",
        Destination::Testing => "testing",
        Destination::Demo => "demo",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_destination_has_its_own_text() {
        for state in State::ALL {
            assert_eq!(read_state(state_text(state)), Some(state));
        }
        let texts = DESTINATIONS.map(destination_text);
        assert!(texts[0] != texts[1] && texts[1] != texts[2] && texts[0] != texts[2]);
        assert_eq!(states_where(State::is_doubtful), "'sending', 'unknown'");
    }

    #[test]
    fn times_come_back_to_the_nanosecond_and_sort_as_they_are() {
        let times: [DateTime<Utc>; 4] = [
            "1969-07-20T20:17:40Z".parse().unwrap(),
            "2026-11-20T15:12:00Z".parse().unwrap(),
            "2026-11-20T15:12:00.000000001Z".parse().unwrap(),
            "9999-12-31T23:59:59.999999999Z".parse().unwrap(),
        ];
        for at in times
            .into_iter()
            .chain([DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC])
        {
            assert_eq!(read_text::<DateTime<Utc>>(&time(at)), Ok(at));
            assert_eq!(
                read_text::<NaiveDateTime>(&server_time(at.naive_utc())),
                Ok(at.naive_utc())
            );
            assert_eq!(read_text::<NaiveDate>(&day(at.date_naive())), Ok(at.date_naive()));
        }
        assert!(times.map(time).is_sorted());
    }
}
