//! CASE WHEN … THEN … ELSE … END.

use std::marker::PhantomData;

use super::operand::bind;
use super::{Base, Boolean, Column, DialectOf, Expr, Expression, Operand, Origin};
use crate::dialect::{Dialect, Meet, Met, Portable};
use crate::ir;
use crate::types::{BaseOf, In, Nullable, Nullness, SqlType, Type};

/// Starts a CASE: `case().when(condition, value).otherwise(value)`.
pub fn case() -> CaseStart {
    CaseStart
}

/// Starts a CASE of one operand, which is compared with a value in each branch: `case_of(x).when(1, "one").end()`.
///
/// As `=` has it, no branch is taken if the operand is NULL.
pub fn case_of<E: Expression>(operand: E) -> CaseOf<Base<E>, DialectOf<E>> {
    CaseOf { ty: operand.sql_type(), operand: operand.into_ir(), types: PhantomData }
}

/// A CASE of one operand, without branches.
#[must_use = "a CASE is an expression after `.otherwise(..)` or `.end()`"]
pub struct CaseOf<B, D> {
    operand: ir::Node,
    ty: &'static Type,
    types: PhantomData<fn() -> (B, D)>,
}

impl<B, D: Dialect> CaseOf<B, D> {
    /// WHEN value THEN result
    pub fn when<W: Operand<B>, V: Branch>(self, value: W, result: V) -> CaseOfBranches<B, V::Type, D>
    where
        D: Meet<W::Dialect, Out = D> + Meet<V::Dialect, Out = D>,
    {
        let branches = vec![(value.operand(self.ty), result.branch())];
        CaseOfBranches { of: self, branches, result: PhantomData }
    }
}

/// A CASE of one operand that has branches of type `T`. It is an expression after `otherwise` or `end`.
#[must_use = "a CASE is an expression after `.otherwise(..)` or `.end()`"]
pub struct CaseOfBranches<B, T, D> {
    of: CaseOf<B, D>,
    branches: Vec<(ir::Node, ir::Node)>,
    result: PhantomData<fn() -> T>,
}

impl<B, T: SqlType, D: Dialect> CaseOfBranches<B, T, D> {
    /// WHEN value THEN result
    pub fn when<W: Operand<B>, V>(mut self, value: W, result: V) -> CaseOfBranches<B, In<ArmNull<T, V>, T>, D>
    where
        BaseOf<T>: Branches<V>,
        D: Meet<W::Dialect, Out = D> + Meet<ArmDialect<T, V>, Out = D>,
    {
        self.branches.push((value.operand(self.of.ty), <BaseOf<T> as Branches<V>>::branch(result, T::SQL_TYPE)));
        CaseOfBranches { of: self.of, branches: self.branches, result: PhantomData }
    }

    /// ELSE result END
    pub fn otherwise<V>(self, result: V) -> Expr<In<ArmNull<T, V>, T>, D>
    where
        BaseOf<T>: Branches<V>,
        D: Meet<ArmDialect<T, V>, Out = D>,
    {
        let otherwise = Some(<BaseOf<T> as Branches<V>>::branch(result, T::SQL_TYPE));
        self.into_expr(otherwise)
    }

    /// END, NULL where no value equals the operand
    pub fn end(self) -> Expr<In<Nullable, T>, D> {
        self.into_expr(None)
    }

    fn into_expr<R>(self, otherwise: Option<ir::Node>) -> Expr<R, D> {
        let operand = Some(self.of.operand);
        Expr::from_ir(ir::Node::Case(Box::new(ir::CaseNode { operand, branches: self.branches, otherwise })))
    }
}

/// A CASE without branches.
#[derive(Clone, Copy, Debug)]
pub struct CaseStart;

/// A CASE that has branches of type `T`. It is an expression after `otherwise` or `end`.
#[must_use = "a CASE is an expression after `.otherwise(..)` or `.end()`"]
pub struct Case<T, D> {
    branches: Vec<(ir::Node, ir::Node)>,
    types: PhantomData<fn() -> (T, D)>,
}

