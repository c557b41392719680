//! SELECT.

use sea_query::{Expr as Sql, LockBehavior, LockType, SelectStatement, UnionType};
use std::borrow::Cow;

use super::Lower;
use super::placeholder::Marker;
use super::render::{atom, composite};
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Compound, Distinct, Item, Lock, LockStrength, LockWait, Select, SetOperator};

impl<'s> Lower<'s> {
    /// A select as a whole statement.
    pub(super) fn select_statement(&mut self, select: &'s Select) -> Result<String, BuildError> {
        let select = self.select(select, None)?;
        Ok(format!("{}{}", self.with()?, self.select_text(&select)))
    }

    /// A select; its items get the names in `columns`, by position.
    pub(super) fn select(
        &mut self,
        select: &'s Select,
        columns: Option<&'s [Cow<'static, str>]>,
    ) -> Result<SelectStatement, BuildError> {
        let outside = self.scope.len();
        let mut sql = SelectStatement::new();
        self.from(&mut sql, &select.from, None)?;

        let mut items = self.items(&select.items)?;
        if items.is_empty() {
            // EXISTS asks for no column, and not every database can select none
            items.push(atom("1".to_owned()));
        }
        match &select.distinct {
            Distinct::All => {}
            Distinct::Rows => {
                sql.distinct();
            }
            Distinct::On(keys) => {
                self.need(Capability::HasDistinctOn, "DISTINCT ON")?;
                let keys: Result<Vec<_>, _> = keys.iter().map(|key| self.key(key).map(|k| self.text_of(&k))).collect();
                let keys = keys?.join(", ");
                if let Some(first) = items.first_mut() {
                    *first = composite(format!("DISTINCT ON ({keys}) {}", self.text_of(first)));
                }
            }
        }
        self.name_items(&mut sql, items, columns)?;

        if let Some(filter) = self.conditions(&select.filter)? {
            sql.and_where(filter);
        }
        for key in &select.group_by {
            let key = self.key(key)?;
            sql.add_group_by([key]);
        }
        if let Some(having) = self.conditions(&select.having)? {
            sql.and_having(having);
        }
        self.order(&mut sql, &select.order_by)?;
        self.limit(&mut sql, select)?;
        if let Some(lock) = select.lock {
            self.lock(&mut sql, lock)?;
        }
        self.scope.truncate(outside);
        if let Some(Compound { operator, branches }) = &select.compound {
            let operator = match operator {
                SetOperator::Union => UnionType::Distinct,
                SetOperator::UnionAll => UnionType::All,
                SetOperator::Intersect => UnionType::Intersect,
                SetOperator::Except => UnionType::Except,
            };
            for branch in branches {
                let branch = self.select(branch, columns)?;
                sql.union(operator, branch);
            }
        }
        Ok(sql)
    }

    fn lock(&self, sql: &mut SelectStatement, lock: Lock) -> Result<(), BuildError> {
        let strength = match lock.strength {
            LockStrength::Update => {
                self.need(Capability::HasRowLocks, "FOR UPDATE")?;
                LockType::Update
            }
            LockStrength::Share => {
                self.need(Capability::HasShareLocks, "FOR SHARE")?;
                LockType::Share
            }
            LockStrength::NoKeyUpdate => {
                self.need(Capability::HasKeyLocks, "FOR NO KEY UPDATE")?;
                LockType::NoKeyUpdate
            }
            LockStrength::KeyShare => {
                self.need(Capability::HasKeyLocks, "FOR KEY SHARE")?;
                LockType::KeyShare
            }
        };
        match lock.wait {
            LockWait::Wait => sql.lock(strength),
            LockWait::NoWait => sql.lock_with_behavior(strength, LockBehavior::Nowait),
            LockWait::SkipLocked => sql.lock_with_behavior(strength, LockBehavior::SkipLocked),
        };
        Ok(())
    }

    /// What a list of items selects, rows spelled out column by column.
    pub(super) fn items(&mut self, items: &'s [Item]) -> Result<Vec<Sql>, BuildError> {
        let mut columns = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::Expr(expr) => columns.push(self.expr(expr)?),
                Item::Row(source) => columns.extend(self.row(*source)?),
            }
        }
        Ok(columns)
    }

    fn name_items(
        &self,
        sql: &mut SelectStatement,
        items: Vec<Sql>,
        columns: Option<&[Cow<'static, str>]>,
    ) -> Result<(), BuildError> {
        let Some(columns) = columns else {
            sql.exprs(items);
            return Ok(());
        };
        if columns.len() != items.len() {
            return Err(BuildError::Clause("a subquery does not have as many columns as names for them".into()));
        }
        for (item, name) in items.into_iter().zip(columns) {
            sql.expr_as(item, self.iden(name)?);
        }
        Ok(())
    }

    fn limit(&self, sql: &mut SelectStatement, select: &Select) -> Result<(), BuildError> {
        match &select.limit {
            Some(limit) => {
                sql.limit(Marker::Limit(self.argument_number(limit)?).sentinel());
            }
            None if select.offset.is_some() && self.syntax.no_limit.is_some() => {
                sql.limit(Marker::NoLimit.sentinel());
            }
            None => {}
        }
        if let Some(offset) = &select.offset {
            sql.offset(Marker::Limit(self.argument_number(offset)?).sentinel());
        }
        Ok(())
    }
}
