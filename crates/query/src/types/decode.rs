//! Reading results: cells as the drivers deliver them, by position, without copies.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use thiserror::Error;

use super::{CellTypes, NamedCell, SqlType, Type};
use crate::value::Value;
use std::sync::Arc;

/// One cell of a result, borrowed from the driver's buffer.
///
/// SQLite delivers its storage classes; PostgreSQL delivers its binary format, whose meaning the
/// column's type gives (the back-end has checked it before a cell is read). MySQL and MariaDB deliver numbers,
/// dates and times in a binary format that says what they are, and all else as text or bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'r> {
    /// SQL NULL.
    Null,
    /// An integer.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text; not yet checked to be UTF-8.
    Text(&'r [u8]),
    /// Bytes.
    Blob(&'r [u8]),
    /// A calendar date.
    Date(NaiveDate),
    /// A time of day.
    Time(NaiveTime),
    /// A date and a time of day: a point in time in UTC, or one without a zone.
    DateTime(NaiveDateTime),
    /// PostgreSQL's binary format.
    Binary(&'r [u8]),
}

/// A row as a back-end delivers it.
pub trait Cells {
    /// The cell at `index`.
    ///
    /// # Errors
    /// [`DecodeError::Missing`] if the row is shorter.
    fn cell(&self, index: usize) -> Result<Cell<'_>, DecodeError>;
}

/// Walks over the cells of a row from left to right.
pub struct RowReader<'r> {
    row: &'r dyn Cells,
    at: usize,
    named: Option<&'r Arc<[NamedCell]>>,
    /// Why the last cell was not read, while its row is given up.
    failure: Option<DecodeError>,
}

impl<'r> RowReader<'r> {
    /// Starts at the first cell.
    pub fn new(row: &'r dyn Cells) -> Self {
        RowReader { row, at: 0, named: None, failure: None }
    }

    /// The position of the cell that is read next, from 0; after an error, of the cell that failed.
    pub fn position(&self) -> usize {
        self.at
    }

    /// What the columns are that were chosen at run time, if they were.
    pub(crate) fn named(&self) -> Option<&'r Arc<[NamedCell]>> {
        self.named
    }

    /// Reads the next cell as a `ty`.
    pub(crate) fn read_value(&mut self, ty: &Type) -> Result<Value, DecodeError> {
        let value = super::named::decode(ty, self.row.cell(self.at)?)?;
        self.at += 1;
        Ok(value)
    }

    /// Reads the next cell.
    ///
    /// # Errors
    /// A [`DecodeError`] if it does not hold a `T`.
    pub fn read<T: SqlType>(&mut self) -> Result<T, DecodeError> {
        let value = T::decode(self.row.cell(self.at)?)?;
        self.at += 1;
        Ok(value)
    }

    /// Reads the next cell; if there is none, [`failure`](RowReader::failure) says why.
    #[inline]
    pub(crate) fn next<T: SqlType>(&mut self) -> Option<T> {
        let why = match self.row.cell(self.at) {
            Ok(cell) => match T::decode(cell) {
                Ok(value) => {
                    self.at += 1;
                    return Some(value);
                }
                Err(why) => why,
            },
            Err(why) => why,
        };
        self.fail(why)
    }

    /// Keeps why a cell was not read, for [`failure`](RowReader::failure).
    #[cold]
    pub(crate) fn fail<T>(&mut self, why: DecodeError) -> Option<T> {
        self.failure = Some(why);
        None
    }

    /// Why a cell was not read.
    pub(crate) fn failure(&mut self) -> DecodeError {
        self.failure.take().unwrap_or(DecodeError::Missing)
    }

    /// Skips `width` cells if all of them are NULL, and says whether it did.
    ///
    /// # Errors
    /// [`DecodeError::Missing`] if the row is shorter.
    pub fn skip_if_null(&mut self, width: usize) -> Result<bool, DecodeError> {
        for i in self.at..self.at + width {
            if self.row.cell(i)? != Cell::Null {
                return Ok(false);
            }
        }
        self.at += width;
        Ok(true)
    }
}

