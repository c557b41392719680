//! Aggregates of statistics: deviations, regression, bits, percentiles and the mode.

use super::Group;
use crate::dialect::{Covers, Dialect, HasBitAggregates, HasRegression, HasStatistics, HasWithinGroup};
use crate::expr::operand::bind;
use crate::expr::{Base, Expr, Expression, Operand, Ordered};
use crate::ir::{self, AggregateFunction, Direction};
use crate::types::{Integral, SqlType, Summable, Type};

macro_rules! of_one {
    ($needs:ident: $($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<Option<f64>, D>
        where
            Base<E>: Summable<D>,
            D: $needs,
        {
            self.of(AggregateFunction::$function, f, false, f64::SQL_TYPE)
        }
    )* };
}

macro_rules! of_bits {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<Option<i64>, D>
        where
            Base<E>: Integral,
            D: HasBitAggregates,
        {
            self.of(AggregateFunction::$function, f, false, i64::SQL_TYPE)
        }
    )* };
}

macro_rules! of_two {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<Y, X>(&self, y: impl FnOnce(H) -> Y, x: impl FnOnce(H) -> X) -> Expr<Option<f64>, D>
        where
            Y: Expression<Dialect: Covers<D>>,
            X: Expression<Dialect: Covers<D>>,
            Base<Y>: Summable<D>,
            Base<X>: Summable<D>,
            D: HasRegression,
        {
            let arguments = vec![y(self.scope.clone()).into_ir(), x(self.scope.clone()).into_ir()];
            self.aggregate(AggregateFunction::$function, arguments, false, f64::SQL_TYPE)
        }
    )* };
}

macro_rules! hypothetical {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $out:ty;)*) => { $(
        $(#[$doc])*
        ///
        /// By `Direction::Descending` the greatest value is the first.
        pub fn $name<V, E>(&self, value: V, direction: Direction, f: impl FnOnce(H) -> E) -> Expr<$out, D>
        where
            V: Operand<Base<E>, Dialect: Covers<D>>,
            E: Expression<Dialect: Covers<D>>,
            Base<E>: Ordered<D>,
            D: HasWithinGroup,
        {
            let x = f(self.scope.clone());
            let arguments = vec![value.operand(x.sql_type())];
            self.within_order(AggregateFunction::$function, arguments, direction, x.into_ir(), <$out>::SQL_TYPE)
        }
    )* };
}

impl<H: Clone, D: Dialect> Group<H, D> {
    of_one! { HasStatistics:
        /// `stddev_pop(x)`: the standard deviation of all there is. NULL of no rows.
        stddev_pop StddevPop;
        /// `stddev_samp(x)`: the standard deviation estimated from a sample. NULL of fewer than two rows.
        stddev_samp StddevSamp;
        /// `var_pop(x)`: the variance of all there is. NULL of no rows.
        var_pop VarPop;
        /// `var_samp(x)`: the variance estimated from a sample. NULL of fewer than two rows.
        var_samp VarSamp;
    }

    of_two! {
        /// `corr(y, x)`: the coefficient of correlation. NULL of no rows.
        corr Corr;
        /// `covar_pop(y, x)`: the covariance of all there is. NULL of no rows.
        covar_pop CovarPop;
        /// `covar_samp(y, x)`: the covariance estimated from a sample. NULL of fewer than two rows.
        covar_samp CovarSamp;
        /// `regr_slope(y, x)`: the slope of the line that fits best. NULL of no rows.
        regr_slope RegrSlope;
        /// `regr_intercept(y, x)`: where the line that fits best meets the y axis. NULL of no rows.
        regr_intercept RegrIntercept;
        /// `regr_r2(y, x)`: the square of the coefficient of correlation. NULL of no rows.
        regr_r2 RegrR2;
    }

    of_bits! {
        /// `bit_and(x)`: the bits that are set in all values. NULL of no rows.
        bit_and BitAnd;
        /// `bit_or(x)`: the bits that are set in some value. NULL of no rows.
        bit_or BitOr;
        /// `bit_xor(x)`: the bits that are set in an odd number of values. NULL of no rows.
        bit_xor BitXor;
    }

