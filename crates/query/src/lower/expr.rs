//! Expressions.

use sea_query::{BinOper, Expr as Sql, UnOper};

use super::Lower;
use super::placeholder::{Marker, Slot};
use super::render::{atom, composite};
use crate::dialect::{self, Capability, Piece, pieces};
use crate::error::BuildError;
use crate::ir::{Argument, CaseNode, Function, ListStyle, Node, PatternMatch, Source, Test, UnaryOp};
use crate::types::{Kind, Type};

impl<'s> Lower<'s> {
    pub(super) fn expr(&mut self, expr: &'s Node) -> Result<Sql, BuildError> {
        if !self.syntax.knows_grouped && self.grouped.contains(&expr) {
            let grouped = std::mem::take(&mut self.grouped);
            let key = self.minimum(expr)?;
            self.grouped = grouped;
            return Ok(atom(key));
        }
        Ok(match expr {
            Node::Column(column) => self.column(column)?,
            Node::Argument(argument) => self.argument(argument)?,
            Node::Constant(constant) => atom(self.literal(constant)?),
            Node::Unary(UnaryOp::Not, operand) => Sql::Unary(UnOper::Not, Box::new(self.expr(operand)?)),
            // the parentheses keep two minuses from making a comment
            Node::Unary(UnaryOp::Negate, operand) => {
                if let (Node::Argument(argument), false) = (&**operand, self.syntax.placeholders_have_types) {
                    // MariaDB makes a decimal of minus such a value, which might be the least integer
                    if is_integer(argument.ty().kind) {
                        let value = self.typed_expr(operand)?;
                        return Ok(composite(format!("0 - {}", self.text_of(&value))));
                    }
                }
                let operand = self.typed_expr(operand)?;
                composite(format!("-({})", self.text_of(&operand)))
            }
            Node::Binary(op, operands) => self.binary(*op, &operands[0], &operands[1])?,
            Node::Compared(op, left, right) => self.compared(*op, left, right)?,
            Node::All(conditions) => self.chain(conditions, BinOper::And)?,
            Node::Any(conditions) => self.chain(conditions, BinOper::Or)?,
            Node::Test(test, operand) => self.test(*test, operand)?,
            Node::In(membership) => self.membership(membership)?,
            Node::Like(like) => self.like(like)?,
            Node::Exists(query) => atom(format!("EXISTS({})", self.select(query, None)?)),
            Node::Scalar(query) => atom(format!("({})", self.select(query, None)?)),
            Node::Call(function, arguments) => self.call(*function, arguments)?,
            Node::Aggregate(aggregate) => self.aggregate(aggregate)?,
            Node::Case(case) => self.case(case)?,
            Node::Cast(operand, ty) => self.cast(operand, ty)?,
            Node::Json { document, path, form } => self.json(document, path, *form)?,
            Node::JsonEdit(edit) => self.json_edit(edit)?,
            Node::Quantified(quantified) => self.quantified(quantified)?,
            Node::Row(exprs) => atom(format!("({})", self.texts(exprs)?)),
            Node::Collate(operand, collation) => {
                let name = match &collation.0 {
                    Some(name) => self.quoted(name)?,
                    None => self.syntax.by_code_points.to_owned(),
                };
                composite(format!("{} COLLATE {name}", self.operand(operand)?))
            }
            Node::Keyword(word) => atom(format!("CAST({} AS regconfig)", self.text_literal(word)?)),
            Node::Raw(raw) => composite(self.raw(raw)?),
        })
    }

    /// The text of an expression that stands alone: between commas or parentheses.
    pub(super) fn text(&mut self, expr: &'s Node) -> Result<String, BuildError> {
        let sql = self.expr(expr)?;
        Ok(self.text_of(&sql))
    }

    /// The text of an expression beside an operator.
    pub(super) fn operand(&mut self, expr: &'s Node) -> Result<String, BuildError> {
        let sql = self.expr(expr)?;
        Ok(self.operand_of(&sql))
    }

    /// The texts of several expressions, with commas.
    pub(super) fn texts(&mut self, exprs: &'s [Node]) -> Result<String, BuildError> {
        let texts: Result<Vec<_>, _> = exprs.iter().map(|expr| self.text(expr)).collect();
        Ok(texts?.join(", "))
    }

