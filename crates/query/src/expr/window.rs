//! Window functions: `row_number().over(|w| w.partition_by(t.user_id).order_by(t.created_at.desc()))`.

use std::marker::PhantomData;

use super::{Base, Column, DialectOf, Expr, Expression, Order, Ordered, Origin};
use crate::dialect::{Dialect, HasGroupsFrame, Meet, Met, Portable};
use crate::ir::{self, AggregateFunction, Exclude, Frame, FrameBound, FrameUnit};
use crate::types::{Joined, Nullable, SqlType, Summable, Type};

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
        let (order_by, filter, over) = (Vec::new(), None, None);
        let ir = ir::Aggregate { function, arguments, distinct: false, order_by, filter, over, ty: ty.clone() };
        WindowFunction { ir, types: PhantomData }
    }

    /// `OVER (…)`: the rows it sees.
    pub fn over<D2: Dialect>(mut self, f: impl FnOnce(Window<Portable>) -> Window<D2>) -> Expr<T, Met<D, D2>>
    where
        D: Meet<D2>,
    {
        self.ir.over = Some(f(Window { ir: ir::Over::default(), dialect: PhantomData }).ir);
        Expr::from_ir(ir::Node::Aggregate(Box::new(self.ir)))
    }
}

/// A window: which rows a window function sees, and in what order.
pub struct Window<D> {
    ir: ir::Over,
    dialect: PhantomData<fn() -> D>,
}

impl<D: Dialect> Window<D> {
    /// PARTITION BY: only the rows with the same key.
    pub fn partition_by<K: WindowKeys>(mut self, keys: K) -> Window<Met<D, K::Dialect>>
    where
        D: Meet<K::Dialect>,
    {
        keys.keys(&mut self.ir.partition_by);
        Window { ir: self.ir, dialect: PhantomData }
    }

    /// ORDER BY
    pub fn order_by<O: WindowOrders>(mut self, orders: O) -> Window<Met<D, O::Dialect>>
    where
        D: Meet<O::Dialect>,
    {
        orders.orders(&mut self.ir.order_by);
        Window { ir: self.ir, dialect: PhantomData }
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

    /// EXCLUDE: leaves rows out of the frame. Without a frame it does nothing.
    #[must_use]
    pub fn exclude(mut self, exclude: Exclude) -> Self
    where
        D: HasGroupsFrame,
    {
        if let Some(frame) = &mut self.ir.frame {
            frame.exclude = Some(exclude);
        }
        self
    }
}

/// What PARTITION BY takes: a column, an expression, or a tuple of these.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a key to partition by", label = "not a column or expression")]
pub trait WindowKeys {
    /// The databases they exist on.
    type Dialect: Dialect;

    /// Appends the keys.
    fn keys(self, keys: &mut Vec<ir::Node>);
}

impl<T: SqlType, D: Dialect> WindowKeys for Expr<T, D> {
    type Dialect = D;

    fn keys(self, keys: &mut Vec<ir::Node>) {
        keys.push(self.into_ir());
    }
}

impl<O: Origin, T: SqlType> WindowKeys for Column<O, T> {
    type Dialect = O::Dialect;

    fn keys(self, keys: &mut Vec<ir::Node>) {
        keys.push(self.into_ir());
    }
}

/// What ORDER BY of a window takes: a sort key, or a tuple of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an ordering",
    label = "no direction",
    note = "write `column.asc()` or `column.desc()`; several go in a tuple"
)]
pub trait WindowOrders {
    /// The databases they exist on.
    type Dialect: Dialect;

    /// Appends the sort keys.
    fn orders(self, keys: &mut Vec<ir::Order>);
}

impl<D: Dialect> WindowOrders for Order<D> {
    type Dialect = D;

    fn orders(self, keys: &mut Vec<ir::Order>) {
        keys.push(self.into_ir());
    }
}

macro_rules! tuples {
    ($(($first:ident $($part:ident)*) $dialect:ty, [$($meet:tt)*];)*) => { $(
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$first: WindowKeys, $($part: WindowKeys),*> WindowKeys for ($first, $($part,)*) where $($meet)* {
            type Dialect = $dialect;

            fn keys(self, keys: &mut Vec<ir::Node>) {
                let ($first, $($part,)*) = self;
                $first.keys(keys);
                $($part.keys(keys);)*
            }
        }

        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$first: WindowOrders, $($part: WindowOrders),*> WindowOrders for ($first, $($part,)*) where $($meet)* {
            type Dialect = $dialect;

            fn orders(self, keys: &mut Vec<ir::Order>) {
                let ($first, $($part,)*) = self;
                $first.orders(keys);
                $($part.orders(keys);)*
            }
        }
    )* };
}
tuples! {
    (A B) Met<A::Dialect, B::Dialect>, [A::Dialect: Meet<B::Dialect>];
    (A B C) Met<Met<A::Dialect, B::Dialect>, C::Dialect>, [A::Dialect: Meet<B::Dialect>, Met<A::Dialect, B::Dialect>: Meet<C::Dialect>];
    (A B C E) Met<Met<Met<A::Dialect, B::Dialect>, C::Dialect>, E::Dialect>, [
        A::Dialect: Meet<B::Dialect>,
        Met<A::Dialect, B::Dialect>: Meet<C::Dialect>,
        Met<Met<A::Dialect, B::Dialect>, C::Dialect>: Meet<E::Dialect>
    ];
}