    /// `percentile_cont(fraction) WITHIN GROUP (ORDER BY x)`: the value below which that part of the rows is, between
    /// two of them where it falls there. NULL of no rows.
    ///
    /// A fraction outside of 0 to 1 is an error of the database.
    pub fn percentile_cont<E: Expression<Dialect: Covers<D>>>(
        &self,
        fraction: f64,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<f64>, D>
    where
        Base<E>: Summable<D>,
        D: HasWithinGroup,
    {
        let order_by = f(self.scope.clone()).into_ir();
        let arguments = vec![bind(fraction, f64::SQL_TYPE)];
        self.within(AggregateFunction::PercentileCont, arguments, order_by, f64::SQL_TYPE)
    }

    /// `percentile_disc(fraction) WITHIN GROUP (ORDER BY x)`: the first value that at least that part of the rows
    /// does not exceed. NULL of no rows.
    ///
    /// A fraction outside of 0 to 1 is an error of the database.
    pub fn percentile_disc<E: Expression<Dialect: Covers<D>>>(
        &self,
        fraction: f64,
        f: impl FnOnce(H) -> E,
    ) -> Expr<Option<Base<E>>, D>
    where
        Base<E>: Ordered<D>,
        D: HasWithinGroup,
    {
        let order_by = f(self.scope.clone()).into_ir();
        let arguments = vec![bind(fraction, f64::SQL_TYPE)];
        self.within(AggregateFunction::PercentileDisc, arguments, order_by, Base::<E>::SQL_TYPE)
    }

    /// `mode() WITHIN GROUP (ORDER BY x)`: the value that is there most often, of several the least. NULL of no rows.
    pub fn mode<E: Expression<Dialect: Covers<D>>>(&self, f: impl FnOnce(H) -> E) -> Expr<Option<Base<E>>, D>
    where
        Base<E>: Ordered<D>,
        D: HasWithinGroup,
    {
        let order_by = f(self.scope.clone()).into_ir();
        self.within(AggregateFunction::Mode, Vec::new(), order_by, Base::<E>::SQL_TYPE)
    }

    hypothetical! {
        /// `rank(value) WITHIN GROUP (ORDER BY x)`: the place that a further row with this value would have among the
        /// rows, from 1, with gaps behind rows that are equal. Of no rows it is 1.
        rank_of HypotheticalRank -> i64;
        /// `dense_rank(value) WITHIN GROUP (ORDER BY x)`: as [`rank_of`](Group::rank_of), without gaps.
        dense_rank_of HypotheticalDenseRank -> i64;
        /// `percent_rank(value) WITHIN GROUP (ORDER BY x)`: the part of the rows that a further one with this value
        /// would be behind, from 0 to 1. Of no rows it is 0.
        percent_rank_of HypotheticalPercentRank -> f64;
        /// `cume_dist(value) WITHIN GROUP (ORDER BY x)`: the part of the rows, a further one with this value among
        /// them, that it would be behind or equal to. Of no rows it is 1.
        cume_dist_of HypotheticalCumeDist -> f64;
    }

    /// An aggregate of the rows in the order of `expr`.
    fn within<T>(
        &self,
        function: AggregateFunction,
        arguments: Vec<ir::Node>,
        expr: ir::Node,
        ty: &'static Type,
    ) -> Expr<T, D> {
        self.within_order(function, arguments, Direction::Ascending, expr, ty)
    }

    fn within_order<T>(
        &self,
        function: AggregateFunction,
        arguments: Vec<ir::Node>,
        direction: Direction,
        expr: ir::Node,
        ty: &'static Type,
    ) -> Expr<T, D> {
        let mut group = self.clone();
        group.order_by = vec![ir::Order { expr, direction, nulls: None }];
        group.aggregate(function, arguments, false, ty)
    }
}