/// What the first branch of a CASE can be: it gives the CASE its type.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither an expression nor a value",
    label = "its type is not known",
    note = "the first branch gives the CASE its type: write a number with its type, `1i64`"
)]
pub trait Branch {
    /// Its type.
    type Type: SqlType;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn branch(self) -> ir::Node;
}

impl<T: SqlType, D: Dialect> Branch for Expr<T, D> {
    type Type = T;
    type Dialect = D;

    fn branch(self) -> ir::Node {
        self.into_ir()
    }
}

impl<O: Origin, T: SqlType> Branch for Column<O, T> {
    type Type = T;
    type Dialect = O::Dialect;

    fn branch(self) -> ir::Node {
        self.into_ir()
    }
}

impl<V: SqlType> Branch for V {
    type Type = V;
    type Dialect = Portable;

    fn branch(self) -> ir::Node {
        bind(self, V::SQL_TYPE)
    }
}

impl Branch for &str {
    type Type = String;
    type Dialect = Portable;

    fn branch(self) -> ir::Node {
        bind(self.to_owned(), String::SQL_TYPE)
    }
}

/// What a further branch of a CASE of `Self` can be.
// said of the type, not of the branch: so it is asked when the type of a literal in the first branch is settled
#[diagnostic::on_unimplemented(
    message = "`{V}` cannot be a branch of a CASE of `{Self}`",
    label = "not a `{Self}`",
    note = "the first branch gives the CASE its type: a number there is written with its type, `1i64`"
)]
pub trait Branches<V> {
    /// Whether the branch can be NULL.
    type Null: Nullness;
    /// The databases it exists on.
    type Dialect: Dialect;

    /// Gives up the types.
    fn branch(value: V, beside: &'static Type) -> ir::Node;
}

#[diagnostic::do_not_recommend]
impl<B, V: Operand<B>> Branches<V> for B {
    type Null = V::Null;
    type Dialect = V::Dialect;

    fn branch(value: V, beside: &'static Type) -> ir::Node {
        value.operand(beside)
    }
}

impl CaseStart {
    /// WHEN condition THEN value
    pub fn when<C: Expression, V: Branch>(self, condition: C, value: V) -> Case<V::Type, Met<C::Dialect, V::Dialect>>
    where
        C::Type: Boolean,
        C::Dialect: Meet<V::Dialect>,
    {
        Case { branches: vec![(condition.into_ir(), value.branch())], types: PhantomData }
    }
}

type ArmNull<T, V> = <BaseOf<T> as Branches<V>>::Null;
type ArmDialect<T, V> = <BaseOf<T> as Branches<V>>::Dialect;

impl<T: SqlType, D: Dialect> Case<T, D> {
    /// WHEN condition THEN value
    pub fn when<C: Expression, V>(
        mut self,
        condition: C,
        value: V,
    ) -> Case<In<ArmNull<T, V>, T>, Met<Met<D, C::Dialect>, ArmDialect<T, V>>>
    where
        C::Type: Boolean,
        BaseOf<T>: Branches<V>,
        D: Meet<C::Dialect>,
        Met<D, C::Dialect>: Meet<ArmDialect<T, V>>,
    {
        self.branches.push((condition.into_ir(), <BaseOf<T> as Branches<V>>::branch(value, T::SQL_TYPE)));
        Case { branches: self.branches, types: PhantomData }
    }

    /// ELSE value END
    pub fn otherwise<V>(self, value: V) -> Expr<In<ArmNull<T, V>, T>, Met<D, ArmDialect<T, V>>>
    where
        BaseOf<T>: Branches<V>,
        D: Meet<ArmDialect<T, V>>,
    {
        let otherwise = Some(<BaseOf<T> as Branches<V>>::branch(value, T::SQL_TYPE));
        Expr::from_ir(ir::Node::Case(Box::new(ir::CaseNode { operand: None, branches: self.branches, otherwise })))
    }

    /// END, NULL where no condition holds
    pub fn end(self) -> Expr<In<Nullable, T>, D> {
        Expr::from_ir(ir::Node::Case(Box::new(ir::CaseNode {
            operand: None,
            branches: self.branches,
            otherwise: None,
        })))
    }
}
