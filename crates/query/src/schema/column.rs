//! What a column's type must be for what is said of the column.

use crate::expr::{Column, Newtype};
use crate::ir::ColumnRef;
use crate::types::{BaseOf, Integral, Lossy, NotNull, Nullable, SqlType};
use rust_decimal::Decimal;

/// A type that the database can number rows with.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be `auto_increment`",
    label = "not an integer",
    note = "the database numbers rows with `i16`, `i32`, `i64`, or a newtype of one of these"
)]
pub trait AutoIncrement {}
impl AutoIncrement for i16 {}
impl AutoIncrement for i32 {}
impl AutoIncrement for i64 {}
#[diagnostic::do_not_recommend]
impl<T: Newtype<Raw: AutoIncrement>> AutoIncrement for T {}

/// A type that can be part of a primary key.
#[diagnostic::on_unimplemented(
    message = "a primary key cannot be NULL, but this is `{Self}`",
    label = "can be NULL",
    note = "a column that may be NULL can be `unique`"
)]
pub trait KeyPart: SqlType {}
#[diagnostic::do_not_recommend]
impl<T: SqlType<Null = NotNull>> KeyPart for T {}

/// A type that can be NULL.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot be set to NULL",
    label = "not NULL",
    note = "`SetNull` needs an `Option<..>` column; `Cascade` deletes the row, `Restrict` keeps the other"
)]
pub trait CanBeNull: SqlType {}
#[diagnostic::do_not_recommend]
impl<T: SqlType<Null = Nullable>> CanBeNull for T {}

/// A type whose length can be limited.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` has no length",
    label = "`len` is for text and bytes",
    note = "`len` limits `String` and `Vec<u8>`"
)]
pub trait HasLength {}
impl HasLength for String {}
impl HasLength for Vec<u8> {}
#[diagnostic::do_not_recommend]
impl<T: Newtype<Raw: HasLength>> HasLength for T {}

/// A type with a number of digits.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` has no precision",
    label = "`precision` is for decimals",
    note = "`precision = (digits, after the point)` is for `Decimal` and `Lossy`"
)]
pub trait HasPrecision {}
impl HasPrecision for Decimal {}
impl HasPrecision for Lossy {}
#[diagnostic::do_not_recommend]
impl<T: Newtype<Raw: HasPrecision>> HasPrecision for T {}

/// A type that holds the time of a change.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot hold the time of a change",
    label = "not a point in time",
    note = "`created_at` and `updated_at` are for `DateTime<Utc>`"
)]
pub trait Stamped {}
impl Stamped for chrono::DateTime<chrono::Utc> {}
#[diagnostic::do_not_recommend]
impl<T: Newtype<Raw: Stamped>> Stamped for T {}

/// A type that counts the versions of a row.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot count versions",
    label = "not an integer",
    note = "`version` is for `i16`, `i32` and `i64`"
)]
pub trait Versioned {}
#[diagnostic::do_not_recommend]
impl<T: Integral> Versioned for T {}

/// That a column can refer to one of type `B`.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` cannot refer to one of type `{B}`",
    label = "not a `{B}`",
    note = "both columns of a foreign key have one type; only that it may be NULL can differ"
)]
pub trait References<B> {}
#[diagnostic::do_not_recommend]
impl<B> References<B> for B {}

/// The columns of a foreign key that refer to the columns `B`: one to one, or as many to as many.
#[diagnostic::on_unimplemented(
    message = "a foreign key of `{Self}` cannot refer to `{B}`",
    label = "not as many columns",
    note = "it has as many columns as it refers to, at most 8: `on = |t| (t.a, t.b), references = User, to = |u| (u.a, u.b)`"
)]
pub trait RefersTo<B> {
    /// Each with what it refers to.
    fn pairs(self, to: B) -> Vec<(ColumnRef, ColumnRef)>;
}

impl<O, P, A: SqlType, B: SqlType> RefersTo<Column<P, B>> for Column<O, A>
where
    BaseOf<A>: References<BaseOf<B>>,
{
    fn pairs(self, to: Column<P, B>) -> Vec<(ColumnRef, ColumnRef)> {
        vec![(self.at(), to.at())]
    }
}

/// Columns that can all be NULL.
pub trait CanAllBeNull {}
impl<O, T: CanBeNull> CanAllBeNull for Column<O, T> {}

macro_rules! tuples {
    ($(($($from:ident $to:ident $i:tt)*))*) => { $(
        impl<$($from: RefersTo<$to>, $to),*> RefersTo<($($to,)*)> for ($($from,)*) {
            fn pairs(self, to: ($($to,)*)) -> Vec<(ColumnRef, ColumnRef)> {
                let mut pairs = Vec::new();
                $(pairs.extend(self.$i.pairs(to.$i));)*
                pairs
            }
        }
        impl<$($from: CanAllBeNull),*> CanAllBeNull for ($($from,)*) {}
    )* };
}
tuples! {
    (A P 0 B Q 1) (A P 0 B Q 1 C R 2) (A P 0 B Q 1 C R 2 D S 3) (A P 0 B Q 1 C R 2 D S 3 E T 4)
    (A P 0 B Q 1 C R 2 D S 3 E T 4 F U 5) (A P 0 B Q 1 C R 2 D S 3 E T 4 F U 5 G V 6)
    (A P 0 B Q 1 C R 2 D S 3 E T 4 F U 5 G V 6 H W 7)
}
