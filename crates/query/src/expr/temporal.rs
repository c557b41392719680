//! Dates and times: moving them, taking them apart, cutting them off.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::operand::bind;
use super::{DialectOf, Expr, Expression, Operand, Term, TypeOf};
use crate::dialect::{Meet, Met, Portable};
use crate::ir::{self, Function};
use crate::types::{BaseOf, NotNull, NullOf, OrNull, SqlType, Type, Wrap};

/// A fixed length of time, to the microsecond. Months have none: they are not an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    micros: i64,
}

impl Interval {
    /// So many microseconds.
    pub const fn microseconds(n: i64) -> Interval {
        Interval { micros: n }
    }

    /// So many seconds; the longest interval there is if it is longer than 292 000 years.
    pub const fn seconds(n: i64) -> Interval {
        Interval { micros: n.saturating_mul(1_000_000) }
    }

    /// So many minutes.
    pub const fn minutes(n: i64) -> Interval {
        Interval::seconds(n.saturating_mul(60))
    }

    /// So many hours.
    pub const fn hours(n: i64) -> Interval {
        Interval::minutes(n.saturating_mul(60))
    }

    /// So many days of 24 hours.
    pub const fn days(n: i64) -> Interval {
        Interval::hours(n.saturating_mul(24))
    }

    /// So many weeks.
    pub const fn weeks(n: i64) -> Interval {
        Interval::days(n.saturating_mul(7))
    }
}

macro_rules! moved {
    ($($time:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl Term<$time> for Interval {
            type Null = NotNull;
            type Dialect = Portable;

            fn add_to(self, left: ir::Node, _: &'static Type, negative: bool) -> ir::Node {
                let micros = if negative { self.micros.saturating_neg() } else { self.micros };
                ir::Node::Call(Function::AddMicroseconds, vec![left, bind(micros, i64::SQL_TYPE)])
            }
        }
    )* };
}
moved!(DateTime<Utc>, NaiveDateTime);

/// A type that has a date.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a date", label = "needs a date or a timestamp")]
pub trait HasDate {}
#[diagnostic::do_not_recommend]
impl HasDate for DateTime<Utc> {}
#[diagnostic::do_not_recommend]
impl HasDate for NaiveDateTime {}
#[diagnostic::do_not_recommend]
impl HasDate for NaiveDate {}

/// A type that has a date and a time of day.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a timestamp", label = "needs a timestamp")]
pub trait HasTime: HasDate {}
#[diagnostic::do_not_recommend]
impl HasTime for DateTime<Utc> {}
#[diagnostic::do_not_recommend]
impl HasTime for NaiveDateTime {}

fn call<E: Expression, T>(function: Function, time: E) -> Expr<T, E::Dialect> {
    Expr::from_ir(ir::Node::Call(function, vec![time.into_ir()]))
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident $function:ident $bound:ident -> $out:ty;)*) => { $(
        $(#[$doc])*
        fn $name(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, $out>, DialectOf<Self>>
        where
            BaseOf<TypeOf<Self>>: $bound,
        {
            call(Function::$function, self)
        }
    )* };
}

/// Operations on dates and timestamps. Timestamps are taken apart in UTC.
pub trait Temporal: Expression {
    parts! {
        /// The year.
        year Year HasDate -> i32;
        /// The month, 1 to 12.
        month Month HasDate -> i32;
        /// The day of the month, 1 to 31.
        day Day HasDate -> i32;
        /// The hour, 0 to 23.
        hour Hour HasTime -> i32;
        /// The minute, 0 to 59.
        minute Minute HasTime -> i32;
        /// The second, 0 to 59; fractions are cut off.
        second Second HasTime -> i32;
        /// The date.
        date DateOf HasTime -> NaiveDate;
    }

    /// The start of its year.
    fn truncate_to_year(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        BaseOf<TypeOf<Self>>: HasTime,
    {
        call(Function::TruncateYear, self)
    }

    /// The start of its month.
    fn truncate_to_month(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        BaseOf<TypeOf<Self>>: HasTime,
    {
        call(Function::TruncateMonth, self)
    }

    /// The start of its day.
    fn truncate_to_day(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        BaseOf<TypeOf<Self>>: HasTime,
    {
        call(Function::TruncateDay, self)
    }

    /// The start of its hour.
    fn truncate_to_hour(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        BaseOf<TypeOf<Self>>: HasTime,
    {
        call(Function::TruncateHour, self)
    }

    /// The seconds from `earlier` to `self`; on SQLite to the millisecond.
    fn seconds_since<R: Operand<BaseOf<TypeOf<Self>>>>(
        self,
        earlier: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, f64>, Met<DialectOf<Self>, R::Dialect>>
    where
        BaseOf<TypeOf<Self>>: HasTime,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(ir::Node::Call(Function::SecondsBetween, vec![self.into_ir(), earlier.operand(ty)]))
    }
}

impl<E: Expression> Temporal for E {}
