//! Expressions.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::{Argument, ColumnRef, Order, Over, Select};
use crate::types::Type;

/// A value expression or a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Node {
    /// A column of a source in scope.
    Column(ColumnRef),
    /// A bound value.
    Argument(Argument),
    /// A value written into the SQL text.
    Constant(Constant),
    /// `op x`
    Unary(UnaryOp, Box<Node>),
    /// `x op y`
    Binary(BinaryOp, Box<[Node; 2]>),
    /// Conditions joined by AND; none at all is TRUE.
    All(Vec<Node>),
    /// Conditions joined by OR; none at all is FALSE.
    Any(Vec<Node>),
    /// `x IS [NOT] NULL / TRUE / FALSE`
    Test(Test, Box<Node>),
    /// `x [NOT] IN (…)`
    In(Box<Membership>),
    /// `x [NOT] LIKE pattern`
    Like(Box<PatternMatch>),
    /// `EXISTS (query)`
    Exists(Box<Select>),
    /// `(query)` as a value
    Scalar(Box<Select>),
    /// A function of values.
    Call(Function, Vec<Node>),
    /// A function of a group of rows.
    Aggregate(Box<Aggregate>),
    /// CASE
    Case(Box<CaseNode>),
    /// `CAST(x AS type)`
    Cast(Box<Node>, Type),
    /// A step into a JSON document; the last step gives text or JSON.
    Json {
        /// The document.
        document: Box<Node>,
        /// The way into it.
        path: Vec<JsonStep>,
        /// Whether the result is SQL text (`->>`) or JSON (`->`).
        text: bool,
    },
    /// A bare word of the dialect that a function takes, such as a text-search configuration.
    Keyword(Cow<'static, str>),
}

/// A value in the SQL text: never a user's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Constant {
    /// NULL, typed.
    Null(Type),
    /// TRUE or FALSE
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A decimal or floating-point number, by its digits.
    Number(Cow<'static, str>),
    /// A string literal.
    Text(Cow<'static, str>),
    /// A literal of another type, from its text form: a date, a UUID, an enum label.
    Typed(Cow<'static, str>, Type),
}

/// Operators before an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum UnaryOp {
    /// NOT
    Not,
    /// -
    Negate,
}

/// Operators between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum BinaryOp {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `IS DISTINCT FROM`
    DistinctFrom,
    /// `IS NOT DISTINCT FROM`
    NotDistinctFrom,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// Division of numbers that are no integers.
    Divide,
    /// Division of integers, truncating towards zero.
    DivideIntegers,
    /// Remainder.
    Modulo,
    /// `||`
    Concat,
    /// `@>`
    Contains,
    /// `<@`
    ContainedBy,
    /// `&&`
    Overlaps,
    /// `@@`
    Matches,
}

/// What `IS` can test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Test {
    /// IS NULL
    Null,
    /// IS NOT NULL
    NotNull,
    /// IS TRUE
    True,
    /// IS NOT TRUE
    NotTrue,
    /// IS FALSE
    False,
}

/// `operand [NOT] IN source`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    /// What is looked for.
    pub operand: Node,
    /// Where.
    pub source: Source,
    /// NOT IN
    pub negated: bool,
}

/// The right side of IN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Source {
    /// A list of values, bound as one argument.
    List(Argument),
    /// Expressions.
    Exprs(Vec<Node>),
    /// A subquery.
    Query(Box<Select>),
}

/// `operand [NOT] LIKE pattern ESCAPE '\'`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternMatch {
    /// The text.
    pub operand: Node,
    /// The pattern: `%` any text, `_` any character, `\` escapes.
    pub pattern: Node,
    /// Whether upper and lower case are alike.
    pub case_insensitive: bool,
    /// NOT LIKE
    pub negated: bool,
}

/// A step into a JSON document. Steps are constants: a plan must see them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JsonStep {
    /// A key of an object.
    Key(Cow<'static, str>),
    /// A position in an array, from 0.
    Index(u32),
}

/// CASE WHEN … THEN … ELSE … END
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseNode {
    /// Conditions and their results.
    pub branches: Vec<(Node, Node)>,
    /// ELSE; NULL without it.
    pub otherwise: Option<Node>,
}

/// An aggregate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Aggregate {
    /// Which.
    pub function: AggregateFunction,
    /// Its arguments; `count` has none for `count(*)`.
    pub arguments: Vec<Node>,
    /// DISTINCT
    pub distinct: bool,
    /// ORDER BY within the aggregate.
    pub order_by: Vec<Order>,
    /// FILTER (WHERE …)
    pub filter: Option<Node>,
    /// OVER (…): what makes a window function of it.
    pub over: Option<Over>,
    /// The type of its result: `lower` casts where the database's own differs.
    pub ty: Type,
}

