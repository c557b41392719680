//! Documents made of expressions: objects and arrays.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use uuid::Uuid;

use crate::dialect::Dialect;
use crate::expr::{Expr, Expression, Fits, TypeOf};
use crate::ir::{self, Constant, Function};
use crate::source::{CommonDialects, dialects_of};
use crate::types::{Json, SqlType};

/// How a value goes into a document.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonShape {
    /// As the database does it by itself.
    Value,
    /// As text.
    Text,
    /// It is a document already.
    Document,
    /// As `true` or `false`, not as a number.
    Boolean,
    /// As the text that this makes of it.
    Written(Function),
}

/// What can stand in a document that the database makes, so that it is the same JSON on all of them: text, numbers,
/// booleans, documents; dates, times and UUIDs, as the texts that serde writes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be collected as JSON",
    label = "not the same JSON on every database",
    note = "text, numbers that are no decimals, booleans, dates, times, UUIDs and `Json<T>` can; cast others: `.cast::<String>()`"
)]
pub trait JsonElement: SqlType {
    /// What an element is in Rust.
    type Element: Serialize + DeserializeOwned + 'static;
    #[doc(hidden)]
    const SHAPE: JsonShape;
}
macro_rules! elements {
    ($($rust:ty: $shape:ident),*) => { $(
        #[diagnostic::do_not_recommend]
        impl JsonElement for $rust {
            type Element = $rust;
            const SHAPE: JsonShape = JsonShape::$shape;
        }
        #[diagnostic::do_not_recommend]
        impl JsonElement for Option<$rust> {
            type Element = Option<$rust>;
            const SHAPE: JsonShape = JsonShape::$shape;
        }
    )* };
}
elements!(String: Text, i16: Value, i32: Value, i64: Value, f64: Value, bool: Boolean);
macro_rules! written {
    ($($rust:ty: $function:ident),*) => { $(
        #[diagnostic::do_not_recommend]
        impl JsonElement for $rust {
            type Element = $rust;
            const SHAPE: JsonShape = JsonShape::Written(Function::$function);
        }
        #[diagnostic::do_not_recommend]
        impl JsonElement for Option<$rust> {
            type Element = Option<$rust>;
            const SHAPE: JsonShape = JsonShape::Written(Function::$function);
        }
    )* };
}
written!(
    DateTime<Utc>: IsoTimestamp, NaiveDateTime: IsoDateTime, NaiveDate: IsoDate, NaiveTime: IsoTime, Uuid: UuidText
);
#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + 'static> JsonElement for Json<T> {
    type Element = T;
    const SHAPE: JsonShape = JsonShape::Document;
}
#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + 'static> JsonElement for Option<Json<T>> {
    type Element = Option<T>;
    const SHAPE: JsonShape = JsonShape::Document;
}

/// A value of type `T` as it goes into a document.
pub(in crate::expr) fn json_value<T: JsonElement>(value: ir::Node) -> ir::Node {
    match T::SHAPE {
        JsonShape::Value | JsonShape::Text => value,
        JsonShape::Document => ir::Node::Call(Function::JsonDocument, vec![value]),
        JsonShape::Boolean => ir::Node::Call(Function::JsonBoolean, vec![value]),
        JsonShape::Written(function) => ir::Node::Call(function, vec![value]),
    }
}

/// A value of type `T` as it stands beside others in a document.
pub(super) fn json_part<T: JsonElement>(value: ir::Node) -> ir::Node {
    match T::SHAPE {
        JsonShape::Text | JsonShape::Written(_) => ir::Node::Call(Function::JsonText, vec![json_value::<T>(value)]),
        JsonShape::Value | JsonShape::Document | JsonShape::Boolean => json_value::<T>(value),
    }
}

/// What can fill a field of type `T` in a document: whatever fits a column of that type, if it is the same JSON on all
/// databases, or the expressions of a nested row.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not fit in JSON where a `{T}` is expected",
    label = "not a `{T}` in JSON",
    note = "text, numbers that are no decimals, booleans, dates, times, UUIDs and `Json<T>` are the same JSON on every database",
    note = "a nullable expression becomes a not-null one by `.coalesce(..)`"
)]
pub trait JsonFill<T> {
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn json_fill(self) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<T: JsonElement, F: Fits<T>> JsonFill<T> for F {
    type Dialect = F::Dialect;

    fn json_fill(self) -> ir::Node {
        json_part::<T>(self.fit(T::SQL_TYPE))
    }
}

/// A Rust type that a document is read as.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no JSON form",
    label = "serde knows no form of it",
    note = "derive it: `#[derive(serde::Serialize, serde::Deserialize)]`"
)]
pub trait JsonDocument: Serialize + DeserializeOwned + 'static {}
#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + 'static> JsonDocument for T {}

