//! Operators between two values, and what a value is looked for in: lists and subqueries.

use sea_query::{BinOper, Expr as Sql, UnOper};
use std::borrow::Cow;

use super::Lower;
use super::chain::chained;
use super::expr::fill;
use super::placeholder::Marker;
use super::render::atom;
use super::typed::{is_untyped, is_wider};
use crate::dialect::{self, Capability, Operator};
use crate::error::BuildError;
use crate::ir::{BinaryOp, ColumnRef, ListStyle, Many, Membership, Node, Plain, Quantified, Select, Source};

impl<'s> Lower<'s> {
    pub(super) fn binary(&mut self, op: BinaryOp, left: &'s Node, right: &'s Node) -> Result<Sql, BuildError> {
        if let (Node::Row(left), Node::Row(right), false) = (left, right, self.syntax.compares_rows) {
            return self.compared_part_by_part(op, left, right);
        }
        let untyped = is_arithmetic(op) && is_untyped(left) && is_untyped(right);
        let mut side = |side: &'s Node| {
            let typed = untyped || is_arithmetic(op) && is_wider(side);
            if typed { self.typed_expr(side) } else { self.expr(side) }
        };
        let (left, right) = (side(left)?, side(right)?);
        self.operation(op, left, right)
    }

    /// A column beside another one or a value.
    pub(super) fn compared(&mut self, op: BinaryOp, left: &ColumnRef, right: &'s Plain) -> Result<Sql, BuildError> {
        let left = self.column_beside(left)?;
        let right = match right {
            Plain::Column(right) => self.column_beside(right)?,
            Plain::Argument(right) => self.argument(right)?,
        };
        self.operation(op, left, right)
    }

    /// A column beside an operator: as a key of the group, if it is one.
    fn column_beside(&mut self, column: &ColumnRef) -> Result<Sql, BuildError> {
        match self.grouped.iter().copied().find(|key| matches!(key, Node::Column(key) if key == column)) {
            Some(key) => self.expr(key),
            None => self.column(column),
        }
    }

    fn operation(&self, op: BinaryOp, left: Sql, right: Sql) -> Result<Sql, BuildError> {
        let spelling = dialect::operator(self.target.engine, op).map_err(|name| self.lacks(name))?;
        Ok(match spelling {
            Operator::Infix(word) => Sql::Binary(Box::new(left), infix(word), Box::new(right)),
            Operator::Template(template) => atom(fill(template, &[self.operand_of(&left), self.operand_of(&right)])),
        })
    }

    /// `(a, b) IN ((x, y), …)` as `a = x AND b = y OR …`.
    fn among_rows(&mut self, left: &'s [Node], rows: &'s [Node], negated: bool) -> Result<Sql, BuildError> {
        let compared = rows.iter().map(|row| match row {
            Node::Row(right) => self.compared_part_by_part(BinaryOp::Equal, left, right),
            _ => Err(BuildError::Clause("rows are compared with rows".into())),
        });
        let found = compared.collect::<Result<Vec<Sql>, _>>()?;
        let any = if found.is_empty() { atom("FALSE".to_owned()) } else { chained(found, BinOper::Or) };
        Ok(if negated { Sql::Unary(UnOper::Not, Box::new(any)) } else { any })
    }

    /// `(a, b) < (x, y)` as `a < x OR a = x AND b < y`.
    fn compared_part_by_part(&mut self, op: BinaryOp, left: &'s [Node], right: &'s [Node]) -> Result<Sql, BuildError> {
        let strictly = match op {
            BinaryOp::LessOrEqual => BinaryOp::Less,
            BinaryOp::GreaterOrEqual => BinaryOp::Greater,
            op => op,
        };
        let pairs: Vec<(&'s Node, &'s Node)> = left.iter().zip(right).collect();
        let mut found = Vec::new();
        for (at, (one, other)) in pairs.iter().enumerate() {
            let last = at + 1 == pairs.len();
            let decides = self.binary(if last { op } else { strictly }, one, other)?;
            if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) {
                found.push(decides);
                continue;
            }
            let before = pairs.iter().take(at).map(|(one, other)| self.binary(BinaryOp::Equal, one, other));
            let mut parts = before.collect::<Result<Vec<Sql>, _>>()?;
            parts.push(decides);
            found.push(chained(parts, BinOper::And));
        }
        Ok(chained(found, if op == BinaryOp::Equal { BinOper::And } else { BinOper::Or }))
    }

    pub(super) fn membership(&mut self, membership: &'s Membership) -> Result<Sql, BuildError> {
        let Membership { operand, source, negated } = membership;
        if let (Node::Row(left), Source::Exprs(rows), false) = (operand, source, self.syntax.seeks_rows) {
            return self.among_rows(left, rows, *negated);
        }
        let op = if *negated { BinOper::NotIn } else { BinOper::In };
        let within = match source {
            Source::List(list) if self.syntax.lists == ListStyle::Array => {
                let array = self.typed(Marker::argument(self.argument_number(list)?), list.ty(), true)?;
                let (op, quantifier) = if *negated { (BinOper::NotEqual, "ALL") } else { (BinOper::Equal, "ANY") };
                let all = atom(format!("{quantifier}({})", self.text_of(&array)));
                return Ok(Sql::Binary(Box::new(self.expr(operand)?), op, Box::new(all)));
            }
            Source::List(list) => {
                let argument = self.argument_number(list)?;
                let width = self.shape.map_or(0, |shape| shape.width(argument));
                let (count, limit) = (width as usize, self.syntax.max_arguments);
                if count > limit {
                    return Err(BuildError::TooManyArguments { count, limit });
                }
                (0..width).map(|i| self.element(list, i)).collect::<Result<Vec<Sql>, _>>()?
            }
            Source::Exprs(exprs) => exprs.iter().map(|expr| self.expr(expr)).collect::<Result<Vec<_>, _>>()?,
            Source::Query(query) => {
                let limited = query.limit.is_some() || query.further.offset.is_some();
                let query = match limited && !self.syntax.limit_behind_in {
                    true => self.derived_list(query, parts(operand))?,
                    false => self.select(query, None)?,
                };
                let query = atom(format!("({query})"));
                return Ok(Sql::Binary(Box::new(self.sought(operand)?), op, Box::new(query)));
            }
        };
        if within.is_empty() {
            return Ok(atom(if *negated { "TRUE" } else { "FALSE" }.to_owned()));
        }
        Ok(Sql::Binary(Box::new(self.expr(operand)?), op, Box::new(Sql::Tuple(within))))
    }

    pub(super) fn quantified(&mut self, quantified: &'s Quantified) -> Result<Sql, BuildError> {
        let Quantified { operand, op, all, many } = quantified;
        let many = match many {
            Many::Array(array) => {
                self.need(Capability::HasArrays, "arrays")?;
                self.text(array)?
            }
            Many::Query(query) => {
                self.need(Capability::HasQuantified, "ANY and ALL")?;
                self.select(query, None)?
            }
        };
        let quantifier = if *all { "ALL" } else { "ANY" };
        match dialect::operator(self.target.engine, *op).map_err(|name| self.lacks(name))? {
            Operator::Infix(word) => {
                let many = atom(format!("{quantifier} ({many})"));
                Ok(Sql::Binary(Box::new(self.sought(operand)?), infix(word), Box::new(many)))
            }
            Operator::Template(_) => Err(BuildError::Clause("ANY and ALL stand behind comparisons only".into())),
        }
    }

    /// `SELECT c0 FROM (query)`, of so many columns.
    fn derived_list(&mut self, query: &'s Select, columns: usize) -> Result<String, BuildError> {
        let names: Vec<Cow<'_, str>> = (0..columns).map(|column| Cow::Owned(format!("c{column}"))).collect();
        let inner = self.select(query, Some(&names))?;
        let alias = self.alias("derived")?;
        let alias = self.quoted(&alias)?;
        let names: Result<Vec<String>, BuildError> =
            names.iter().map(|name| Ok(format!("{alias}.{}", self.quoted(name)?))).collect();
        Ok(format!("SELECT {} FROM ({inner}) AS {alias}", names?.join(", ")))
    }
}