/// The aggregates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum AggregateFunction {
    /// count
    Count,
    /// sum
    Sum,
    /// avg
    Avg,
    /// min
    Min,
    /// max
    Max,
    /// bool_and
    Every,
    /// bool_or
    Some,
    /// string_agg, group_concat
    StringAgg,
    /// row_number; needs OVER, as all that follow.
    RowNumber,
    /// rank
    Rank,
    /// dense_rank
    DenseRank,
    /// percent_rank
    PercentRank,
    /// cume_dist
    CumeDist,
    /// ntile
    Ntile,
    /// lag
    Lag,
    /// lead
    Lead,
    /// first_value
    FirstValue,
    /// last_value
    LastValue,
    /// nth_value
    NthValue,
}

/// The functions of values. How each dialect spells one is a row of the table in `dialect/function.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Function {
    /// The first argument that is not NULL.
    Coalesce,
    /// NULL if two are equal.
    NullIf,
    /// The greatest of several.
    Greatest,
    /// The least of several.
    Least,
    /// Lower case.
    Lower,
    /// Upper case.
    Upper,
    /// Length in characters.
    CharLength,
    /// Without white space at both ends.
    Trim,
    /// Without white space at the start.
    TrimStart,
    /// Without white space at the end.
    TrimEnd,
    /// A part: text, first position from 1, number of characters.
    Substring,
    /// Every occurrence of the second argument by the third.
    Replace,
    /// The position of the second argument in the first from 1, or 0.
    Position,
    /// Absolute value.
    Abs,
    /// Rounded to the next integer, or to so many digits.
    Round,
    /// The next lower integer.
    Floor,
    /// The next higher integer.
    Ceil,
    /// The time the transaction (on SQLite: the statement) started.
    Now,
    /// Today's date in UTC.
    CurrentDate,
    /// A random UUID.
    RandomUuid,
    /// A timestamp moved by a number of microseconds.
    AddMicroseconds,
    /// The seconds between two timestamps.
    SecondsBetween,
    /// The year of a date or timestamp.
    Year,
    /// The month, 1 to 12.
    Month,
    /// The day of the month, 1 to 31.
    Day,
    /// The hour, 0 to 23.
    Hour,
    /// The minute, 0 to 59.
    Minute,
    /// The second, 0 to 59.
    Second,
    /// The date of a timestamp.
    DateOf,
    /// A timestamp cut to the start of its year.
    TruncateYear,
    /// A timestamp cut to the start of its month.
    TruncateMonth,
    /// A timestamp cut to the start of its day.
    TruncateDay,
    /// A timestamp cut to the start of its hour.
    TruncateHour,
    /// A document of text: configuration (a keyword), text.
    ToTsvector,
    /// A search as people write it: configuration (a keyword), text.
    WebsearchToTsquery,
    /// How many elements a JSON array has.
    JsonArrayLength,
    /// How many elements an array has.
    Cardinality,
}

impl Node {
    /// `left op right`
    pub fn binary(op: BinaryOp, left: Node, right: Node) -> Node {
        Node::Binary(op, Box::new([left, right]))
    }

    /// Whether this is a list of conditions without any, however deep: TRUE by absence of conditions.
    pub fn is_empty_list(&self) -> bool {
        matches!(self, Node::All(conditions) if conditions.iter().all(Node::is_empty_list))
    }

    /// Replaces every argument outside of subqueries.
    pub(in crate::ir) fn map_arguments(&mut self, f: &mut impl FnMut(Argument) -> Node) {
        match self {
            Node::Argument(argument) => *self = f(argument.clone()),
            Node::Column(_) | Node::Constant(_) | Node::Keyword(_) | Node::Exists(_) | Node::Scalar(_) => {}
            Node::Unary(_, operand) | Node::Test(_, operand) | Node::Cast(operand, _) => operand.map_arguments(f),
            Node::Json { document, .. } => document.map_arguments(f),
            Node::Binary(_, operands) => operands.iter_mut().for_each(|e| e.map_arguments(f)),
            Node::All(exprs) | Node::Any(exprs) | Node::Call(_, exprs) => {
                exprs.iter_mut().for_each(|e| e.map_arguments(f))
            }
            Node::In(membership) => {
                membership.operand.map_arguments(f);
                if let Source::List(list) = &membership.source {
                    membership.source = Source::Exprs(list.clone().into_elements().map(Node::Argument).collect());
                }
                if let Source::Exprs(exprs) = &mut membership.source {
                    exprs.iter_mut().for_each(|e| e.map_arguments(f));
                }
            }
            Node::Like(like) => {
                like.operand.map_arguments(f);
                like.pattern.map_arguments(f);
            }
            Node::Aggregate(aggregate) => aggregate.arguments.iter_mut().for_each(|e| e.map_arguments(f)),
            Node::Case(case) => {
                for (condition, result) in &mut case.branches {
                    condition.map_arguments(f);
                    result.map_arguments(f);
                }
                if let Some(otherwise) = &mut case.otherwise {
                    otherwise.map_arguments(f);
                }
            }
        }
    }
}
