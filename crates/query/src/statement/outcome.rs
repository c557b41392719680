//! The outcome of an upsert: how it is known which rows were inserted and which updated.

use super::{Insert, Statement};
use crate::dialect::{Dialect, Engine};
use crate::error::BuildError;
use crate::ir::{self, ConflictAction, Function, Item, Node};
use crate::source::Table;

/// An insert whose outcome can be told.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The insert.
    pub statement: ir::Statement,
    /// How many rows are given.
    pub rows: u64,
    /// What tells how many were updated.
    pub updated: Updated,
}

/// What tells how many of the rows that an upsert inserted or updated were updated.
#[derive(Clone, Debug)]
pub enum Updated {
    /// There are none: what is there is never changed.
    None,
    /// The rows that it gives back: each is TRUE for one that was inserted.
    Returned,
    /// This query of one number, run before and after it in the same session: by how much the number has grown.
    Grown(Box<ir::Statement>),
}

impl<T: Table, D: Dialect> Insert<T, D> {
    /// The insert, made so that its outcome can be told on `engine`.
    ///
    /// # Errors
    /// [`BuildError::Clause`] for an insert of the rows of a query, whose number nobody knows.
    pub fn counted(self, engine: Engine) -> Result<Counted, BuildError> {
        let mut statement = self.into_ir();
        let ir::Statement::Insert(insert) = &mut statement else {
            return Ok(Counted { statement, rows: 0, updated: Updated::None });
        };
        let Some(rows) = insert.rows.rows(insert.columns.len()) else {
            let mistake = "`upserted` is for rows of the program: of those of a query, nobody knows how many there are";
            return Err(BuildError::Clause(mistake.into()));
        };
        let call = |function| Item::Expr(Node::Call(function, Vec::new()));
        let updated = match &mut insert.conflict {
            Some(conflict) if matches!(conflict.action, ConflictAction::Update { .. }) => {
                if engine.syntax().counts_update.is_some() {
                    conflict.counted = true;
                    let number = ir::Select::new(vec![call(Function::UpdatesCounted)], ir::Few::new());
                    Updated::Grown(Box::new(ir::Statement::Select(Box::new(number))))
                } else {
                    insert.returning = vec![call(Function::IsInserted)];
                    Updated::Returned
                }
            }
            _ => Updated::None,
        };
        Ok(Counted { statement, rows: rows as u64, updated })
    }
}
