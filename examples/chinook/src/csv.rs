//! Rows from CSV files, one after the other; an empty field is NULL.

use relvar::chrono::{NaiveDate, NaiveDateTime};
use relvar::rust_decimal::Decimal;
use relvar::rust_decimal::prelude::ToPrimitive;
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use std::path::Path;

use crate::load::LoadError;
use crate::schema::Cents;

/// How the files write a point in time.
const TIMESTAMP: &str = "%Y-%m-%d %H:%M:%S";

/// The rows of a file, read as they are asked for.
///
/// # Errors
/// If the file is not there; in each row, what does not fit the struct.
pub(crate) fn rows<T: DeserializeOwned + Send>(
    folder: &Path,
    name: &str,
) -> Result<impl Iterator<Item = Result<T, LoadError>> + Send + use<T>, LoadError> {
    let path = folder.join(name).with_extension("csv");
    let reader = ::csv::Reader::from_path(&path);
    let failed = move |error| LoadError::File { path: path.clone(), error };
    Ok(reader.map_err(&failed)?.into_deserialize().map(move |row| row.map_err(&failed)))
}

/// `1.98`, as cents; a part of a cent is an error.
pub(crate) fn cents<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cents, D::Error> {
    let amount: Decimal = String::deserialize(deserializer)?.parse().map_err(D::Error::custom)?;
    let cents = amount * Decimal::ONE_HUNDRED;
    cents
        .is_integer()
        .then(|| cents.to_i32())
        .flatten()
        .map(Cents)
        .ok_or_else(|| D::Error::custom("not an amount in cents"))
}

/// `2021-01-01 00:00:00`
pub(crate) fn timestamp<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDateTime, D::Error> {
    NaiveDateTime::parse_from_str(&String::deserialize(deserializer)?, TIMESTAMP).map_err(D::Error::custom)
}

/// The same, of which only the date says anything.
pub(crate) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    timestamp(deserializer).map(|time| time.date())
}
