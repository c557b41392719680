//! Whole statements of the user's own text: queries with typed rows, and statements without.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::{Bounded, Fetchable, Select, Statement};
use crate::dialect::Dialect;
use crate::ir::{self, Raw, SourceId};
use crate::source::{Cte, Projection, RowSource, Scope, Source, decoder};
use crate::types::{Decoder, NotNull, Nullness};

/// A query of the user's own text with rows `R`: [`Fragment::rows`](crate::expr::Fragment::rows) makes it.
///
/// It can be run as it is, and is then sent as it is. It can be a source, too: joined, queried on by
/// [`query`](RawRows::query), named by [`cte`](RawRows::cte); its columns are then told apart by position.
///
/// Run by itself, text that begins with SELECT, VALUES, TABLE or SHOW is taken for one that only reads; all other may
/// write, INSERT … RETURNING for example.
#[must_use = "a query does nothing until it is run"]
pub struct RawRows<R, D> {
    raw: Box<Raw>,
    decoder: Decoder<R>,
    dialect: PhantomData<fn() -> D>,
}

impl<R, D> Clone for RawRows<R, D> {
    fn clone(&self) -> Self {
        RawRows { raw: self.raw.clone(), decoder: self.decoder.clone(), dialect: PhantomData }
    }
}

impl<R, D: Dialect> fmt::Debug for RawRows<R, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug::<D>(&ir::Statement::Raw(self.raw.clone()), f)
    }
}

impl<R: RowSource, D: Dialect> RawRows<R, D> {
    pub(crate) fn new(raw: Raw) -> Self
    where
        <R as RowSource>::Columns<NotNull, D>: Projection<D, Row = R>,
    {
        RawRows {
            raw: Box::new(raw),
            decoder: decoder::<<R as RowSource>::Columns<NotNull, D>, D>(),
            dialect: PhantomData,
        }
    }

    /// A query on its rows: filters, joins, sorts. The text stands in it as a subquery, so it can only read.
    pub fn query(&self) -> Select<<R as RowSource>::Columns<NotNull, D>, R, D>
    where
        <R as RowSource>::Columns<NotNull, D>: Scope + Projection<D, Row = R>,
    {
        Select::from_source(self)
    }

    /// The query as a common table expression.
    pub fn cte(self, name: impl Into<Cow<'static, str>>) -> Cte<R, D> {
        Cte::of_raw(name.into(), self.raw)
    }
}

impl<R: RowSource, D: Dialect> Source for RawRows<R, D> {
    type Dialect = D;
    type Columns<N: Nullness> = <R as RowSource>::Columns<N, D>;

    fn relation(&self) -> ir::Relation {
        ir::Relation::Raw { query: self.raw.clone(), columns: R::names() }
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        <R as RowSource>::columns(source)
    }
}

impl<R: Send, D: Dialect> Statement for RawRows<R, D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        ir::Statement::Raw(self.raw)
    }
}

impl<R: Send + 'static, D: Dialect> Fetchable for RawRows<R, D> {
    type Row = R;

    fn decoder(&self) -> Decoder<R> {
        self.decoder.clone()
    }
}

/// A statement of the user's own text: [`Fragment::statement`](crate::expr::Fragment::statement) makes it.
///
/// It is one statement; `execute` says how many rows it changed. A script of several is `raw_script`'s matter, and
/// BEGIN and its kin are the transaction's.
#[must_use = "a statement does nothing until it is run"]
pub struct RawStatement<D> {
    raw: Box<Raw>,
    dialect: PhantomData<fn() -> D>,
}

impl<D> RawStatement<D> {
    pub(crate) fn new(raw: Raw) -> Self {
        RawStatement { raw: Box::new(raw), dialect: PhantomData }
    }
}

impl<D> Clone for RawStatement<D> {
    fn clone(&self) -> Self {
        RawStatement { raw: self.raw.clone(), dialect: PhantomData }
    }
}

impl<D: Dialect> fmt::Debug for RawStatement<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug::<D>(&ir::Statement::Raw(self.raw.clone()), f)
    }
}

impl<D: Dialect> Statement for RawStatement<D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        ir::Statement::Raw(self.raw)
    }
}
