//! Expressions.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::{Argument, BinaryOp, ColumnRef, Function, Order, Over, Raw, RawPart, Select, UnaryOp};
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
    /// `column op x` of a column and something plain, what most conditions are: a [`Binary`](Node::Binary) that needs
    /// no box.
    Compared(BinaryOp, ColumnRef, Plain),
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
    /// What is at a place in a JSON document.
    Json {
        /// The document.
        document: Box<Node>,
        /// The way into it.
        path: Vec<JsonStep>,
        /// As what it is read.
        form: JsonForm,
    },
    /// A JSON document with one place changed.
    JsonEdit(Box<JsonEdit>),
    /// `x op ANY (…)`, `x op ALL (…)`
    Quantified(Box<Quantified>),
    /// `(a, b)`: a row, to be compared with another.
    Row(Vec<Node>),
    /// `x COLLATE name`
    Collate(Box<Node>, Collation),
    /// A bare word of the dialect that a function takes, such as a text-search configuration.
    Keyword(Cow<'static, str>),
    /// SQL text of the user's.
    Raw(Box<Raw>),
}

/// What stands beside a column in most conditions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Plain {
    /// Another column.
    Column(ColumnRef),
    /// A bound value.
    Argument(Argument),
}

/// A value in the SQL text: never a user's data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Constant {
    /// NULL, typed.
    Null(Type),
    /// TRUE or FALSE
    Bool(bool),
    /// An integer that belongs to the construct around it, of whatever type the database takes it for.
    Integer(i64),
    /// A number by its digits, and its type: the text of a small one would be of a smaller type.
    Number(Cow<'static, str>, Type),
    /// A string literal.
    Text(Cow<'static, str>),
    /// A literal of another type, from its text form: a date, a UUID, an enum label.
    Typed(Cow<'static, str>, Type),
}

/// Rules by which text is compared and sorted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Collation(pub(crate) Option<Cow<'static, str>>);

impl Collation {
    /// By the numbers of the characters: the same order on every database, in which case counts.
    pub const CODE_POINTS: Collation = Collation(None);

    /// A collation by its name in the database, `de-x-icu` or `utf8mb4_german2_ci`. It is quoted.
    pub const fn named(name: &'static str) -> Collation {
        Collation(Some(Cow::Borrowed(name)))
    }
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

/// `operand op ANY (many)`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantified {
    /// What is compared.
    pub operand: Node,
    /// How.
    pub op: BinaryOp,
    /// With all of them, rather than any.
    pub all: bool,
    /// With what.
    pub many: Many,
}

/// What stands behind ANY and ALL.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Many {
    /// The elements of an array.
    Array(Node),
    /// The rows of a query.
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

/// As what a place in a JSON document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JsonForm {
    /// JSON (`->`).
    Json,
    /// SQL text (`->>`).
    Text,
    /// A whole number; NULL if it is none.
    Integer,
    /// A number; NULL if it is none.
    Float,
    /// A boolean; NULL if it is none.
    Boolean,
    /// Whether there is anything.
    Exists,
    /// What there is: `object`, `array`, `string`, `number`, `boolean`, `null`.
    TypeName,
}

/// A JSON document with one place changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JsonEdit {
    /// The document.
    pub document: Node,
    /// The way to the place.
    pub path: Vec<JsonStep>,
    /// What is done.
    pub change: JsonChange,
}

/// What is done to a place in a JSON document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum JsonChange {
    /// A value is put there, whether there is one or not.
    Set(Node),
    /// A value is put there if there is none.
    Insert(Node),
    /// A value is put there if there is one.
    Replace(Node),
    /// The value is taken away.
    Remove,
}

impl JsonChange {
    /// The value that is put there.
    pub fn value(&self) -> Option<&Node> {
        match self {
            JsonChange::Set(value) | JsonChange::Insert(value) | JsonChange::Replace(value) => Some(value),
            JsonChange::Remove => None,
        }
    }
}

