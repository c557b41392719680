//! SQL text of the user's: fragments with places for expressions, values and names.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{Column, Condition, Expr, Expression, Origin, bind};
use crate::dialect::{Covers, Dialect, Meet, Met, Portable};
use crate::ir::{self, Raw, RawPart, RawText, Ref};
use crate::source::{Projection, RowSource, Table, TableSource};
use crate::statement::{RawRows, RawStatement, Select};
use crate::types::{NotNull, SqlType, TextValue};

/// SQL text for what the library has no method for, with typed places: see [`sql!`](crate::sql).
///
/// It is nothing by itself yet. [`returns`](Fragment::returns) and [`condition`](Fragment::condition) make an
/// expression of it, [`rows`](Fragment::rows) a query, [`statement`](Fragment::statement) a statement.
///
/// `D` are the databases it is for: those of the text, or all if it is one for all, that everything in its places is
/// for, too. What the text means there is the writer's word.
#[must_use = "a fragment is nothing before it says what it is: `.returns::<T>()`, `.condition()`, `.rows::<R>()`"]
pub struct Fragment<D> {
    raw: Raw,
    dialect: PhantomData<fn() -> D>,
}

impl<D> Clone for Fragment<D> {
    fn clone(&self) -> Self {
        Fragment { raw: self.raw.clone(), dialect: PhantomData }
    }
}

impl<D> std::fmt::Debug for Fragment<D> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.raw.texts.fmt(f)
    }
}

/// SQL text made at run time, with places `{}` that are filled by [`bind`](Fragment::bind).
///
/// Whoever calls this vouches that no input of a user is part of the text: values go into places, and names are
/// quoted by [`identifier`].
///
/// ```
/// # use relvar_query::dialect::Postgres;
/// # use relvar_query::expr::{self, Fragment, sql_unchecked};
/// let precision = ["hour", "day"][1];
/// let day: Fragment<Postgres> = sql_unchecked(format!("date_trunc('{precision}', {{}})")).bind(expr::now()).only_on();
/// ```
///
/// A number of values that is not that of the places is [`BuildError::Places`](crate::error::BuildError::Places), when
/// the statement is built.
pub fn sql_unchecked(text: impl Into<String>) -> Fragment<Portable> {
    let text = RawText { engines: Cow::Borrowed(Portable::ENGINES), sql: Cow::Owned(text.into()) };
    Fragment {
        raw: Raw { texts: Cow::Owned(vec![text]), parts: Vec::new(), head: crate::ir::Head::default() },
        dialect: PhantomData,
    }
}

impl<D: Dialect> Fragment<D> {
    #[doc(hidden)]
    pub fn of(texts: &'static [RawText]) -> Fragment<D> {
        Fragment {
            raw: Raw { texts: Cow::Borrowed(texts), parts: Vec::new(), head: crate::ir::Head::default() },
            dialect: PhantomData,
        }
    }

    /// Fills the next place.
    pub fn bind<P: Part>(mut self, part: P) -> Fragment<Met<D, P::Dialect>>
    where
        D: Meet<P::Dialect>,
    {
        self.raw.parts.push(part.part());
        Fragment { raw: self.raw, dialect: PhantomData }
    }

    /// The same text for fewer databases: `sql!("soundex({})", u.name).only_on::<MySql>()`.
    pub fn only_on<D2: Dialect>(self) -> Fragment<D2>
    where
        D: Covers<D2>,
    {
        Fragment { raw: self.raw, dialect: PhantomData }
    }

    /// As an expression of type `T`; `Option<..>` says that it may be NULL.
    ///
    /// A value of another type that the database gives for it is an error when it is read; a NULL where `T` is no
    /// `Option` likewise.
    pub fn returns<T: SqlType>(self) -> Expr<T, D> {
        Expr::from_ir(ir::Node::Raw(Box::new(self.raw)))
    }

    /// As a condition.
    pub fn condition(self) -> Condition<D> {
        self.returns()
    }

    /// As a query with rows `R`: a value, a tuple of values, a `#[derive(Row)]` struct or a table's struct, whose
    /// fields are the columns in order.
    pub fn rows<R: RowSource>(self) -> RawRows<R, D>
    where
        <R as RowSource>::Columns<NotNull, D>: Projection<D, Row = R>,
    {
        RawRows::new(self.raw)
    }

    /// As a statement without rows.
    pub fn statement(self) -> RawStatement<D> {
        RawStatement::new(self.raw)
    }
}

/// What can fill a place of a [`Fragment`]: an expression, a column, a value, which is bound, a scalar subquery, a
/// table, which is its name, or an [`identifier`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot fill a place of SQL text",
    label = "neither an expression, a value nor a name",
    note = "a place takes columns, expressions, values, scalar subqueries, tables (`User::table()`) and `identifier(..)`",
    note = "text that is SQL itself is no value: write it into the text"
)]
pub trait Part {
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn part(self) -> RawPart;
}

/// A name, quoted where it stands: see [`identifier`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identifier(Cow<'static, str>);

/// A name for a place of a [`Fragment`], which is quoted as each database does it. It may come from anywhere: one with
/// a control character is refused, and every other is one name, whatever is in it.
pub fn identifier(name: impl Into<Cow<'static, str>>) -> Identifier {
    Identifier(name.into())
}

