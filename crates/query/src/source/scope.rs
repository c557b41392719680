//! Scopes: the columns that a query's closures get, one struct for each source, in a flat tuple.

use std::borrow::Cow;

use super::{ColumnPart, Projection};
use crate::dialect::Dialect;
use crate::ir::{Item, SourceId};
use crate::types::{CellTypes, DecodeError, RowReader, Type};

/// What the closures of a query get: the columns of one source, or a tuple of several.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not marked as the scope of a query",
    label = "not a scope",
    note = "make the struct `Copy` and mark it: `impl Scope for {Self} {{}}`"
)]
pub trait Scope: Copy {}

/// A scope of rows, not of groups.
#[diagnostic::on_unimplemented(
    message = "rows are filtered and joined before they are grouped",
    label = "these are groups, not rows",
    note = "call `.filter(..)` before `.group_by(..)`; `.having(..)` filters groups"
)]
pub trait Ungrouped: Scope {}
#[diagnostic::do_not_recommend]
impl<H: Scope> Ungrouped for H {}

/// The columns of exactly one source.
#[diagnostic::on_unimplemented(
    message = "no further source can be joined here",
    label = "the scope is full",
    note = "a query joins up to 12 sources; a derived table or common table expression can stand for several of them"
)]
pub trait Single: Scope {}

/// All columns of a table or view.
pub trait TableColumns: Single + Send {
    /// The databases the table is for.
    type Dialect: Dialect;
    /// What a row of them is.
    type Row: Send;
    /// What they are, in order.
    const PARTS: &'static [ColumnPart];
    /// Their names alone.
    #[doc(hidden)]
    const NAMES: &'static [Cow<'static, str>];

    /// Which use of the table they belong to.
    fn source(&self) -> SourceId;

    /// Reads a row.
    ///
    /// # Errors
    /// A [`DecodeError`] for the first cell that does not hold what it should.
    fn read(cells: &mut RowReader<'_>) -> Result<<Self as TableColumns>::Row, DecodeError>
    where
        Self: Projection<<Self as TableColumns>::Dialect, Row = <Self as TableColumns>::Row>,
    {
        <Self as Projection<_>>::read(cells)
    }
}

/// Appends all columns of a source.
#[doc(hidden)]
pub fn row_item(source: SourceId, items: &mut Vec<Item>) {
    items.push(Item::Row(source));
}

/// Appends the types of the columns of a table or view.
#[doc(hidden)]
pub fn column_types<C: TableColumns>(types: &mut CellTypes) {
    part_types(C::PARTS, types);
}

/// Appends the types of columns.
#[doc(hidden)]
pub fn part_types(parts: &'static [ColumnPart], types: &mut CellTypes) {
    types.extend(parts.iter().map(ColumnPart::column_type));
}

/// What the column at `index` was declared as, if that is not what its Rust type is by itself.
#[doc(hidden)]
pub fn declared_type(parts: &'static [ColumnPart], index: u32) -> Option<&'static Type> {
    parts.get(index as usize).and_then(|part| part.declared)
}

/// A scope that one more source can be added to.
#[diagnostic::on_unimplemented(
    message = "no further source can be joined here",
    label = "the scope is full",
    note = "a query joins up to 12 sources; a derived table or common table expression can stand for several of them"
)]
pub trait Push<C> {
    /// With the new columns at the end.
    type Out;

    /// Adds columns.
    fn push(self, columns: C) -> Self::Out;
}

impl<H: Single, C> Push<C> for H {
    type Out = (H, C);

    fn push(self, columns: C) -> Self::Out {
        (self, columns)
    }
}

/// A scope whose columns can become nullable, as a right or full join makes those before it.
#[diagnostic::on_unimplemented(message = "`{Self}` cannot stand on the far side of an outer join")]
pub trait Nullify {
    /// The same columns, nullable.
    type Out;

    /// Makes them nullable.
    fn nullify(self) -> Self::Out;
}

macro_rules! scopes {
    ($(($($part:ident)*))*) => { $(
        #[diagnostic::do_not_recommend]
        impl<$($part: Scope),*> Scope for ($($part,)*) {}

        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$($part: Nullify),*> Nullify for ($($part,)*) {
            type Out = ($($part::Out,)*);

            fn nullify(self) -> Self::Out {
                let ($($part,)*) = self;
                ($($part.nullify(),)*)
            }
        }
    )* };
}
scopes! {
    (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
    (A B C E F G H I J) (A B C E F G H I J K) (A B C E F G H I J K L) (A B C E F G H I J K L M)
}

macro_rules! pushes {
    ($(($($part:ident)*))*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$($part,)* New> Push<New> for ($($part,)*) {
            type Out = ($($part,)* New);

            fn push(self, columns: New) -> Self::Out {
                let ($($part,)*) = self;
                ($($part,)* columns)
            }
        }
    )* };
}
pushes! {
    (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
    (A B C E F G H I J) (A B C E F G H I J K) (A B C E F G H I J K L)
}