/// How many values are looked for at once: those of a row, or one.
fn parts(operand: &Node) -> usize {
    if let Node::Row(parts) = operand { parts.len() } else { 1 }
}

fn is_arithmetic(op: BinaryOp) -> bool {
    use BinaryOp::{Add, Divide, DivideIntegers, Modulo, Multiply, Subtract};
    use BinaryOp::{BitAnd, BitOr, BitXor, ShiftLeft, ShiftRight};
    matches!(op, Add | Subtract | Multiply | Divide | DivideIntegers | Modulo)
        || matches!(op, BitAnd | BitOr | BitXor | ShiftLeft | ShiftRight)
}

/// Operators that sea-query knows the precedence of; around others it writes parentheses.
fn infix(word: &'static str) -> BinOper {
    match word {
        "=" => BinOper::Equal,
        "<>" => BinOper::NotEqual,
        "<" => BinOper::SmallerThan,
        "<=" => BinOper::SmallerThanOrEqual,
        ">" => BinOper::GreaterThan,
        ">=" => BinOper::GreaterThanOrEqual,
        "+" => BinOper::Add,
        "-" => BinOper::Sub,
        "*" => BinOper::Mul,
        "/" => BinOper::Div,
        "%" => BinOper::Mod,
        "IS" => BinOper::Is,
        "IS NOT" => BinOper::IsNot,
        _ => BinOper::Custom(word),
    }
}
