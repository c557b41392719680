//! Embedded structs: a struct of columns that several tables have.

use crate::expr::{Generated, Origin};
use crate::ir::{self, SourceId};
use crate::schema::ColumnDef;
use crate::source::Assignment;
use crate::types::{DecodeError, Nullness, RowReader, Type};

/// A struct whose fields become columns of every table it is embedded in. Derive it: `#[derive(Embed)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be embedded in a table",
    label = "not an embedded struct",
    note = "derive it: `#[derive(Embed)]`"
)]
pub trait Embedded: Sized + Send + 'static {
    /// What a query sees of it, as columns of `O`.
    type Columns<O: Origin, N: Nullness>: Copy;
    /// Its columns.
    const COLUMNS: &'static [ColumnPart];

    /// Its columns as those of `source` from position `first`.
    fn columns<O: Origin, N: Nullness>(source: SourceId, first: u32) -> Self::Columns<O, N>;

    /// The type that the column at `index` was declared with, where it is not what the Rust type has by itself.
    fn column_type(index: u32) -> Option<&'static Type>;

    /// Reads its cells.
    ///
    /// # Errors
    /// A [`DecodeError`] for the first cell that does not hold what it should.
    fn read(cells: &mut RowReader<'_>) -> Result<Self, DecodeError>;

    /// Appends the types of its columns.
    fn types(types: &mut Vec<&'static Type>);

    /// Appends the definitions of its columns, their names after `prefix`.
    fn define(prefix: &str, columns: &mut Vec<ColumnDef>);
}

/// A column of a struct, as far as its place in a table goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnPart {
    /// The column's name.
    pub name: &'static str,
    /// Whether every insert must give it.
    pub required: bool,
}

/// What a field of an insert or patch becomes: one assignment, or those of an embedded struct.
#[doc(hidden)]
pub trait Placed<T: Origin> {
    /// Appends the values.
    fn values(self, values: &mut Vec<ir::Node>);

    /// Appends the assignments.
    fn changes(self, changes: &mut Vec<Assignment<T>>);
}

impl<T: Origin> Placed<T> for Assignment<T> {
    fn values(self, values: &mut Vec<ir::Node>) {
        values.push(self.into_ir().value);
    }

    fn changes(self, changes: &mut Vec<Assignment<T>>) {
        changes.push(self);
    }
}

// of a column that cannot be set, that is said of it, and nothing more
#[diagnostic::do_not_recommend]
impl<T: Origin> Placed<T> for Assignment<Generated<T>> {
    fn values(self, values: &mut Vec<ir::Node>) {
        values.push(self.into_ir().value);
    }

    fn changes(self, _: &mut Vec<Assignment<T>>) {}
}

impl<T: Origin> Placed<T> for Vec<Assignment<T>> {
    fn values(self, values: &mut Vec<ir::Node>) {
        values.extend(self.into_iter().map(|assignment| assignment.into_ir().value));
    }

    fn changes(self, changes: &mut Vec<Assignment<T>>) {
        changes.extend(self);
    }
}
