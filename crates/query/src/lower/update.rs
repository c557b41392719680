//! UPDATE.

use sea_query::Expr as Sql;

use super::Lower;
use super::expr::conjunction;
use super::upsert::Set;
use super::with::Place;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Assignment, Join, SourceId, TableRef, Update};

impl<'s> Lower<'s> {
    pub(super) fn update(&mut self, update: &'s Update, place: Place) -> Result<String, BuildError> {
        let Update { head: _, table, source, assignments, from, filter, everywhere: _, returning, .. } = update;
        let table: &'s TableRef = table;
        let name = self.changed_table(table, *source)?;
        let (from, mut joined) = self.update_from(from)?;
        let before_set = self.syntax.joins_before_set && !from.is_empty();
        let set = match before_set {
            true => self.joined_assignments(table, *source, assignments)?,
            false => self.assignments(table, *source, assignments)?,
        };
        joined.extend(self.meant(filter)?);
        let filter = match conjunction(joined) {
            Some(filter) => format!(" WHERE {}", self.text_of(&filter)),
            None => String::new(),
        };
        let returning = self.returning(returning, Capability::HasUpdateReturning)?;
        let with = self.with_at(place)?;
        Ok(match before_set {
            true => format!("{with}UPDATE {name} CROSS JOIN {from} SET {set}{filter}{returning}"),
            false if from.is_empty() => format!("{with}UPDATE {name} SET {set}{filter}{returning}"),
            false => format!("{with}UPDATE {name} SET {set} FROM {from}{filter}{returning}"),
        })
    }

    /// The sources behind FROM, and the conditions that go to WHERE: what is joined inward is joined there, for an
    /// ON in FROM cannot see the table that is updated.
    fn update_from(&mut self, joins: &'s [Join]) -> Result<(String, Vec<Sql>), BuildError> {
        if joins.is_empty() {
            return Ok((String::new(), Vec::new()));
        }
        let mut conditions = Vec::new();
        let from = self.from(joins, Some(&mut conditions))?;
        Ok((from, conditions))
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
