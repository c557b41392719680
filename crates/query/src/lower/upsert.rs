//! ON CONFLICT, and ON DUPLICATE KEY UPDATE: what an insert does with a row that is there already.

use std::borrow::Cow;

use super::name::{Qualifier, Scoped};
use super::{AffectedRows, Lower};
use crate::dialect::{Capability, PASSED_OVER, Upsert};
use crate::error::BuildError;
use crate::ir::{Assignment, Conflict, ConflictAction, ConflictTarget, Insert, InsertSource, SourceId, TableRef};

/// The name of the proposed row.
pub(super) const EXCLUDED: &str = "excluded";

const ON_CONSTRAINT: &str = "ON CONFLICT ON CONSTRAINT";

impl<'s> Lower<'s> {
    pub(super) fn upsert(
        &mut self,
        insert: &'s Insert,
        table: &'s TableRef,
        conflict: &'s Conflict,
    ) -> Result<String, BuildError> {
        match self.syntax.upsert {
            Upsert::OnConflict => self.on_conflict(table, insert.source, conflict),
            Upsert::DuplicateKeyAlias => {
                self.on_duplicate_key(insert, table, conflict, Qualifier::Alias(EXCLUDED.to_owned()))
            }
            Upsert::DuplicateKeyValues => self.on_duplicate_key(insert, table, conflict, Qualifier::Proposed),
        }
    }

    fn on_conflict(
        &mut self,
        table: &'s TableRef,
        source: SourceId,
        conflict: &'s Conflict,
    ) -> Result<String, BuildError> {
        let Conflict { target, action, excluded, counted } = conflict;
        let mut sql = String::from(" ON CONFLICT");
        match target {
            None => {}
            Some(ConflictTarget::Key { columns, predicate, alone: _ }) => {
                let names: Result<Vec<_>, _> = columns.iter().map(|column| self.column_name(table, *column)).collect();
                sql.push_str(&format!(" ({})", names?.join(", ")));
                if let Some(predicate) = predicate {
                    self.schema_columns = table.columns.iter().map(|name| Cow::Borrowed(&**name)).collect();
                    sql.push_str(&format!(" WHERE {}", self.text(predicate)?));
                }
            }
            Some(ConflictTarget::Constraint(name)) => sql.push_str(&self.on_constraint(name)?),
            Some(ConflictTarget::PrimaryKey) => {
                let ending = self.syntax.primary_key.ok_or_else(|| self.lacks(ON_CONSTRAINT))?;
                sql.push_str(&self.on_constraint(&self.ended(&table.name, ending)?)?);
            }
        }
        match action {
            ConflictAction::Nothing => sql.push_str(" DO NOTHING"),
            ConflictAction::Update { assignments, filter } => {
                self.taken.insert(EXCLUDED.to_owned());
                let names = Qualifier::Alias(EXCLUDED.to_owned());
                self.scope.push(Scoped { source: *excluded, names, columns: &table.columns, hidden: Vec::new() });
                sql.push_str(&format!(" DO UPDATE SET {}", self.assignments(table, source, assignments)?));
                let filter = self.conditions(filter)?.map(|filter| self.text_of(&filter));
                let counts = self.syntax.counts_update.filter(|_| *counted);
                match (filter, counts) {
                    (None, None) => {}
                    (Some(only), None) => sql.push_str(&format!(" WHERE {only}")),
                    (None, Some(counts)) => sql.push_str(&format!(" WHERE {counts}")),
                    // of AND, either side may be looked at first
                    (Some(only), Some(counts)) => {
                        sql.push_str(&format!(" WHERE CASE WHEN {only} THEN {counts} ELSE FALSE END"));
                    }
                }
                self.scope.pop();
            }
        }
        Ok(sql)
    }

    fn on_constraint(&self, name: &str) -> Result<String, BuildError> {
        self.need(Capability::HasOnConstraint, ON_CONSTRAINT)?;
        Ok(format!(" ON CONSTRAINT {}", self.quoted(name)?))
    }

