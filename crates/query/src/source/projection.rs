//! Projections: what a select list can be made of, and what a row of it is in Rust.

use std::marker::PhantomData;

use crate::dialect::{Covers, Dialect, Meet, Met};
use crate::expr::{Column, Expr, Expression, Fits, Orders, Origin};
use crate::ir::{self, Item, Items};
use crate::types::{CellTypes, DecodeError, Decoder, RowReader, SqlType};

/// What can stand in the select list of a query on `D`: a column, an expression, all columns of a source,
/// the struct of a row's expressions, or a tuple of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a select list",
    label = "not a column or expression",
    note = "a value is written `value(x)`"
)]
pub trait Projection<D> {
    /// What a row of it is.
    type Row: Send;

    /// Appends what it selects.
    fn items(self, items: &mut Vec<Item>);

    /// Reads a row.
    ///
    /// # Errors
    /// A [`DecodeError`] for the first cell that does not hold what it should.
    fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, DecodeError>;

    /// Appends the types of its cells.
    fn types(types: &mut CellTypes);
}

/// What a row of `H` is.
pub type RowOf<H, D> = <H as Projection<D>>::Row;

/// The select list of a projection.
pub(crate) fn listed<P: Projection<D>, D>(projection: P) -> Items {
    // what it would grow to with the first
    let mut items = Vec::with_capacity(4);
    projection.items(&mut items);
    Items::List(items)
}

pub(crate) fn decoder<P: Projection<D>, D>() -> Decoder<P::Row> {
    Decoder::new(P::read, P::types)
}

impl<T: SqlType + Send, X: Covers<D>, D: Dialect> Projection<D> for Expr<T, X> {
    type Row = T;

    fn items(self, items: &mut Vec<Item>) {
        items.push(Item::Expr(self.into_ir()));
    }

    fn read(cells: &mut RowReader<'_>) -> Result<T, DecodeError> {
        cells.read()
    }

    fn types(types: &mut CellTypes) {
        types.push(T::SQL_TYPE);
    }
}

impl<O: Origin<Dialect: Covers<D>>, T: SqlType + Send, D: Dialect> Projection<D> for Column<O, T> {
    type Row = T;

    fn items(self, items: &mut Vec<Item>) {
        items.push(Item::Expr(self.into_ir()));
    }

    fn read(cells: &mut RowReader<'_>) -> Result<T, DecodeError> {
        cells.read()
    }

    fn types(types: &mut CellTypes) {
        types.push(T::SQL_TYPE);
    }
}

/// What can fill a field of type `T` in the struct of a row's expressions: whatever fits a column of that
/// type, all columns of a source, or the expressions of a nested row.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit where a `{T}` is expected",
    label = "not a `{T}`",
    note = "a nullable expression becomes a not-null one by `.coalesce(..)`"
)]
pub trait Fill<T> {
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Appends what it selects.
    fn items(self, items: &mut Vec<Item>);

    /// Reads the field.
    ///
    /// # Errors
    /// A [`DecodeError`] for the first cell that does not hold what it should.
    fn read(cells: &mut RowReader<'_>) -> Result<T, DecodeError>;

    /// Appends the types of its cells.
    fn types(types: &mut CellTypes);
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, F: Fits<T>> Fill<T> for F {
    type Dialect = F::Dialect;

    fn items(self, items: &mut Vec<Item>) {
        items.push(Item::Expr(self.fit(T::SQL_TYPE)));
    }

    fn read(cells: &mut RowReader<'_>) -> Result<T, DecodeError> {
        cells.read()
    }

    fn types(types: &mut CellTypes) {
        types.push(T::SQL_TYPE);
    }
}

/// What the databases of the parts of a row have in common, as a list: `(A, (B, (C,)))`.
#[doc(hidden)]
#[diagnostic::on_unimplemented(message = "the parts of this row have no database in common")]
pub trait CommonDialects {
    /// The common dialects.
    type Out: Dialect;
}

#[diagnostic::do_not_recommend]
impl<A: Dialect> CommonDialects for (A,) {
    type Out = A;
}

#[diagnostic::do_not_recommend]
impl<A: Dialect + Meet<R::Out>, R: CommonDialects> CommonDialects for (A, R) {
    type Out = Met<A, R::Out>;
}

/// The dialects of several type parameters, as a list that has [`CommonDialects`].
macro_rules! dialects_of {
    ($only:ident) => { ($only::Dialect,) };
    ($first:ident $($rest:ident)+) => { ($first::Dialect, $crate::source::dialects_of!($($rest)+)) };
}
pub(crate) use dialects_of;

/// A select list that has forgotten its expressions: what two arms of a `match` can both give to
/// [`Select::select_list`](crate::statement::Select::select_list).
pub struct Selection<R, D> {
    pub(crate) items: Vec<Item>,
    pub(crate) decoder: Decoder<R>,
    dialect: PhantomData<fn() -> D>,
}

impl<R, D> Selection<R, D> {
    pub(crate) fn new(items: Vec<Item>, decoder: Decoder<R>) -> Self {
        Selection { items, decoder, dialect: PhantomData }
    }
}

/// Forgets the expressions of a select list.
pub fn selection<P: Projection<D>, D: Dialect>(projection: P) -> Selection<P::Row, D> {
    let mut items = Vec::new();
    projection.items(&mut items);
    Selection { items, decoder: decoder::<P, D>(), dialect: PhantomData }
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<D: Dialect, $($part: Projection<D>),*> Projection<D> for ($($part,)*) {
            type Row = ($($part::Row,)*);

            fn items(self, items: &mut Vec<Item>) {
                let ($($part,)*) = self;
                $($part.items(items);)*
            }

            fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, DecodeError> {
                Ok(($($part::read(cells)?,)*))
            }

            fn types(types: &mut CellTypes) {
                $($part::types(types);)*
            }
        }

        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<D, $($part: Orders<D>),*> Orders<D> for ($($part,)*) {
            fn orders(self, keys: &mut Vec<ir::Order>) {
                let ($($part,)*) = self;
                $($part.orders(keys);)*
            }
        }
    )* };
}
tuples! {
    (A) (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
    (A B C E F G H I J) (A B C E F G H I J K) (A B C E F G H I J K L) (A B C E F G H I J K L M)
}
