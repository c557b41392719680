//! DELETE.

use super::Lower;
use super::with::Place;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Delete, TableRef};

impl<'s> Lower<'s> {
    pub(super) fn delete(&mut self, delete: &'s Delete, place: Place) -> Result<String, BuildError> {
        let Delete { head: _, table, source, from, filter, everywhere: _, returning } = delete;
        let table: &'s TableRef = table;
        let name = self.changed_table(table, *source)?;
        let (using, joined) = self.joined_to_changed(from)?;
        let filter = self.changed_rows(joined, filter)?;
        let capability = match from.is_empty() {
            true => Capability::HasDeleteReturning,
            false => Capability::HasDeleteJoinReturning,
        };
        let returning = self.returning(returning, capability)?;
        let with = self.with_at(place)?;
        if from.is_empty() {
            return Ok(format!("{with}DELETE FROM {name}{filter}{returning}"));
        }
        self.need(Capability::HasDeleteJoin, "DELETE with other tables")?;
        Ok(match self.syntax.changes_joined {
            true => format!("{with}DELETE {name} FROM {name} CROSS JOIN {using}{filter}{returning}"),
            false => format!("{with}DELETE FROM {name} USING {using}{filter}{returning}"),
        })
    }
}
