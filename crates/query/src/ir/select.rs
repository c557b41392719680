//! SELECT: sources, joins, select list, grouping, order, limits, common table expressions.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

use super::{Argument, Expr, Names, Ref, SourceId, TableRef};

/// A SELECT.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Select {
    /// DISTINCT
    pub distinct: Distinct,
    /// What the rows are made of, in order.
    pub items: Vec<Item>,
    /// FROM: the first is not joined to anything, its `kind` and `on` mean nothing.
    pub from: Vec<Join>,
    /// WHERE: all of them hold.
    pub filter: Vec<Expr>,
    /// GROUP BY
    pub group_by: Vec<Expr>,
    /// HAVING: all of them hold.
    pub having: Vec<Expr>,
    /// ORDER BY
    pub order_by: Vec<Order>,
    /// LIMIT
    pub limit: Option<Argument>,
    /// OFFSET
    pub offset: Option<Argument>,
    /// Further branches of a set operation; ORDER BY, LIMIT and OFFSET are then of the whole.
    pub compound: Option<Compound>,
    /// FOR UPDATE and its kin
    pub lock: Option<Lock>,
    /// A mistake found while the query was built that types could not catch; it is reported when the query runs.
    pub mistake: Option<Cow<'static, str>>,
}

impl Select {
    /// A select of `items` from sources, without any further clause.
    pub fn new(items: Vec<Item>, from: Vec<Join>) -> Select {
        Select {
            distinct: Distinct::All,
            items,
            from,
            filter: Vec::new(),
            group_by: Vec::new(),
            having: Vec::new(),
            order_by: Vec::new(),
            limit: None,
            offset: None,
            compound: None,
            lock: None,
            mistake: None,
        }
    }
}

/// UNION, INTERSECT or EXCEPT with further branches
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compound {
    /// Which.
    pub operator: SetOperator,
    /// The branches after the first, which have neither order nor limits of their own.
    pub branches: Vec<Select>,
}

/// How the branches of a set operation are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SetOperator {
    /// UNION
    Union,
    /// UNION ALL
    UnionAll,
    /// INTERSECT
    Intersect,
    /// EXCEPT
    Except,
}

/// `FOR strength wait`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lock {
    /// What others may still do with the rows.
    pub strength: LockStrength,
    /// What happens if somebody else holds a lock.
    pub wait: LockWait,
}

/// How strong a row lock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LockStrength {
    /// FOR UPDATE
    Update,
    /// FOR NO KEY UPDATE
    NoKeyUpdate,
    /// FOR SHARE
    Share,
    /// FOR KEY SHARE
    KeyShare,
}

/// What to do about rows that somebody else has locked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LockWait {
    /// Wait for them.
    #[default]
    Wait,
    /// Fail at once.
    NoWait,
    /// Leave them out.
    SkipLocked,
}

/// DISTINCT
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Distinct {
    /// All rows.
    #[default]
    All,
    /// DISTINCT
    Rows,
    /// DISTINCT ON (…)
    On(Vec<Expr>),
}

/// A piece of the select list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Item {
    /// An expression.
    Expr(Expr),
    /// All columns of a source, in its order.
    Row(SourceId),
}

/// A source in FROM and how it is joined to those before it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Join {
    /// The join.
    pub kind: JoinKind,
    /// Where the rows come from.
    pub relation: Relation,
    /// What its columns refer to.
    pub source: SourceId,
    /// ON; nothing for a cross join.
    pub on: Option<Expr>,
}

/// Kinds of join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JoinKind {
    /// The first source.
    From,
    /// INNER JOIN
    Inner,
    /// LEFT JOIN
    Left,
    /// RIGHT JOIN
    Right,
    /// FULL JOIN
    Full,
    /// CROSS JOIN
    Cross,
}

/// What can stand in FROM.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Relation {
    /// A table or a view.
    Table(Ref<TableRef>),
    /// A subquery; its columns get these names.
    Derived {
        /// The subquery.
        query: Box<Select>,
        /// The names of its columns.
        columns: Names,
        /// LATERAL: it sees the sources before it.
        lateral: bool,
    },
    /// A common table expression. Using it puts it in WITH.
    Cte(CteRef),
}

/// A use of a common table expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CteRef {
    /// From outside.
    Of(Arc<Cte>),
    /// From inside its own recursive step.
    Itself {
        /// Which.
        id: u64,
        /// Its name.
        name: Cow<'static, str>,
        /// The names of its columns.
        columns: Names,
    },
}

/// A common table expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cte {
    /// Tells it from every other one.
    pub id: u64,
    /// The name in WITH.
    pub name: Cow<'static, str>,
    /// The names of its columns.
    pub columns: Names,
    /// What it selects.
    pub body: CteBody,
}

/// The body of a common table expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CteBody {
    /// A query.
    Select(Box<Select>),
    /// A base and a step that refers to the expression itself.
    Recursive {
        /// Where it starts.
        base: Box<Select>,
        /// What follows from what was found.
        step: Box<Select>,
        /// UNION ALL instead of UNION.
        all: bool,
    },
}

/// A sort key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// What is sorted by.
    pub expr: Expr,
    /// ASC or DESC
    pub direction: Direction,
    /// NULLS FIRST or LAST; without it, as the database does.
    pub nulls: Option<Nulls>,
}

/// A direction of sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Direction {
    /// ASC
    Ascending,
    /// DESC
    Descending,
}

/// Where NULLs are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Nulls {
    /// NULLS FIRST
    First,
    /// NULLS LAST
    Last,
}
