//! CASE WHEN … THEN … ELSE … END.

use std::marker::PhantomData;

use super::operand::bind;
use super::{Boolean, Column, Expr, Expression, Operand, Origin};
use crate::dialect::{Dialect, Meet, Met, Portable};
use crate::ir;
use crate::types::{BaseOf, In, Nullable, SqlType};

/// Starts a CASE: `case().when(condition, value).otherwise(value)`.
pub fn case() -> CaseStart {
    CaseStart
}

/// A CASE without branches.
#[derive(Clone, Copy, Debug)]
pub struct CaseStart;

/// A CASE that has branches of type `T`. It is an expression after `otherwise` or `end`.
#[must_use = "a CASE is an expression after `.otherwise(..)` or `.end()`"]
pub struct Case<T, D> {
    branches: Vec<(ir::Expr, ir::Expr)>,
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
    fn branch(self) -> ir::Expr;
}

impl<T: SqlType, D: Dialect> Branch for Expr<T, D> {
    type Type = T;
    type Dialect = D;

    fn branch(self) -> ir::Expr {
        self.into_ir()
    }
}

impl<O: Origin, T: SqlType> Branch for Column<O, T> {
    type Type = T;
    type Dialect = O::Dialect;

    fn branch(self) -> ir::Expr {
        self.into_ir()
    }
}

impl<V: SqlType> Branch for V {
    type Type = V;
    type Dialect = Portable;

    fn branch(self) -> ir::Expr {
        bind(self, V::SQL_TYPE)
    }
}

impl Branch for &str {
    type Type = String;
    type Dialect = Portable;

    fn branch(self) -> ir::Expr {
        bind(self.to_owned(), String::SQL_TYPE)
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

impl<T: SqlType, D: Dialect> Case<T, D> {
    /// WHEN condition THEN value
    pub fn when<C: Expression, V: Operand<BaseOf<T>>>(
        mut self,
        condition: C,
        value: V,
    ) -> Case<In<V::Null, T>, Met<Met<D, C::Dialect>, V::Dialect>>
    where
        C::Type: Boolean,
        D: Meet<C::Dialect>,
        Met<D, C::Dialect>: Meet<V::Dialect>,
    {
        self.branches.push((condition.into_ir(), value.operand(T::SQL_TYPE)));
        Case { branches: self.branches, types: PhantomData }
    }

    /// ELSE value END
    pub fn otherwise<V: Operand<BaseOf<T>>>(self, value: V) -> Expr<In<V::Null, T>, Met<D, V::Dialect>>
    where
        D: Meet<V::Dialect>,
    {
        let otherwise = Some(value.operand(T::SQL_TYPE));
        Expr::from_ir(ir::Expr::Case(Box::new(ir::Case { branches: self.branches, otherwise })))
    }

    /// END, NULL where no condition holds
    pub fn end(self) -> Expr<In<Nullable, T>, D> {
        Expr::from_ir(ir::Expr::Case(Box::new(ir::Case { branches: self.branches, otherwise: None })))
    }
}
