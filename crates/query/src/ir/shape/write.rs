//! The shape of INSERT, UPDATE, DELETE and MERGE.

use super::{Walk, Walked};
use crate::error::BuildError;
use crate::ir::*;

impl<'s> Walk<'_, 's> {
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
            InsertSource::Columns(values) => {
                self.tag(3);
                // how many rows there are is written down where they are not in arrays
                if self.lists == ListStyle::Padded {
                    self.number(rows.rows(columns.len()).unwrap_or(0) as u32);
                }
                self.many(values, Self::expr)?;
            }
        }
        self.enter(*source)?;
        self.maybe(conflict.as_ref(), |walk, conflict| {
            let Conflict { target, action, excluded, counted } = conflict;
            walk.tag(u8::from(*counted));
            let inside = walk.scope.len();
            walk.maybe(target.as_ref(), Self::conflict_target)?;
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

    fn conflict_target(&mut self, target: &'s ConflictTarget) -> Walked {
        match target {
            ConflictTarget::Key { columns, predicate, alone } => {
                self.tag(u8::from(*alone));
                self.positions(columns);
                self.maybe(predicate.as_ref(), Self::expr)?;
            }
            ConflictTarget::Constraint(name) => {
                self.tag(2);
                self.text(name);
            }
            ConflictTarget::PrimaryKey => self.tag(3),
        }
        Ok(())
    }

    pub(super) fn update(&mut self, update: &'s Update) -> Walked {
        // how it is split is not of its text
        let Update { head, table, source, assignments, from, filter, everywhere, returning, splits: _, mistake } =
            update;
        if let Some(mistake) = mistake {
            return Err(BuildError::Clause(mistake.clone()));
        }
        self.head(head)?;
        if assignments.is_empty() {
            return Err(BuildError::NothingToSet);
        }
        self.table(table);
        self.enter(*source)?;
        self.number(from.len() as u32);
        self.joins(from)?;
        self.assignments(assignments)?;
        self.rows_meant(filter, *everywhere)?;
        self.many(returning, Self::item)
    }

    pub(super) fn delete(&mut self, delete: &'s Delete) -> Walked {
        let Delete { head, table, source, from, filter, everywhere, returning } = delete;
        self.head(head)?;
        self.table(table);
        self.enter(*source)?;
        self.number(from.len() as u32);
        self.joins(from)?;
        self.rows_meant(filter, *everywhere)?;
        self.many(returning, Self::item)
    }

    pub(super) fn merge(&mut self, merge: &'s Merge) -> Walked {
        let Merge { head, table, source, using, branches } = merge;
        self.head(head)?;
        self.table(table);
        let Join { kind, relation, source: from, on } = using;
        self.tag(*kind as u8);
        self.relation(relation)?;
        self.enter(*from)?;
        // the innermost source, so that a branch for rows that are not there can leave it out
        self.enter(*source)?;
        self.maybe(on.as_ref(), Self::expr)?;
        // whether a branch without a condition was met: for rows that are there, and for those that are not
        let mut last = [false; 2];
        self.many(branches, |walk, branch| {
            let MergeBranch { condition, action } = branch;
            let matched = action.is_matched();
            if std::mem::replace(&mut last[usize::from(matched)], condition.is_none()) {
                return Err(BuildError::Clause("a branch of MERGE stands behind one that takes all its rows".into()));
            }
            let table = if matched { None } else { walk.scope.pop() };
            walk.maybe(condition.as_ref(), Self::expr)?;
            walk.merge_action(action)?;
            walk.scope.extend(table);
            Ok(())
        })
    }

    fn merge_action(&mut self, action: &'s MergeAction) -> Walked {
        match action {
            MergeAction::Update(assignments) if assignments.is_empty() => return Err(BuildError::NothingToSet),
            MergeAction::Update(assignments) => {
                self.tag(0);
                self.assignments(assignments)?;
            }
            MergeAction::Delete => self.tag(1),
            MergeAction::Keep => self.tag(2),
            MergeAction::Insert { columns, values } => {
                self.tag(3);
                self.positions(columns);
                self.many(values, Self::item)?;
            }
            MergeAction::PassOver => self.tag(4),
        }
        Ok(())
    }

    /// The filter of a statement that changes rows: one that would let every row through by accident is a mistake.
    fn rows_meant(&mut self, filter: &'s [Node], everywhere: bool) -> Walked {
        if !everywhere && filter.iter().all(|condition| condition.is_empty_list()) {
            return Err(BuildError::EveryRow);
        }
        self.many(filter, Self::expr)
    }
}
