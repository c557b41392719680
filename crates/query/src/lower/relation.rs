//! FROM: tables, derived tables, common table expressions, and how they are joined.

use sea_query::{Expr as Sql, IntoCondition, JoinType, SelectStatement, TableRef as Source};

use super::Lower;
use super::name::{Qualifier, Scoped};
use super::render::atom;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{CteRef, Join, JoinKind, Relation, SourceId};

/// A source as sea-query takes it.
enum Lowered {
    Table(Source),
    Derived { select: Box<SelectStatement>, alias: String, lateral: bool },
}

impl<'s> Lower<'s> {
    /// Joins the sources in `joins` into `select`, and brings them into scope. The conditions of inner joins go to
    /// `hoisted`, if it is given and no outer join would change what they mean there.
    pub(super) fn from(
        &mut self,
        select: &mut SelectStatement,
        joins: &'s [Join],
        mut hoisted: Option<&mut Vec<Sql>>,
    ) -> Result<(), BuildError> {
        if joins.iter().skip(1).any(|join| matches!(join.kind, JoinKind::Right | JoinKind::Full)) {
            hoisted = None;
        }
        for (position, join) in joins.iter().enumerate() {
            let source = self.relation(&join.relation, join.source)?;
            let mut on = match &join.on {
                Some(on) => Some(self.expr(on)?),
                None => None,
            };
            let inward = position == 0 || matches!(join.kind, JoinKind::Inner | JoinKind::Cross | JoinKind::From);
            if let (Some(hoisted), true) = (&mut hoisted, inward) {
                hoisted.extend(on.take());
            }
            if position == 0 {
                match source {
                    Lowered::Table(table) => select.from(table),
                    // nothing stands before it that LATERAL could mean
                    Lowered::Derived { select: inner, alias, .. } => {
                        let alias = self.iden(&alias)?;
                        select.from_subquery(*inner, alias)
                    }
                };
                continue;
            }
            let kind = self.join_type(join.kind)?;
            match source {
                Lowered::Table(table) => self.join(select, kind, table, on),
                Lowered::Derived { select: inner, alias, lateral: false } => {
                    let alias = self.iden(&alias)?;
                    self.join(select, kind, Source::SubQuery(inner, alias), on);
                }
                Lowered::Derived { select: inner, alias, lateral: true } => {
                    self.need(Capability::HasLateral, "LATERAL")?;
                    let kind = if kind == JoinType::CrossJoin { JoinType::InnerJoin } else { kind };
                    let alias = self.iden(&alias)?;
                    select.join_lateral(kind, *inner, alias, condition(on));
                }
            }
        }
        Ok(())
    }

    fn join(&self, select: &mut SelectStatement, kind: JoinType, source: Source, on: Option<Sql>) {
        match (kind, on) {
            (JoinType::InnerJoin | JoinType::CrossJoin, None) => select.cross_join(source),
            (JoinType::CrossJoin, Some(on)) => select.join(JoinType::InnerJoin, source, on.into_condition()),
            (kind, on) => select.join(kind, source, condition(on)),
        };
    }

    fn join_type(&self, kind: JoinKind) -> Result<JoinType, BuildError> {
        Ok(match kind {
            JoinKind::From | JoinKind::Cross => JoinType::CrossJoin,
            JoinKind::Inner => JoinType::InnerJoin,
            JoinKind::Left => JoinType::LeftJoin,
            JoinKind::Right => {
                self.need(Capability::HasRightJoin, "RIGHT JOIN")?;
                JoinType::RightJoin
            }
            JoinKind::Full => {
                self.need(Capability::HasFullJoin, "FULL JOIN")?;
                JoinType::FullOuterJoin
            }
        })
    }

    fn relation(&mut self, relation: &'s Relation, source: SourceId) -> Result<Lowered, BuildError> {
        let (lowered, alias, columns) = match relation {
            Relation::Table(table) => {
                let name = self.table_name(table)?;
                let alias = self.alias(&table.name)?;
                let shown = if alias == *table.name { None } else { Some(self.iden(&alias)?) };
                (Lowered::Table(Source::Table(name, shown)), alias, &*table.columns)
            }
            Relation::Derived { query, columns, lateral } => {
                self.distinct_names(columns)?;
                let select = Box::new(self.select(query, Some(columns))?);
                let alias = self.alias("derived")?;
                (Lowered::Derived { select, alias: alias.clone(), lateral: *lateral }, alias, &**columns)
            }
            Relation::Cte(cte) => {
                let (name, columns) = match cte {
                    CteRef::Of(cte) => (&cte.name, &*cte.columns),
                    CteRef::Itself { name, columns, .. } => (name, &**columns),
                };
                let alias = self.alias(name)?;
                let shown = if alias == **name { None } else { Some(self.iden(&alias)?) };
                let name = sea_query::TableName(None, self.iden(name)?);
                (Lowered::Table(Source::Table(name, shown)), alias, columns)
            }
        };
        self.scope.push(Scoped { source, names: Qualifier::Alias(alias), columns });
        Ok(lowered)
    }
}

fn condition(on: Option<Sql>) -> sea_query::Condition {
    on.unwrap_or_else(|| atom("TRUE".to_owned())).into_condition()
}
