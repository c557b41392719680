//! JSON: places in documents, changes to them, containment.

mod build;

use build::json_part;
pub(super) use build::json_value;
pub use build::{
    JsonArray, JsonDocument, JsonElement, JsonFill, JsonObject, JsonShape, json_array, json_key, json_object,
    json_object_of,
};

use std::borrow::Cow;

use super::operand::bind;
use super::{Column, Condition, DialectOf, Expr, Expression, Origin, TypeOf};
use crate::dialect::{Dialect, HasJsonContains, HasJsonMergePatch, HasJsonOperators, HasJsonPath, Meet, Met, Portable};
use crate::ir::{self, BinaryOp, Function, JsonChange, JsonEdit, JsonForm, JsonStep};
use crate::types::{Json, Kind, SqlType, TextValue, Type};

/// A JSON document, nullable or not.
#[diagnostic::on_unimplemented(message = "`{Self}` is not JSON", label = "needs a `Json<..>` column or expression")]
pub trait IsJson: SqlType {}
#[diagnostic::do_not_recommend]
impl<T> IsJson for Json<T> where Json<T>: SqlType {}
#[diagnostic::do_not_recommend]
impl<T> IsJson for Option<Json<T>> where Option<Json<T>>: SqlType {}

/// A way into a document: a key, a position from 0, or a tuple of these; `()` is the document itself.
///
/// Keys are constants: only so can an index on the same path be used.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a JSON path",
    label = "not a constant key",
    note = "a path is a `&'static str` key, a `u32` position, or a tuple of these: `(\"tags\", 0, \"name\")`"
)]
pub trait JsonPath {
    /// Appends the steps.
    fn steps(self, path: &mut Vec<JsonStep>);
}

impl JsonPath for &'static str {
    fn steps(self, path: &mut Vec<JsonStep>) {
        path.push(JsonStep::Key(Cow::Borrowed(self)));
    }
}

impl JsonPath for u32 {
    fn steps(self, path: &mut Vec<JsonStep>) {
        path.push(JsonStep::Index(self));
    }
}

/// The document itself.
impl JsonPath for () {
    fn steps(self, _: &mut Vec<JsonStep>) {}
}

macro_rules! paths {
    ($(($($step:ident)*))*) => { $(
        impl<$($step: JsonPath),*> JsonPath for ($($step,)*) {
            #[allow(non_snake_case, reason = "the type parameters name the tuple's parts")]
            fn steps(self, path: &mut Vec<JsonStep>) {
                let ($($step,)*) = self;
                $($step.steps(path);)*
            }
        }
    )* };
}
paths! { (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) }

fn extract<E: Expression, T>(document: E, path: impl JsonPath, form: JsonForm) -> Expr<T, E::Dialect> {
    Expr::from_ir(ir::Node::Json { document: Box::new(document.into_ir()), path: steps(path), form })
}

fn steps(path: impl JsonPath) -> Vec<JsonStep> {
    let mut steps = Vec::new();
    path.steps(&mut steps);
    steps
}

fn edited<E: Expression>(document: E, path: impl JsonPath, change: JsonChange) -> Expr<E::Type, E::Dialect> {
    let document = document.into_ir();
    Expr::from_ir(ir::Node::JsonEdit(Box::new(JsonEdit { document, path: steps(path), change })))
}

const JSON: &Type = <Json<serde_json::Value> as SqlType>::SQL_TYPE;

/// A value that has a JSON form: text, a number, a boolean, a `Vec` of these, or what `json!` makes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a JSON value",
    label = "no JSON form is known for it",
    note = "a value is text, a number, a boolean, a `Vec` of these, or what `json!(..)` and `serde_json::to_value(..)` make"
)]
pub trait JsonValue {
    /// Its JSON form.
    fn into_json(self) -> serde_json::Value;
}

#[diagnostic::do_not_recommend]
impl<T: Into<serde_json::Value>> JsonValue for T {
    fn into_json(self) -> serde_json::Value {
        self.into()
    }
}

/// A document that is bound.
fn document(value: impl JsonValue) -> ir::Node {
    bind(Json(value.into_json()), JSON)
}

