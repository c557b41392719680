//! Expressions.

use sea_query::{BinOper, Expr as Sql, UnOper};

use std::borrow::Cow;

use super::Lower;
use super::placeholder::{Marker, Slot};
use super::render::{atom, composite};
use super::typed::{is_untyped, is_wider};
use crate::dialect::{self, Capability, Operator, Piece, pieces};
use crate::error::BuildError;
use crate::ir::{
    Argument, BinaryOp, CaseNode, ColumnRef, Function, ListStyle, Many, Membership, Node, PatternMatch, Plain,
    Quantified, Select, Source, Test, UnaryOp,
};
use crate::types::{Kind, Type};

/// How many conditions stand in one row before they are grouped: SQLite takes expressions no deeper than 1 000.
const CHAIN: usize = 64;

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

    fn chain(&mut self, conditions: &'s [Node], op: BinOper) -> Result<Sql, BuildError> {
        // what a key of GROUP BY was lengthened to begins with it
        let begins = |key: &&'s Node| {
            links(key, op).is_some_and(|links| links.len() < conditions.len() && conditions.starts_with(links))
        };
        let key = self.grouped.iter().copied().filter(begins).max_by_key(|key| links(key, op).map(<[Node]>::len));
        let rest = &conditions[key.and_then(|key| links(key, op)).map_or(0, <[Node]>::len)..];
        let parts = self.parts(key.into_iter().chain(rest), op)?;
        Ok(if parts.is_empty() { neutral(op) } else { chained(parts, op) })
    }

    /// The number of an argument. The schema's own expressions have none.
    pub(super) fn argument_number(&self, argument: &Argument) -> Result<u32, BuildError> {
        self.arguments.get(&(argument.id(), argument.ty())).copied().ok_or(BuildError::NotConstant)
    }

    fn argument(&self, argument: &'s Argument) -> Result<Sql, BuildError> {
        let number = self.argument_number(argument)?;
        self.typed(Marker::argument(number), argument.ty(), argument.is_list())
    }

    fn binary(&mut self, op: BinaryOp, left: &'s Node, right: &'s Node) -> Result<Sql, BuildError> {
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
    fn compared(&mut self, op: BinaryOp, left: &ColumnRef, right: &'s Plain) -> Result<Sql, BuildError> {
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

    fn membership(&mut self, membership: &'s Membership) -> Result<Sql, BuildError> {
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
                let elements: Result<Vec<Sql>, _> = (0..width)
                    .map(|i| self.typed(Marker::Bound(Slot { argument, element: Some(i) }), list.ty(), false))
                    .collect();
                elements?
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

    fn quantified(&mut self, quantified: &'s Quantified) -> Result<Sql, BuildError> {
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

/// How many values are looked for at once: those of a row, or one.
fn parts(operand: &Node) -> usize {
    if let Node::Row(parts) = operand { parts.len() } else { 1 }
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

fn is_arithmetic(op: BinaryOp) -> bool {
    use BinaryOp::{Add, Divide, DivideIntegers, Modulo, Multiply, Subtract};
    use BinaryOp::{BitAnd, BitOr, BitXor, ShiftLeft, ShiftRight};
    matches!(op, Add | Subtract | Multiply | Divide | DivideIntegers | Modulo)
        || matches!(op, BitAnd | BitOr | BitXor | ShiftLeft | ShiftRight)
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
fn chained(conditions: Vec<Sql>, op: BinOper) -> Sql {
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
