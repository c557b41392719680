//! The intermediate representation: statements as plain data, without types or dialects.
//!
//! Names are owned or static, everything is `Clone + PartialEq + Serialize`. The typed shell around it
//! ([`expr`](crate::expr), [`statement`](crate::statement)) is what users write; `lower` turns it into SQL.

mod argument;
mod constant;
mod expr;
mod name;
mod select;
mod shape;
mod window;
mod write;

pub use argument::{Argument, ArgumentId};
pub use expr::{
    Aggregate, AggregateFunction, BinaryOp, Case, Constant, Expr, Function, JsonStep, Membership, PatternMatch, Source,
    Test, UnaryOp,
};
pub use name::{ColumnRef, Names, Ref, SourceId, TableRef};
pub use select::{
    Compound, Cte, CteBody, CteRef, Direction, Distinct, Item, Join, JoinKind, Lock, LockStrength, LockWait, Nulls,
    Order, Relation, Select, SetOperator,
};
pub use shape::{Bound, ListStyle, Shape};
pub use window::{Exclude, Frame, FrameBound, FrameUnit, Over};
pub use write::{Assignment, Conflict, ConflictAction, ConflictTarget, Delete, Insert, InsertSource, Update};

use serde::{Deserialize, Serialize};

/// A whole statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Statement {
    /// SELECT
    Select(Select),
    /// INSERT
    Insert(Insert),
    /// UPDATE
    Update(Update),
    /// DELETE
    Delete(Delete),
}