/// Why a cell could not be read. The back-end adds which column of which table it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// NULL where the Rust type has no `Option`.
    #[error("unexpected NULL")]
    Null,
    /// The row has fewer cells than the statement asked for.
    #[error("the row is too short")]
    Missing,
    /// Another type or storage class.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// What the Rust type needs.
        expected: &'static str,
        /// What the database delivered.
        found: &'static str,
    },
    /// The right type, but no value of the Rust type.
    #[error("not a valid {expected}: {why}")]
    Invalid {
        /// What the Rust type needs.
        expected: &'static str,
        /// What is wrong with it; never the data itself.
        why: Box<str>,
    },
}

impl DecodeError {
    /// The error of a cell of another storage class than `expected`.
    #[cold]
    pub fn unexpected(expected: &'static str, cell: Cell<'_>) -> DecodeError {
        let found = match cell {
            Cell::Null => return DecodeError::Null,
            Cell::Integer(_) => "an integer",
            Cell::Real(_) => "a floating-point number",
            Cell::Text(_) => "text",
            Cell::Blob(_) => "bytes",
            Cell::Date(_) => "a date",
            Cell::Time(_) => "a time",
            Cell::DateTime(_) => "a timestamp",
            Cell::Binary(_) => "a value of another length",
        };
        DecodeError::Unexpected { expected, found }
    }

    /// The error of a cell of the right class that holds no value of the type.
    pub fn invalid(expected: &'static str, why: impl Into<Box<str>>) -> DecodeError {
        DecodeError::Invalid { expected, why: why.into() }
    }
}

/// How the rows of a statement are read: chosen when the select list is, so that a query needs no
/// bound on its row type.
pub struct Decoder<R> {
    /// Reads one row.
    read: fn(&mut RowReader<'_>) -> Result<R, DecodeError>,
    cells: RowCells,
}

/// The cells of a row: what there is to know of them without the type of the row.
#[derive(Clone)]
struct RowCells {
    /// Appends their types, in order.
    types: fn(&mut CellTypes),
    /// The columns, if they were chosen at run time.
    named: Option<Arc<[NamedCell]>>,
}

impl RowCells {
    fn reader<'r>(&'r self, row: &'r dyn Cells) -> RowReader<'r> {
        RowReader { named: self.named.as_ref(), ..RowReader::new(row) }
    }

    fn types(&self, types: &mut CellTypes) {
        (self.types)(types);
        if let Some(named) = &self.named {
            types.extend(named.iter().map(|cell| cell.ty));
        }
    }
}

impl<R> Decoder<R> {
    /// Reads rows with `read`, whose cells have the types that `types` appends.
    pub const fn new(read: fn(&mut RowReader<'_>) -> Result<R, DecodeError>, types: fn(&mut CellTypes)) -> Self {
        Decoder { read, cells: RowCells { types, named: None } }
    }

    /// Reads rows of these columns with `read`.
    pub(crate) fn named(read: fn(&mut RowReader<'_>) -> Result<R, DecodeError>, cells: Arc<[NamedCell]>) -> Self {
        Decoder { read, cells: RowCells { types: |_| {}, named: Some(cells) } }
    }

    /// Reads a row; an error comes with the position of its cell.
    ///
    /// # Errors
    /// A [`DecodeError`] for the first cell that does not hold what it should.
    pub fn read(&self, row: &dyn Cells) -> Result<R, (usize, DecodeError)> {
        let mut reader = self.cells.reader(row);
        match (self.read)(&mut reader) {
            Ok(row) => Ok(row),
            Err(why) => Err((reader.position(), why)),
        }
    }

    /// Appends the types of the cells of a row.
    pub fn types(&self, types: &mut CellTypes) {
        self.cells.types(types);
    }
}

impl<R> Clone for Decoder<R> {
    fn clone(&self) -> Self {
        Decoder { read: self.read, cells: self.cells.clone() }
    }
}
