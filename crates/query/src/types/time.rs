//! Dates and times: PostgreSQL's binary forms, and the fixed-width text they are on SQLite.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::scalar::{fixed, scalar, text};
use super::{Cell, DecodeError, Kind, NotNull, SqlType, Type};
use crate::value::Value;

scalar!(DateTime<Utc>, Timestamp, |v| Value::Timestamp(v), |cell| date_time(cell, "a timestamp with time zone")
    .map(|t| t.and_utc()));
scalar!(NaiveDateTime, DateTime, |v| Value::DateTime(v), |cell| date_time(cell, "a timestamp"));
scalar!(NaiveDate, Date, |v| Value::Date(v), |cell| match cell {
    Cell::Date(date) => Ok(date),
    Cell::Text(_) => parse_date(text(cell, "a date")?),
    _ => {
        let days = i32::from_be_bytes(fixed(cell, "a date")?);
        let date = TimeDelta::try_days(days.into()).and_then(|d| epoch().date().checked_add_signed(d));
        date.ok_or_else(|| DecodeError::invalid("a date", "it is infinite or out of range"))
    }
});
scalar!(NaiveTime, Time, |v| Value::Time(v), |cell| match cell {
    Cell::Time(time) => Ok(time),
    Cell::Text(_) => parse_time(text(cell, "a time")?),
    _ => {
        let micros = i64::from_be_bytes(fixed(cell, "a time")?);
        let (seconds, micros) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
        let time = u32::try_from(seconds)
            .ok()
            .and_then(|s| NaiveTime::from_num_seconds_from_midnight_opt(s, micros as u32 * 1_000));
        time.ok_or_else(|| DecodeError::invalid("a time", "it is out of range"))
    }
});

/// The text of a timestamp on SQLite, `YYYY-MM-DD HH:MM:SS.ffffff`: fixed width, so that it compares and
/// sorts as time does. Below a microsecond is cut off, as PostgreSQL does. `None` outside the years 0 to 9999.
pub fn date_time_text(t: NaiveDateTime) -> Option<String> {
    Some(format!("{} {}", date_text(t.date())?, time_text(t.time())))
}

/// The text of a date on SQLite, `YYYY-MM-DD`. `None` outside the years 0 to 9999.
pub fn date_text(d: NaiveDate) -> Option<String> {
    (0..=9999).contains(&d.year()).then(|| format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()))
}

/// The text of a time of day on SQLite, `HH:MM:SS.ffffff`.
pub fn time_text(t: NaiveTime) -> String {
    let micros = (t.nanosecond() / 1_000).min(999_999);
    format!("{:02}:{:02}:{:02}.{micros:06}", t.hour(), t.minute(), t.second())
}

/// Microseconds since PostgreSQL's epoch, what its binary timestamps count. Below a microsecond is cut off,
/// and a leap second is the end of its minute, as in the text forms. `None` out of range.
pub fn postgres_micros(t: NaiveDateTime) -> Option<i64> {
    let micros = (t.nanosecond() / 1_000).min(999_999);
    t.with_nanosecond(micros * 1_000)?.signed_duration_since(epoch()).num_microseconds()
}

/// PostgreSQL counts from the start of 2000.
fn epoch() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default().and_time(NaiveTime::MIN)
}

fn date_time(cell: Cell<'_>, expected: &'static str) -> Result<NaiveDateTime, DecodeError> {
    if let Cell::DateTime(t) = cell {
        return Ok(t);
    }
    if let Cell::Text(_) = cell {
        let text = text(cell, expected)?;
        let (date, time) = text.split_at_checked(10).ok_or_else(|| malformed(expected))?;
        let time = time.strip_prefix([' ', 'T']).ok_or_else(|| malformed(expected))?;
        return Ok(parse_date(date)?.and_time(parse_time(time)?));
    }
    let micros = i64::from_be_bytes(fixed(cell, expected)?);
    epoch()
        .checked_add_signed(TimeDelta::microseconds(micros))
        .filter(|_| micros != i64::MAX && micros != i64::MIN)
        .ok_or_else(|| DecodeError::invalid(expected, "it is infinite or out of range"))
}

fn malformed(expected: &'static str) -> DecodeError {
    DecodeError::invalid(expected, "it is not written as YYYY-MM-DD HH:MM:SS.ffffff")
}

fn parse_date(text: &str) -> Result<NaiveDate, DecodeError> {
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(digits);
    let date = (text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-')
        .then(|| NaiveDate::from_ymd_opt(part(0..4)? as i32, part(5..7)?, part(8..10)?));
    date.flatten().ok_or_else(|| malformed("a date"))
}

/// `HH:MM:SS` with up to nine digits after the point.
fn parse_time(text: &str) -> Result<NaiveTime, DecodeError> {
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(digits);
    let parse = || {
        let bytes = text.as_bytes();
        if bytes.get(2) != Some(&b':') || bytes.get(5) != Some(&b':') {
            return None;
        }
        let nanos = match text.get(8..)? {
            "" => 0,
            rest => {
                let fraction = rest.strip_prefix('.').filter(|f| f.len() <= 9)?;
                digits(fraction)? * 10u32.pow(9 - fraction.len() as u32)
            }
        };
        NaiveTime::from_hms_nano_opt(part(0..2)?, part(3..5)?, part(6..8)?, nanos)
    };
    parse().ok_or_else(|| malformed("a time"))
}

fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_makes_the_round_trip() {
        let t = NaiveDate::from_ymd_opt(1969, 2, 3).unwrap().and_hms_micro_opt(4, 5, 6, 70).unwrap();
        let text = date_time_text(t).unwrap();
        assert_eq!(text, "1969-02-03 04:05:06.000070");
        assert_eq!(NaiveDateTime::decode(Cell::Text(text.as_bytes())).unwrap(), t);
        for bad in [
            "",
            "1969-02-03",
            "1969-02-03 4:05:06",
            "1969-13-03 04:05:06",
            "1969-02-03 04:05:06.",
            "é969-02-03 04:05:06",
        ] {
            assert!(NaiveDateTime::decode(Cell::Text(bad.as_bytes())).is_err(), "{bad}");
        }
    }

    #[test]
    fn binary_form_counts_from_2000() {
        let t = DateTime::<Utc>::decode(Cell::Binary(&1_000_000i64.to_be_bytes())).unwrap();
        assert_eq!(t.to_rfc3339(), "2000-01-01T00:00:01+00:00");
        assert!(DateTime::<Utc>::decode(Cell::Binary(&i64::MAX.to_be_bytes())).is_err());
        assert!(NaiveDate::decode(Cell::Binary(&i32::MAX.to_be_bytes())).is_err());
        assert_eq!(postgres_micros(t.naive_utc()), Some(1_000_000));
        let before = NaiveDate::from_ymd_opt(1999, 12, 31).unwrap();
        for nanos in [999_999_500, 1_500_000_000] {
            assert_eq!(postgres_micros(before.and_hms_nano_opt(23, 59, 59, nanos).unwrap()), Some(-1));
        }
    }
}
