//! UPDATE.

use super::Lower;
use super::upsert::Set;
use super::with::Place;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Assignment, SourceId, TableRef, Update};

impl<'s> Lower<'s> {
    pub(super) fn update(&mut self, update: &'s Update, place: Place) -> Result<String, BuildError> {
        let Update { head: _, table, source, assignments, from, filter, everywhere: _, returning, .. } = update;
        let table: &'s TableRef = table;
        let name = self.changed_table(table, *source)?;
        let (from, joined) = self.joined_to_changed(from)?;
        let before_set = self.syntax.changes_joined && !from.is_empty();
        let set = match before_set {
            true => self.joined_assignments(table, *source, assignments)?,
            false => self.assignments(table, *source, assignments)?,
        };
        let filter = self.changed_rows(joined, filter)?;
        let returning = self.returning(returning, Capability::HasUpdateReturning)?;
        let with = self.with_at(place)?;
        Ok(match before_set {
            true => format!("{with}UPDATE {name} CROSS JOIN {from} SET {set}{filter}{returning}"),
            false if from.is_empty() => format!("{with}UPDATE {name} SET {set}{filter}{returning}"),
            false => format!("{with}UPDATE {name} SET {set} FROM {from}{filter}{returning}"),
        })
    }

    /// What stands behind SET where other sources are joined: columns with their table, in an order that the
    /// database chooses.
    fn joined_assignments(
        &mut self,
        table: &'s TableRef,
        source: SourceId,
        assignments: &'s [Assignment],
    ) -> Result<String, BuildError> {
        let sets = self.sets(table, source, assignments)?;
        let sees = |one: &Set| sets.iter().any(|o| o.column != one.column && one.reads.contains(&o.column));
        if sets.iter().any(sees) {
            return Err(self.lacks("SET in a joined UPDATE where a value reads a column that is set, too"));
        }
        let table = self.quoted(&table.name)?;
        let texts: Vec<String> = sets.iter().map(|set| format!("{table}.{} = {}", set.name, set.value)).collect();
        Ok(texts.join(", "))
    }
}
