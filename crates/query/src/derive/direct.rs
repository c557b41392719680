//! Functions that generated code calls once for each column: the compiler finds a function by its path sooner than one
//! of a type, for which it searches all that the type has.

use crate::expr::Column;
use crate::ir::SourceId;
use crate::source::Embedded;
use crate::types::{DecodeError, RowReader, SqlType};

/// [`Column::new`]
pub const fn column<O, T>(source: SourceId, index: u32) -> Column<O, T> {
    Column::new(source, index)
}

/// Reads the next cell; if there is none, [`failure`] says why.
///
/// What is left to do then needs no value, so that generated code has one pattern for each column and not two.
pub fn cell<T: SqlType>(cells: &mut RowReader<'_>) -> Option<T> {
    cells.next()
}

/// Reads the cells of an embedded struct, as [`cell`] does one.
pub fn embedded<T: Embedded>(cells: &mut RowReader<'_>) -> Option<T> {
    match T::read(cells) {
        Ok(value) => Some(value),
        Err(why) => cells.fail(why),
    }
}

/// Why a value was not read.
#[cold]
pub fn failure<T>(cells: &mut RowReader<'_>) -> Result<T, DecodeError> {
    Err(cells.failure())
}