macro_rules! numbering {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $ty:ty;)*) => { $(
        $(#[$doc])*
        pub fn $name() -> WindowFunction<$ty, Portable> {
            WindowFunction::new(AggregateFunction::$function, Vec::new(), <$ty>::SQL_TYPE)
        }
    )* };
}
numbering! {
    /// The number of the row in its partition, from 1.
    row_number RowNumber -> i64;
    /// The rank of the row, with gaps after rows that tie.
    rank Rank -> i64;
    /// The rank of the row, without gaps.
    dense_rank DenseRank -> i64;
    /// The relative rank, 0 to 1.
    percent_rank PercentRank -> f64;
    /// The part of rows up to this one, 0 to 1.
    cume_dist CumeDist -> f64;
}

/// The number of the bucket that the row falls in, of `buckets` of nearly equal size.
pub fn ntile(buckets: u32) -> WindowFunction<i32, Portable> {
    WindowFunction::new(AggregateFunction::Ntile, vec![integer(buckets)], i32::SQL_TYPE)
}

fn integer(n: u32) -> ir::Node {
    ir::Node::Constant(ir::Constant::Integer(n.into()))
}

macro_rules! neighbours {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name<E: Expression>(x: E) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>> {
            let ty = x.sql_type();
            WindowFunction::new(AggregateFunction::$function, vec![x.into_ir()], ty)
        }
    )* };
}
neighbours! {
    /// The value in the row before; NULL in the first.
    lag Lag;
    /// The value in the row after; NULL in the last.
    lead Lead;
    /// The value in the first row of the frame.
    first_value FirstValue;
    /// The value in the last row of the frame, which ends with the current row unless it is said otherwise.
    last_value LastValue;
}

/// The value `rows` rows before; NULL where there is none.
pub fn lag_by<E: Expression>(x: E, rows: u32) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>> {
    let ty = x.sql_type();
    WindowFunction::new(AggregateFunction::Lag, vec![x.into_ir(), integer(rows)], ty)
}

/// The value `rows` rows after; NULL where there is none.
pub fn lead_by<E: Expression>(x: E, rows: u32) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>> {
    let ty = x.sql_type();
    WindowFunction::new(AggregateFunction::Lead, vec![x.into_ir(), integer(rows)], ty)
}

/// The value in the n-th row of the frame, from 1; NULL where there is none.
pub fn nth_value<E: Expression>(x: E, n: u32) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>> {
    let ty = x.sql_type();
    WindowFunction::new(AggregateFunction::NthValue, vec![x.into_ir(), integer(n)], ty)
}

/// `sum(x)` over a window; in a grouped query, `x` may be an aggregate itself.
pub fn sum<E: Expression>(x: E) -> WindowFunction<Option<<Base<E> as Summable<DialectOf<E>>>::Sum>, DialectOf<E>>
where
    Base<E>: Summable<DialectOf<E>>,
{
    let ty = <Base<E> as Summable<DialectOf<E>>>::Sum::SQL_TYPE;
    WindowFunction::new(AggregateFunction::Sum, vec![x.into_ir()], ty)
}

/// `avg(x)` over a window, in floating point.
pub fn avg<E: Expression>(x: E) -> WindowFunction<Option<f64>, DialectOf<E>>
where
    Base<E>: Summable<DialectOf<E>>,
{
    WindowFunction::new(AggregateFunction::Avg, vec![x.into_ir()], f64::SQL_TYPE)
}

/// `min(x)` over a window.
pub fn min<E: Expression>(x: E) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>>
where
    Base<E>: Ordered<DialectOf<E>>,
{
    let ty = x.sql_type();
    WindowFunction::new(AggregateFunction::Min, vec![x.into_ir()], ty)
}

/// `max(x)` over a window.
pub fn max<E: Expression>(x: E) -> WindowFunction<Joined<E::Type, Nullable>, DialectOf<E>>
where
    Base<E>: Ordered<DialectOf<E>>,
{
    let ty = x.sql_type();
    WindowFunction::new(AggregateFunction::Max, vec![x.into_ir()], ty)
}

/// `count(*)` over a window.
pub fn count() -> WindowFunction<i64, Portable> {
    WindowFunction::new(AggregateFunction::Count, Vec::new(), i64::SQL_TYPE)
}
