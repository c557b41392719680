//! Aggregates: DISTINCT, ORDER BY and FILTER inside of them are written as text.

use sea_query::Expr as Sql;

use super::Lower;
use super::render::atom;
use crate::dialect::{self, Capability, Piece, StringAgg, pieces};
use crate::error::BuildError;
use crate::ir::{Aggregate, AggregateFunction, Constant, Node};

impl<'s> Lower<'s> {
    pub(super) fn aggregate(&mut self, aggregate: &'s Aggregate) -> Result<Sql, BuildError> {
        let Aggregate { function, arguments, distinct, order_by, filter, over, ty } = aggregate;
        let distinct = if *distinct { "DISTINCT " } else { "" };
        let order = match order_by.as_slice() {
            [] => String::new(),
            order_by => format!(" ORDER BY {}", self.order_text(order_by)?),
        };
        let filter = match filter {
            Some(filter) => {
                self.need(Capability::HasAggregateFilter, "FILTER clause on aggregates")?;
                format!(" FILTER (WHERE {})", self.text(filter)?)
            }
            None => String::new(),
        };
        let filter = match over {
            Some(over) => filter + &self.over(over)?,
            None => filter,
        };
        let Some(template) = dialect::aggregate(self.target.engine, *function, ty.kind) else {
            return self.string_agg(arguments, distinct, &order, &filter).map(atom);
        };
        if !order.is_empty() && self.syntax.string_agg == StringAgg::Separator {
            return Err(self.lacks("ORDER BY within this aggregate"));
        }
        let argument = match (function, arguments.as_slice()) {
            (AggregateFunction::Count, []) => "*".to_owned(),
            (_, arguments) => {
                let texts: Result<Vec<String>, BuildError> = arguments.iter().map(|a| self.text(a)).collect();
                texts?.join(", ")
            }
        };
        let text = pieces(template).map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Hole("d") => distinct,
            Piece::Hole("o") => &order,
            Piece::Hole("f") => &filter,
            Piece::Hole(_) => &argument,
        });
        Ok(atom(text.collect()))
    }

    fn string_agg(
        &mut self,
        arguments: &'s [Node],
        distinct: &str,
        order: &str,
        filter: &str,
    ) -> Result<String, BuildError> {
        let [text, separator] = arguments else {
            return Err(BuildError::Clause("`string_agg` takes a text and a separator".into()));
        };
        let argument = self.text(text)?;
        match self.syntax.string_agg {
            StringAgg::ArgumentNotDistinct(_) if !distinct.is_empty() => {
                Err(self.lacks("DISTINCT in an aggregate with a separator"))
            }
            StringAgg::Argument(name) | StringAgg::ArgumentNotDistinct(name) => {
                let separator = self.text(separator)?;
                Ok(format!("{name}({distinct}{argument}, {separator}{order}){filter}"))
            }
            StringAgg::Separator => match separator {
                Node::Constant(Constant::Text(separator)) => {
                    let separator = self.text_literal(separator)?;
                    // the introducer of a literal is no part of SEPARATOR's grammar
                    let separator = separator.trim_start_matches("_utf8mb4 ");
                    Ok(format!("group_concat({distinct}{argument}{order} SEPARATOR {separator})"))
                }
                _ => Err(self.lacks("separator that is not a constant in this aggregate")),
            },
        }
    }
}
