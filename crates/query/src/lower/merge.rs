//! MERGE.

use super::Lower;
use super::chain::conjunction;
use super::with::Place;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{CteBody, Merge, MergeAction, MergeBranch, TableRef};

impl<'s> Lower<'s> {
    pub(super) fn merge(&mut self, merge: &'s Merge) -> Result<String, BuildError> {
        let Merge { head: _, table, source, using, branches } = merge;
        self.need(Capability::HasMerge, "MERGE")?;
        if self.shape.is_some_and(|shape| shape.ctes.iter().any(|cte| matches!(cte.body, CteBody::Recursive { .. }))) {
            return Err(self.lacks("WITH RECURSIVE in MERGE"));
        }
        let table: &'s TableRef = table;
        let name = self.changed_table(table, *source)?;
        let mut on = Vec::new();
        let using = self.from(std::slice::from_ref(using), Some(&mut on))?;
        let on = conjunction(on).map_or_else(|| "TRUE".to_owned(), |on| self.text_of(&on));
        let mut sql = String::new();
        for MergeBranch { condition, action } in branches {
            sql.push_str(if action.is_matched() { " WHEN MATCHED" } else { " WHEN NOT MATCHED" });
            if let Some(condition) = condition {
                sql.push_str(&format!(" AND {}", self.operand(condition)?));
            }
            sql.push_str(&format!(" THEN {}", self.merge_action(merge, table, action)?));
        }
        Ok(format!("{}MERGE INTO {name} USING {using} ON {on}{sql}", self.with_at(Place::Top)?))
    }

    fn merge_action(
        &mut self,
        merge: &'s Merge,
        table: &'s TableRef,
        action: &'s MergeAction,
    ) -> Result<String, BuildError> {
        Ok(match action {
            MergeAction::Update(assignments) => {
                format!("UPDATE SET {}", self.assignments(table, merge.source, assignments)?)
            }
            MergeAction::Delete => "DELETE".to_owned(),
            MergeAction::Keep | MergeAction::PassOver => "DO NOTHING".to_owned(),
            MergeAction::Insert { columns, values } => {
                let names: Result<Vec<_>, _> = columns.iter().map(|column| self.column_name(table, *column)).collect();
                let (names, values) = (names?, self.items(values)?);
                if names.is_empty() || names.len() != values.len() {
                    let mistake = "an inserted row does not have as many values as columns: of a row of the whole table, \
                                   name the columns that an insert may give";
                    return Err(BuildError::Clause(mistake.into()));
                }
                format!("INSERT ({}) VALUES ({})", names.join(", "), values.join(", "))
            }
        })
    }
}
