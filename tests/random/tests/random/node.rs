//! What is generated: expressions and queries as plain data, from which the typed builder's are built, and which the
//! evaluator reads by itself.

use relvar::chrono::{DateTime, NaiveDate, Utc};
use relvar::rust_decimal::Decimal;

/// A type of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    Int,
    Text,
    Bool,
    Date,
    Time,
    Num,
}

/// A value, or NULL. Decimals are normalised; the order is that of the databases among values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Date(NaiveDate),
    Time(DateTime<Utc>),
    Num(Decimal),
}

/// The columns of every source, and of every row that a query gives.
pub(crate) const COLUMNS: [Ty; 8] = [Ty::Int, Ty::Int, Ty::Text, Ty::Bool, Ty::Date, Ty::Time, Ty::Num, Ty::Text];

/// A row of a source or of a query.
pub(crate) type Row = [Cell; 8];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Debug)]
pub(crate) enum Like {
    Contains(String),
    StartsWith(String),
    EndsWith(String),
    Pattern(String),
}

/// A unit that times and dates are cut to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

/// A part of a date or time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Year,
    Quarter,
    Month,
    IsoWeek,
    IsoWeekYear,
    Day,
    DayOfWeek,
    DayOfYear,
    Hour,
    Minute,
    Second,
    Microsecond,
}

/// An operation on the values of other expressions.
#[derive(Clone, Debug)]
pub(crate) enum Op {
    // of any type
    Case {
        branches: usize,
        otherwise: bool,
    },
    CaseOf {
        operand: Ty,
        branches: usize,
        otherwise: bool,
    },
    Coalesce,
    NullIf,
    Greatest,
    Least,
    // int
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Negate,
    Abs,
    Sign,
    CharLength,
    ByteLength,
    Position,
    DatePart(Part),
    TimePart(Part),
    DaysSince,
    MonthsSince,
    OfBool,
    // text
    Concat,
    ConcatWs(String),
    Lower,
    Upper,
    Trim,
    TrimStart,
    TrimEnd,
    TrimChar(char),
    Left(u32),
    Right(u32),
    Repeat(u32),
    PadStart(u32, char),
    PadEnd(u32, char),
    Substring(i32, i32),
    Replace,
    Digits,
    // bool
    Compare(Comparison, Ty),
    Between(Ty),
    In {
        ty: Ty,
        negated: bool,
    },
    Distinct {
        ty: Ty,
        negated: bool,
    },
    Null {
        ty: Ty,
        negated: bool,
    },
    Like {
        pattern: Like,
        negated: bool,
    },
    RowCompare(Comparison),
    /// Of so many rows.
    RowIn(usize),
    And,
    Or,
    Not,
    IsTrue,
    IsNotTrue,
    // date and time
    AddDays,
    AddMonths(i32),
    DateOf,
    CutDate(Unit),
    AddMicros(i64),
    CutTime(Unit),
    Midnight,
    // num
    Floor,
    Ceil,
    Round,
    Trunc,
    OfInt,
}

/// An expression.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    /// Column `.1` of the source `.0`, counted from the outermost query.
    Column(usize, usize),
    Bound(Ty, Cell),
    Constant(Ty, Cell),
    Op(Op, Vec<Node>),
    Exists {
        query: Box<Query>,
        negated: bool,
    },
    /// `operand IN (SELECT of …)`; without an expression, the query's first column of that type.
    InQuery {
        operand: Box<Node>,
        ty: Ty,
        query: Box<Query>,
        of: Option<Box<Node>>,
        negated: bool,
    },
    /// An aggregate of a query's rows as a value.
    Scalar {
        function: Aggregate,
        ty: Ty,
        of: Box<Node>,
        query: Box<Query>,
    },
    Window(Box<Window>),
    /// A condition on column `column` of the source `source`, which is called by a name.
    Named {
        source: usize,
        column: usize,
        is: Named,
    },
}

/// What is asked of a column that is called by a name; its values are given as text.
#[derive(Clone, Debug)]
pub(crate) enum Named {
    Compare(Comparison, Cell),
    OneOf(Vec<Cell>),
    Null {
        negated: bool,
    },
    /// Of the text in small letters.
    Contains(String),
    StartsWith(String),
    EndsWith(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    RowNumber,
    Rank,
    DenseRank,
    Count,
    Sum,
    Min,
    Max,
    Lag,
    Lead,
    FirstValue,
    LastValue,
}

/// A window function of `argument`; its order is total but for ranks.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    pub(crate) function: Function,
    pub(crate) argument: Option<Node>,
    pub(crate) partition: Option<(Ty, Node)>,
    pub(crate) order: (Ty, Node, bool),
    /// The sources whose identities decide among rows that tie.
    pub(crate) identities: Vec<usize>,
    /// ROWS BETWEEN so many PRECEDING and so many FOLLOWING.
    pub(crate) rows: Option<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aggregate {
    Count,
    CountOf,
    CountDistinct,
    CountIf,
    Sum,
    Min,
    Max,
    Every,
    Some,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinKind {
    Inner,
    Left,
    Right,
    /// In a query that is not part of another one only, where the databases are fewer.
    Full,
    Cross,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    Union,
    UnionAll,
    Intersect,
    Except,
}

#[derive(Clone, Debug)]
pub(crate) enum Source {
    Item,
    Other,
    Derived(Box<Query>),
    Cte(Box<Query>),
    /// `WITH RECURSIVE`: a base, and a step whose first source is `Itself`; UNION ALL, or UNION.
    Recursive {
        base: Box<Query>,
        step: Box<Query>,
        all: bool,
    },
    /// What the recursive expression has found last, inside of its step.
    Itself,
}

impl Source {
    /// Whether its first column tells its rows apart.
    pub(crate) fn is_table(&self) -> bool {
        matches!(self, Source::Item | Source::Other)
    }
}

/// How a query that is not part of another one is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Typed,
    /// Its select list and its order are chosen by names.
    ByName,
}

/// A place of a grouped query's row.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    /// The key of the place's type; there is one of each type at most.
    Key,
    /// An aggregate of an expression of type `ty`, of those rows for which `filter` holds.
    Aggregate { function: Aggregate, ty: Ty, of: Node, filter: Option<Node> },
}

#[derive(Clone, Debug)]
pub(crate) enum List {
    /// One expression for each column.
    Rows(Vec<Node>),
    /// Of groups, or of all rows together if there is no key.
    Groups { keys: Vec<(Ty, Node)>, places: Vec<Place>, having: Option<Node> },
}

/// ORDER BY all columns, in this order, each with whether it descends and whether NULLs are first.
pub(crate) type Order = Vec<(usize, bool, bool)>;

/// A query. Its rows are of [`COLUMNS`].
#[derive(Clone, Debug)]
pub(crate) struct Query {
    /// Whether it sees the sources of the query around it. If so, it has sources and filters only.
    pub(crate) correlated: bool,
    pub(crate) first: Source,
    pub(crate) joins: Vec<(JoinKind, Source, Node)>,
    pub(crate) filter: Vec<Node>,
    pub(crate) list: List,
    pub(crate) distinct: bool,
    pub(crate) set: Option<(Set, Box<Query>)>,
    /// Whether what was selected becomes a derived table before it is sorted.
    pub(crate) wrapped: bool,
    pub(crate) asked: Asked,
    pub(crate) order: Option<Order>,
    pub(crate) limit: Option<(u64, u64)>,
}
