//! ON CONFLICT, and ON DUPLICATE KEY UPDATE: what an insert does with a row that is there already.

use std::borrow::Cow;

use super::Lower;
use super::name::{Qualifier, Scoped};
use crate::dialect::{Capability, Upsert};
use crate::error::BuildError;
use crate::ir::{Assignment, Conflict, ConflictAction, ConflictTarget, Insert, InsertSource, SourceId, TableRef};

/// The name of the proposed row.
const EXCLUDED: &str = "excluded";

impl<'s> Lower<'s> {
    pub(super) fn upsert(
        &mut self,
        insert: &'s Insert,
        table: &'s TableRef,
        conflict: &'s Conflict,
    ) -> Result<String, BuildError> {
        match self.syntax.upsert {
            Upsert::OnConflict => self.on_conflict(table, insert.source, conflict),
            // only VALUES can have an alias
            Upsert::DuplicateKeyAlias if matches!(insert.rows, InsertSource::Values(_)) => {
                self.on_duplicate_key(insert, table, conflict, Qualifier::Alias(EXCLUDED.to_owned()))
            }
            Upsert::DuplicateKeyAlias | Upsert::DuplicateKeyValues => {
                self.on_duplicate_key(insert, table, conflict, Qualifier::Proposed)
            }
        }
    }

    fn on_conflict(
        &mut self,
        table: &'s TableRef,
        source: SourceId,
        conflict: &'s Conflict,
    ) -> Result<String, BuildError> {
        let Conflict { target, action, excluded } = conflict;
        let mut sql = String::from(" ON CONFLICT");
        if let Some(ConflictTarget { columns, predicate }) = target {
            let names: Result<Vec<_>, _> = columns.iter().map(|column| self.column_name(table, *column)).collect();
            sql.push_str(&format!(" ({})", names?.join(", ")));
            if let Some(predicate) = predicate {
                self.schema_columns = table.columns.iter().map(|name| Cow::Borrowed(&**name)).collect();
                sql.push_str(&format!(" WHERE {}", self.text(predicate)?));
            }
        }
        match action {
            ConflictAction::Nothing => sql.push_str(" DO NOTHING"),
            ConflictAction::Update { assignments, filter } => {
                self.taken.insert(EXCLUDED.to_owned());
                let names = Qualifier::Alias(EXCLUDED.to_owned());
                self.scope.push(Scoped { source: *excluded, names, columns: &table.columns });
                sql.push_str(&format!(" DO UPDATE SET {}", self.assignments(table, source, assignments)?));
                if let Some(filter) = self.conditions(filter)? {
                    sql.push_str(&format!(" WHERE {}", self.text_of(&filter)));
                }
                self.scope.pop();
            }
        }
        Ok(sql)
    }

    fn on_duplicate_key(
        &mut self,
        insert: &'s Insert,
        table: &'s TableRef,
        conflict: &'s Conflict,
        proposed: Qualifier,
    ) -> Result<String, BuildError> {
        let Conflict { target, action, excluded } = conflict;
        if target.is_some() {
            self.need(Capability::HasOnConflict, "ON CONFLICT clause with a target")?;
        }
        let ConflictAction::Update { assignments, filter } = action else {
            // a column set to itself: IGNORE would hide other errors, too
            let column = self.column_name(table, insert.columns.first().copied().unwrap_or(0))?;
            let table = self.quoted(&table.name)?;
            return Ok(format!(" ON DUPLICATE KEY UPDATE {column} = {table}.{column}"));
        };
        if self.conditions(filter)?.is_some() {
            return Err(self.lacks("WHERE clause in an upsert"));
        }
        let source = insert.source;
        let mut sql = String::new();
        if let Qualifier::Alias(alias) = &proposed {
            self.taken.insert(alias.clone());
            sql.push_str(&format!(" AS {}", self.quoted(alias)?));
        }
        self.scope.push(Scoped { source: *excluded, names: proposed, columns: &table.columns });
        sql.push_str(&format!(" ON DUPLICATE KEY UPDATE {}", self.assignments(table, source, assignments)?));
        self.scope.pop();
        Ok(sql)
    }

    /// What stands behind SET of the table that is `source`.
    pub(super) fn assignments(
        &mut self,
        table: &'s TableRef,
        source: SourceId,
        assignments: &'s [Assignment],
    ) -> Result<String, BuildError> {
        let mut texts = Vec::with_capacity(assignments.len());
        for (position, Assignment { column, value }) in assignments.iter().enumerate() {
            let read = self.read.borrow().len();
            texts.push(format!("{} = {}", self.column_name(table, *column)?, self.text(value)?));
            let set = |index| assignments.iter().take(position).any(|before| before.column == index);
            let sees = self.read.borrow().iter().skip(read).any(|column| column.source == source && set(column.index));
            if sees && self.syntax.sets_in_order {
                return Err(
                    self.lacks("SET whose values see the row as it was, where one is set before another reads it")
                );
            }
        }
        Ok(texts.join(", "))
    }
}
