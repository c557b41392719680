//! Window functions: `row_number().over(|w| w.partition_by(t.user_id).order_by(t.created_at.desc()))`.

mod aggregate;
mod function;
mod keys;

pub use aggregate::{
    WindowAggregate, array_agg, avg, avg_decimal, bit_and, bit_or, bit_xor, corr, count, count_of, covar_pop,
    covar_samp, every, json_agg, json_object_agg, max, min, regr_slope, some, stddev_pop, stddev_samp, string_agg, sum,
    var_pop, var_samp,
};
pub use function::{
    cume_dist, dense_rank, first_value, lag, lag_by, lag_or, last_value, lead, lead_by, lead_or, nth_value, ntile,
    percent_rank, rank, row_number,
};
pub use keys::{WindowKeys, WindowOrders};

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{Expr, Interval};
use crate::dialect::{Dialect, HasGroupsFrame, HasIntervalFrame, Meet, Met, Portable};
use crate::ir::{self, AggregateFunction, Exclude, Frame, FrameBound, FrameUnit};
use crate::types::{SqlType, Type};

/// A window function without its window: an expression after [`over`](WindowFunction::over).
#[must_use = "a window function is an expression after `.over(..)`"]
pub struct WindowFunction<T, D> {
    ir: ir::Aggregate,
    types: PhantomData<fn() -> (T, D)>,
}

impl<T, D> Clone for WindowFunction<T, D> {
    fn clone(&self) -> Self {
        WindowFunction { ir: self.ir.clone(), types: PhantomData }
    }
}

impl<T: SqlType, D: Dialect> WindowFunction<T, D> {
    fn new(function: AggregateFunction, arguments: Vec<ir::Node>, ty: &'static Type) -> Self {
        WindowFunction { ir: ir::Aggregate::new(function, arguments, ty), types: PhantomData }
    }

    /// `OVER (…)`: the rows it sees.
    pub fn over<D2: Dialect>(mut self, f: impl FnOnce(Window<Portable>) -> Window<D2>) -> Expr<T, Met<D, D2>>
    where
        D: Meet<D2>,
    {
        self.ir.over = Some(f(Window::new(ir::Over::default())).into_ir());
        Expr::from_ir(ir::Node::Aggregate(Box::new(self.ir)))
    }

    /// `OVER name`: the rows of a window that several functions see.
    pub fn over_named<D2: Dialect>(self, window: &NamedWindow<D2>) -> Expr<T, Met<D, D2>>
    where
        D: Meet<D2>,
    {
        self.over(|_| window.window())
    }
}

/// A window: which rows a window function sees, and in what order.
pub struct Window<D> {
    ir: ir::Over,
    exclude: Option<Exclude>,
    dialect: PhantomData<fn() -> D>,
}

impl<D: Dialect> Window<D> {
    fn new(ir: ir::Over) -> Self {
        Window { ir, exclude: None, dialect: PhantomData }
    }

    fn into_ir(mut self) -> ir::Over {
        if self.exclude.is_some() {
            // what the standard has where no frame is written
            let (start, end) = (FrameBound::UnboundedPreceding, FrameBound::CurrentRow);
            let frame = self.ir.frame.unwrap_or(Frame { unit: FrameUnit::Range, start, end, exclude: None });
            self.ir.frame = Some(Frame { exclude: self.exclude, ..frame });
        }
        self.ir
    }

    /// PARTITION BY: only the rows with the same key.
    pub fn partition_by<K: WindowKeys>(mut self, keys: K) -> Window<Met<D, K::Dialect>>
    where
        D: Meet<K::Dialect>,
    {
        keys.keys(&mut self.ir.partition_by);
        Window { ir: self.ir, exclude: self.exclude, dialect: PhantomData }
    }

    /// ORDER BY
    pub fn order_by<O: WindowOrders>(mut self, orders: O) -> Window<Met<D, O::Dialect>>
    where
        D: Meet<O::Dialect>,
    {
        orders.orders(&mut self.ir.order_by);
        Window { ir: self.ir, exclude: self.exclude, dialect: PhantomData }
    }

    fn frame(mut self, unit: FrameUnit, start: FrameBound, end: FrameBound) -> Self {
        self.ir.frame = Some(Frame { unit, start, end, exclude: None });
        self
    }

    /// `ROWS BETWEEN start AND end`: counted in rows.
    #[must_use]
    pub fn rows(self, start: FrameBound, end: FrameBound) -> Self {
        self.frame(FrameUnit::Rows, start, end)
    }

