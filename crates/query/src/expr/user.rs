//! Functions of the database that the user has declared: `sql_function!`.

use std::borrow::Cow;
use std::marker::PhantomData;

use super::{Expr, Fits, Group, Operand};
use crate::dialect::{Covers, Dialect};
use crate::ir::{self, Raw, RawPart, RawText};
use crate::types::{NotNull, Nullness, SqlType};

/// What may be given for a parameter of type `T` of a declared function: whatever stands beside a `T`. The function
/// gives NULL if it is NULL. A parameter of type `Option<..>` takes NULL as a value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be given for a parameter of type `{T}`",
    label = "not a `{T}`",
    note = "a function that takes NULL as a value is declared with `Option<{T}>`"
)]
pub trait FunctionArgument<T> {
    /// Whether NULL makes the result NULL, and it can be NULL.
    type Null: Nullness;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn argument(self) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<T: SqlType<Base = T, Null = NotNull>, V: Operand<T>> FunctionArgument<T> for V {
    type Null = V::Null;
    type Dialect = V::Dialect;

    fn argument(self) -> ir::Node {
        self.operand(T::SQL_TYPE)
    }
}

#[diagnostic::do_not_recommend]
impl<T: SqlType<Base = T, Null = NotNull>, V: Fits<Option<T>>> FunctionArgument<Option<T>> for V {
    type Null = NotNull;
    type Dialect = V::Dialect;

    fn argument(self) -> ir::Node {
        self.fit(T::SQL_TYPE)
    }
}

fn raw(texts: &'static [RawText], names: &[&'static str], arguments: impl IntoIterator<Item = ir::Node>) -> Raw {
    let names = names.iter().map(|name| RawPart::Name(Cow::Borrowed(name)));
    let parts = names.chain(arguments.into_iter().map(RawPart::Expr)).collect();
    Raw { texts: Cow::Borrowed(texts), parts, head: crate::ir::Head::default() }
}

/// A call of a declared function, for generated code.
#[doc(hidden)]
pub fn call<T, D>(
    texts: &'static [RawText],
    names: &[&'static str],
    arguments: impl IntoIterator<Item = ir::Node>,
) -> Expr<T, D> {
    Expr::from_ir(ir::Node::Raw(Box::new(raw(texts, names, arguments))))
}

/// A call of a declared aggregate: an expression only in a group, by [`Group::call`].
#[must_use = "an aggregate stands in a group: `.select(|_, g| g.call(|t| median(t.price)))`"]
pub struct UserAggregate<T, D> {
    raw: Raw,
    types: PhantomData<fn() -> (T, D)>,
}

impl<T, D> UserAggregate<T, D> {
    #[doc(hidden)]
    pub fn call(
        texts: &'static [RawText],
        names: &[&'static str],
        arguments: impl IntoIterator<Item = ir::Node>,
    ) -> UserAggregate<T, D> {
        UserAggregate { raw: raw(texts, names, arguments), types: PhantomData }
    }
}

impl<H: Clone, D: Dialect> Group<H, D> {
    /// An aggregate of the user's own, declared by `sql_function!` with `#[sql(aggregate)]`.
    ///
    /// Of a [filtered](Group::filter) group it is an error on MySQL and MariaDB, which have no FILTER: what leaves rows
    /// out of an aggregate there depends on the aggregate.
    pub fn call<T: SqlType, X: Covers<D>>(&self, f: impl FnOnce(H) -> UserAggregate<T, X>) -> Expr<T, D> {
        let (scope, filter) = self.parts();
        let mut raw = f(scope).raw;
        if let Some(filter) = filter {
            for text in raw.texts.to_mut() {
                text.engines.to_mut().retain(|engine| engine.syntax().aggregate_filter);
                text.sql.to_mut().push_str(" FILTER (WHERE {})");
            }
            raw.parts.push(RawPart::Expr(filter));
        }
        Expr::from_ir(ir::Node::Raw(Box::new(raw)))
    }
}
