//! The shape of INSERT, UPDATE and DELETE.

use super::{Walk, Walked};
use crate::error::BuildError;
use crate::ir::*;

impl<'s> Walk<'s> {
    fn assignments(&mut self, assignments: &'s [Assignment]) -> Walked {
        self.many(assignments, |walk, assignment| {
            let Assignment { column, value } = assignment;
            walk.number(*column);
            walk.expr(value)
        })
    }

    pub(super) fn insert(&mut self, insert: &'s Insert) -> Walked {
        let Insert { head, table, source, columns, rows, conflict, returning } = insert;
        self.head(head)?;
        self.table(table);
        self.number(columns.len() as u32);
        for column in columns {
            self.number(*column);
        }
        match rows {
            InsertSource::Values(values) => {
                self.tag(0);
                self.many(values, Self::expr)?;
            }
            InsertSource::Query(query) => {
                self.tag(1);
                self.select(query)?;
            }
            InsertSource::Defaults => self.tag(2),
        }
        self.enter(*source)?;
        self.maybe(conflict.as_ref(), |walk, conflict| {
            let Conflict { target, action, excluded } = conflict;
            let inside = walk.scope.len();
            walk.maybe(target.as_ref(), |walk, target| {
                let ConflictTarget { columns, predicate, alone } = target;
                walk.tag(u8::from(*alone));
                walk.number(columns.len() as u32);
                for column in columns {
                    walk.number(*column);
                }
                walk.maybe(predicate.as_ref(), Self::expr)
            })?;
            walk.enter(*excluded)?;
            match action {
                ConflictAction::Nothing => walk.tag(0),
                ConflictAction::Update { assignments, filter } => {
                    if assignments.is_empty() {
                        return Err(BuildError::NothingToSet);
                    }
                    walk.tag(1);
                    walk.assignments(assignments)?;
                    walk.many(filter, Self::expr)?;
                }
            }
            walk.scope.truncate(inside);
            Ok(())
        })?;
        self.many(returning, Self::item)
    }

    pub(super) fn update(&mut self, update: &'s Update) -> Walked {
        let Update { head, table, source, assignments, from, filter, everywhere, returning } = update;
        self.head(head)?;
        if assignments.is_empty() {
            return Err(BuildError::NothingToSet);
        }
        self.table(table);
        self.enter(*source)?;
        self.joins(from)?;
        self.assignments(assignments)?;
        self.rows_meant(filter, *everywhere)?;
        self.many(returning, Self::item)
    }

    pub(super) fn delete(&mut self, delete: &'s Delete) -> Walked {
        let Delete { head, table, source, filter, everywhere, returning } = delete;
        self.head(head)?;
        self.table(table);
        self.enter(*source)?;
        self.rows_meant(filter, *everywhere)?;
        self.many(returning, Self::item)
    }

    /// The filter of a statement that changes rows: one that would let every row through by accident is a mistake.
    fn rows_meant(&mut self, filter: &'s [Node], everywhere: bool) -> Walked {
        if !everywhere && filter.iter().all(|condition| condition.is_empty_list()) {
            return Err(BuildError::EveryRow);
        }
        self.many(filter, Self::expr)
    }
}
