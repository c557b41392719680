//! SELECT: sources, joins, select list, grouping, order, limits, common table expressions.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::borrow::Cow;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use super::{Argument, Delete, Insert, Names, Node, Raw, Ref, SourceId, TableRef, Update};

/// A list of which most queries have no more than two: they are in place, without an allocation.
pub type Few<T> = SmallVec<[T; 2]>;

/// FROM: a table and what most queries join to it are in place.
pub type Joins = SmallVec<[Join; 3]>;

/// A SELECT.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Select {
    /// What the rows are made of.
    pub items: Items,
    /// FROM: the first is not joined to anything, its `kind` and `on` mean nothing.
    pub from: Joins,
    /// WHERE: all of them hold.
    pub filter: Few<Node>,
    /// ORDER BY
    pub order_by: Vec<Order>,
    /// LIMIT
    pub limit: Option<Argument>,
    /// The clauses that most queries do without.
    pub further: Further,
}

impl Select {
    /// A select of `items` from sources, without any further clause.
    pub fn new(items: impl Into<Items>, from: impl IntoIterator<Item = Join>) -> Select {
        Select { items: items.into(), from: from.into_iter().collect(), ..Select::default() }
    }

    /// The select list, item by item.
    pub fn items(&self) -> Cow<'_, [Item]> {
        match &self.items {
            Items::Rows => self.from.iter().map(|join| Item::Row(join.source)).collect(),
            Items::List(items) => Cow::Borrowed(items),
        }
    }

    /// All rows of a relation.
    pub fn all(relation: Relation, source: SourceId) -> Box<Select> {
        // made where it stays
        let mut select = Box::<Select>::default();
        select.from.push(Join { kind: JoinKind::From, relation, source, on: None });
        select
    }
}

/// A select list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Items {
    /// All columns of each source in FROM, source by source.
    #[default]
    Rows,
    /// These, in order.
    List(Vec<Item>),
}

impl From<Vec<Item>> for Items {
    fn from(items: Vec<Item>) -> Items {
        Items::List(items)
    }
}

/// The clauses of a SELECT that most queries do without.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clauses {
    /// What stands at the head of the statement because of it.
    pub head: Head,
    /// DISTINCT
    pub distinct: Distinct,
    /// GROUP BY
    pub group_by: Vec<Node>,
    /// Which groups the keys make.
    pub grouping: Grouping,
    /// HAVING: all of them hold.
    pub having: Vec<Node>,
    /// OFFSET
    pub offset: Option<Argument>,
    /// Further branches of a set operation; ORDER BY, LIMIT and OFFSET are then of the whole.
    pub compound: Option<Compound>,
    /// FOR UPDATE and its kin
    pub lock: Option<Lock>,
    /// A mistake found while the query was built that types could not catch; it is reported when the query runs.
    pub mistake: Option<Cow<'static, str>>,
}

impl Clauses {
    const NONE: Clauses = Clauses {
        head: Head { with: Vec::new(), tags: Vec::new() },
        distinct: Distinct::All,
        group_by: Vec::new(),
        grouping: Grouping::Plain,
        having: Vec::new(),
        offset: None,
        compound: None,
        lock: None,
        mistake: None,
    };
}

/// [`Clauses`], for which nothing is allocated before one of them is written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Further(Option<Box<Clauses>>);

impl Further {
    /// The clauses, if one of them was ever written.
    pub fn written(&self) -> Option<&Clauses> {
        self.0.as_deref()
    }
}

impl Deref for Further {
    type Target = Clauses;

    fn deref(&self) -> &Clauses {
        static NONE: Clauses = Clauses::NONE;
        self.written().unwrap_or(&NONE)
    }
}

impl DerefMut for Further {
    fn deref_mut(&mut self) -> &mut Clauses {
        self.0.get_or_insert_with(|| Box::new(Clauses::NONE))
    }
}

impl PartialEq for Further {
    fn eq(&self, other: &Further) -> bool {
        **self == **other
    }
}

/// What a statement has outside of its clauses.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Common table expressions that stand in WITH, whether a source refers to them or not.
    pub with: Vec<Arc<Cte>>,
    /// Keys and values for the comment behind the statement. They are constants of the program.
    pub tags: Vec<(Cow<'static, str>, Cow<'static, str>)>,
}

/// Which groups GROUP BY makes of its keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Grouping {
    /// One for each combination of values.
    #[default]
    Plain,
    /// ROLLUP: those, and the totals of every prefix of the keys.
    Rollup,
    /// CUBE: those, and the totals of every subset of the keys.
    Cube,
    /// GROUPING SETS: those of each of these sets of keys.
    Sets(Vec<Vec<Node>>),
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
    /// INTERSECT ALL
    IntersectAll,
    /// EXCEPT
    Except,
    /// EXCEPT ALL
    ExceptAll,
}