/// CASE WHEN … THEN … ELSE … END
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseNode {
    /// What is compared with a value in each branch; without it, the branches have conditions.
    pub operand: Option<Node>,
    /// Conditions, or values, and their results.
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

impl Aggregate {
    /// An aggregate without any clause inside.
    pub fn new(function: AggregateFunction, arguments: Vec<Node>, ty: &Type) -> Aggregate {
        let (order_by, filter, over) = (Vec::new(), None, None);
        Aggregate { function, arguments, distinct: false, order_by, filter, over, ty: ty.clone() }
    }
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
    /// array_agg
    ArrayAgg,
    /// The values as a JSON array.
    JsonAgg,
    /// Keys and values as a JSON object.
    JsonObjectAgg,
    /// bit_and
    BitAnd,
    /// bit_or
    BitOr,
    /// bit_xor
    BitXor,
    /// stddev_pop
    StddevPop,
    /// stddev_samp
    StddevSamp,
    /// var_pop
    VarPop,
    /// var_samp
    VarSamp,
    /// corr
    Corr,
    /// covar_pop
    CovarPop,
    /// covar_samp
    CovarSamp,
    /// regr_slope
    RegrSlope,
    /// regr_intercept
    RegrIntercept,
    /// regr_r2
    RegrR2,
    /// percentile_cont; what it sorts by is within the aggregate, as of the two that follow.
    PercentileCont,
    /// percentile_disc
    PercentileDisc,
    /// mode
    Mode,
    /// rank of a row that is not there, among those that are; what it sorts by is within, as of the three that follow.
    HypotheticalRank,
    /// dense_rank of such a row
    HypotheticalDenseRank,
    /// percent_rank of such a row
    HypotheticalPercentRank,
    /// cume_dist of such a row
    HypotheticalCumeDist,
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

impl Node {
    /// How many bytes of arguments it has, if it is one.
    pub fn argument_bytes(&self) -> usize {
        match self {
            Node::Argument(argument) => argument.size(),
            _ => 0,
        }
    }

    /// How many values it has, if it is a list of them.
    pub(in crate::ir) fn list_length(&self) -> usize {
        match self {
            Node::Argument(argument) => argument.list_length(),
            _ => 0,
        }
    }

    /// `left op right`
    #[inline]
    pub fn binary(op: BinaryOp, left: Node, right: Node) -> Node {
        if let Node::Column(column) = &left
            && op.compares()
        {
            let column = *column;
            // a column owns nothing, and to drop it would be a call
            std::mem::forget(left);
            return match right {
                Node::Column(right) => Node::Compared(op, column, Plain::Column(right)),
                Node::Argument(right) => Node::Compared(op, column, Plain::Argument(right)),
                right => Node::boxed(op, Node::Column(column), right),
            };
        }
        Node::boxed(op, left, right)
    }

    // by itself, so that what stands beside it is inlined
    fn boxed(op: BinaryOp, left: Node, right: Node) -> Node {
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
            Node::Compared(op, left, Plain::Argument(right)) => {
                *self = Node::binary(*op, Node::Column(*left), f(right.clone()));
            }
            Node::Compared(_, _, Plain::Column(_)) => {}
            Node::Column(_) | Node::Constant(_) | Node::Keyword(_) | Node::Exists(_) | Node::Scalar(_) => {}
            Node::Unary(_, operand) | Node::Test(_, operand) | Node::Cast(operand, _) | Node::Collate(operand, _) => {
                operand.map_arguments(f);
            }
            Node::Json { document, .. } => document.map_arguments(f),
            Node::Raw(raw) => raw.parts.iter_mut().for_each(|part| {
                if let RawPart::Expr(expr) = part {
                    expr.map_arguments(f);
                }
            }),
            Node::Quantified(quantified) => {
                quantified.operand.map_arguments(f);
                if let Many::Array(array) = &mut quantified.many {
                    array.map_arguments(f);
                }
            }
            Node::JsonEdit(edit) => {
                edit.document.map_arguments(f);
                match &mut edit.change {
                    JsonChange::Set(value) | JsonChange::Insert(value) | JsonChange::Replace(value) => {
                        value.map_arguments(f);
                    }
                    JsonChange::Remove => {}
                }
            }
            Node::Binary(_, operands) => operands.iter_mut().for_each(|e| e.map_arguments(f)),
            Node::All(exprs) | Node::Any(exprs) | Node::Call(_, exprs) | Node::Row(exprs) => {
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
                if let Some(operand) = &mut case.operand {
                    operand.map_arguments(f);
                }
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
