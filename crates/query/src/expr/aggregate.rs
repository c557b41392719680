//! Aggregates: what can be said of a group of rows.

use std::marker::PhantomData;

use super::operand::bind;
use super::{Base, Boolean, Expr, Expression, Ordered, TypeOf};
use crate::dialect::{Covers, Dialect, HasAggregateFilter, HasDecimal};
use crate::ir::{self, AggregateFunction};
use crate::types::{IsText, SqlType, Summable, TextValue, Type};

/// The rows of one group. Its methods are the aggregates; closures get the columns of a single row.
pub struct Group<H, D> {
    scope: H,
    filter: Option<ir::Expr>,
    dialect: PhantomData<fn() -> D>,
}

impl<H: Clone, D> Clone for Group<H, D> {
    fn clone(&self) -> Self {
        Group { scope: self.scope.clone(), filter: self.filter.clone(), dialect: PhantomData }
    }
}

impl<H: Clone, D: Dialect> Group<H, D> {
    pub(crate) fn new(scope: H) -> Self {
        Group { scope, filter: None, dialect: PhantomData }
    }

    fn aggregate<T>(
        &self,
        function: AggregateFunction,
        arguments: Vec<ir::Expr>,
        distinct: bool,
        ty: &'static Type,
    ) -> Expr<T, D> {
        let (order_by, filter) = (Vec::new(), self.filter.clone());
        let aggregate = ir::Aggregate { function, arguments, distinct, order_by, filter, over: None, ty: ty.clone() };
        Expr::from_ir(ir::Expr::Aggregate(Box::new(aggregate)))
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

    /// The aggregates of those rows for which this holds: `g.filter(|t| t.done).count()`.
    #[must_use]
    pub fn filter<E: Expression<Type: Boolean, Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Self
    where
        D: HasAggregateFilter,
    {
        let condition = f(self.scope.clone()).into_ir();
        let filter = match self.filter.clone() {
            Some(before) => ir::Expr::All(vec![before, condition]),
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
    ) -> Expr<Option<rust_decimal::Decimal>, D>
    where
        Base<E>: Summable<D>,
        D: HasDecimal,
    {
        self.of(AggregateFunction::Avg, f, false, rust_decimal::Decimal::SQL_TYPE)
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

    /// `string_agg(x, separator)`: the texts one after the other, in no particular order. NULL of no rows.
    pub fn string_agg<E: Expression<Dialect: Covers<D>>>(
        &self,
        f: impl FnOnce(H) -> E,
        separator: impl TextValue,
    ) -> Expr<Option<String>, D>
    where
        TypeOf<E>: IsText,
    {
        let arguments = vec![f(self.scope.clone()).into_ir(), bind(separator.into_text(), String::SQL_TYPE)];
        self.aggregate(AggregateFunction::StringAgg, arguments, false, String::SQL_TYPE)
    }
}