/// What can be put into a document: a value that has a JSON form, or a column or expression whose value is the same
/// JSON on every database. NULL is put there as JSON null.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be put into a JSON document",
    label = "no JSON form is known for it",
    note = "a value is text, a number, a boolean, a `Vec` of these, or what `json!(..)` and `serde_json::to_value(..)` make",
    note = "columns and expressions are of text, numbers that are no decimals, booleans, dates, times, UUIDs and `Json<T>`; cast others: `.cast::<String>()`"
)]
pub trait JsonInput {
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn json_input(self) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<V: JsonValue> JsonInput for V {
    type Dialect = Portable;

    fn json_input(self) -> ir::Node {
        document(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: JsonElement, D: Dialect> JsonInput for Expr<T, D> {
    type Dialect = D;

    fn json_input(self) -> ir::Node {
        let value = match self.into_ir() {
            // a text in the text has no type
            text @ ir::Node::Constant(ir::Constant::Text(_)) => {
                ir::Node::Cast(Box::new(text), String::SQL_TYPE.clone())
            }
            value => value,
        };
        ir::Node::Call(Function::JsonOf, vec![json_part::<T>(value)])
    }
}

#[diagnostic::do_not_recommend]
impl<O: Origin, T: JsonElement> JsonInput for Column<O, T> {
    type Dialect = O::Dialect;

    fn json_input(self) -> ir::Node {
        ir::Node::Call(Function::JsonOf, vec![json_part::<T>(self.into_ir())])
    }
}

macro_rules! changes {
    ($($(#[$doc:meta])* $name:ident $change:ident;)*) => { $(
        $(#[$doc])*
        fn $name<V: JsonInput>(
            self,
            path: impl JsonPath,
            value: V,
        ) -> Expr<TypeOf<Self>, Met<DialectOf<Self>, V::Dialect>>
        where
            TypeOf<Self>: IsJson,
            DialectOf<Self>: Meet<V::Dialect>,
        {
            let change = JsonChange::$change(value.json_input());
            let document = self.into_ir();
            Expr::from_ir(ir::Node::JsonEdit(Box::new(JsonEdit { document, path: steps(path), change })))
        }
    )* };
}

macro_rules! tests {
    ($($(#[$doc:meta])* $name:ident $op:ident;)*) => { $(
        $(#[$doc])*
        fn $name<K: TextValue>(self, keys: impl IntoIterator<Item = K>) -> Condition<DialectOf<Self>>
        where
            TypeOf<Self>: IsJson,
            DialectOf<Self>: HasJsonOperators,
        {
            let keys: Vec<String> = keys.into_iter().map(K::into_text).collect();
            let keys = bind(keys, <Vec<String> as SqlType>::SQL_TYPE);
            Expr::from_ir(ir::Node::binary(BinaryOp::$op, self.into_ir(), keys))
        }
    )* };
}

macro_rules! searches {
    ($($(#[$doc:meta])* $name:ident $function:ident -> $out:ty;)*) => { $(
        $(#[$doc])*
        fn $name(
            self,
            path: &'static str,
            variables: impl JsonValue,
        ) -> Expr<$out, DialectOf<Self>>
        where
            TypeOf<Self>: IsJson,
            DialectOf<Self>: HasJsonPath,
        {
            let path = ir::Node::Constant(ir::Constant::Typed(Cow::Borrowed(path), JSON_PATH));
            let arguments = vec![self.into_ir(), path, document(variables)];
            Expr::from_ir(ir::Node::Call(Function::$function, arguments))
        }
    )* };
}

const JSON_PATH: Type = Type::named("jsonpath", Kind::Text);

/// Operations on JSON documents.
///
/// A path is a constant, so that an index on the same path serves; values are bound. Keys are for objects and
/// positions for arrays: what a position in an object is, or a key in an array, is not the same everywhere.
///
/// ```
/// # use relvar_query::expr::*;
/// # use relvar_query::dialect::Portable;
/// # use relvar_query::types::Json;
/// # fn of(meta: Expr<Json<serde_json::Value>, Portable>) {
/// let priority = meta.clone().text("priority");            // NULL if there is none
/// let first = meta.clone().integer(("scores", 0));         // NULL if it is no whole number
/// let changed = meta.json_set(("owner", "name"), "Ann");
/// # }
/// ```
pub trait JsonOps: Expression {
    /// The value at `path` as text (`->>`); NULL if there is none, or if it is JSON null.
    fn text(self, path: impl JsonPath) -> Expr<Option<String>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, JsonForm::Text)
    }

    /// The value at `path` as JSON (`->`); NULL if there is none.
    fn json(self, path: impl JsonPath) -> Expr<Option<Json<serde_json::Value>>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, JsonForm::Json)
    }

    /// The whole number at `path`, however it is written (`3`, `3.0`, `3e0`); NULL if there is none, if it is no
    /// number, has a fraction or does not fit.
    fn integer(self, path: impl JsonPath) -> Expr<Option<i64>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, JsonForm::Integer)
    }

    /// The number at `path`; NULL if there is none or it is no number.
    fn float(self, path: impl JsonPath) -> Expr<Option<f64>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, JsonForm::Float)
    }

    /// The boolean at `path`; NULL if there is none or it is no boolean.
    fn boolean(self, path: impl JsonPath) -> Expr<Option<bool>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, JsonForm::Boolean)
    }

