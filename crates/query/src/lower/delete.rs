//! DELETE.

use super::Lower;
use super::with::Place;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Delete, TableRef};

impl<'s> Lower<'s> {
    pub(super) fn delete(&mut self, delete: &'s Delete, place: Place) -> Result<String, BuildError> {
        let Delete { head: _, table, source, filter, everywhere: _, returning } = delete;
        let table: &'s TableRef = table;
        let name = self.changed_table(table, *source)?;
        let filter = match self.conditions(filter)? {
            Some(filter) => format!(" WHERE {}", self.text_of(&filter)),
            None => String::new(),
        };
        let returning = self.returning(returning, Capability::HasDeleteReturning)?;
        let with = self.with_at(place)?;
        Ok(format!("{with}DELETE FROM {name}{filter}{returning}"))
    }
}
