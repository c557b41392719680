//! Dates and times: moving them, taking them apart, cutting them off.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::operand::bind;
use super::{DialectOf, Expr, Expression, Is, Operand, Term, TypeOf};
use crate::dialect::{HasAge, HasTimeZones, Meet, Met, Portable};
use crate::ir::{self, Function};
use crate::types::{Age, BaseOf, In, NotNull, NullOf, OrNull, SqlType, TextValue, Type, Wrap};

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

    pub(crate) const fn micros(self) -> i64 {
        self.micros
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
pub trait HasDate {
    /// Whether it has nothing beside the date.
    const DATE_ONLY: bool = false;
}
#[diagnostic::do_not_recommend]
impl HasDate for DateTime<Utc> {}
#[diagnostic::do_not_recommend]
impl HasDate for NaiveDateTime {}
#[diagnostic::do_not_recommend]
impl HasDate for NaiveDate {
    const DATE_ONLY: bool = true;
}

/// A type that has a date and a time of day.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a timestamp", label = "needs a timestamp")]
pub trait HasTime: HasDate {
    /// A point in time for a clock's reading, and the other way round.
    type Across: SqlType<Base = Self::Across, Null = NotNull>;
}
#[diagnostic::do_not_recommend]
impl HasTime for DateTime<Utc> {
    type Across = NaiveDateTime;
}
#[diagnostic::do_not_recommend]
impl HasTime for NaiveDateTime {
    type Across = DateTime<Utc>;
}

/// A type that has a time of day.
#[diagnostic::on_unimplemented(message = "`{Self}` has no time of day", label = "needs a timestamp or a time")]
pub trait HasClock {
    /// Whether it has nothing beside the time.
    const TIME_ONLY: bool = false;
}
#[diagnostic::do_not_recommend]
impl HasClock for DateTime<Utc> {}
#[diagnostic::do_not_recommend]
impl HasClock for NaiveDateTime {}
#[diagnostic::do_not_recommend]
impl HasClock for NaiveTime {
    const TIME_ONLY: bool = true;
}

/// A date or time that ISO 8601 writes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a date nor a time",
    label = "needs a date, a time or both"
)]
pub trait HasIso {
    #[doc(hidden)]
    const FUNCTION: Function;
}
macro_rules! written {
    ($($time:ty: $function:ident,)*) => { $(
        #[diagnostic::do_not_recommend]
        impl HasIso for $time {
            const FUNCTION: Function = Function::$function;
        }
    )* };
}
written! {
    DateTime<Utc>: IsoTimestamp,
    NaiveDateTime: IsoDateTime,
    NaiveDate: IsoDate,
    NaiveTime: IsoTime,
}

