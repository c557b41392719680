//! DELETE.

use super::Lower;
use super::name::{Qualifier, Scoped};
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Delete, TableRef};

impl<'s> Lower<'s> {
    pub(super) fn delete(&mut self, delete: &'s Delete) -> Result<String, BuildError> {
        let Delete { table, source, filter, everywhere: _, returning } = delete;
        let table: &'s TableRef = table;
        let alias = self.alias(&table.name)?;
        self.scope.push(Scoped { source: *source, names: Qualifier::Alias(alias), columns: &table.columns });
        let filter = match self.conditions(filter)? {
            Some(filter) => format!(" WHERE {}", self.text_of(&filter)),
            None => String::new(),
        };
        let returning = self.returning(returning, Capability::HasDeleteReturning)?;
        let with = self.with()?;
        if !with.is_empty() && !self.syntax.with_before_change {
            return Err(self.lacks("WITH before DELETE"));
        }
        let name = self.qualified(table.schema.as_deref(), &table.name)?;
        Ok(format!("{with}DELETE FROM {name}{filter}{returning}"))
    }
}
