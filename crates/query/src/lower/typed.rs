//! Types that the database cannot see: casts around arguments and numbers, where nothing beside them says what they are.

use sea_query::Expr as Sql;

use super::Lower;
use super::expr::fill;
use super::placeholder::Marker;
use super::render::{atom, bound};
use crate::error::BuildError;
use crate::ir::{Constant, Node};
use crate::types::{Kind, Type};

impl<'s> Lower<'s> {
    /// A bound value of a type that the driver may not be able to name.
    pub(super) fn typed(&self, marker: Marker, ty: &Type, list: bool) -> Result<Sql, BuildError> {
        Ok(match self.target.engine.argument_cast(ty, list)? {
            Some(cast) => atom(fill(&cast, &[Marker::text(marker.sentinel())])),
            None => bound(marker),
        })
    }

    /// An expression beside nothing that says its type: an argument says it itself, and so does a number.
    pub(super) fn typed_expr(&mut self, expr: &'s Node) -> Result<Sql, BuildError> {
        let engine = self.target.engine;
        match expr {
            Node::Argument(argument) => match engine.bound_cast(argument.ty())? {
                Some(cast) => Ok(atom(fill(&cast, &[self.text(expr)?]))),
                None => self.expr(expr),
            },
            Node::Constant(Constant::Number(digits, ty)) if self.syntax.cast_literals => {
                let widened = self.seed && !self.syntax.casts_widen && ty.kind == Kind::I64;
                let literal = if widened { widest(digits)? } else { self.text(expr)? };
                Ok(atom(fill(&engine.cast(ty)?, &[literal])))
            }
            _ => self.expr(expr),
        }
    }

    /// What is looked for in a subquery. MySQL gives a placeholder there no type at all.
    pub(super) fn sought(&mut self, operand: &'s Node) -> Result<Sql, BuildError> {
        match operand {
            Node::Argument(argument)
                if !self.syntax.placeholders_have_types
                    && matches!(argument.ty().kind, Kind::Text | Kind::Enum)
                    && !argument.ty().array =>
            {
                self.cast(operand, argument.ty())
            }
            _ => self.typed_expr(operand),
        }
    }

    /// Several expressions of one type, of which one at least must say it: if none does by itself, the first does.
    pub(super) fn typed_texts(&mut self, exprs: &[&'s Node]) -> Result<Vec<String>, BuildError> {
        let untyped = exprs.iter().all(|expr| is_untyped(expr));
        let text = |(at, expr): (usize, &&'s Node)| {
            let typed = untyped && at == 0 || is_wider(expr);
            let sql = if typed { self.typed_expr(expr)? } else { self.expr(expr)? };
            Ok(self.text_of(&sql))
        };
        exprs.iter().enumerate().map(text).collect()
    }

    /// What a function is given, as what it is: which function it is can depend on the type.
    pub(super) fn given_text(&mut self, argument: &'s Node) -> Result<String, BuildError> {
        let sql = match argument {
            Node::Constant(Constant::Number(..)) => self.typed_expr(argument)?,
            _ => self.expr(argument)?,
        };
        Ok(self.text_of(&sql))
    }
}

/// Whether an expression is of a type that the database cannot see in it.
pub(super) fn is_untyped(expr: &Node) -> bool {
    matches!(expr, Node::Argument(_) | Node::Constant(Constant::Number(..)))
}

/// Whether it is a number that is narrower than its literal: what it is calculated with would become wider, too.
pub(super) fn is_wider(expr: &Node) -> bool {
    matches!(expr, Node::Constant(Constant::Number(_, ty)) if matches!(ty.kind, Kind::I16 | Kind::F32))
}

/// An integer with as many digits as the longest.
fn widest(digits: &str) -> Result<String, BuildError> {
    digits.parse().map(|i: i64| format!("{i:020}")).map_err(|_| BuildError::NotConstant)
}
