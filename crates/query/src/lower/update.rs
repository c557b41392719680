//! UPDATE.

use sea_query::{Expr as Sql, SelectStatement};

use super::Lower;
use super::expr::conjunction;
use super::name::{Qualifier, Scoped};
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Join, TableRef, Update};

impl<'s> Lower<'s> {
    pub(super) fn update(&mut self, update: &'s Update) -> Result<String, BuildError> {
        let Update { table, source, assignments, from, filter, everywhere: _, returning } = update;
        let table: &'s TableRef = table;
        let alias = self.alias(&table.name)?;
        self.scope.push(Scoped { source: *source, names: Qualifier::Alias(alias), columns: &table.columns });
        let (from, mut joined) = self.update_from(from)?;
        let set = self.assignments(table, *source, assignments)?;
        joined.extend(self.meant(filter)?);
        let filter = match conjunction(joined) {
            Some(filter) => format!(" WHERE {}", self.text_of(&filter)),
            None => String::new(),
        };
        let returning = self.returning(returning, Capability::HasUpdateReturning)?;
        let with = self.with()?;
        if !with.is_empty() && !self.syntax.with_before_change {
            return Err(self.lacks("WITH before UPDATE"));
        }
        let name = self.qualified(table.schema.as_deref(), &table.name)?;
        Ok(format!("{with}UPDATE {name} SET {set}{from}{filter}{returning}"))
    }

    /// ` FROM …`, and the conditions that go to WHERE: what is joined inward is joined there, for an ON in FROM
    /// cannot see the table that is updated.
    fn update_from(&mut self, joins: &'s [Join]) -> Result<(String, Vec<Sql>), BuildError> {
        if joins.is_empty() {
            return Ok((String::new(), Vec::new()));
        }
        self.need(Capability::HasUpdateFrom, "UPDATE … FROM")?;
        let mut conditions = Vec::new();
        let mut select = SelectStatement::new();
        self.from(&mut select, joins, Some(&mut conditions))?;
        let text = self.select_text(&select);
        // a select of nothing: the clause is what stands behind its SELECT
        let from = text.strip_prefix("SELECT ").unwrap_or(&text);
        Ok((from.to_owned(), conditions))
    }
}