/// What a JSON object is made of: the struct of a row's expressions, or a tuple of keys and values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not make a JSON object",
    label = "neither a row's expressions nor keys with values",
    note = "write `json_object(SummaryExprs {{ title: t.title, .. }})` for a `#[derive(Row)] struct Summary`, or `json_object(((\"title\", t.title), ..))`",
    note = "values are text, numbers that are no decimals, booleans, dates, times, UUIDs and `Json<T>`"
)]
pub trait JsonObject {
    /// What it is in Rust.
    type Document;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Appends the keys and values.
    fn entries(self, entries: &mut Vec<ir::Node>);
}

/// What a JSON array is made of: a tuple of expressions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not make a JSON array",
    label = "not a tuple of expressions",
    note = "its values are text, numbers that are no decimals, booleans, dates, times, UUIDs and `Json<T>`"
)]
pub trait JsonArray {
    /// What it is in Rust: a tuple.
    type Document: JsonDocument;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Appends the values.
    fn elements(self, elements: &mut Vec<ir::Node>);
}

/// A key as a constant, for generated code.
#[doc(hidden)]
pub fn json_key(key: &'static str) -> ir::Node {
    ir::Node::Constant(Constant::Text(Cow::Borrowed(key)))
}

/// An object without its type, for generated code.
#[doc(hidden)]
pub fn json_object_of<O: JsonObject>(object: O) -> ir::Node {
    let mut entries = Vec::new();
    object.entries(&mut entries);
    ir::Node::Call(Function::JsonObject, entries)
}

/// `jsonb_build_object(..)`, `json_object(..)`: a JSON object of expressions. It is never NULL.
///
/// Of a row's expressions it is a document of that row, whose struct derives `Serialize` and `Deserialize` too; the
/// keys are the names of its fields, and a nested row is a nested object. Of keys and values it is a document of any
/// shape.
///
/// ```
/// # use relvar_query::{dialect::Portable, expr::{Expr, json_object}, types::Json};
/// # fn of(name: Expr<String, Portable>, age: Expr<Option<i32>, Portable>) {
/// let card: Expr<Json<serde_json::Value>, Portable> = json_object((("name", name), ("age", age)));
/// # }
/// ```
pub fn json_object<O: JsonObject<Document: JsonDocument>>(object: O) -> Expr<Json<O::Document>, O::Dialect> {
    Expr::from_ir(json_object_of(object))
}

/// `jsonb_build_array(..)`, `json_array(..)`: a JSON array of expressions, which is a tuple in Rust. It is never NULL.
///
/// ```
/// # use relvar_query::{dialect::Portable, expr::{Expr, json_array}, types::Json};
/// # fn of(name: Expr<String, Portable>, age: Expr<Option<i32>, Portable>) {
/// let pair: Expr<Json<(String, Option<i32>)>, Portable> = json_array((name, age));
/// # }
/// ```
pub fn json_array<A: JsonArray>(array: A) -> Expr<Json<A::Document>, A::Dialect> {
    let mut elements = Vec::new();
    array.elements(&mut elements);
    Expr::from_ir(ir::Node::Call(Function::JsonArray, elements))
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => { $(
        #[diagnostic::do_not_recommend]
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$($part: Expression<Type: JsonElement>),*> JsonObject for ($((&'static str, $part),)*)
        where
            dialects_of!($($part)*): CommonDialects,
        {
            type Document = serde_json::Value;
            type Dialect = <dialects_of!($($part)*) as CommonDialects>::Out;

            fn entries(self, entries: &mut Vec<ir::Node>) {
                let ($($part,)*) = self;
                $(entries.extend([json_key($part.0), json_part::<TypeOf<$part>>($part.1.into_ir())]);)*
            }
        }

        #[diagnostic::do_not_recommend]
        #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
        impl<$($part: Expression<Type: JsonElement>),*> JsonArray for ($($part,)*)
        where
            dialects_of!($($part)*): CommonDialects,
        {
            type Document = ($(<TypeOf<$part> as JsonElement>::Element,)*);
            type Dialect = <dialects_of!($($part)*) as CommonDialects>::Out;

            fn elements(self, elements: &mut Vec<ir::Node>) {
                let ($($part,)*) = self;
                $(elements.push(json_part::<TypeOf<$part>>($part.into_ir()));)*
            }
        }
    )* };
}
tuples! {
    (A) (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
    (A B C E F G H I J) (A B C E F G H I J K) (A B C E F G H I J K L) (A B C E F G H I J K L M)
}
