//! JSON: paths into documents, and containment.

use std::borrow::Cow;

use super::operand::bind;
use super::{Condition, DialectOf, Expr, Expression, TypeOf};
use crate::dialect::HasJsonContains;
use crate::ir::{self, BinaryOp, Function, JsonStep};
use crate::types::{Json, NullOf, SqlType, Type, Wrap};

/// A JSON document, nullable or not.
#[diagnostic::on_unimplemented(message = "`{Self}` is not JSON", label = "needs a `Json<..>` column or expression")]
pub trait IsJson: SqlType {}
#[diagnostic::do_not_recommend]
impl<T> IsJson for Json<T> where Json<T>: SqlType {}
#[diagnostic::do_not_recommend]
impl<T> IsJson for Option<Json<T>> where Option<Json<T>>: SqlType {}

/// A way into a document: a key, a position from 0, or a tuple of these.
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

fn extract<E: Expression, T>(document: E, path: impl JsonPath, text: bool) -> Expr<T, E::Dialect> {
    let mut steps = Vec::new();
    path.steps(&mut steps);
    Expr::from_ir(ir::Node::Json { document: Box::new(document.into_ir()), path: steps, text })
}

/// Operations on JSON documents.
pub trait JsonOps: Expression {
    /// The value at `path` as text (`->>`); NULL if there is none.
    fn text(self, path: impl JsonPath) -> Expr<Option<String>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, true)
    }

    /// The value at `path` as JSON (`->`); NULL if there is none.
    fn json(self, path: impl JsonPath) -> Expr<Option<Json<serde_json::Value>>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        extract(self, path, false)
    }

    /// `self @> part`: whether the document has everything that `part` has.
    fn json_contains(self, part: serde_json::Value) -> Condition<DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
        DialectOf<Self>: HasJsonContains,
    {
        const JSON: &Type = <Json<serde_json::Value> as SqlType>::SQL_TYPE;
        Expr::from_ir(ir::Node::binary(BinaryOp::Contains, self.into_ir(), bind(Json(part), JSON)))
    }

    /// How many elements the JSON array has.
    fn json_array_length(self) -> Expr<Wrap<NullOf<TypeOf<Self>>, i32>, DialectOf<Self>>
    where
        TypeOf<Self>: IsJson,
    {
        Expr::from_ir(ir::Node::Call(Function::JsonArrayLength, vec![self.into_ir()]))
    }
}

impl<E: Expression> JsonOps for E {}