macro_rules! only {
    ($($(#[$doc:meta])* $name:ident $time:ty, $message:literal;)*) => { $(
        $(#[$doc])*
        #[diagnostic::on_unimplemented(message = $message, label = "of another type")]
        pub trait $name {}
        #[diagnostic::do_not_recommend]
        impl $name for $time {}
    )* };
}
only! {
    /// A date without a time of day.
    IsDate NaiveDate, "`{Self}` is not a date without a time";
    /// A point in time, which is the same in every zone.
    IsPointInTime DateTime<Utc>, "`{Self}` is not a point in time (`DateTime<Utc>`)";
    /// A clock's reading, which is a point in time only together with a zone.
    IsNaive NaiveDateTime, "`{Self}` is not a timestamp without a time zone (`NaiveDateTime`)";
}

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

macro_rules! clock_parts {
    ($($(#[$doc:meta])* $name:ident $function:ident;)*) => { $(
        $(#[$doc])*
        fn $name(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, i32>, DialectOf<Self>>
        where
            BaseOf<TypeOf<Self>>: HasClock,
        {
            clock_part(self, Function::$function, <BaseOf<TypeOf<Self>> as HasClock>::TIME_ONLY)
        }
    )* };
}

fn clock_part<E: Expression, T>(time: E, function: Function, alone: bool) -> Expr<T, E::Dialect> {
    let time = time.into_ir();
    let time = if alone { ir::Node::Call(Function::OnSomeDay, vec![time]) } else { time };
    Expr::from_ir(ir::Node::Call(function, vec![time]))
}

macro_rules! truncations {
    ($($(#[$doc:meta])* $name:ident $function:ident $bound:ident;)*) => { $(
        $(#[$doc])*
        fn $name(self) -> Expr<TypeOf<Self>, DialectOf<Self>>
        where
            BaseOf<TypeOf<Self>>: $bound,
        {
            truncated(self, Function::$function, <BaseOf<TypeOf<Self>> as HasDate>::DATE_ONLY)
        }
    )* };
}

/// Timestamps are cut; of a date, the timestamp that it starts at.
fn truncated<E: Expression>(time: E, function: Function, date: bool) -> Expr<E::Type, E::Dialect> {
    let call = |function, of| ir::Node::Call(function, vec![of]);
    let time = time.into_ir();
    Expr::from_ir(match date {
        true => call(Function::DateOf, call(function, call(Function::AtMidnight, time))),
        false => call(function, time),
    })
}

/// Operations on dates and timestamps. Timestamps are taken apart in UTC.
///
/// ```
/// # use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
/// # use relvar_query::{dialect::Portable, expr::{Expr, Interval, Temporal, now}};
/// # fn of(at: Expr<DateTime<Utc>, Portable>, born: Expr<Option<NaiveDate>, Portable>) {
/// let week: Expr<DateTime<Utc>, Portable> = at.clone().truncate_to_week();
/// let shown: Expr<NaiveDateTime, Portable> = (at + Interval::hours(2)).naive_utc();
/// let months: Expr<Option<i32>, Portable> = now().date().months_since(born.clone());
/// let renewed: Expr<Option<NaiveDate>, Portable> = born.add_months(1);       // 31 January gives the last of February
/// # }
/// ```
pub trait Temporal: Expression {
    parts! {
        /// The year.
        year Year HasDate -> i32;
        /// The month, 1 to 12.
        month Month HasDate -> i32;
        /// The day of the month, 1 to 31.
        day Day HasDate -> i32;
        /// The quarter, 1 to 4.
        quarter Quarter HasDate -> i32;
        /// The week of ISO 8601, 1 to 53.
        iso_week Week HasDate -> i32;
        /// The year that its week of ISO 8601 belongs to.
        iso_week_year WeekYear HasDate -> i32;
        /// The day of the week, from 1 for Monday to 7 for Sunday.
        day_of_week DayOfWeek HasDate -> i32;
        /// The day of the year, from 1.
        day_of_year DayOfYear HasDate -> i32;
        /// The date.
        date DateOf HasTime -> NaiveDate;
        /// The time of day.
        time TimeOf HasTime -> NaiveTime;
        /// The microseconds since the start of 1970 in UTC.
        epoch_micros EpochMicroseconds HasTime -> i64;
        /// A date at midnight.
        at_midnight AtMidnight IsDate -> NaiveDateTime;
        /// A point in time as it is written in UTC, without its zone.
        naive_utc NaiveUtc IsPointInTime -> NaiveDateTime;
        /// A timestamp without a zone, taken for one in UTC.
        and_utc AndUtc IsNaive -> DateTime<Utc>;
    }

    clock_parts! {
        /// The hour, 0 to 23.
        hour Hour;
        /// The minute, 0 to 59.
        minute Minute;
        /// The second, 0 to 59; fractions are cut off.
        second Second;
        /// The microsecond of the second, 0 to 999 999.
        microsecond Microsecond;
    }

    truncations! {
        /// The start of its year.
        truncate_to_year TruncateYear HasDate;
        /// The start of its quarter.
        truncate_to_quarter TruncateQuarter HasDate;
        /// The start of its month.
        truncate_to_month TruncateMonth HasDate;
        /// The start of its week, which is a Monday.
        truncate_to_week TruncateWeek HasDate;
        /// The start of its day.
        truncate_to_day TruncateDay HasTime;
        /// The start of its hour.
        truncate_to_hour TruncateHour HasTime;
        /// The start of its minute.
        truncate_to_minute TruncateMinute HasTime;
        /// The start of its second.
        truncate_to_second TruncateSecond HasTime;
    }

    /// As ISO 8601 writes it, with six digits of a fraction: `2026-01-15T08:30:15.250000Z` for a point in time, without
    /// the `Z` for a timestamp without a zone, and each half of it for a date or a time of day.
    fn iso_text(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, String>, DialectOf<Self>>
    where
        BaseOf<TypeOf<Self>>: HasIso,
    {
        call(<BaseOf<TypeOf<Self>> as HasIso>::FUNCTION, self)
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

    /// The whole months from `earlier` to `self`; negative if it is later. Twelve are a year, so an age in years is
    /// this divided by twelve.
    fn months_since<R: Operand<BaseOf<TypeOf<Self>>>>(
        self,
        earlier: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, i32>, Met<DialectOf<Self>, R::Dialect>>
    where
        BaseOf<TypeOf<Self>>: HasDate,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(ir::Node::Call(Function::MonthsBetween, vec![self.into_ir(), earlier.operand(ty)]))
    }

    /// `age(self, earlier)`: the months, days and time from `earlier` to `self`, as PostgreSQL counts them: year by
    /// year, month by month, day by day, with days borrowed from the month of the earlier one.
    fn age_since<R: Operand<BaseOf<TypeOf<Self>>>>(
        self,
        earlier: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, Age>, Met<DialectOf<Self>, R::Dialect>>
    where
        BaseOf<TypeOf<Self>>: HasTime,
        DialectOf<Self>: HasAge + Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(ir::Node::Call(Function::Age, vec![self.into_ir(), earlier.operand(ty)]))
    }

    /// The days from `earlier` to `self`.
    fn days_since<R: Operand<NaiveDate>>(
        self,
        earlier: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, i32>, Met<DialectOf<Self>, R::Dialect>>
    where
        BaseOf<TypeOf<Self>>: IsDate,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(ir::Node::Call(Function::DaysBetween, vec![self.into_ir(), earlier.operand(ty)]))
    }

    /// A date so many days later, or earlier if `days` is negative.
    fn add_days<R: Operand<i32>>(
        self,
        days: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, NaiveDate>, Met<DialectOf<Self>, R::Dialect>>
    where
        BaseOf<TypeOf<Self>>: IsDate,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        Expr::from_ir(ir::Node::Call(Function::AddDays, vec![self.into_ir(), days.operand(i32::SQL_TYPE)]))
    }

    /// The same day and time so many months later, or earlier if `months` is negative. Where that month is too
    /// short, its last day.
    fn add_months<R: Operand<i32>>(self, months: R) -> Expr<In<R::Null, TypeOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
    where
        BaseOf<TypeOf<Self>>: HasDate,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let moved = ir::Node::Call(Function::AddMonths, vec![self.into_ir(), months.operand(i32::SQL_TYPE)]);
        let date = <BaseOf<TypeOf<Self>> as HasDate>::DATE_ONLY;
        Expr::from_ir(if date { ir::Node::Call(Function::DateOf, vec![moved]) } else { moved })
    }

    /// The time so many microseconds later, or earlier if `micros` is negative.
    fn add_micros<R: Operand<i64>>(self, micros: R) -> Expr<In<R::Null, TypeOf<Self>>, Met<DialectOf<Self>, R::Dialect>>
    where
        BaseOf<TypeOf<Self>>: HasTime,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let micros = micros.operand(i64::SQL_TYPE);
        Expr::from_ir(ir::Node::Call(Function::AddMicroseconds, vec![self.into_ir(), micros]))
    }

    /// A date at a time of day.
    fn at_time<R: Operand<NaiveTime>>(
        self,
        time: R,
    ) -> Expr<Wrap<OrNull<NullOf<TypeOf<Self>>, R::Null>, NaiveDateTime>, Met<DialectOf<Self>, R::Dialect>>
    where
        BaseOf<TypeOf<Self>>: IsDate,
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let time = time.operand(NaiveTime::SQL_TYPE);
        Expr::from_ir(ir::Node::Call(Function::DateAndTime, vec![self.into_ir(), time]))
    }

    /// `self AT TIME ZONE zone`: what a clock in the zone shows at a point in time, and the point in time at which
    /// it shows a timestamp without a zone. The zone has a name of the IANA database, `Europe/Berlin`.
    fn at_time_zone(
        self,
        zone: impl TextValue,
    ) -> Expr<Wrap<NullOf<TypeOf<Self>>, <BaseOf<TypeOf<Self>> as HasTime>::Across>, DialectOf<Self>>
    where
        BaseOf<TypeOf<Self>>: HasTime,
        DialectOf<Self>: HasTimeZones,
    {
        let zone = bind(zone.into_text(), String::SQL_TYPE);
        Expr::from_ir(ir::Node::Call(Function::TimeZone, vec![zone, self.into_ir()]))
    }
}

impl<E: Expression> Temporal for E {}

/// The point in time so many microseconds after the start of 1970 in UTC.
pub fn from_epoch_micros<E: Expression<Type: Is<i64>>>(
    micros: E,
) -> Expr<Wrap<NullOf<E::Type>, DateTime<Utc>>, DialectOf<E>> {
    let epoch = ir::Constant::Typed("1970-01-01 00:00:00.000000".into(), <DateTime<Utc>>::SQL_TYPE.clone());
    Expr::from_ir(ir::Node::Call(Function::AddMicroseconds, vec![ir::Node::Constant(epoch), micros.into_ir()]))
}

/// The date of a year, a month and a day. Of numbers that are no date there is none: an error on PostgreSQL,
/// elsewhere NULL.
pub fn make_date<Y, M, D>(year: Y, month: M, day: D) -> Expr<Option<NaiveDate>, DialectOf<Y>>
where
    Y: Expression<Type: Is<i32>>,
    M: Operand<i32>,
    D: Operand<i32>,
    DialectOf<Y>: Meet<M::Dialect, Out = DialectOf<Y>> + Meet<D::Dialect, Out = DialectOf<Y>>,
{
    let parts = vec![year.into_ir(), month.operand(i32::SQL_TYPE), day.operand(i32::SQL_TYPE)];
    Expr::from_ir(ir::Node::Call(Function::MakeDate, parts))
}
