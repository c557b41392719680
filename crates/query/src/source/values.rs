//! VALUES: rows of the program as a source.

use std::marker::PhantomData;

use super::{Projection, RowSource, Scope, Source};
use crate::dialect::{Dialect, Portable};
use crate::expr::bind;
use crate::ir::{self, SourceId};
use crate::statement::Select;
use crate::types::{NotNull, Nullness, SqlType};

/// Rows of the program in FROM.
pub struct Values<R, D = Portable> {
    values: Vec<ir::Node>,
    types: PhantomData<fn() -> (R, D)>,
}

impl<R, D> Clone for Values<R, D> {
    fn clone(&self) -> Self {
        Values { values: self.values.clone(), types: PhantomData }
    }
}

/// `VALUES (…), (…)`: rows of the program, to join and select from. They are bound, so the statement is another one
/// for each number of rows: many rows are better loaded into a table, or bound as one array and
/// [unnested](super::unnest). No rows at all are an error when the statement is built.
///
/// ```
/// use relvar_query::{source::values, statement::Statement, dialect::Postgres};
///
/// let prices = values([(1i64, "one".to_owned()), (2, "two".to_owned())]);
/// assert_eq!(
///     prices.query().to_sql::<Postgres>().unwrap(),
///     r#"SELECT "listed"."c0", "listed"."c1" FROM (VALUES ($1, $2), ($3, $4)) AS "listed" ("c0", "c1")"#,
/// );
/// ```
pub fn values<R: ValueRow>(rows: impl IntoIterator<Item = R>) -> Values<R> {
    let mut values = Vec::new();
    rows.into_iter().for_each(|row| row.values(&mut values));
    Values { values, types: PhantomData }
}

impl<R: RowSource, D: Dialect> Values<R, D> {
    /// All its rows: where a query starts.
    pub fn query(&self) -> Select<<R as RowSource>::Columns<NotNull, D>, R, D>
    where
        <R as RowSource>::Columns<NotNull, D>: Scope + Projection<D, Row = R>,
    {
        Select::from_source(self)
    }
}

impl<R: RowSource, D: Dialect> Source for Values<R, D> {
    type Dialect = D;
    type Columns<N: Nullness> = <R as RowSource>::Columns<N, D>;

    fn relation(&self) -> ir::Relation {
        ir::Relation::Values { values: self.values.clone(), columns: R::names() }
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        <R as RowSource>::columns(source)
    }
}

/// A row of values: one, or a tuple of up to eight.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a row of values",
    label = "neither a value nor a tuple of values",
    note = "a row of VALUES is one value or a tuple of up to eight"
)]
pub trait ValueRow: RowSource {
    /// Appends the values.
    fn values(self, values: &mut Vec<ir::Node>);
}

impl<T: SqlType> ValueRow for T {
    fn values(self, values: &mut Vec<ir::Node>) {
        values.push(bind(self, T::SQL_TYPE));
    }
}

macro_rules! rows {
    ($(($($part:ident)*))*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$($part: SqlType),*> ValueRow for ($($part,)*) {
            fn values(self, values: &mut Vec<ir::Node>) {
                let ($($part,)*) = self;
                $($part.values(values);)*
            }
        }
    )* };
}
rows! {
    (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
}
