//! How a table in FROM is read: TABLESAMPLE, and index hints.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::{IndexHandle, Projection, Scope, Source, Table, TableSource};
use crate::dialect::{Dialect, HasIndexHints, HasTableSample};
use crate::expr::Origin;
use crate::ir::{self, Argument, IndexHint, Ref, SampleMethod, SourceId};
use crate::statement::Select;
use crate::types::{NotNull, Nullness, SqlType};
use crate::value::Value;

/// A table of which a part is read, or by certain indexes: a source like the table.
pub struct Scan<T: Origin, D = <T as Origin>::Dialect> {
    relation: ir::Relation,
    table: PhantomData<fn() -> (T, D)>,
}

impl<T: Origin, D> Clone for Scan<T, D> {
    fn clone(&self) -> Self {
        Scan { relation: self.relation.clone(), table: PhantomData }
    }
}

impl<T: Table, D: Dialect> TableSource<T, D> {
    /// TABLESAMPLE: a part of the table by chance, of about so many per cent of its rows, chosen before any filter.
    /// A number outside of 0 to 100 is an error of the database.
    pub fn sample(self, method: SampleMethod, percent: f64) -> Scan<T, D>
    where
        D: HasTableSample,
    {
        Self::sampled(method, percent, None)
    }

    /// TABLESAMPLE … REPEATABLE: as [`sample`](TableSource::sample); the same seed chooses the same part as long as the
    /// table is not changed.
    pub fn sample_repeatable(self, method: SampleMethod, percent: f64, seed: f64) -> Scan<T, D>
    where
        D: HasTableSample,
    {
        Self::sampled(method, percent, Some(seed))
    }

    fn sampled(method: SampleMethod, percent: f64, seed: Option<f64>) -> Scan<T, D> {
        let number = |number| Argument::new(Value::F64(number), f64::SQL_TYPE);
        let (percent, seed) = (number(percent), seed.map(number));
        let sample = ir::Sample { table: Ref::Static(T::TABLE), method, percent, seed };
        Scan { relation: ir::Relation::Sample(Box::new(sample)), table: PhantomData }
    }

    fn hinted(hint: IndexHint, indexes: impl IntoIterator<Item = IndexHandle<T>>) -> Scan<T, D> {
        let indexes = indexes.into_iter().map(|index| Cow::Borrowed(index.name())).collect();
        let relation = ir::Relation::Hinted { table: Ref::Static(T::TABLE), hint, indexes };
        Scan { relation, table: PhantomData }
    }

    /// USE INDEX: reads the table by one of these indexes, or by none.
    pub fn use_index(self, indexes: impl IntoIterator<Item = IndexHandle<T>>) -> Scan<T, D>
    where
        D: HasIndexHints,
    {
        Self::hinted(IndexHint::Use, indexes)
    }

    /// FORCE INDEX: reads the table by one of these indexes wherever that is possible at all.
    pub fn force_index(self, indexes: impl IntoIterator<Item = IndexHandle<T>>) -> Scan<T, D>
    where
        D: HasIndexHints,
    {
        Self::hinted(IndexHint::Force, indexes)
    }

    /// IGNORE INDEX: reads the table by none of these indexes.
    pub fn ignore_index(self, indexes: impl IntoIterator<Item = IndexHandle<T>>) -> Scan<T, D>
    where
        D: HasIndexHints,
    {
        Self::hinted(IndexHint::Ignore, indexes)
    }
}

impl<T: Table, D: Dialect> Scan<T, D> {
    /// Its rows: where a query starts.
    pub fn query(&self) -> Select<<T as Table>::Columns<NotNull>, T, D>
    where
        <T as Table>::Columns<NotNull>: Scope + Projection<D, Row = T>,
    {
        Select::from_source(self)
    }
}

impl<T: Table, D: Dialect> Source for Scan<T, D> {
    type Dialect = D;
    type Columns<N: Nullness> = <T as Table>::Columns<N>;

    fn relation(&self) -> ir::Relation {
        self.relation.clone()
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        <T as Table>::columns(source)
    }
}
