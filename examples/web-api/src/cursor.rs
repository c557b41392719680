//! Where a page of threads ends, as text that clients hand back and cannot use for anything else.
//!
//! A cursor has a version, the sort key of the page's last line with its unique tie-break, and a checksum over these and
//! the filters of the list. The checksum finds every accident; it is no signature: whoever computes it themselves
//! can begin a page wherever they like, at rows that they may see anyway.

use relvar::chrono::{DateTime, Datelike, Utc};
use relvar::uuid::Uuid;

use crate::error::ApiError;
use crate::schema::ThreadId;

const VERSION: u8 = 1;
/// Version, time, key.
const PLAIN: usize = 1 + 8 + 16;
const CHECKSUM: usize = 8;
const LENGTH: usize = PLAIN + CHECKSUM;

/// The sort key of a page's last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) id: ThreadId,
}

impl Cursor {
    /// The cursor of a list with these filters.
    pub(crate) fn encode(self, filters: &[u8]) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.created_at.timestamp_micros().to_be_bytes());
        bytes.extend(self.id.0.as_bytes());
        let checksum = checksum(&bytes, filters);
        bytes.extend(checksum.to_be_bytes());
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads a cursor of a list with these filters.
    ///
    /// # Errors
    /// It is not one that a page of this list ended with.
    pub(crate) fn decode(text: &str, filters: &[u8]) -> Result<Cursor, ApiError> {
        read(text, filters).ok_or_else(|| {
            let status = axum::http::StatusCode::BAD_REQUEST;
            ApiError::Unreadable(status, "`after` is not a cursor of this list".to_owned())
        })
    }
}

fn read(text: &str, filters: &[u8]) -> Option<Cursor> {
    let bytes: [u8; LENGTH] = from_hex(text)?.try_into().ok()?;
    let (plain, sum) = bytes.split_at(PLAIN);
    let (&version, plain_rest) = plain.split_first()?;
    if version != VERSION || u64::from_be_bytes(sum.try_into().ok()?) != checksum(plain, filters) {
        return None;
    }
    let (micros, id) = plain_rest.split_at(8);
    let created_at = DateTime::from_timestamp_micros(i64::from_be_bytes(micros.try_into().ok()?))?;
    // what every database can compare with
    let known = (1..=9999).contains(&created_at.year());
    known.then_some(Cursor { created_at, id: ThreadId(Uuid::from_slice(id).ok()?) })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    // a cursor has one spelling
    let digit = |c: &u8| match c {
        b'0'..=b'9' => Some(c - b'0'),
        b'a'..=b'f' => Some(c - b'a' + 10),
        _ => None,
    };
    if text.len() != 2 * LENGTH {
        return None;
    }
    text.as_bytes().chunks_exact(2).map(|pair| Some(digit(pair.first()?)? << 4 | digit(pair.last()?)?)).collect()
}

/// FNV-1a.
fn checksum(plain: &[u8], filters: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    plain.iter().chain(filters).fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor() -> Cursor {
        let created_at = DateTime::from_timestamp_micros(1_700_000_000_123_456).unwrap();
        Cursor { created_at, id: ThreadId(Uuid::from_u128(0xabcd)) }
    }

    #[test]
    fn makes_the_round_trip() {
        assert_eq!(Cursor::decode(&cursor().encode(b"x"), b"x").unwrap(), cursor());
    }

    #[test]
    fn finds_every_change_of_a_character() {
        let text = cursor().encode(b"");
        for position in 0..text.len() {
            for c in "0123456789abcdefABCDEF+-%é".chars() {
                let mut other: Vec<char> = text.chars().collect();
                if std::mem::replace(&mut other[position], c) != c {
                    let other: String = other.into_iter().collect();
                    assert!(Cursor::decode(&other, b"").is_err(), "{other}");
                }
            }
        }
        for other in ["", "00", &text[1..], &format!("{text}0"), &format!("{text}00"), &text.to_uppercase()] {
            assert!(Cursor::decode(other, b"").is_err(), "{other}");
        }
    }

    #[test]
    fn belongs_to_its_list() {
        assert!(Cursor::decode(&cursor().encode(b"one"), b"other").is_err());
    }

    #[test]
    fn times_that_no_database_has_are_refused() {
        let created_at = DateTime::from_timestamp(-99_999_999_999, 0).unwrap();
        assert!(Cursor::decode(&Cursor { created_at, ..cursor() }.encode(b""), b"").is_err());
    }
}
