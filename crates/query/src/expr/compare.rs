//! Comparison: `=`, `<`, `IN`, `BETWEEN`, `IS NULL` and their kin, on every type.

use super::{Base, Condition, DialectOf, Expr, Expression, Fits, Is, Operand, Param};
use crate::dialect::{HasDecimal, Meet, Met};
use crate::ir::{self, BinaryOp, Membership, Source, Test};
use crate::statement::Subquery;
use crate::types::{ArrayElement, Kind, Lossy, NullOf, Nullness, SqlType, Type, Wrap};

/// A type whose order in SQL is the order of its values, on all of `D`.
///
/// Decimals are text on SQLite, so there they have none. JSON documents have none anywhere: each database sorts them by
/// rules of its own, and PostgreSQL has no `min` of them. UUIDs of versions 1 to 5 are sorted from their last part to the
/// first by MariaDB, and as they are written by the others; those of version 7 by their time everywhere.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no order on {D}",
    label = "cannot be sorted or compared by size",
    note = "what stands in a document or an array can have one: `.text(..)`, `.integer(..)`, `.element(..)`"
)]
pub trait Ordered<D> {}

macro_rules! ordered { ($($rust:ty),*) => { $(#[diagnostic::do_not_recommend] impl<D> Ordered<D> for $rust {})* } }
ordered!(
    bool,
    i16,
    i32,
    i64,
    f32,
    f64,
    String,
    uuid::Uuid,
    chrono::DateTime<chrono::Utc>,
    chrono::NaiveDateTime,
    chrono::NaiveDate,
    chrono::NaiveTime,
    Lossy
);
// by itself, for the compiler shows it beside arrays, which have none
impl<D> Ordered<D> for Vec<u8> {}
impl<D: HasDecimal> Ordered<D> for rust_decimal::Decimal {}

fn compare<E: Expression, R: Operand<Base<E>>>(op: BinaryOp, left: E, right: R) -> ir::Node {
    let ty = left.sql_type();
    ir::Node::binary(op, left.into_ir(), right.operand(ty))
}

// inlined, so that what is compared is not moved on its way
#[inline]
fn equate(op: BinaryOp, left: ir::Node, right: ir::Node, ty: &Type) -> ir::Node {
    if is_document(ty) { equate_documents(op, left, right) } else { ir::Node::binary(op, left, right) }
}

fn equate_documents(op: BinaryOp, left: ir::Node, right: ir::Node) -> ir::Node {
    ir::Node::binary(op, comparable_document(left), comparable_document(right))
}

/// A value as it is told from others: where documents are text, one text is not all that a document can be written as.
fn comparable(value: ir::Node, ty: &Type) -> ir::Node {
    if is_document(ty) { comparable_document(value) } else { value }
}

fn comparable_document(document: ir::Node) -> ir::Node {
    ir::Node::Call(ir::Function::JsonComparable, vec![document])
}

fn is_document(ty: &Type) -> bool {
    ty.kind == Kind::Json && !ty.array
}

/// Comparison, for everything that has a value.
pub trait Compare: Expression {
    /// `self = other`
    fn eq<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(equate(BinaryOp::Equal, self.into_ir(), other.operand(ty), ty))
    }

    /// `self <> other`
    fn ne<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(equate(BinaryOp::NotEqual, self.into_ir(), other.operand(ty), ty))
    }

    /// `self < other`
    fn lt<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
        Base<Self>: Ordered<DialectOf<Self>>,
    {
        Expr::from_ir(compare(BinaryOp::Less, self, other))
    }

    /// `self <= other`
    fn lte<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
        Base<Self>: Ordered<DialectOf<Self>>,
    {
        Expr::from_ir(compare(BinaryOp::LessOrEqual, self, other))
    }

    /// `self <= other`: [`lte`](Compare::lte) by the name that Rust's own comparison has.
    fn le<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
        Base<Self>: Ordered<DialectOf<Self>>,
    {
        self.lte(other)
    }

    /// `self > other`
    fn gt<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
        Base<Self>: Ordered<DialectOf<Self>>,
    {
        Expr::from_ir(compare(BinaryOp::Greater, self, other))
    }

    /// `self >= other`
    fn gte<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
        Base<Self>: Ordered<DialectOf<Self>>,
    {
        Expr::from_ir(compare(BinaryOp::GreaterOrEqual, self, other))
    }

    /// `self >= other`: [`gte`](Compare::gte) by the name that Rust's own comparison has.
    fn ge<R: Operand<Base<Self>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
        Base<Self>: Ordered<DialectOf<Self>>,
    {
        self.gte(other)
    }

    /// `self BETWEEN low AND high`, both included.
    fn between<L: Operand<Base<Self>>, R: Operand<Base<Self>>>(
        self,
        low: L,
        high: R,
    ) -> Condition<Met<Met<DialectOf<Self>, L::Dialect>, R::Dialect>>
    where
        Self: Clone,
        Base<Self>: Ordered<DialectOf<Self>>,
        DialectOf<Self>: Meet<L::Dialect>,
        Met<DialectOf<Self>, L::Dialect>: Meet<R::Dialect>,
    {
        let low = compare(BinaryOp::GreaterOrEqual, self.clone(), low);
        Expr::from_ir(ir::Node::All(vec![low, compare(BinaryOp::LessOrEqual, self, high)]))
    }

    /// `self IS DISTINCT FROM other`: unlike `<>`, it treats NULL as a value.
    fn is_distinct_from<R: Fits<Option<Base<Self>>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(equate(BinaryOp::DistinctFrom, self.into_ir(), other.fit(ty), ty))
    }

    /// `self IS NOT DISTINCT FROM other`: unlike `=`, it treats NULL as a value.
    fn is_not_distinct_from<R: Fits<Option<Base<Self>>>>(self, other: R) -> Condition<Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(equate(BinaryOp::NotDistinctFrom, self.into_ir(), other.fit(ty), ty))
    }

    /// `self IS NULL`
    fn is_null(self) -> Condition<DialectOf<Self>> {
        Expr::from_ir(ir::Node::Test(Test::Null, Box::new(self.into_ir())))
    }

    /// `self IS NOT NULL`
    fn is_not_null(self) -> Condition<DialectOf<Self>> {
        Expr::from_ir(ir::Node::Test(Test::NotNull, Box::new(self.into_ir())))
    }

    /// `self IN (…)`; an empty list holds nothing. The list is one argument where the database has arrays.
    fn in_list<V>(self, list: impl IntoIterator<Item = V>) -> Condition<DialectOf<Self>>
    where
        V: Operand<Base<Self>>,
        DialectOf<Self>: Meet<V::Dialect, Out = DialectOf<Self>>,
    {
        Expr::from_ir(in_list(self, list, false))
    }

    /// `self NOT IN (…)`; true of everything if the list is empty.
    fn not_in_list<V>(self, list: impl IntoIterator<Item = V>) -> Condition<DialectOf<Self>>
    where
        V: Operand<Base<Self>>,
        DialectOf<Self>: Meet<V::Dialect, Out = DialectOf<Self>>,
    {
        Expr::from_ir(in_list(self, list, true))
    }

    /// `self IN (…)` of the list that a prepared statement gets for a parameter; an empty list holds nothing.
    ///
    /// One text serves lists of every length where the list is one argument, as on PostgreSQL. Elsewhere there is one
    /// for each power of two, and a list has at most as many values as a statement can bind.
    fn in_param<T: Is<Base<Self>> + ArrayElement>(self, list: Param<Vec<T>>) -> Condition<DialectOf<Self>> {
        Expr::from_ir(in_param(self, list, false))
    }

    /// `self NOT IN (…)` of such a list; true of everything if it is empty.
    fn not_in_param<T: Is<Base<Self>> + ArrayElement>(self, list: Param<Vec<T>>) -> Condition<DialectOf<Self>> {
        Expr::from_ir(in_param(self, list, true))
    }

    /// `self IN (query)`
    fn in_query<R: Is<Base<Self>>, Q: Subquery<R>>(self, query: Q) -> Condition<Met<DialectOf<Self>, Q::Dialect>>
    where
        DialectOf<Self>: Meet<Q::Dialect>,
    {
        let source = Source::Query(query.into_subquery());
        Expr::from_ir(ir::Node::In(Box::new(Membership { operand: self.into_ir(), source, negated: false })))
    }

    /// `self NOT IN (query)`: never true if the query gives a NULL.
    fn not_in_query<R: Is<Base<Self>>, Q: Subquery<R>>(self, query: Q) -> Condition<Met<DialectOf<Self>, Q::Dialect>>
    where
        DialectOf<Self>: Meet<Q::Dialect>,
    {
        let source = Source::Query(query.into_subquery());
        Expr::from_ir(ir::Node::In(Box::new(Membership { operand: self.into_ir(), source, negated: true })))
    }

    /// `COALESCE(self, other)`: NULL only if both are.
    fn coalesce<R: Operand<Base<Self>>>(
        self,
        other: R,
    ) -> Expr<Wrap<<NullOf<Self::Type> as Nullness>::And<R::Null>, Base<Self>>, Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
    {
        let ty = self.sql_type();
        Expr::from_ir(ir::Node::Call(ir::Function::Coalesce, vec![self.into_ir(), other.operand(ty)]))
    }

    /// `NULLIF(self, other)`: NULL if both are equal.
    fn null_if<R: Operand<Base<Self>>>(self, other: R) -> Expr<Option<Base<Self>>, Met<DialectOf<Self>, R::Dialect>>
    where
        DialectOf<Self>: Meet<R::Dialect>,
        Option<Base<Self>>: SqlType,
    {
        let ty = self.sql_type();
        Expr::from_ir(ir::Node::Call(ir::Function::NullIf, vec![self.into_ir(), other.operand(ty)]))
    }

    /// The same expression as one that may be NULL: what two branches of a `match` need to agree.
    fn nullable(self) -> Expr<Option<Base<Self>>, DialectOf<Self>> {
        Expr::from_ir(self.into_ir())
    }
}

impl<E: Expression> Compare for E {}

fn in_param<E: Expression, T: ArrayElement>(operand: E, list: Param<Vec<T>>, negated: bool) -> ir::Node {
    let source = Source::List(list.list(operand.sql_type()));
    ir::Node::In(Box::new(Membership { operand: operand.into_ir(), source, negated }))
}

/// One list argument if all elements are values, else a list of expressions.
fn in_list<E: Expression, V: Operand<Base<E>>>(
    operand: E,
    list: impl IntoIterator<Item = V>,
    negated: bool,
) -> ir::Node {
    let ty = operand.sql_type();
    let elements = list.into_iter().map(|element| comparable(element.operand(ty), ty)).collect();
    let source = match ir::Argument::gather(elements, ty) {
        Ok(list) => Source::List(list),
        Err(exprs) => Source::Exprs(exprs),
    };
    ir::Node::In(Box::new(Membership { operand: comparable(operand.into_ir(), ty), source, negated }))
}
