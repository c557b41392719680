//! The shape of what rows are taken from: joins, relations, common table expressions.

use super::{Walk, Walked};
use crate::error::BuildError;
use crate::ir::*;

impl<'s> Walk<'_, 's> {
    /// Joins of which it is known how many there are.
    pub(super) fn joins(&mut self, joins: &'s [Join]) -> Walked {
        let outside = self.scope.len();
        // a derived table does not see its neighbours, only what is outside of the query
        self.each(joins, |walk, join| {
            let Join { kind, relation, source, on } = join;
            walk.tags([*kind as u8, u8::from(on.is_some())]);
            if matches!(relation, Relation::Derived { lateral: false, .. } | Relation::Raw { .. }) {
                let neighbours: Vec<(SourceId, u32)> = walk.scope.drain(outside..).collect();
                walk.relation(relation)?;
                walk.scope.extend(neighbours);
            } else {
                walk.relation(relation)?;
            }
            walk.enter(*source)?;
            match on {
                Some(on) => walk.expr(on),
                None => Ok(()),
            }
        })
    }

    pub(super) fn relation(&mut self, relation: &'s Relation) -> Walked {
        match relation {
            Relation::Table(table) => {
                // its first byte is that of no other relation
                self.table(table);
                Ok(())
            }
            Relation::Derived { query, columns, lateral } => {
                self.tag(11 + u8::from(*lateral));
                self.names(columns);
                self.select(query)
            }
            Relation::Cte(CteRef::Itself { id, name, columns: _ }) => {
                self.tag(3);
                if !self.entered.iter().any(|(entered, _)| entered == id) {
                    return Err(BuildError::RecursionOutside(name.to_string()));
                }
                self.text(name);
                Ok(())
            }
            Relation::Cte(CteRef::Of(cte)) => {
                self.tag(4);
                self.cte(cte)
            }
            Relation::Sample(sample) => {
                let Sample { table, method, percent, seed } = &**sample;
                self.tag(5);
                self.table(table);
                self.tag(*method as u8);
                self.argument(percent)?;
                self.maybe(seed.as_ref(), Self::argument)
            }
            Relation::Hinted { table, hint, indexes } => {
                self.tag(6);
                self.table(table);
                self.tag(*hint as u8);
                self.names(indexes);
                Ok(())
            }
            Relation::Values { values, columns } => {
                self.tag(7);
                self.names(columns);
                self.many(values, Self::expr)
            }
            Relation::Function { function, arguments, columns, ordinality } => {
                self.tag(8 + u8::from(*ordinality));
                self.tag(*function as u8);
                self.names(columns);
                self.many(arguments, Self::expr)
            }
            Relation::Raw { query, columns } => {
                self.tag(10);
                self.names(columns);
                self.raw(query)
            }
        }
    }

    pub(super) fn cte(&mut self, cte: &'s Cte) -> Walked {
        let Cte { id, name, columns, body, materialized, search, cycle } = cte;
        self.text(name);
        if self.entered.iter().any(|(entered, _)| entered == id) {
            return Ok(());
        }
        if self.entered.iter().any(|(_, taken)| *taken == &**name) {
            return Err(BuildError::CteNameTwice(name.to_string()));
        }
        self.entered.push((*id, name));
        self.names(columns);
        self.tag(materialized.map_or(0, |yes| 1 + u8::from(yes)));
        self.maybe(search.as_ref(), |walk, search| {
            let Search { order, by } = search;
            walk.tag(*order as u8);
            walk.positions(by);
            Ok(())
        })?;
        self.maybe(cycle.as_ref(), |walk, by| {
            walk.positions(by);
            Ok(())
        })?;
        // it stands at the head of the statement: nothing of where it is used is in its scope
        let outside = std::mem::take(&mut self.scope);
        match body {
            CteBody::Select(select) => {
                self.tag(0);
                self.select(select)?;
            }
            CteBody::Raw(raw) => {
                self.tag(6);
                self.raw(raw)?;
            }
            CteBody::Recursive { base, step, all } => {
                self.tag(1 + u8::from(*all));
                self.select(base)?;
                self.select(step)?;
            }
            CteBody::Insert(insert) => {
                self.tag(3);
                self.insert(insert)?;
                self.shape.writes = true;
            }
            CteBody::Update(update) => {
                self.tag(4);
                self.update(update)?;
                self.shape.writes = true;
            }
            CteBody::Delete(delete) => {
                self.tag(5);
                self.delete(delete)?;
                self.shape.writes = true;
            }
        }
        self.scope = outside;
        self.shape.ctes.push(cte);
        Ok(())
    }
}
