//! INSERT, UPDATE, DELETE.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

use super::{Head, Item, Join, Node, Ref, Select, SourceId, TableRef};

/// INSERT
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Insert {
    /// What stands at the head of the statement because of it.
    pub head: Head,
    /// The table.
    pub table: Ref<TableRef>,
    /// What its columns refer to in ON CONFLICT and RETURNING.
    pub source: SourceId,
    /// Positions of the columns that get values.
    pub columns: Vec<u32>,
    /// The rows.
    pub rows: InsertSource,
    /// ON CONFLICT, ON DUPLICATE KEY
    pub conflict: Option<Conflict>,
    /// RETURNING; empty for none.
    pub returning: Vec<Item>,
}

impl Insert {
    /// An insert of rows into these columns.
    pub fn new(table: &'static TableRef, columns: &[u32], rows: InsertSource) -> Box<Insert> {
        Box::new(Insert {
            head: Head::default(),
            table: Ref::Static(table),
            source: SourceId::fresh(),
            columns: columns.to_vec(),
            rows,
            conflict: None,
            returning: Vec::new(),
        })
    }
}

/// Where inserted rows come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum InsertSource {
    /// VALUES, row after row: as many expressions as there are columns times rows.
    Values(Vec<Node>),
    /// The same, column by column: a list has a value for each row, and what is none says the same in all of them. It is
    /// written as lists where the database has arrays, else as VALUES.
    Columns(Vec<Node>),
    /// A query with as many columns.
    Query(Box<Select>),
    /// DEFAULT VALUES: one row of nothing but defaults.
    Defaults,
}

impl InsertSource {
    /// How many rows of `width` columns there are; nothing of a query, which nobody knows before it ran.
    pub fn rows(&self, width: usize) -> Option<usize> {
        match self {
            InsertSource::Values(values) => Some(values.len() / width.max(1)),
            InsertSource::Columns(columns) => Some(super::columns::row_count(columns)),
            InsertSource::Defaults => Some(1),
            InsertSource::Query(_) => None,
        }
    }
}

/// ON CONFLICT
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// The unique key or constraint; nothing means any.
    pub target: Option<ConflictTarget>,
    /// What to do with the row that is there already.
    pub action: ConflictAction,
    /// What the columns of the proposed row (`excluded`) refer to.
    pub excluded: SourceId,
    /// Whether the rows that are updated, and those that a query gives, are counted in the session.
    pub counted: bool,
}

/// What an insert meets in a row that is there already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ConflictTarget {
    /// A unique key, by its columns.
    Key {
        /// Their positions.
        columns: Vec<u32>,
        /// The predicate of a partial unique index; its columns refer to [`SourceId::SCHEMA`].
        predicate: Option<Node>,
        /// Whether the insert can meet no other unique key of the table: what a database needs that cannot name one.
        alone: bool,
    },
    /// A constraint, by its name.
    Constraint(Cow<'static, str>),
    /// The constraint of the primary key, which the database has named.
    PrimaryKey,
}

/// What an upsert does with the row that is there already.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ConflictAction {
    /// DO NOTHING
    Nothing,
    /// DO UPDATE SET … WHERE …
    Update {
        /// SET
        assignments: Vec<Assignment>,
        /// WHERE: all of them hold.
        filter: Vec<Node>,
    },
}

/// `column = value`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// The position of the column.
    pub column: u32,
    /// Its new value.
    pub value: Node,
}

/// UPDATE
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Update {
    /// What stands at the head of the statement because of it.
    pub head: Head,
    /// The table.
    pub table: Ref<TableRef>,
    /// What its columns refer to.
    pub source: SourceId,
    /// SET
    pub assignments: Vec<Assignment>,
    /// FROM
    pub from: Vec<Join>,
    /// WHERE: all of them hold.
    pub filter: Vec<Node>,
    /// Whether every row is meant, so that there need be no filter.
    pub everywhere: bool,
    /// RETURNING; empty for none.
    pub returning: Vec<Item>,
    /// Whether the first of FROM is a list of rows that can be split over several statements.
    pub splits: bool,
    /// A mistake that the types could not catch.
    pub mistake: Option<Cow<'static, str>>,
}

impl Update {
    /// An update that sets nothing yet.
    pub fn new(table: &'static TableRef) -> Box<Update> {
        Box::new(Update {
            head: Head::default(),
            table: Ref::Static(table),
            source: SourceId::fresh(),
            assignments: Vec::new(),
            from: Vec::new(),
            filter: Vec::new(),
            everywhere: false,
            returning: Vec::new(),
            splits: false,
            mistake: None,
        })
    }
}

/// DELETE
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delete {
    /// What stands at the head of the statement because of it.
    pub head: Head,
    /// The table.
    pub table: Ref<TableRef>,
    /// What its columns refer to.
    pub source: SourceId,
    /// USING
    pub from: Vec<Join>,
    /// WHERE: all of them hold.
    pub filter: Vec<Node>,
    /// Whether every row is meant, so that there need be no filter.
    pub everywhere: bool,
    /// RETURNING; empty for none.
    pub returning: Vec<Item>,
}

impl Delete {
    /// A delete that does not say yet which rows go.
    pub fn new(table: &'static TableRef) -> Box<Delete> {
        Box::new(Delete {
            head: Head::default(),
            table: Ref::Static(table),
            source: SourceId::fresh(),
            from: Vec::new(),
            filter: Vec::new(),
            everywhere: false,
            returning: Vec::new(),
        })
    }
}