    /// Whether there is anything at `path`; JSON null is something. Of a document that is NULL, false.
    fn has(self, path: impl JsonPath) -> Expr<bool, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, JsonForm::Exists)
    }

    /// What is at `path`: `object`, `array`, `string`, `number`, `boolean` or `null`; NULL if there is nothing.
    fn json_type(self, path: impl JsonPath) -> Expr<Option<String>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, JsonForm::TypeName)
    }

    /// The value at `path` as a document of a Rust type; NULL if there is none.
    fn json_as<T>(self, path: impl JsonPath) -> Expr<Option<Json<T>>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, JsonForm::Json)
    }

    changes! {
        /// The document with `value` at `path`, whether there was one or not. Nothing changes where the parent of the
        /// place is not there; a position past the end of an array is behind its last element.
        json_set Set;
        /// The document with `value` at `path` if there was none.
        json_insert Insert;
        /// The document with `value` at `path` if there was one.
        json_replace Replace;
    }

    /// The document without what is at `path`.
    fn json_remove(self, path: impl JsonPath) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        edited(self, path, JsonChange::Remove)
    }

    /// The document with `patch` merged into it, by RFC 7396: keys of objects one by one, null taking a key away.
    fn json_merge_patch(self, patch: impl JsonValue) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
        DialectOf<Self>: HasJsonMergePatch,
    {
        Expr::from_ir(ir::Node::Call(Function::JsonMergePatch, vec![self.into_ir(), document(patch)]))
    }

    /// `self || other`: the keys of both, those of `other` going first, or the elements of both.
    fn json_concat(self, other: impl JsonValue) -> Expr<TypeOf<Self>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
        DialectOf<Self>: HasJsonOperators,
    {
        Expr::from_ir(ir::Node::Call(Function::Concatenate, vec![self.into_ir(), document(other)]))
    }

    /// `self @> part`: whether the document has everything that `part` has.
    fn json_contains(self, part: serde_json::Value) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
        DialectOf<Self>: HasJsonContains,
    {
        Expr::from_ir(ir::Node::binary(BinaryOp::Contains, self.into_ir(), document(part)))
    }

    /// `self <@ whole`: whether `whole` has everything that the document has.
    fn json_contained_by(self, whole: serde_json::Value) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
        DialectOf<Self>: HasJsonContains,
    {
        Expr::from_ir(ir::Node::binary(BinaryOp::ContainedBy, self.into_ir(), document(whole)))
    }

    /// `self ? key`: whether the object has the key, or the array the text. A GIN index serves it.
    fn has_key(self, key: impl TextValue) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
        DialectOf<Self>: HasJsonOperators,
    {
        let key = bind(key.into_text(), String::SQL_TYPE);
        Expr::from_ir(ir::Node::binary(BinaryOp::HasKey, self.into_ir(), key))
    }

    tests! {
        /// `self ?| keys`: whether the object has one of the keys. A GIN index serves it.
        has_any_key HasAnyKey;
        /// `self ?& keys`: whether the object has all of the keys. A GIN index serves it.
        has_all_keys HasAllKeys;
    }

    searches! {
        /// Whether an SQL/JSON path finds anything. The path is a constant; users' values go into `variables`, where
        /// `$name` finds them: `json_path_exists("$.scores[*] ? (@ > $least)", json!({"least": 3}))`.
        json_path_exists JsonPathExists -> Option<bool>;
        /// The first value that an SQL/JSON path finds, NULL if it finds none.
        json_path_first JsonPathFirst -> Option<Json<serde_json::Value>>;
        /// All values that an SQL/JSON path finds, as an array.
        json_path_all JsonPathAll -> Option<Json<serde_json::Value>>;
    }

    /// The keys of the JSON object, in no particular order; NULL if it is none.
    fn json_keys(self) -> Expr<Option<Json<Vec<String>>>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        Expr::from_ir(ir::Node::Call(Function::JsonKeys, vec![self.into_ir()]))
    }

    /// How many elements the JSON array has; NULL if it is none.
    fn json_array_length(self) -> Expr<Option<i32>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        Expr::from_ir(ir::Node::Call(Function::JsonArrayLength, vec![self.into_ir()]))
    }
}

impl<E: Expression> JsonOps for E {}
