//! Functions that give rows: `unnest`, `generate_series`, the elements of a JSON array.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::{Projection, RowSource, Scope, Source};
use crate::dialect::{Covers, Dialect, HasOrdinality, MakesArrays, MakesSeries};
use crate::expr::{Base, DialectOf, Expression, Interval, JsonDocument, Operand, bind};
use crate::ir::{self, Names, SourceId};
use crate::statement::Select;
use crate::types::{ArrayElement, Integral, Joined, Json, NotNull, Nullable, Nullness, SqlType};
use chrono::{DateTime, NaiveDateTime, Utc};

/// A function in FROM that gives rows `R`. It sees the sources before it: `.cross_join_lateral(|t| unnest(t.tags))`.
pub struct TableFunction<R, D> {
    function: ir::TableFunction,
    arguments: Vec<ir::Node>,
    columns: Names,
    ordinality: bool,
    types: PhantomData<fn() -> (R, D)>,
}

impl<R, D> Clone for TableFunction<R, D> {
    fn clone(&self) -> Self {
        let (function, arguments, columns) = (self.function, self.arguments.clone(), self.columns.clone());
        TableFunction { function, arguments, columns, ordinality: self.ordinality, types: PhantomData }
    }
}

impl<R: RowSource, D: Dialect> TableFunction<R, D> {
    fn new(function: ir::TableFunction, arguments: Vec<ir::Node>) -> Self {
        TableFunction { function, arguments, columns: R::names(), ordinality: false, types: PhantomData }
    }

    /// WITH ORDINALITY: the number of the row, from 1, is a column behind the others.
    #[must_use]
    pub fn with_ordinality(self) -> TableFunction<R::Out, D>
    where
        R: Numbered,
        D: HasOrdinality,
    {
        let (function, arguments, columns) = (self.function, self.arguments, R::Out::names());
        TableFunction { function, arguments, columns, ordinality: true, types: PhantomData }
    }

    /// All its rows: where a query starts.
    pub fn query(&self) -> Select<<R as RowSource>::Columns<NotNull, D>, R, D>
    where
        <R as RowSource>::Columns<NotNull, D>: Scope + Projection<D, Row = R>,
    {
        Select::from_source(self)
    }
}

impl<R: RowSource, D: Dialect> Source for TableFunction<R, D> {
    type Dialect = D;
    type Columns<N: Nullness> = <R as RowSource>::Columns<N, D>;

    fn relation(&self) -> ir::Relation {
        let (function, arguments, columns) = (self.function, self.arguments.clone(), self.columns.clone());
        ir::Relation::Function { function, arguments, columns, ordinality: self.ordinality }
    }

    fn columns<N: Nullness>(source: SourceId) -> Self::Columns<N> {
        <R as RowSource>::columns(source)
    }
}

/// Rows that a number can stand behind.
#[diagnostic::on_unimplemented(message = "rows of type `{Self}` cannot be numbered WITH ORDINALITY")]
pub trait Numbered {
    /// The same with a number.
    type Out: RowSource;
}

impl<T: SqlType> Numbered for T {
    type Out = (T, i64);
}

impl<A: SqlType, B: SqlType> Numbered for (A, B) {
    type Out = (A, B, i64);
}