    /// An expression to sort or group by. A bare number there would be a position in the select list, for MariaDB even
    /// if it is bound.
    pub(super) fn key(&mut self, expr: &'s Node) -> Result<Sql, BuildError> {
        let key = self.expr(expr)?;
        let text = self.text_of(&key);
        // an empty list is one of these
        let is_truth = matches!(text.as_str(), "TRUE" | "FALSE");
        Ok(if is_truth || self.is_bare(expr) { atom(format!("coalesce({text}, {text})")) } else { key })
    }

    /// Whether the text of an expression is that of a constant, or of a placeholder where that is as much.
    fn is_bare(&self, expr: &Node) -> bool {
        match expr {
            Node::Constant(_) => true,
            Node::Argument(_) => !self.syntax.placeholders_have_types,
            Node::Unary(UnaryOp::Negate | UnaryOp::Not, operand) => self.is_bare(operand),
            Node::All(conditions) | Node::Any(conditions) => conditions.iter().all(|condition| self.is_bare(condition)),
            Node::In(membership) => self.is_empty(&membership.source),
            Node::Call(function, arguments) => match (function, arguments.as_slice()) {
                (Function::Coalesce | Function::Greatest | Function::Least, [only]) => self.is_bare(only),
                (Function::Lossy | Function::NaiveUtc | Function::AndUtc, [only]) => self.is_bare(only),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether nothing is looked through: a condition about it is a constant.
    fn is_empty(&self, source: &Source) -> bool {
        match source {
            Source::Exprs(exprs) => exprs.is_empty(),
            Source::List(list) if self.syntax.lists != ListStyle::Array => {
                let width = |argument| self.shape.map_or(0, |shape| shape.width(argument));
                self.argument_number(list).is_ok_and(|argument| width(argument) == 0)
            }
            Source::List(_) | Source::Query(_) => false,
        }
    }

    /// The number of an argument. The schema's own expressions have none.
    pub(super) fn argument_number(&self, argument: &Argument) -> Result<u32, BuildError> {
        self.arguments.get(&(argument.id(), argument.ty())).copied().ok_or(BuildError::NotConstant)
    }

    pub(super) fn argument(&self, argument: &'s Argument) -> Result<Sql, BuildError> {
        let number = self.argument_number(argument)?;
        self.typed(Marker::argument(number), argument.ty(), argument.is_list())
    }

    /// One of the values of a list that is not bound as one array.
    pub(super) fn element(&self, list: &Argument, element: u32) -> Result<Sql, BuildError> {
        let slot = Slot { argument: self.argument_number(list)?, element: Some(element) };
        self.typed(Marker::Bound(slot), list.ty(), false)
    }

    fn test(&mut self, test: Test, operand: &'s Node) -> Result<Sql, BuildError> {
        let (op, what) = match test {
            Test::Null => (BinOper::Is, "NULL"),
            Test::NotNull => (BinOper::IsNot, "NULL"),
            Test::True => (BinOper::Is, "TRUE"),
            Test::NotTrue => (BinOper::IsNot, "TRUE"),
            Test::False => (BinOper::Is, "FALSE"),
        };
        Ok(Sql::Binary(Box::new(self.expr(operand)?), op, Box::new(atom(what.to_owned()))))
    }

    fn like(&mut self, like: &'s PatternMatch) -> Result<Sql, BuildError> {
        let PatternMatch { operand, pattern, case_insensitive, negated } = like;
        if *case_insensitive {
            self.need(Capability::HasIlike, "ILIKE")?;
        }
        let not = if *negated { "NOT " } else { "" };
        let word = if *case_insensitive { "ILIKE" } else { "LIKE" };
        let (operand, pattern) = (self.operand(operand)?, self.operand(pattern)?);
        Ok(composite(format!("{operand} {not}{word} {pattern} ESCAPE {}", self.text_literal("\\")?)))
    }

    fn call(&mut self, function: Function, arguments: &'s [Node]) -> Result<Sql, BuildError> {
        // of one alone it is that one, and SQLite's max(x) would be the aggregate
        if let (Function::Coalesce | Function::Greatest | Function::Least, [only]) = (function, arguments) {
            return self.typed_expr(only);
        }
        let template = dialect::function(self.target.engine, function).map_err(|name| self.lacks(name))?;
        if let ("{0}", [only]) = (template, arguments) {
            return self.expr(only);
        }
        let arguments = match (function, arguments) {
            (Function::NullIf, [left, right]) => [self.typed_texts(&[left])?, vec![self.text(right)?]].concat(),
            // what a value is in JSON is for its type to say
            (Function::JsonObject | Function::JsonArray, arguments) => {
                let text = |argument| self.typed_expr(argument).map(|sql| self.text_of(&sql));
                arguments.iter().map(text).collect::<Result<_, _>>()?
            }
            (Function::JsonOf, [value]) => self.typed_texts(&[value])?,
            _ if gives_an_argument(function) => self.typed_texts(&arguments.iter().collect::<Vec<_>>())?,
            _ => arguments.iter().map(|argument| self.given_text(argument)).collect::<Result<_, _>>()?,
        };
        let missing = pieces(template)
            .any(|piece| matches!(piece, Piece::Hole(hole) if !matches!(hole, "*" | "+") && position(hole, &arguments).is_none()));
        if missing || (template.contains("{*}") && arguments.is_empty()) {
            return Err(BuildError::Clause("a function lacks an argument".into()));
        }
        Ok(atom(fill(template, &arguments)))
    }

    fn case(&mut self, case: &'s CaseNode) -> Result<Sql, BuildError> {
        let CaseNode { operand, branches, otherwise } = case;
        if branches.is_empty() {
            return match otherwise {
                Some(otherwise) => self.expr(otherwise),
                None => Ok(atom("NULL".to_owned())),
            };
        }
        let mut text = String::from("CASE");
        if let Some(operand) = operand {
            text.push_str(&format!(" {}", self.text(operand)?));
        }
        let results: Vec<&'s Node> = branches.iter().map(|(_, result)| result).chain(otherwise).collect();
        let results = self.typed_texts(&results)?;
        for ((condition, _), result) in branches.iter().zip(&results) {
            text.push_str(&format!(" WHEN {} THEN {result}", self.text(condition)?));
        }
        if let (Some(_), Some(result)) = (otherwise, results.last()) {
            text.push_str(&format!(" ELSE {result}"));
        }
        text.push_str(" END");
        Ok(atom(text))
    }

    pub(super) fn cast(&mut self, operand: &'s Node, ty: &Type) -> Result<Sql, BuildError> {
        let template = self.target.engine.cast(ty)?;
        let text = self.text(operand)?;
        Ok(atom(fill(&template, &[if template.starts_with("((") { format!("({text})") } else { text }])))
    }
}

/// Whether what a function gives is one of its arguments, or a number like it.
fn gives_an_argument(function: Function) -> bool {
    use Function::{Abs, BitNot, Coalesce, Greatest, GreatestOrNull, Least, LeastOrNull, Truncate};
    use Function::{Ceil, Floor, Round, RoundFloat};
    matches!(
        function,
        Abs | BitNot
            | Ceil
            | Coalesce
            | Floor
            | Greatest
            | GreatestOrNull
            | Least
            | LeastOrNull
            | Round
            | RoundFloat
            | Truncate
    )
}

pub(super) fn is_integer(kind: Kind) -> bool {
    matches!(kind, Kind::I16 | Kind::I32 | Kind::I64)
}

/// The template with its holes filled: `{0}` with an argument, `{*}` with all of them, `{+}` with all but the first.
pub(super) fn fill(template: &str, arguments: &[String]) -> String {
    pieces(template)
        .map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Hole("*") => arguments.join(", "),
            Piece::Hole("+") => arguments.get(1..).unwrap_or_default().join(", "),
            Piece::Hole(hole) => position(hole, arguments).cloned().unwrap_or_default(),
        })
        .collect()
}

fn position<'a>(hole: &str, arguments: &'a [String]) -> Option<&'a String> {
    arguments.get(hole.parse::<usize>().ok()?)
}
