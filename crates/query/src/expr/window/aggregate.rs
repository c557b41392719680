//! Aggregates over a window. In a grouped query their argument may be an aggregate itself.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::{NamedWindow, Window, WindowFunction};
use crate::dialect::{
    Covers, Dialect, HasArrays, HasBitAggregates, HasBitXorOver, HasDecimal, HasJsonAggOver, HasRegression,
    HasStatistics, HasStringAggOver, Meet, Met, Portable,
};
use crate::expr::json::json_value;
use crate::expr::{Base, Boolean, DialectOf, Expr, Expression, JsonElement, Ordered, TypeOf};
use crate::ir::{self, AggregateFunction, Constant};
use crate::types::{Collected, Integral, IsText, Joined, Json, Nullable, SqlType, Summable, Type};

/// An aggregate without its window: an expression after [`over`](WindowAggregate::over).
#[must_use = "an aggregate of a window is an expression after `.over(..)`"]
pub struct WindowAggregate<T, D>(WindowFunction<T, D>);

impl<T, D> Clone for WindowAggregate<T, D> {
    fn clone(&self) -> Self {
        WindowAggregate(self.0.clone())
    }
}

impl<T: SqlType, D: Dialect> WindowAggregate<T, D> {
    fn new(function: AggregateFunction, arguments: Vec<ir::Node>, ty: &'static Type) -> Self {
        WindowAggregate(WindowFunction::new(function, arguments, ty))
    }

    /// FILTER: of those rows of the window for which this holds.
    pub fn filter<E: Expression<Type: Boolean>>(self, condition: E) -> WindowAggregate<T, Met<D, E::Dialect>>
    where
        D: Meet<E::Dialect>,
    {
        let WindowFunction { mut ir, .. } = self.0;
        let condition = condition.into_ir();
        ir.filter = Some(match ir.filter.take() {
            Some(before) => ir::Node::All(vec![before, condition]),
            None => condition,
        });
        WindowAggregate(WindowFunction { ir, types: PhantomData })
    }

    /// `OVER (…)`: the rows it sees.
    pub fn over<D2: Dialect>(self, f: impl FnOnce(Window<Portable>) -> Window<D2>) -> Expr<T, Met<D, D2>>
    where
        D: Meet<D2>,
    {
        self.0.over(f)
    }

    /// `OVER name`: the rows of a window that several functions see.
    pub fn over_named<D2: Dialect>(self, window: &NamedWindow<D2>) -> Expr<T, Met<D, D2>>
    where
        D: Meet<D2>,
    {
        self.0.over_named(window)
    }
}

/// `count(*)` over a window.
pub fn count() -> WindowAggregate<i64, Portable> {
    WindowAggregate::new(AggregateFunction::Count, Vec::new(), i64::SQL_TYPE)
}

/// `count(x)` over a window: how many rows where it is not NULL.
pub fn count_of<E: Expression>(x: E) -> WindowAggregate<i64, DialectOf<E>> {
    WindowAggregate::new(AggregateFunction::Count, vec![x.into_ir()], i64::SQL_TYPE)
}

/// `sum(x)` over a window. NULL of no rows.
pub fn sum<E: Expression>(x: E) -> WindowAggregate<Option<<Base<E> as Summable<DialectOf<E>>>::Sum>, DialectOf<E>>
where
    Base<E>: Summable<DialectOf<E>>,
{
    let ty = <Base<E> as Summable<DialectOf<E>>>::Sum::SQL_TYPE;
    WindowAggregate::new(AggregateFunction::Sum, vec![x.into_ir()], ty)
}

/// `avg(x)` over a window, in floating point. NULL of no rows.
pub fn avg<E: Expression>(x: E) -> WindowAggregate<Option<f64>, DialectOf<E>>
where
    Base<E>: Summable<DialectOf<E>>,
{
    WindowAggregate::new(AggregateFunction::Avg, vec![x.into_ir()], f64::SQL_TYPE)
}

/// `avg(x)` over a window, of decimals or integers, exact as far as the database divides. NULL of no rows.
pub fn avg_decimal<E: Expression>(x: E) -> WindowAggregate<Option<rust_decimal::Decimal>, DialectOf<E>>
where
    Base<E>: Summable<DialectOf<E>>,
    DialectOf<E>: HasDecimal,
{
    WindowAggregate::new(AggregateFunction::Avg, vec![x.into_ir()], rust_decimal::Decimal::SQL_TYPE)
}

macro_rules! extremes {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression>(x: E) -> WindowAggregate<Joined<E::Type, Nullable>, DialectOf<E>>
        where
            Base<E>: Ordered<DialectOf<E>>,
        {
            let ty = x.sql_type();
            WindowAggregate::new(AggregateFunction::$function, vec![x.into_ir()], ty)
        }
    )* };
}
extremes! {
    /// `min(x)` over a window. NULL of no rows.
    min Min;
    /// `max(x)` over a window. NULL of no rows.
    max Max;
}

macro_rules! truths {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression<Type: Boolean>>(x: E) -> WindowAggregate<Option<bool>, DialectOf<E>> {
            WindowAggregate::new(AggregateFunction::$function, vec![x.into_ir()], bool::SQL_TYPE)
        }
    )* };
}
truths! {
    /// `bool_and(x)` over a window: whether it holds for every row where it is not NULL. NULL of no rows.
    every Every;
    /// `bool_or(x)` over a window: whether it holds for some row. NULL of no rows.
    some Some;
}

