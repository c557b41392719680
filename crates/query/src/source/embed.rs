//! Embedded structs: a struct of columns that several tables have.

use crate::expr::{Generated, Origin};
use crate::ir::{self, SourceId};
use crate::schema::ColumnDef;
use crate::source::Assignment;
use crate::types::{DecodeError, NullOf, Nullness, RowReader, SqlType, Type};

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

    /// Reads its cells.
    ///
    /// # Errors
    /// A [`DecodeError`] for the first cell that does not hold what it should.
    fn read(cells: &mut RowReader<'_>) -> Result<Self, DecodeError>;

    /// Adds what was said of its columns to their definitions.
    fn define(columns: &mut [ColumnDef]);
}

/// A column of a struct, as far as its name and type tell.
#[derive(Clone, Copy, Debug)]
pub struct ColumnPart {
    /// The column's name.
    pub name: &'static str,
    /// What its Rust type is by itself.
    pub ty: &'static Type,
    /// What it was declared as, if that is something else.
    pub declared: Option<&'static Type>,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// Whether the database or the library gives a value where an insert has none.
    pub given: bool,
    /// The labels, if the type is an enum.
    pub labels: &'static [&'static str],
    /// What the derives make of its field's name to look it up by: the compiler compares numbers sooner than texts.
    pub number: u64,
    /// Whether an insert may give it: the database computes generated columns.
    pub writable: bool,
}

impl ColumnPart {
    /// The column of a field of type `T`, whose name has this number.
    pub const fn of<T: SqlType>(name: &'static str, number: u64) -> ColumnPart {
        let (ty, labels, nullable) = (T::SQL_TYPE, T::LABELS, <NullOf<T> as Nullness>::NULLABLE);
        ColumnPart { name, ty, declared: None, nullable, given: false, labels, number, writable: true }
    }

    /// The same column, declared as this.
    pub const fn declared(self, ty: &'static Type) -> ColumnPart {
        ColumnPart { declared: Some(ty), ..self }
    }

    /// The same column, if the database or the library gives a value where an insert has none.
    pub const fn given(self) -> ColumnPart {
        ColumnPart { given: true, ..self }
    }

    /// The same column, if the database computes it.
    pub const fn generated(self) -> ColumnPart {
        ColumnPart { given: true, writable: false, ..self }
    }

    /// The type that it has in the database.
    pub fn column_type(&self) -> &'static Type {
        self.declared.unwrap_or(self.ty)
    }

    /// Whether every insert must give it: not null, without a default, not made by the database.
    pub const fn required(&self) -> bool {
        !self.nullable && !self.given
    }
}

/// What a field of an insert or patch becomes: one assignment, or those of an embedded struct.
#[doc(hidden)]
pub trait Placed<T: Origin> {
    /// Appends the values.
    fn values(self, row: &mut ir::Rows);

    /// Appends the assignments.
    fn changes(self, changes: &mut Vec<Assignment<T>>);
}

impl<T: Origin> Placed<T> for Assignment<T> {
    fn values(self, row: &mut ir::Rows) {
        row.push(self.into_ir().value);
    }

    fn changes(self, changes: &mut Vec<Assignment<T>>) {
        changes.push(self);
    }
}

// of a column that cannot be set, that is said of it, and nothing more
#[diagnostic::do_not_recommend]
impl<T: Origin> Placed<T> for Assignment<Generated<T>> {
    fn values(self, row: &mut ir::Rows) {
        row.push(self.into_ir().value);
    }

    fn changes(self, _: &mut Vec<Assignment<T>>) {}
}

impl<T: Origin> Placed<T> for Vec<Assignment<T>> {
    fn values(self, row: &mut ir::Rows) {
        self.into_iter().for_each(|assignment| row.push(assignment.into_ir().value));
    }

    fn changes(self, changes: &mut Vec<Assignment<T>>) {
        changes.extend(self);
    }
}
