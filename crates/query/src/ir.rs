//! The intermediate representation: statements as plain data, without types or dialects.
//!
//! Names are owned or static, everything is `Clone + PartialEq + Serialize`. The typed shell around it
//! ([`expr`](crate::expr), [`statement`](crate::statement)) is what users write; `lower` turns it into SQL.

mod argument;
mod columns;
mod constant;
mod expr;
mod function;
mod identity;
mod merge;
mod name;
mod raw;
mod select;
mod shape;
mod texts;
mod window;
mod write;

pub use argument::{Argument, ArgumentId};
pub use columns::{Rows, columns_of, parts_of, row_bytes};
pub use expr::{
    Aggregate, AggregateFunction, CaseNode, Collation, Constant, JsonChange, JsonEdit, JsonForm, JsonStep, Many,
    Membership, Node, PatternMatch, Plain, Quantified, Source, Test,
};
pub use function::{BinaryOp, Function, UnaryOp};
pub use merge::{Merge, MergeAction, MergeBranch};
pub use name::{ColumnRef, Names, Ref, SourceId, TableRef};
pub use raw::{Raw, RawPart, RawText};
pub use select::{
    Clauses, Compound, Cte, CteBody, CteRef, Direction, Distinct, Few, Further, Grouping, Head, IndexHint, Item, Items,
    Join, JoinKind, Joins, Lock, LockStrength, LockWait, Nulls, Order, Relation, Sample, SampleMethod, Search,
    SearchOrder, Select, SetOperator, TableFunction,
};
pub use shape::{Bound, Found, ListStyle, Shape, Tables};
pub use texts::Texts;
pub use window::{Exclude, Frame, FrameBound, FrameUnit, NamedWindow, Over};
pub use write::{Assignment, Conflict, ConflictAction, ConflictTarget, Delete, Insert, InsertSource, Update};

use serde::{Deserialize, Serialize};

/// A whole statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Statement {
    /// SELECT. All are in boxes, for a statement is moved several times on its way.
    Select(Box<Select>),
    /// INSERT
    Insert(Box<Insert>),
    /// UPDATE
    Update(Box<Update>),
    /// DELETE
    Delete(Box<Delete>),
    /// MERGE
    Merge(Box<Merge>),
    /// A statement of the user's own text.
    Raw(Box<Raw>),
}

impl Statement {
    /// What stands at its head.
    pub fn head_mut(&mut self) -> &mut Head {
        match self {
            Statement::Select(select) => &mut select.further.head,
            Statement::Insert(insert) => &mut insert.head,
            Statement::Update(update) => &mut update.head,
            Statement::Delete(delete) => &mut delete.head,
            Statement::Merge(merge) => &mut merge.head,
            Statement::Raw(raw) => &mut raw.head,
        }
    }
}