macro_rules! statistics {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression>(x: E) -> WindowAggregate<Option<f64>, DialectOf<E>>
        where
            Base<E>: Summable<DialectOf<E>>,
            DialectOf<E>: HasStatistics,
        {
            WindowAggregate::new(AggregateFunction::$function, vec![x.into_ir()], f64::SQL_TYPE)
        }
    )* };
}
statistics! {
    /// `stddev_pop(x)` over a window: the standard deviation of all there is. NULL of no rows.
    stddev_pop StddevPop;
    /// `stddev_samp(x)` over a window: the standard deviation estimated from a sample. NULL of fewer than two rows.
    stddev_samp StddevSamp;
    /// `var_pop(x)` over a window: the variance of all there is. NULL of no rows.
    var_pop VarPop;
    /// `var_samp(x)` over a window: the variance estimated from a sample. NULL of fewer than two rows.
    var_samp VarSamp;
}

macro_rules! regressions {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<Y: Expression, X: Expression<Dialect: Covers<DialectOf<Y>>>>(
            y: Y,
            x: X,
        ) -> WindowAggregate<Option<f64>, DialectOf<Y>>
        where
            Base<Y>: Summable<DialectOf<Y>>,
            Base<X>: Summable<DialectOf<Y>>,
            DialectOf<Y>: HasRegression,
        {
            WindowAggregate::new(AggregateFunction::$function, vec![y.into_ir(), x.into_ir()], f64::SQL_TYPE)
        }
    )* };
}
regressions! {
    /// `corr(y, x)` over a window: the coefficient of correlation. NULL of no rows.
    corr Corr;
    /// `covar_pop(y, x)` over a window: the covariance of all there is. NULL of no rows.
    covar_pop CovarPop;
    /// `covar_samp(y, x)` over a window: the covariance estimated from a sample. NULL of fewer than two rows.
    covar_samp CovarSamp;
    /// `regr_slope(y, x)` over a window: the slope of the line that fits best. NULL of no rows.
    regr_slope RegrSlope;
}

macro_rules! bits {
    ($($(#[$doc:meta])* $name:ident $function:ident $needs:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression>(x: E) -> WindowAggregate<Option<i64>, DialectOf<E>>
        where
            Base<E>: Integral,
            DialectOf<E>: $needs,
        {
            WindowAggregate::new(AggregateFunction::$function, vec![x.into_ir()], i64::SQL_TYPE)
        }
    )* };
}
bits! {
    /// `bit_and(x)` over a window: the bits that are set in all values. NULL of no rows.
    bit_and BitAnd HasBitAggregates;
    /// `bit_or(x)` over a window: the bits that are set in some value. NULL of no rows.
    bit_or BitOr HasBitAggregates;
    /// `bit_xor(x)` over a window: the bits that are set in an odd number of values. NULL of no rows.
    bit_xor BitXor HasBitXorOver;
}

/// `string_agg(x, separator)` over a window, in the order of the window. NULL of no rows.
pub fn string_agg<E: Expression<Type: IsText>>(
    x: E,
    separator: &'static str,
) -> WindowAggregate<Option<String>, DialectOf<E>>
where
    DialectOf<E>: HasStringAggOver,
{
    let arguments = vec![x.into_ir(), ir::Node::Constant(Constant::Text(separator.into()))];
    WindowAggregate::new(AggregateFunction::StringAgg, arguments, String::SQL_TYPE)
}

/// `array_agg(x)` over a window, in the order of the window. NULL of no rows.
pub fn array_agg<E: Expression<Type: Collected>>(
    x: E,
) -> WindowAggregate<Option<<TypeOf<E> as Collected>::Array>, DialectOf<E>>
where
    DialectOf<E>: HasArrays,
{
    WindowAggregate::new(AggregateFunction::ArrayAgg, vec![x.into_ir()], <TypeOf<E> as Collected>::Array::SQL_TYPE)
}

/// `jsonb_agg(x)`, `json_arrayagg(x)` over a window, in the order of the window. NULL of no rows.
pub fn json_agg<E: Expression<Type: JsonElement>>(
    x: E,
) -> WindowAggregate<Option<Json<Vec<<TypeOf<E> as JsonElement>::Element>>>, DialectOf<E>>
where
    DialectOf<E>: HasJsonAggOver,
{
    let ty = Json::<Vec<<TypeOf<E> as JsonElement>::Element>>::SQL_TYPE;
    WindowAggregate::new(AggregateFunction::JsonAgg, vec![json_value::<E::Type>(x.into_ir())], ty)
}

/// `jsonb_object_agg(key, value)`, `json_objectagg(key, value)` over a window: of keys that are the same, the value of
/// the last. NULL of no rows.
pub fn json_object_agg<K, E>(
    key: K,
    value: E,
) -> WindowAggregate<Option<Json<BTreeMap<String, <TypeOf<E> as JsonElement>::Element>>>, DialectOf<E>>
where
    K: Expression<Type = String, Dialect: Covers<DialectOf<E>>>,
    E: Expression<Type: JsonElement>,
    DialectOf<E>: HasJsonAggOver,
{
    let ty = Json::<BTreeMap<String, <TypeOf<E> as JsonElement>::Element>>::SQL_TYPE;
    let arguments = vec![key.into_ir(), json_value::<E::Type>(value.into_ir())];
    WindowAggregate::new(AggregateFunction::JsonObjectAgg, arguments, ty)
}
