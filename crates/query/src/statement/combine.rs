//! UNION, INTERSECT and EXCEPT.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use super::{Bounded, Fetchable, Select, Statement};
use crate::dialect::{Dialect, HasSetAll, Meet, Met};
use crate::ir::{self, Compound, Relation, SetOperator, SourceId};
use crate::source::{Cte, DerivedTable, Projection, RowSource, Scope};
use crate::types::{Decoder, NotNull};

/// Queries combined by UNION, INTERSECT or EXCEPT: a source of rows like any other.
///
/// It can be run as it is; `.query()` filters, sorts and limits what came out.
#[must_use = "a statement does nothing until it is run"]
pub struct Combined<R, D> {
    ir: Box<ir::Select>,
    decoder: Decoder<R>,
    dialect: PhantomData<fn() -> D>,
}

impl<R, D> Clone for Combined<R, D> {
    fn clone(&self) -> Self {
        Combined { ir: self.ir.clone(), decoder: self.decoder.clone(), dialect: PhantomData }
    }
}

impl<R, D: Dialect> fmt::Debug for Combined<R, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::debug::<D>(&ir::Statement::Select(self.ir.clone()), f)
    }
}

/// What can be a branch of a set operation: a query, or queries combined already.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be combined with a query for rows of type `{R}`",
    label = "does not give rows of type `{R}`",
    note = "all branches of a set operation give rows of the same type; `.nullable()` makes a column nullable"
)]
pub trait Branch<R> {
    /// The databases it may run on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn into_branch(self) -> Box<ir::Select>;
}

impl<H, R, D: Dialect> Branch<R> for Select<H, R, D> {
    type Dialect = D;

    fn into_branch(self) -> Box<ir::Select> {
        self.into_select()
    }
}

impl<R, D: Dialect> Branch<R> for Combined<R, D> {
    type Dialect = D;

    fn into_branch(self) -> Box<ir::Select> {
        self.ir
    }
}

/// What can stand in EXISTS and behind IN: a query, or queries combined, which see the columns of the query around them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a subquery of rows `{R}`",
    label = "not a query",
    note = "a table is queried by `.query()`; what has run gives values: `in_list(..)`"
)]
pub trait Subquery<R> {
    /// The databases it may run on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn into_subquery(self) -> Box<ir::Select>;
}

impl<H, R, D: Dialect> Subquery<R> for Select<H, R, D> {
    type Dialect = D;

    fn into_subquery(self) -> Box<ir::Select> {
        self.into_select()
    }
}

impl<R, D: Dialect> Subquery<R> for Combined<R, D> {
    type Dialect = D;

    fn into_subquery(self) -> Box<ir::Select> {
        self.ir
    }
}

/// A branch without order, limits or branches of its own: what has them becomes a derived table.
fn plain<R: RowSource>(select: Box<ir::Select>) -> ir::Select {
    let ends = select.limit.is_some() || select.further.offset.is_some() || !select.order_by.is_empty();
    if !ends && select.further.compound.is_none() && select.further.lock.is_none() {
        return *select;
    }
    let source = SourceId::fresh();
    let relation = Relation::Derived { query: select, columns: R::names(), lateral: false };
    *ir::Select::all(relation, source)
}

/// The first select with one more branch.
fn combine<R: RowSource>(first: Box<ir::Select>, operator: SetOperator, branch: Box<ir::Select>) -> Box<ir::Select> {
    let branch = plain::<R>(branch);
    let ends = first.limit.is_some() || first.further.offset.is_some() || !first.order_by.is_empty();
    let extends = matches!(&first.further.compound, Some(compound) if compound.operator == operator && !ends);
    let mut first = if extends { first } else { Box::new(plain::<R>(first)) };
    match &mut first.further.compound {
        Some(compound) => compound.branches.push(branch),
        None => first.further.compound = Some(Compound { operator, branches: vec![branch] }),
    }
    first
}

macro_rules! operators {
    ($($(#[$doc:meta])* $method:ident $operator:ident $($needs:ident)?;)*) => { $(
        $(#[$doc])*
        pub fn $method<B: Branch<R>>(self, other: B) -> Combined<R, Met<D, B::Dialect>>
        where
            D: Meet<B::Dialect>,
            R: RowSource,
            $(Met<D, B::Dialect>: $needs,)?
        {
            let decoder = self.decoder();
            let ir = combine::<R>(self.into_branch(), SetOperator::$operator, other.into_branch());
            Combined { ir, decoder, dialect: PhantomData }
        }
    )* };
}

impl<H: Send, R: Send, D: Dialect> Select<H, R, D> {
    operators! {
        /// UNION: the rows of both, none twice.
        union Union;
        /// UNION ALL: the rows of both.
        union_all UnionAll;
        /// INTERSECT: the rows that both have, none twice.
        intersect Intersect;
        /// EXCEPT: the rows that `other` does not have, none twice.
        except Except;
        /// INTERSECT ALL: the rows that both have, as often as the one that has them less often.
        intersect_all IntersectAll HasSetAll;
        /// EXCEPT ALL: the rows that `self` has more often, as often as it does.
        except_all ExceptAll HasSetAll;
    }
}

impl<R: Send, D: Dialect> Combined<R, D> {
    operators! {
        /// UNION: the rows of both, none twice.
        union Union;
        /// UNION ALL: the rows of both.
        union_all UnionAll;
        /// INTERSECT: the rows that both have, none twice.
        intersect Intersect;
        /// EXCEPT: the rows that `other` does not have, none twice.
        except Except;
        /// INTERSECT ALL: the rows that both have, as often as the one that has them less often.
        intersect_all IntersectAll HasSetAll;
        /// EXCEPT ALL: the rows that `self` has more often, as often as it does.
        except_all ExceptAll HasSetAll;
    }
}

impl<R: RowSource, D: Dialect> Combined<R, D> {
    /// A query on what came out: filters, sorts, limits.
    pub fn query(self) -> Select<<R as RowSource>::Columns<NotNull, D>, R, D>
    where
        <R as RowSource>::Columns<NotNull, D>: Scope + Projection<D, Row = R>,
    {
        Select::from_source(&self.derived())
    }

    /// What came out as a source, to be joined.
    pub fn derived(self) -> DerivedTable<R, D> {
        DerivedTable::new(self.ir)
    }

    /// What came out as a common table expression.
    pub fn cte(self, name: impl Into<Cow<'static, str>>) -> Cte<R, D> {
        Cte::of_select(name.into(), self.ir)
    }
}

impl<R: Send, D: Dialect> Statement for Combined<R, D> {
    type Dialect = D;
    type Reach = Bounded;

    fn into_ir(self) -> ir::Statement {
        ir::Statement::Select(self.ir)
    }
}

impl<R: Send + 'static, D: Dialect> Fetchable for Combined<R, D> {
    type Row = R;

    fn decoder(&self) -> Decoder<R> {
        self.decoder.clone()
    }
}
