//! Aggregates: DISTINCT, ORDER BY and FILTER inside of them are written as text.

use sea_query::Expr as Sql;

use super::Lower;
use super::render::atom;
use crate::dialect::{self, Capability, Piece, StringAgg, pieces};
use crate::error::BuildError;
use crate::ir::{Aggregate, AggregateFunction, Constant, Function, Node};
use crate::types::{Kind, SqlType};

impl<'s> Lower<'s> {
    pub(super) fn aggregate(&mut self, aggregate: &'s Aggregate) -> Result<Sql, BuildError> {
        if aggregate.over.is_some() {
            return self.aggregated(aggregate);
        }
        // within an aggregate are the rows of the group
        let grouped = std::mem::take(&mut self.grouped);
        let sql = self.aggregated(aggregate);
        self.grouped = grouped;
        sql
    }

    fn aggregated(&mut self, aggregate: &'s Aggregate) -> Result<Sql, BuildError> {
        let Aggregate { function, arguments, distinct, order_by, filter, over, ty } = aggregate;
        let distinct = if *distinct { "DISTINCT " } else { "" };
        let order = match order_by.as_slice() {
            [] => String::new(),
            order_by => format!(" ORDER BY {}", self.order_text(order_by)?),
        };
        let filter = match filter {
            Some(filter) => Some(self.text(filter)?),
            None => None,
        };
        // what is NULL is no part of an aggregate but those of JSON, so that CASE can leave rows out
        let (clause, when) = match filter {
            Some(filter) if self.syntax.aggregate_filter => (format!(" FILTER (WHERE {filter})"), None),
            filter => (String::new(), filter),
        };
        let filter = match over {
            Some(over) => clause + &self.over(over)?,
            None => clause,
        };
        if *function == AggregateFunction::StringAgg {
            return self.string_agg(arguments, distinct, &order, &filter, when.as_deref()).map(atom);
        }
        let engine = self.target.engine;
        let collects_null = matches!(function, AggregateFunction::JsonAgg | AggregateFunction::JsonObjectAgg);
        // a condition that the template has a place for
        let (when, within) = if collects_null { (None, when) } else { (when, None) };
        let template = match &within {
            Some(_) => dialect::aggregate_of_some(engine, *function)
                .filter(|template| over.is_none() || template.contains("{f}"))
                .ok_or_else(|| self.lacks("FILTER clause on JSON aggregates of objects"))?,
            None => dialect::aggregate(engine, *function, ty.kind).ok_or_else(|| self.lacks("this aggregate"))?,
        };
        if !order.is_empty() && !self.sorts_within(*function) {
            return Err(self.lacks("ORDER BY within this aggregate"));
        }
        let texts: Result<Vec<String>, BuildError> =
            arguments.iter().map(|argument| self.aggregated_text(argument)).collect();
        let texts = texts?;
        let all = match (function, arguments.as_slice()) {
            (AggregateFunction::Count, []) if when.is_some() => "1".to_owned(),
            (AggregateFunction::Count, []) => "*".to_owned(),
            _ => texts.join(", "),
        };
        let all = among(all, when.as_deref());
        let text = pieces(template).map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Hole("d") => distinct,
            Piece::Hole("o") => &order,
            Piece::Hole("w") => order.trim_start(),
            Piece::Hole("f") => &filter,
            Piece::Hole("c") => within.as_deref().unwrap_or_default(),
            Piece::Hole("1") => texts.first().map_or("", String::as_str),
            Piece::Hole("2") => texts.get(1).map_or("", String::as_str),
            Piece::Hole(_) => &all,
        });
        Ok(atom(text.collect()))
    }

    /// An argument. A text that is a constant has no type for PostgreSQL's functions of any type.
    fn aggregated_text(&mut self, argument: &'s Node) -> Result<String, BuildError> {
        match argument {
            Node::Constant(Constant::Text(text)) if self.syntax.named_types => {
                let text = self.text_literal(text)?;
                Ok(self.target.engine.cast(String::SQL_TYPE)?.replace("{0}", &text))
            }
            // of texts that are all bound MySQL makes a minimum or a neighbour of any type
            _ if !self.syntax.placeholders_have_types && is_bound_text(argument) => {
                let text = self.text(argument)?;
                Ok(self.target.engine.cast(String::SQL_TYPE)?.replace("{0}", &text))
            }
            _ => self.typed_expr(argument).map(|sql| self.text_of(&sql)),
        }
    }

    /// A key of GROUP BY where the database does not know it again: its own minimum.
    pub(super) fn minimum(&mut self, key: &'s Node) -> Result<String, BuildError> {
        Ok(format!("min({})", self.aggregated_text(key)?))
    }

    /// Whether ORDER BY can stand within the aggregate.
    fn sorts_within(&self, function: AggregateFunction) -> bool {
        match function {
            AggregateFunction::JsonAgg => self.target.engine.has(Capability::HasSortedJsonAgg),
            _ => self.syntax.string_agg != StringAgg::Separator,
        }
    }

    fn string_agg(
        &mut self,
        arguments: &'s [Node],
        distinct: &str,
        order: &str,
        filter: &str,
        when: Option<&str>,
    ) -> Result<String, BuildError> {
        let [text, separator] = arguments else {
            return Err(BuildError::Clause("`string_agg` takes a text and a separator".into()));
        };
        let argument = among(self.text(text)?, when);
        match self.syntax.string_agg {
            StringAgg::ArgumentNotDistinct(_) if !distinct.is_empty() => {
                Err(self.lacks("DISTINCT in an aggregate with a separator"))
            }
            StringAgg::Argument(name) | StringAgg::ArgumentNotDistinct(name) => {
                let separator = self.text(separator)?;
                Ok(format!("{name}({distinct}{argument}, {separator}{order}){filter}"))
            }
            StringAgg::Separator if !filter.is_empty() => Err(self.lacks("window over texts put together")),
            StringAgg::Separator => match separator {
                Node::Constant(Constant::Text(separator)) => {
                    let separator = self.text_literal(separator)?;
                    // the introducer of a literal is no part of SEPARATOR's grammar
                    let separator = separator.trim_start_matches("_utf8mb4 ");
                    Ok(format!("group_concat({distinct}{argument}{order} SEPARATOR {separator}){filter}"))
                }
                _ => Err(self.lacks("separator that is not a constant in this aggregate")),
            },
        }
    }
}

/// Whether an expression is a text that only bound values make.
fn is_bound_text(expr: &Node) -> bool {
    match expr {
        Node::Argument(argument) => matches!(argument.ty().kind, Kind::Text | Kind::Enum) && !argument.ty().array,
        Node::Case(case) => case.branches.iter().map(|(_, result)| result).chain(&case.otherwise).all(is_bound_text),
        Node::Call(function, arguments) => match (function, arguments.as_slice()) {
            (Function::NullIf, [value, _]) => is_bound_text(value),
            (Function::Coalesce | Function::Greatest | Function::Least, arguments) => {
                arguments.iter().all(is_bound_text)
            }
            (Function::GreatestOrNull | Function::LeastOrNull, arguments) => arguments.iter().all(is_bound_text),
            _ => false,
        },
        _ => false,
    }
}

/// What is aggregated of the rows for which `when` holds.
fn among(argument: String, when: Option<&str>) -> String {
    match when {
        Some(when) => format!("CASE WHEN {when} THEN {argument} END"),
        None => argument,
    }
}
