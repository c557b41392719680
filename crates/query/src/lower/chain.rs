//! Conditions in a row: AND and OR.

use sea_query::{BinOper, Expr as Sql};

use super::Lower;
use super::render::atom;
use crate::error::BuildError;
use crate::ir::Node;

/// How many conditions stand in one row before they are grouped: SQLite takes expressions no deeper than 1 000.
const CHAIN: usize = 64;

impl<'s> Lower<'s> {
    /// Conditions that all hold; `None` if there are none.
    pub(super) fn conditions(&mut self, conditions: &'s [Node]) -> Result<Option<Sql>, BuildError> {
        self.meant(conditions).map(conjunction)
    }

    /// The conditions, without those that are TRUE by absence.
    pub(super) fn meant(&mut self, conditions: &'s [Node]) -> Result<Vec<Sql>, BuildError> {
        self.parts(conditions.iter().filter(|condition| !condition.is_empty_list()), BinOper::And)
    }

    /// The parts of a chain. One that is grouped by, and is such a chain itself, stays one part: PostgreSQL takes the
    /// first part of a chain apart, in spite of parentheses, and then does not know it again.
    fn parts(&mut self, conditions: impl Iterator<Item = &'s Node>, op: BinOper) -> Result<Vec<Sql>, BuildError> {
        let mut parts = Vec::new();
        let mut begins_with_key = false;
        for condition in conditions {
            let part = self.expr(condition)?;
            let is_key = links(condition, op).is_some() && self.grouped.contains(&condition);
            begins_with_key |= is_key && parts.is_empty();
            parts.push(if is_key { atom(self.operand_of(&part)) } else { part });
        }
        if begins_with_key && parts.len() > 1 && self.syntax.knows_grouped {
            parts.insert(0, neutral(op));
        }
        Ok(parts)
    }

    pub(super) fn chain(&mut self, conditions: &'s [Node], op: BinOper) -> Result<Sql, BuildError> {
        // what a key of GROUP BY was lengthened to begins with it
        let begins = |key: &&'s Node| {
            links(key, op).is_some_and(|links| links.len() < conditions.len() && conditions.starts_with(links))
        };
        let key = self.grouped.iter().copied().filter(begins).max_by_key(|key| links(key, op).map(<[Node]>::len));
        let rest = &conditions[key.and_then(|key| links(key, op)).map_or(0, <[Node]>::len)..];
        let parts = self.parts(key.into_iter().chain(rest), op)?;
        Ok(if parts.is_empty() { neutral(op) } else { chained(parts, op) })
    }
}

/// Conditions that all hold; `None` if there are none.
pub(super) fn conjunction(conditions: Vec<Sql>) -> Option<Sql> {
    (!conditions.is_empty()).then(|| chained(conditions, BinOper::And))
}

/// The conditions in a chain by this operator.
fn links(expr: &Node, op: BinOper) -> Option<&[Node]> {
    match (expr, op) {
        (Node::All(conditions), BinOper::And) | (Node::Any(conditions), BinOper::Or) => Some(conditions),
        _ => None,
    }
}

/// What changes nothing in a chain by this operator.
fn neutral(op: BinOper) -> Sql {
    atom(if op == BinOper::And { "TRUE" } else { "FALSE" }.to_owned())
}

/// Conditions in a row, in groups if they are many, so that the tree stays shallow.
pub(super) fn chained(conditions: Vec<Sql>, op: BinOper) -> Sql {
    let mut level = conditions;
    while level.len() > CHAIN {
        let mut groups = Vec::with_capacity(level.len() / CHAIN + 1);
        let mut rest = level.into_iter().peekable();
        while rest.peek().is_some() {
            groups.push(row(rest.by_ref().take(CHAIN), op));
        }
        level = groups;
    }
    row(level.into_iter(), op)
}

fn row(conditions: impl Iterator<Item = Sql>, op: BinOper) -> Sql {
    conditions
        .reduce(|left, right| Sql::Binary(Box::new(left), op, Box::new(right)))
        .unwrap_or_else(|| atom("TRUE".to_owned()))
}