impl<O: Table, T> Column<O, T> {
    /// The bare name of the column, for a place of a [`Fragment`] where no alias may stand before it.
    pub fn name(self) -> Identifier {
        Identifier(O::TABLE.columns.get(self.at().index as usize).cloned().unwrap_or_default())
    }
}

impl Part for Identifier {
    type Dialect = Portable;

    fn part(self) -> RawPart {
        RawPart::Name(self.0)
    }
}

impl<T: Table, D: Dialect> Part for TableSource<T, D> {
    type Dialect = D;

    fn part(self) -> RawPart {
        RawPart::Table(Ref::Static(T::TABLE))
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType, D: Dialect> Part for Expr<T, D> {
    type Dialect = D;

    fn part(self) -> RawPart {
        RawPart::Expr(self.into_ir())
    }
}

#[diagnostic::do_not_recommend]
impl<O: Origin, T: SqlType> Part for Column<O, T> {
    type Dialect = O::Dialect;

    fn part(self) -> RawPart {
        RawPart::Expr(self.into_ir())
    }
}

#[diagnostic::do_not_recommend]
impl<H, R: SqlType, D: Dialect> Part for Select<H, R, D> {
    type Dialect = D;

    fn part(self) -> RawPart {
        RawPart::Expr(ir::Node::Scalar(self.into_select()))
    }
}

#[diagnostic::do_not_recommend]
impl<V: SqlType> Part for V {
    type Dialect = Portable;

    fn part(self) -> RawPart {
        RawPart::Expr(bind(self, V::SQL_TYPE))
    }
}

macro_rules! texts {
    ($($text:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl Part for $text {
            type Dialect = Portable;

            fn part(self) -> RawPart {
                RawPart::Expr(bind(self.into_text(), String::SQL_TYPE))
            }
        }
    )* };
}
texts!(&str, Cow<'_, str>, Arc<str>);

/// SQL text with typed places, for what the library has no method for.
///
/// `{}` is a place; in it goes an expression, a column (written with the alias it has where it is used), a value, which
/// is always bound, a scalar subquery, a table (`User::table()`, its name), a column's bare name (`u.name.name()`) or
/// an [`identifier`](crate::expr::identifier). Every other brace is doubled, as in `format!`. The text is a constant of
/// the program; for one made at run time see [`sql_unchecked`](crate::expr::sql_unchecked).
///
/// Everything else in the text is the database's to read: `?|`, `[..]`, `$$`, comments and quotes stay as they are. A
/// number of values that is not that of the places is a compile-time error.
///
/// ```
/// use relvar_query::dialect::{Postgres, Sqlite};
/// use relvar_query::expr::{Compare, now};
/// use relvar_query::sql;
///
/// let age = sql!("extract(epoch FROM {} - {})", now(), now()).only_on::<Postgres>().returns::<f64>();
/// let weekday = sql! {
///     Postgres => "extract(dow FROM {})::integer",
///     Sqlite => "CAST(strftime('%w', {}) AS INTEGER)";
///     now()
/// };
/// let on_sunday = weekday.returns::<i32>().eq(0);
/// let both = sql!("SELECT id, name FROM users WHERE id > {}", 7).rows::<(i64, String)>();
/// ```
///
/// # Errors
/// When the statement is built: [`BuildError::Text`](crate::error::BuildError::Text) for a place inside of a string or
/// comment, a placeholder of the database's own (`$1`, `?`), a second statement, and quotes or parentheses that are not
/// in pairs.
#[macro_export]
macro_rules! sql {
    (@dialects $dialect:ty) => { $dialect };
    (@dialects $dialect:ty, $($more:ty),+) => {
        <$dialect as $crate::derive::Unite<$crate::sql!(@dialects $($more),+)>>::Out
    };
    ($($dialect:ident => $text:expr),+ $(,)? $(; $($part:expr),* $(,)?)?) => {{
        const __GIVEN: &[&str] = &[$($(::core::stringify!($part)),*)?];
        const __TEXTS: &[$crate::derive::ir::RawText] = &[$({
            const __TEXT: &str = $text;
            $crate::derive::check::places(__TEXT, __GIVEN.len());
            $crate::derive::ir::RawText {
                engines: $crate::derive::Cow::Borrowed(<$dialect as $crate::derive::Dialect>::ENGINES),
                sql: $crate::derive::Cow::Borrowed(__TEXT),
            }
        }),+];
        $crate::derive::Fragment::<$crate::sql!(@dialects $($dialect),+)>::of(__TEXTS) $($(.bind($part))*)?
    }};
    ($text:expr $(, $part:expr)* $(,)?) => {{
        const __GIVEN: &[&str] = &[$(::core::stringify!($part)),*];
        const __TEXTS: &[$crate::derive::ir::RawText] = &[{
            const __TEXT: &str = $text;
            $crate::derive::check::places(__TEXT, __GIVEN.len());
            $crate::derive::ir::RawText {
                engines: $crate::derive::Cow::Borrowed(<$crate::derive::Portable as $crate::derive::Dialect>::ENGINES),
                sql: $crate::derive::Cow::Borrowed(__TEXT),
            }
        }];
        $crate::derive::Fragment::<$crate::derive::Portable>::of(__TEXTS) $(.bind($part))*
    }};
}