/// An array and what its elements are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an array",
    label = "only arrays have elements",
    note = "the elements of a JSON array: `json_elements(..)`"
)]
pub trait Elements {
    /// An element.
    type Element: SqlType;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> Elements for Vec<T> {
    type Element = T;
}
#[diagnostic::do_not_recommend]
impl<T: ArrayElement> Elements for Vec<Option<T>>
where
    Option<T>: SqlType,
{
    type Element = Option<T>;
}

/// `unnest(array)`: its elements, one in each row; none of an array that is NULL.
pub fn unnest<E: Expression<Dialect: Covers<MakesArrays>>>(
    array: E,
) -> TableFunction<<Base<E> as Elements>::Element, MakesArrays>
where
    Base<E>: Elements,
{
    TableFunction::new(ir::TableFunction::Unnest, vec![array.into_ir()])
}

/// The type of the elements of an array.
type ElementOf<E> = <Base<E> as Elements>::Element;

/// `unnest(a, b)`: the elements of two arrays side by side; those of the shorter one are followed by NULLs.
pub fn unnest_both<A, B>(
    a: A,
    b: B,
) -> TableFunction<(Joined<ElementOf<A>, Nullable>, Joined<ElementOf<B>, Nullable>), MakesArrays>
where
    A: Expression<Dialect: Covers<MakesArrays>>,
    B: Expression<Dialect: Covers<MakesArrays>>,
    Base<A>: Elements,
    Base<B>: Elements,
{
    TableFunction::new(ir::TableFunction::Unnest, vec![a.into_ir(), b.into_ir()])
}

/// `generate_series(from, to)`: every integer from the one to the other, both included; none if either is NULL.
pub fn generate_series<A, B>(from: A, to: B) -> TableFunction<Base<A>, MakesSeries>
where
    A: Expression<Dialect: Covers<MakesSeries>>,
    B: Operand<Base<A>, Dialect: Covers<MakesSeries>>,
    Base<A>: Integral + SqlType,
{
    let ty = from.sql_type();
    TableFunction::new(ir::TableFunction::GenerateSeries, vec![from.into_ir(), to.operand(ty)])
}

/// `generate_series(from, to, step)`: every so many-th integer from the one to the other. A step of 0 is an error of
/// the database.
pub fn generate_series_by<A, B, S>(from: A, to: B, step: S) -> TableFunction<Base<A>, MakesSeries>
where
    A: Expression<Dialect: Covers<MakesSeries>>,
    B: Operand<Base<A>, Dialect: Covers<MakesSeries>>,
    S: Operand<Base<A>, Dialect: Covers<MakesSeries>>,
    Base<A>: Integral + SqlType,
{
    let ty = from.sql_type();
    let arguments = vec![from.into_ir(), to.operand(ty), step.operand(ty)];
    TableFunction::new(ir::TableFunction::GenerateSeries, arguments)
}

/// A point in time that a series can be made of.
#[diagnostic::on_unimplemented(message = "`{Self}` is not a point in time", label = "needs a timestamp")]
pub trait PointInTime: SqlType {}
#[diagnostic::do_not_recommend]
impl PointInTime for DateTime<Utc> {}
#[diagnostic::do_not_recommend]
impl PointInTime for NaiveDateTime {}

/// `generate_series(from, to, step)` of times. A step of no length is an error of the database.
pub fn generate_times<A, B>(from: A, to: B, step: Interval) -> TableFunction<Base<A>, MakesSeries>
where
    A: Expression<Dialect: Covers<MakesSeries>>,
    B: Operand<Base<A>, Dialect: Covers<MakesSeries>>,
    Base<A>: PointInTime,
{
    let ty = from.sql_type();
    let arguments = vec![from.into_ir(), to.operand(ty), bind(step.micros(), i64::SQL_TYPE)];
    TableFunction::new(ir::TableFunction::GenerateTimes, arguments)
}

/// An element of a JSON array that is the same SQL value on all databases.
#[diagnostic::on_unimplemented(
    message = "the elements of this JSON array, `{Self}`, are not the same SQL value on every database",
    label = "text, `i64` or `f64`, or an `Option` of these",
    note = "`json_documents(..)` gives the elements as documents, whatever they are"
)]
pub trait JsonScalar: SqlType {
    #[doc(hidden)]
    const FUNCTION: ir::TableFunction;
}
macro_rules! scalars {
    ($($rust:ty = $function:ident),*) => { $(
        #[diagnostic::do_not_recommend]
        impl JsonScalar for $rust {
            const FUNCTION: ir::TableFunction = ir::TableFunction::$function;
        }
        #[diagnostic::do_not_recommend]
        impl JsonScalar for Option<$rust> {
            const FUNCTION: ir::TableFunction = ir::TableFunction::$function;
        }
    )* };
}
scalars!(String = JsonTexts, i64 = JsonIntegers, f64 = JsonFloats);

/// The elements of a JSON array, one in each row, in no particular order; none of a document that is NULL.
/// `jsonb_array_elements_text` on PostgreSQL, `JSON_TABLE` on MySQL and MariaDB, `json_each` on SQLite.
pub fn json_elements<T: JsonScalar, E: Expression>(array: E) -> TableFunction<T, DialectOf<E>>
where
    Base<E>: JsonList<T>,
{
    let mut function = TableFunction::new(T::FUNCTION, vec![array.into_ir()]);
    // SQLite's own name: it takes no other where the function is
    function.columns = Cow::Borrowed(&[Cow::Borrowed("value")]);
    function
}

/// A JSON document that is a list of `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a JSON list of `{T}`",
    label = "not a `Json<Vec<{T}>>`",
    note = "declare the column as `Json<Vec<..>>`"
)]
pub trait JsonList<T> {}
#[diagnostic::do_not_recommend]
impl<T> JsonList<T> for Json<Vec<T>> {}

/// The elements of a JSON array as documents, one in each row, in no particular order; none of a document that is NULL,
/// or that is no array. What is in them is taken out by [`JsonOps`](crate::expr::JsonOps). `jsonb_array_elements` on
/// PostgreSQL, `JSON_TABLE` on MySQL and MariaDB, `json_each` on SQLite.
///
/// ```
/// # use relvar_query::dialect::Portable;
/// # use relvar_query::expr::{Expr, JsonOps};
/// # use relvar_query::source::json_documents;
/// # use relvar_query::types::Json;
/// # fn of(lines: Expr<Json<serde_json::Value>, Portable>) {
/// let dear = json_documents(lines).query().filter(|line| line.0.integer("price").gt(100));
/// # use relvar_query::expr::Compare;
/// # }
/// ```
pub fn json_documents<E: Expression>(array: E) -> TableFunction<Json<<Base<E> as JsonDocuments>::Element>, DialectOf<E>>
where
    Base<E>: JsonDocuments,
{
    let mut function = TableFunction::new(ir::TableFunction::JsonDocuments, vec![array.into_ir()]);
    // SQLite's own name: it takes no other where the function is
    function.columns = Cow::Borrowed(&[Cow::Borrowed("value")]);
    function
}

/// A JSON document that may be a list, and what its elements are.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a JSON list",
    label = "neither a `Json<Vec<..>>` nor a document of any shape",
    note = "declare the column as `Json<Vec<..>>` or `Json<serde_json::Value>`"
)]
pub trait JsonDocuments {
    /// An element.
    type Element: JsonDocument;
}
#[diagnostic::do_not_recommend]
impl<T: JsonDocument> JsonDocuments for Json<Vec<T>> {
    type Element = T;
}
#[diagnostic::do_not_recommend]
impl JsonDocuments for Json<serde_json::Value> {
    type Element = serde_json::Value;
}
