//! Aggregates: what can be said of a group of rows.

mod collect;
mod statistics;

pub use collect::{DistinctGroup, SortedGroup};

use std::marker::PhantomData;

use super::{Base, Boolean, Expr, Expression, Ordered};
use crate::dialect::{Covers, Dialect};
use crate::ir::{self, AggregateFunction};
use crate::types::{Averaged, SqlType, Summable, Type};

/// The rows of one group. Its methods are the aggregates; closures get the columns of a single row.
pub struct Group<H, D> {
    scope: H,
    filter: Option<ir::Node>,
    distinct: bool,
    order_by: Vec<ir::Order>,
    dialect: PhantomData<fn() -> D>,
}

impl<H: Clone, D> Clone for Group<H, D> {
    fn clone(&self) -> Self {
        let (scope, filter, order_by) = (self.scope.clone(), self.filter.clone(), self.order_by.clone());
        Group { scope, filter, distinct: self.distinct, order_by, dialect: PhantomData }
    }
}

impl<H: Clone, D: Dialect> Group<H, D> {
    pub(crate) fn new(scope: H) -> Self {
        Group { scope, filter: None, distinct: false, order_by: Vec::new(), dialect: PhantomData }
    }

    /// What closures get, and the condition that the rows are filtered by.
    pub(super) fn parts(&self) -> (H, Option<ir::Node>) {
        (self.scope.clone(), self.filter.clone())
    }

    fn aggregate<T>(
        &self,
        function: AggregateFunction,
        arguments: Vec<ir::Node>,
        distinct: bool,
        ty: &'static Type,
    ) -> Expr<T, D> {
        let aggregate = ir::Aggregate {
            distinct: distinct || self.distinct,
            order_by: self.order_by.clone(),
            filter: self.filter.clone(),
            ..ir::Aggregate::new(function, arguments, ty)
        };
        Expr::from_ir(ir::Node::Aggregate(Box::new(aggregate)))
    }

    fn of<E: Expression, T>(
        &self,
        function: AggregateFunction,
        f: impl FnOnce(H) -> E,
        distinct: bool,
        ty: &'static Type,
    ) -> Expr<T, D> {
        self.aggregate(function, vec![f(self.scope.clone()).into_ir()], distinct, ty)
    }

    /// The aggregates of those rows for which this holds: `g.filter(|t| t.done).count()`. FILTER, or a CASE around
    /// what is aggregated where there is no such clause.
    #[must_use]
    pub fn filter<E: Expression<Type: Boolean, Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Self {
        let condition = f(self.scope.clone()).into_ir();
        let filter = match self.filter.clone() {
            Some(before) => ir::Node::All(vec![before, condition]),
            None => condition,
        };
        Group { filter: Some(filter), ..self.clone() }
    }

    /// `count(*)`: how many rows.
    pub fn count(&self) -> Expr<i64, D> {
        self.aggregate(AggregateFunction::Count, Vec::new(), false, i64::SQL_TYPE)
    }

    /// `count(x)`: how many rows where it is not NULL.
    pub fn count_of<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<i64, D> {
        self.of(AggregateFunction::Count, f, false, i64::SQL_TYPE)
    }

    /// How many rows the condition is true for: `count(CASE WHEN condition THEN 1 END)`, on every database.
    pub fn count_if<E: Expression<Type: Boolean, Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<i64, D> {
        let branches = vec![(f(self.scope.clone()).into_ir(), ir::Node::Constant(ir::Constant::Integer(1)))];
        let counted = ir::Node::Case(Box::new(ir::CaseNode { operand: None, branches, otherwise: None }));
        self.aggregate(AggregateFunction::Count, vec![counted], false, i64::SQL_TYPE)
    }

    /// `count(DISTINCT x)`: how many different values, NULL not among them.
    pub fn count_distinct<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<i64, D> {
        self.of(AggregateFunction::Count, f, true, i64::SQL_TYPE)
    }

    /// `sum(x)`, wide enough not to overflow: `i64` for small integers, `Decimal` for `i64`. NULL of no rows.
    pub fn sum<E: Expression<Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<<Base<E> as Summable<D>>::Sum>, D>
    where
        Base<E>: Summable<D>,
    {
        self.of(AggregateFunction::Sum, f, false, <Base<E> as Summable<D>>::Sum::SQL_TYPE)
    }

    /// `avg(x)` in floating point. NULL of no rows.
    pub fn avg<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<Option<f64>, D>
    where
        Base<E>: Summable<D>,
    {
        self.of(AggregateFunction::Avg, f, false, f64::SQL_TYPE)
    }

    /// `avg(x)` of decimals or integers, exact as far as the database divides. NULL of no rows.
    pub fn avg_decimal<E: Expression<Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<<Base<E> as Averaged<D>>::Average>, D>
    where
        Base<E>: Averaged<D>,
    {
        self.of(AggregateFunction::Avg, f, false, <Base<E> as Averaged<D>>::Average::SQL_TYPE)
    }

    /// `min(x)`; NULL of no rows.
    pub fn min<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<Option<Base<E>>, D>
    where
        Base<E>: Ordered<D>,
    {
        self.of(AggregateFunction::Min, f, false, Base::<E>::SQL_TYPE)
    }

    /// `max(x)`; NULL of no rows.
    pub fn max<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<Option<Base<E>>, D>
    where
        Base<E>: Ordered<D>,
    {
        self.of(AggregateFunction::Max, f, false, Base::<E>::SQL_TYPE)
    }

    /// `bool_and(x)`: whether it holds for every row where it is not NULL. NULL of no rows.
    pub fn every<E: Expression<Type: Boolean, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<bool>, D> {
        self.of(AggregateFunction::Every, f, false, bool::SQL_TYPE)
    }

    /// `bool_or(x)`: whether it holds for some row. NULL of no rows.
    pub fn some<E: Expression<Type: Boolean, Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<bool>, D> {
        self.of(AggregateFunction::Some, f, false, bool::SQL_TYPE)
    }
}