/// `FOR strength OF sources wait`
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lock {
    /// What others may still do with the rows.
    pub strength: LockStrength,
    /// OF: the sources whose rows are locked; empty for all of them.
    pub of: Vec<SourceId>,
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
    /// FOR SHARE, LOCK IN SHARE MODE
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
    On(Vec<Node>),
}

/// A piece of the select list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Item {
    /// An expression.
    Expr(Node),
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
    pub on: Option<Node>,
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
    /// TABLESAMPLE: a part of a table, by chance.
    Sample(Box<Sample>),
    /// A table, and which of its indexes are to be used.
    Hinted {
        /// The table.
        table: Ref<TableRef>,
        /// What is said of them.
        hint: IndexHint,
        /// Their names.
        indexes: Vec<Cow<'static, str>>,
    },
    /// VALUES: rows written down, one after the other, with as many values each as there are names.
    Values {
        /// The values, row after row.
        values: Vec<Node>,
        /// The names of the columns.
        columns: Names,
    },
    /// A function that gives rows. It sees the sources before it.
    Function {
        /// Which.
        function: TableFunction,
        /// Its arguments.
        arguments: Vec<Node>,
        /// The names of its columns.
        columns: Names,
        /// WITH ORDINALITY: the number of the row is its last column.
        ordinality: bool,
    },
    /// A query of the user's own text; its columns get these names.
    Raw {
        /// The query.
        query: Box<Raw>,
        /// The names of its columns.
        columns: Names,
    },
}

/// `table TABLESAMPLE method (percent) REPEATABLE (seed)`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The table.
    pub table: Ref<TableRef>,
    /// How the part is chosen.
    pub method: SampleMethod,
    /// How much of the table, in per cent.
    pub percent: Argument,
    /// REPEATABLE: the same seed chooses the same part.
    pub seed: Option<Argument>,
}

/// How a part of a table is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SampleMethod {
    /// BERNOULLI: row by row.
    Bernoulli,
    /// SYSTEM: block by block, which is faster and less even.
    System,
}

/// What an index hint says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IndexHint {
    /// USE INDEX: one of these, or none.
    Use,
    /// FORCE INDEX: one of these wherever it is possible at all.
    Force,
    /// IGNORE INDEX: none of these.
    Ignore,
}

/// Functions that give rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum TableFunction {
    /// unnest: the elements of arrays, side by side.
    Unnest,
    /// generate_series: from, to, step.
    GenerateSeries,
    /// generate_series of times: from, to, step in microseconds.
    GenerateTimes,
    /// The elements of a JSON array of texts.
    JsonTexts,
    /// The elements of a JSON array of integers.
    JsonIntegers,
    /// The elements of a JSON array of floating-point numbers.
    JsonFloats,
    /// The elements of a JSON array as documents; none of a document that is no array.
    JsonDocuments,
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
    /// MATERIALIZED or NOT MATERIALIZED; without it, as the database decides.
    pub materialized: Option<bool>,
    /// SEARCH: adds a column that sorts the rows in the order of a walk.
    pub search: Option<Search>,
    /// CYCLE: the positions of the columns that tell a row from those before it; adds a column that says whether it
    /// was met before, and one with the way to it.
    pub cycle: Option<Vec<u32>>,
}

impl Cte {
    /// An expression of which nothing more is said than what it selects.
    pub fn new(id: u64, name: Cow<'static, str>, columns: Names, body: CteBody) -> Cte {
        Cte { id, name, columns, body, materialized: None, search: None, cycle: None }
    }
}

/// SEARCH
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Search {
    /// The order of the walk.
    pub order: SearchOrder,
    /// The positions of the columns that siblings are sorted by.
    pub by: Vec<u32>,
}

/// The order of a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SearchOrder {
    /// DEPTH FIRST: what follows from a row comes right behind it.
    DepthFirst,
    /// BREADTH FIRST: level by level.
    BreadthFirst,
}

/// The body of a common table expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CteBody {
    /// A query.
    Select(Box<Select>),
    /// A query of the user's own text.
    Raw(Box<Raw>),
    /// A base and a step that refers to the expression itself.
    Recursive {
        /// Where it starts.
        base: Box<Select>,
        /// What follows from what was found.
        step: Box<Select>,
        /// UNION ALL instead of UNION.
        all: bool,
    },
    /// INSERT … RETURNING
    Insert(Box<Insert>),
    /// UPDATE … RETURNING
    Update(Box<Update>),
    /// DELETE … RETURNING
    Delete(Box<Delete>),
}

/// A sort key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// What is sorted by.
    pub expr: Node,
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
