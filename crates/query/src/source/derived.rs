//! Derived tables: a query in FROM, and the columns of its rows.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::{Nullify, Projection, Scope, Single, Source};
use crate::dialect::Dialect;
use crate::expr::{Column, Derived, Expr, Expression};
use crate::ir::{self, Item, Names, SourceId};
use crate::statement::Select;
use crate::types::{CellTypes, DecodeError, Joined, NotNull, Nullable, Nullness, RowReader, SqlType};

/// A row that can be a source itself: of a table, a `#[derive(Row)]` struct, a single value, or a tuple of values.
#[diagnostic::on_unimplemented(
    message = "rows of type `{Self}` cannot be a source",
    label = "not the columns of one table",
    note = "select one value, a tuple of values, or a `#[derive(Row)]` struct of values"
)]
pub trait RowSource: Sized + 'static {
    /// The columns of such a row.
    type Columns<N: Nullness, D: Dialect>: Copy;

    /// Their names.
    fn names() -> Names;

    /// Its columns as those of `source`.
    fn columns<N: Nullness, D: Dialect>(source: SourceId) -> <Self as RowSource>::Columns<N, D>;
}

/// A query in FROM, made by [`Select::derived`](crate::statement::Select::derived).
pub struct DerivedTable<R, D> {
    query: Box<ir::Select>,
    types: PhantomData<fn() -> (R, D)>,
}

impl<R, D> DerivedTable<R, D> {
    pub(crate) fn new(query: Box<ir::Select>) -> Self {
        DerivedTable { query, types: PhantomData }
    }
}

impl<R: RowSource, D: Dialect> DerivedTable<R, D> {
    /// All its rows: where a query starts.
    pub fn query(&self) -> Select<<R as RowSource>::Columns<NotNull, D>, R, D>
    where
        <R as RowSource>::Columns<NotNull, D>: Scope + Projection<D, Row = R>,
    {
        Select::from_source(self)
    }
}

impl<R, D> Clone for DerivedTable<R, D> {
    fn clone(&self) -> Self {
        DerivedTable::new(self.query.clone())
    }
}

impl<R: RowSource, D: Dialect> Source for DerivedTable<R, D> {
    type Dialect = D;
    type Columns<N: Nullness> = <R as RowSource>::Columns<N, D>;

    fn relation(&self) -> ir::Relation {
        ir::Relation::Derived { query: self.query.clone(), columns: R::names(), lateral: false }
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        <R as RowSource>::columns(source)
    }
}

const NAMES: &[Cow<'static, str>] = &[
    Cow::Borrowed("c0"),
    Cow::Borrowed("c1"),
    Cow::Borrowed("c2"),
    Cow::Borrowed("c3"),
    Cow::Borrowed("c4"),
    Cow::Borrowed("c5"),
    Cow::Borrowed("c6"),
    Cow::Borrowed("c7"),
];

impl<O, T: SqlType> Nullify for Column<O, T> {
    type Out = Column<O, Joined<T, Nullable>>;

    fn nullify(self) -> Self::Out {
        Column::new(self.at().source, self.at().index)
    }
}

impl<T: SqlType, D: Dialect> Nullify for Expr<T, D> {
    type Out = Expr<Joined<T, Nullable>, D>;

    fn nullify(self) -> Self::Out {
        Expr::from_ir(self.into_ir())
    }
}

/// The columns of tuples: tuple *structs*, so that a scope stays a flat tuple of sources.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident $width:literal [$($row:tt)*] ($($part:ident $value:ident $index:tt)*);)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<$($part),*>($(
            #[doc = concat!("Column ", stringify!($index), ".")]
            pub $part
        ),*);

        impl<$($part: Copy),*> Scope for $name<$($part),*> {}
        impl<$($part: Copy),*> Single for $name<$($part),*> {}

        impl<D: Dialect, $($part: Projection<D>),*> Projection<D> for $name<$($part),*> {
            type Row = fields!(@ [$($row)*] $($part::Row),*);

            fn items(self, items: &mut Vec<Item>) {
                $(self.$index.items(items);)*
            }

            fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, DecodeError> {
                $(let $value = $part::read(cells)?;)*
                Ok(fields!(@ [$($row)*] $($value),*))
            }

            fn types(types: &mut CellTypes) {
                $($part::types(types);)*
            }
        }

        impl<$($part: Nullify),*> Nullify for $name<$($part),*> {
            type Out = $name<$($part::Out),*>;

            fn nullify(self) -> Self::Out {
                $name($(self.$index.nullify()),*)
            }
        }

        impl<$($part: SqlType),*> RowSource for fields!(@ [$($row)*] $($part),*) {
            type Columns<N: Nullness, D: Dialect> = $name<$(Column<Derived<Self, D>, Joined<$part, N>>),*>;

            fn names() -> Names {
                Cow::Borrowed(NAMES.get(..$width).unwrap_or_default())
            }

            fn columns<N: Nullness, D: Dialect>(source: SourceId) -> <Self as RowSource>::Columns<N, D> {
                $name($(Column::new(source, $index)),*)
            }
        }
    )* };
    (@ [one] $($only:tt)*) => { $($only)* };
    (@ [tuple] $($all:tt)*) => { ($($all)*) };
}
fields! {
    /// The column of a single value.
    Field 1 [one] (A a 0);
    /// The columns of a pair.
    Fields2 2 [tuple] (A a 0 B b 1);
    /// The columns of three values.
    Fields3 3 [tuple] (A a 0 B b 1 C c 2);
    /// The columns of four values.
    Fields4 4 [tuple] (A a 0 B b 1 C c 2 E e 3);
    /// The columns of five values.
    Fields5 5 [tuple] (A a 0 B b 1 C c 2 E e 3 F f 4);
    /// The columns of six values.
    Fields6 6 [tuple] (A a 0 B b 1 C c 2 E e 3 F f 4 G g 5);
    /// The columns of seven values.
    Fields7 7 [tuple] (A a 0 B b 1 C c 2 E e 3 F f 4 G g 5 H h 6);
    /// The columns of eight values.
    Fields8 8 [tuple] (A a 0 B b 1 C c 2 E e 3 F f 4 G g 5 H h 6 I i 7);
}