    /// `RANGE BETWEEN start AND end`: counted in the values of a numeric sort key.
    #[must_use]
    pub fn range(self, start: FrameBound, end: FrameBound) -> Self {
        self.frame(FrameUnit::Range, start, end)
    }

    /// `GROUPS BETWEEN start AND end`: counted in groups of rows with equal sort keys.
    #[must_use]
    pub fn groups(self, start: FrameBound, end: FrameBound) -> Self
    where
        D: HasGroupsFrame,
    {
        self.frame(FrameUnit::Groups, start, end)
    }

    /// `RANGE BETWEEN start AND end` where the sort key is a time: counted in time before and after the current row.
    ///
    /// ```
    /// use relvar_query::expr::{Interval, window::{Window, before, within}};
    /// # use relvar_query::dialect::Postgres;
    /// # fn last_week(w: Window<Postgres>) -> Window<Postgres> {
    /// w.range_of_time(within(Interval::days(7)), within(Interval::days(0)))
    /// # }
    /// # fn week_before(w: Window<Postgres>) -> Window<Postgres> {
    /// w.range_of_time(before(Interval::days(14)), before(Interval::days(7)))
    /// # }
    /// ```
    #[must_use]
    pub fn range_of_time(self, start: TimeBound, end: TimeBound) -> Self
    where
        D: HasIntervalFrame,
    {
        let start = match start.0 {
            Reach::Unbounded => FrameBound::UnboundedPreceding,
            Reach::Within(micros) | Reach::Before(micros) => FrameBound::Preceding(micros),
            Reach::After(micros) => FrameBound::Following(micros),
        };
        let end = match end.0 {
            Reach::Unbounded => FrameBound::UnboundedFollowing,
            Reach::Within(micros) | Reach::After(micros) => FrameBound::Following(micros),
            Reach::Before(micros) => FrameBound::Preceding(micros),
        };
        self.frame(FrameUnit::RangeOfTime, start, end)
    }

    /// EXCLUDE: leaves rows out of the frame, which without one of its own goes from the first row to those that tie
    /// with the current one.
    #[must_use]
    pub fn exclude(mut self, exclude: Exclude) -> Self
    where
        D: HasGroupsFrame,
    {
        self.exclude = Some(exclude);
        self
    }
}

/// Where the time that a window sees starts or ends: made by [`within`], [`before`], [`after`] and [`without_end`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeBound(Reach);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Within(u64),
    Before(u64),
    After(u64),
    Unbounded,
}

/// So much time before the current row for a start, and so much after it for an end.
pub fn within(time: Interval) -> TimeBound {
    TimeBound(Reach::Within(time.micros().unsigned_abs()))
}

/// So much time before the current row.
pub fn before(time: Interval) -> TimeBound {
    TimeBound(Reach::Before(time.micros().unsigned_abs()))
}

/// So much time after the current row.
pub fn after(time: Interval) -> TimeBound {
    TimeBound(Reach::After(time.micros().unsigned_abs()))
}

/// All time there is.
pub fn without_end() -> TimeBound {
    TimeBound(Reach::Unbounded)
}

/// A window with a name: `WINDOW name AS (…)`. Using it puts it in the clause.
///
/// ```
/// use relvar_query::expr::window::{self, NamedWindow};
///
/// let everything = window::named("everything", |w| w);
/// let number = window::row_number().over_named(&everything);
/// let share = window::cume_dist().over(|_| everything.window());
/// ```
pub struct NamedWindow<D> {
    ir: Arc<ir::NamedWindow>,
    dialect: PhantomData<fn() -> D>,
}

impl<D> Clone for NamedWindow<D> {
    fn clone(&self) -> Self {
        NamedWindow { ir: self.ir.clone(), dialect: PhantomData }
    }
}

/// Gives a window a name, so that it is written once however many functions see it.
pub fn named<D: Dialect>(
    name: impl Into<Cow<'static, str>>,
    f: impl FnOnce(Window<Portable>) -> Window<D>,
) -> NamedWindow<D> {
    let window = f(Window::new(ir::Over::default())).into_ir();
    NamedWindow { ir: Arc::new(ir::NamedWindow { name: name.into(), window }), dialect: PhantomData }
}

impl<D: Dialect> NamedWindow<D> {
    /// A window that extends this one: by an order if it has none, and by a frame if it has none.
    pub fn window(&self) -> Window<D> {
        Window::new(ir::Over { base: Some(self.ir.clone()), ..ir::Over::default() })
    }
}
