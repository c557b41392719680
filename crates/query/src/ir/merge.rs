//! MERGE.

use serde::{Deserialize, Serialize};

use super::{Assignment, Head, Item, Join, Node, Ref, SourceId, TableRef};

/// MERGE
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Merge {
    /// What stands at the head of the statement because of it.
    pub head: Head,
    /// The table.
    pub table: Ref<TableRef>,
    /// What its columns refer to.
    pub source: SourceId,
    /// USING … ON …
    pub using: Join,
    /// WHEN …, in their order: the first that fits a row is done.
    pub branches: Vec<MergeBranch>,
}

/// `WHEN [NOT] MATCHED [AND …] THEN …`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MergeBranch {
    /// AND
    pub condition: Option<Node>,
    /// Whether there is a row of the table, and what is done.
    pub action: MergeAction,
}

/// What a branch of MERGE does, and for which rows of the source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MergeAction {
    /// WHEN MATCHED THEN UPDATE SET …
    Update(Vec<Assignment>),
    /// WHEN MATCHED THEN DELETE
    Delete,
    /// WHEN MATCHED THEN DO NOTHING
    Keep,
    /// WHEN NOT MATCHED THEN INSERT
    Insert {
        /// Positions of the columns that get values.
        columns: Vec<u32>,
        /// Their values, made of the source alone.
        values: Vec<Item>,
    },
    /// WHEN NOT MATCHED THEN DO NOTHING
    PassOver,
}

impl MergeAction {
    /// Whether it is for rows of the source that have one in the table.
    pub fn is_matched(&self) -> bool {
        match self {
            MergeAction::Update(_) | MergeAction::Delete | MergeAction::Keep => true,
            MergeAction::Insert { .. } | MergeAction::PassOver => false,
        }
    }
}
