//! INSERT.

use std::borrow::Cow;

use super::Lower;
use super::select::Added;
use super::upsert::EXCLUDED;
use super::with::Place;
use crate::dialect::{Capability, Upsert};
use crate::error::BuildError;
use crate::ir::{Conflict, ConflictAction, Insert, InsertSource, Node, Select, TableRef};

impl<'s> Lower<'s> {
    pub(super) fn insert(&mut self, insert: &'s Insert, place: Place) -> Result<String, BuildError> {
        let Insert { head: _, table, source, columns, rows, conflict, returning } = insert;
        let table: &'s TableRef = table;
        // the table keeps its own name, whatever the rows are selected from
        let into = format!("INSERT INTO {}", self.target_table(table, *source)?);
        let names: Result<Vec<_>, _> = columns.iter().map(|column| self.column_name(table, *column)).collect();
        let names = format!(" ({}) ", names?.join(", "));

        let mut sql = match rows {
            InsertSource::Values(values) => {
                self.ctes_in_place = !self.syntax.with_before_insert;
                if values.is_empty() {
                    return Err(BuildError::NoRows);
                }
                if columns.is_empty() || values.len() % columns.len() != 0 {
                    return Err(BuildError::Clause("an inserted row does not have as many values as columns".into()));
                }
                let mut tuples = Vec::with_capacity(values.len() / columns.len());
                for row in values.chunks(columns.len()) {
                    tuples.push(format!("({})", self.texts(row)?));
                }
                format!("{}{into}{names}VALUES {}", self.with_at(place)?, tuples.join(", "))
            }
            InsertSource::Columns(values) if values.len() != columns.len() => {
                return Err(BuildError::Clause("there are not as many lists as columns".into()));
            }
            InsertSource::Columns(values) => match self.syntax.spread {
                Some(spread) => {
                    let mut items = Vec::with_capacity(values.len());
                    for value in values {
                        let text = self.text(value)?;
                        let is_list = matches!(value, Node::Argument(argument) if argument.is_list());
                        items.push(if is_list { format!("{spread}({text})") } else { text });
                    }
                    format!("{}{into}{names}SELECT {}", self.with_at(place)?, items.join(", "))
                }
                None => {
                    self.ctes_in_place = !self.syntax.with_before_insert;
                    let tuples = self.tuples(values, rows.rows(columns.len()).unwrap_or(0))?;
                    format!("{}{into}{names}VALUES {}", self.with_at(place)?, tuples.join(", "))
                }
            },
            InsertSource::Query(query) => {
                let select = match conflict {
                    Some(conflict) => self.proposed_rows(query, table, columns, conflict)?,
                    None => self.select(query, None)?,
                };
                let with = self.with_at(place)?;
                if self.syntax.with_before_insert {
                    format!("{with}{into}{names}{select}")
                } else {
                    format!("{into}{names}{with}{select}")
                }
            }
            InsertSource::Defaults => {
                if conflict.is_some() && self.syntax.upsert_needs_where {
                    return Err(self.lacks("ON CONFLICT for a row of defaults"));
                }
                format!("{}{into} {}", self.with_at(place)?, self.syntax.default_row)
            }
        };
        if let Some(conflict) = conflict {
            sql.push_str(&self.upsert(insert, table, conflict)?);
        }
        sql.push_str(&self.returning(returning, Capability::HasReturning)?);
        Ok(sql)
    }

    /// Rows that are written down as columns, row by row.
    fn tuples(&mut self, columns: &'s [Node], rows: usize) -> Result<Vec<String>, BuildError> {
        let mut tuples = Vec::with_capacity(rows);
        for row in 0..rows {
            let mut texts = Vec::with_capacity(columns.len());
            for column in columns {
                texts.push(match column {
                    Node::Argument(list) if list.is_list() => self.text_of(&self.element(list, row as u32)?),
                    same => self.text(same)?,
                });
            }
            tuples.push(format!("({})", texts.join(", ")));
        }
        Ok(tuples)
    }

    /// The query of the rows of an upsert: a derived table, where nothing else has a name to refer to or its rows are
    /// counted.
    fn proposed_rows(
        &mut self,
        query: &'s Select,
        table: &'s TableRef,
        columns: &[u32],
        conflict: &Conflict,
    ) -> Result<String, BuildError> {
        let updates = matches!(conflict.action, ConflictAction::Update { .. });
        let referred_to = updates && self.syntax.upsert == Upsert::DuplicateKeyAlias;
        let counts = self.syntax.counts_rows.filter(|_| conflict.counted);
        if !referred_to && counts.is_none() {
            let condition = self.syntax.upsert_needs_where.then_some("TRUE");
            return self.select_with(query, None, Added { condition, limit: false });
        }
        let names = columns.iter().map(|column| table.columns.get(*column as usize).cloned());
        let names: Vec<Cow<'static, str>> = names.collect::<Option<_>>().ok_or(BuildError::ForeignColumn)?;
        // without LIMIT, the condition would be looked at for rows that are not given
        let select = self.select_with(query, Some(&names), Added { condition: None, limit: counts.is_some() })?;
        let counts = counts.map_or_else(String::new, |counts| format!(" WHERE {counts}"));
        Ok(format!("SELECT * FROM ({select}) AS {}{counts}", self.quoted(EXCLUDED)?))
    }

    /// The bare name of a table's column.
    pub(super) fn column_name(&self, table: &TableRef, column: u32) -> Result<String, BuildError> {
        self.quoted(table.columns.get(column as usize).ok_or(BuildError::ForeignColumn)?)
    }
}