    fn on_duplicate_key(
        &mut self,
        insert: &'s Insert,
        table: &'s TableRef,
        conflict: &'s Conflict,
        proposed: Qualifier,
    ) -> Result<String, BuildError> {
        let Conflict { target, action, excluded, counted } = conflict;
        match target {
            None | Some(ConflictTarget::Key { alone: true, .. }) => {}
            Some(ConflictTarget::Key { alone: false, .. }) => {
                let database = self.target.engine.name();
                let message = format!(
                    "an upsert cannot name a key on {database}, and this insert can meet another one, too: leave out \
                     the number that the database gives, or say `.on_duplicate_key()`"
                );
                return Err(BuildError::Clause(message.into()));
            }
            Some(ConflictTarget::Constraint(_) | ConflictTarget::PrimaryKey) => return Err(self.lacks(ON_CONSTRAINT)),
        }
        let own = self.quoted(&table.name)?;
        if *counted && matches!(insert.rows, InsertSource::Query(_)) {
            self.affected.rows = AffectedRows::Given;
        }
        let ConflictAction::Update { assignments, filter } = action else {
            // a column set to itself: IGNORE would hide other errors, too
            let column = self.column_name(table, insert.columns.first().copied().unwrap_or(0))?;
            self.affected.passed_over = true;
            return Ok(format!(" ON DUPLICATE KEY UPDATE {column} = {}", passed_over(&format!("{own}.{column}"))));
        };
        let source = insert.source;
        let mut sql = String::new();
        if let Qualifier::Alias(alias) = &proposed {
            self.taken.insert(alias.clone());
        }
        // of a query, the rows have the name already
        let of_values = matches!(insert.rows, InsertSource::Values(_) | InsertSource::Columns(_));
        if let (Qualifier::Alias(alias), true) = (&proposed, of_values) {
            sql.push_str(&format!(" AS {}", self.quoted(alias)?));
        }
        self.scope.push(Scoped { source: *excluded, names: proposed, columns: &table.columns, hidden: Vec::new() });
        let read = self.read.borrow().len();
        let condition = self.conditions(filter)?.map(|filter| self.text_of(&filter));
        let read = self.read_since(read, source);
        let mut sets = self.sets(table, source, assignments)?;
        // the last one counts, for a row is updated or passed over once
        let last = sets.len().saturating_sub(1);
        for (position, set) in sets.iter_mut().enumerate() {
            let stays = format!("{own}.{}", set.name);
            let counts = self.syntax.counts_update.filter(|_| *counted && position == last);
            set.value = match (&condition, counts) {
                (None, None) => continue,
                (None, Some(counts)) => format!("IF({counts}, {}, {stays})", set.value),
                (Some(only), None) if position == last => format!("IF({only}, {}, {})", set.value, passed_over(&stays)),
                (Some(only), None) => format!("IF({only}, {}, {stays})", set.value),
                (Some(only), Some(counts)) => {
                    format!("IF(IF({only}, {counts}, FALSE), {}, {})", set.value, passed_over(&stays))
                }
            };
            set.reads.extend(&read);
        }
        self.affected.passed_over = condition.is_some();
        sql.push_str(&format!(" ON DUPLICATE KEY UPDATE {}", self.set_list(sets)?));
        self.scope.pop();
        // a row that is updated counts twice there, and once elsewhere
        if let (true, Some(rows)) = (of_values, insert.rows.rows(insert.columns.len())) {
            self.affected.rows = AffectedRows::Known(rows as u64);
        }
        Ok(sql)
    }

    /// What stands behind SET of the table that is `source`. Where it assigns one column after the other, each is
    /// set after those whose values read it.
    pub(super) fn assignments(
        &mut self,
        table: &'s TableRef,
        source: SourceId,
        assignments: &'s [Assignment],
    ) -> Result<String, BuildError> {
        let sets = self.sets(table, source, assignments)?;
        self.set_list(sets)
    }

    /// The assignments one by one.
    pub(super) fn sets(
        &mut self,
        table: &'s TableRef,
        source: SourceId,
        assignments: &'s [Assignment],
    ) -> Result<Vec<Set>, BuildError> {
        let mut sets = Vec::with_capacity(assignments.len());
        for Assignment { column, value } in assignments {
            let read = self.read.borrow().len();
            let (name, value) = (self.column_name(table, *column)?, self.text(value)?);
            sets.push(Set { column: *column, name, value, reads: self.read_since(read, source) });
        }
        Ok(sets)
    }

    /// The columns of `source` that were written since there were as many as `start`.
    fn read_since(&self, start: usize, source: SourceId) -> Vec<u32> {
        let read = self.read.borrow();
        read.iter().skip(start).filter(|column| column.source == source).map(|column| column.index).collect()
    }

    /// The assignments as text. Where one is done after the other, a value that is read stands before it is set:
    /// each sees the row as it was, as it does where all are done at once.
    fn set_list(&self, mut sets: Vec<Set>) -> Result<String, BuildError> {
        let mut texts = Vec::with_capacity(sets.len());
        while !sets.is_empty() {
            let read_later = |set: &Set| sets.iter().any(|o| o.column != set.column && o.reads.contains(&set.column));
            let next = match self.syntax.sets_in_order {
                true => sets.iter().position(|set| !read_later(set)),
                false => Some(0),
            };
            let Some(next) = next else {
                return Err(
                    self.lacks("SET whose values see the row as it was, where two columns are set from each other")
                );
            };
            let Set { name, value, .. } = sets.remove(next);
            texts.push(format!("{name} = {value}"));
        }
        Ok(texts.join(", "))
    }
}

/// `column = value`, written.
pub(super) struct Set {
    pub(super) column: u32,
    pub(super) name: String,
    pub(super) value: String,
    /// The columns of the same row that the value is made of.
    pub(super) reads: Vec<u32>,
}

/// What stays as it is, and is counted.
fn passed_over(stays: &str) -> String {
    format!("IF(({PASSED_OVER} := {PASSED_OVER} + 1) IS NULL, {stays}, {stays})")
}
