//! SELECT, as text: sea-query lacks or misplaces several of its clauses.

use std::borrow::Cow;

use super::Lower;
use super::placeholder::Marker;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{
    Compound, Distinct, Grouping, Item, Items, Join, Lock, LockStrength, LockWait, Node, Select, SetOperator,
};

/// What a select has beside its own clauses.
#[derive(Clone, Copy, Default)]
pub(super) struct Added<'a> {
    /// A condition, which is SQL, if it has none.
    pub(super) condition: Option<&'a str>,
    /// LIMIT, if it has none: of all rows. What stands around the select is not taken into it then.
    pub(super) limit: bool,
}

impl<'s> Lower<'s> {
    /// A select as a whole statement.
    pub(super) fn select_statement(&mut self, select: &'s Select) -> Result<String, BuildError> {
        let select = self.select(select, None)?;
        Ok(format!("{}{select}", self.with()?))
    }

    /// A select; its items get the names in `columns`, by position.
    pub(super) fn select(
        &mut self,
        select: &'s Select,
        columns: Option<&[Cow<'_, str>]>,
    ) -> Result<String, BuildError> {
        self.select_with(select, columns, Added::default())
    }

    /// A select, and what it has beside its own clauses.
    pub(super) fn select_with(
        &mut self,
        select: &'s Select,
        columns: Option<&[Cow<'_, str>]>,
        added: Added<'_>,
    ) -> Result<String, BuildError> {
        let outside = self.scope.len();
        // a window belongs to the select that it is used in
        let windows = std::mem::take(&mut self.windows);
        let from = self.from(&select.from, None)?;
        let around = std::mem::take(&mut self.grouped);
        let known = |key: &&Node| matches!(key, Node::Column(_) | Node::Constant(_));
        let grouped: Vec<&'s Node> = select.further.group_by.iter().filter(|key| !known(key)).collect();
        let written = self.windows_written;
        self.grouped.clone_from(&grouped);
        let items = self.named_items(select, columns)?;
        let windowed = self.windows_written > written;
        let distinct = self.distinct(&select.further.distinct)?;
        self.grouped.clear();
        let mut sql = format!("SELECT {distinct}{items}");
        if !from.is_empty() {
            sql.push_str(&format!(" FROM {from}"));
        }
        match (self.conditions(&select.filter)?, added.condition) {
            (Some(filter), _) => sql.push_str(&format!(" WHERE {}", self.text_of(&filter))),
            (None, Some(condition)) => sql.push_str(&format!(" WHERE {condition}")),
            (None, None) => {}
        }
        sql.push_str(&self.group_by(&select.further.group_by, &select.further.grouping)?);
        self.grouped = grouped;
        if let Some(having) = self.conditions(&select.further.having)? {
            sql.push_str(&format!(" HAVING {}", self.text_of(&having)));
        }
        if windowed && !self.syntax.sorts_after_windows {
            self.grouped.extend(select.further.group_by.iter().filter(|key| matches!(key, Node::Column(_))));
        }
        let order = match select.order_by.as_slice() {
            [] => String::new(),
            _ if select.further.grouping == Grouping::Rollup && !self.syntax.rollup_is_sorted => {
                return Err(self.lacks("ORDER BY beside WITH ROLLUP"));
            }
            keys => format!(" ORDER BY {}", self.order_text(keys)?),
        };
        sql.push_str(&self.window_clause()?);
        self.windows = windows;
        self.grouped = around;
        let limit = self.limit(select, added.limit)?;
        let lock = match &select.further.lock {
            Some(lock) => self.lock(lock)?,
            None => String::new(),
        };
        self.scope.truncate(outside);
        if let Some(compound) = &select.further.compound {
            sql.push_str(&self.branches(compound, columns)?);
        }
        Ok(sql + &order + &limit + &lock)
    }

    fn distinct(&mut self, distinct: &'s Distinct) -> Result<String, BuildError> {
        Ok(match distinct {
            Distinct::All => String::new(),
            Distinct::Rows => "DISTINCT ".to_owned(),
            Distinct::On(keys) => {
                self.need(Capability::HasDistinctOn, "DISTINCT ON")?;
                format!("DISTINCT ON ({}) ", self.keys(keys)?)
            }
        })
    }

    /// Keys to sort or group by, with commas.
    pub(super) fn keys(&mut self, keys: &'s [Node]) -> Result<String, BuildError> {
        let keys: Result<Vec<_>, _> = keys.iter().map(|key| self.key(key).map(|key| self.text_of(&key))).collect();
        Ok(keys?.join(", "))
    }

    fn group_by(&mut self, keys: &'s [Node], grouping: &'s Grouping) -> Result<String, BuildError> {
        if keys.is_empty() {
            return Ok(String::new());
        }
        let keys = match grouping {
            Grouping::Plain => self.keys(keys)?,
            Grouping::Rollup => {
                self.need(Capability::HasRollup, "ROLLUP")?;
                if keys.iter().any(|key| !matches!(key, Node::Column(_))) {
                    self.need(Capability::HasExpressionRollup, "ROLLUP over expressions")?;
                }
                let keys = self.keys(keys)?;
                if self.syntax.with_rollup { format!("{keys} WITH ROLLUP") } else { format!("ROLLUP ({keys})") }
            }
            Grouping::Cube => {
                self.need(Capability::HasGroupingSets, "CUBE")?;
                format!("CUBE ({})", self.keys(keys)?)
            }
            Grouping::Sets(sets) => {
                self.need(Capability::HasGroupingSets, "GROUPING SETS")?;
                let sets: Result<Vec<_>, BuildError> =
                    sets.iter().map(|set| Ok(format!("({})", self.keys(set)?))).collect();
                format!("GROUPING SETS ({})", sets?.join(", "))
            }
        };
        Ok(format!(" GROUP BY {keys}"))
    }

    fn branches(&mut self, compound: &'s Compound, columns: Option<&[Cow<'_, str>]>) -> Result<String, BuildError> {
        let Compound { operator, branches } = compound;
        let operator = match operator {
            SetOperator::Union => "UNION",
            SetOperator::UnionAll => "UNION ALL",
            SetOperator::Intersect => "INTERSECT",
            SetOperator::IntersectAll => "INTERSECT ALL",
            SetOperator::Except => "EXCEPT",
            SetOperator::ExceptAll => "EXCEPT ALL",
        };
        if matches!(compound.operator, SetOperator::IntersectAll | SetOperator::ExceptAll) {
            self.need(Capability::HasSetAll, "INTERSECT ALL or EXCEPT ALL")?;
        }
        let mut sql = String::new();
        for branch in branches {
            let branch = self.select(branch, columns)?;
            let branch = if self.syntax.branch_in_parentheses { format!("({branch})") } else { branch };
            sql.push_str(&format!(" {operator} {branch}"));
        }
        Ok(sql)
    }

    fn lock(&self, lock: &Lock) -> Result<String, BuildError> {
        let Lock { strength, of, wait } = lock;
        let (capability, strength) = match strength {
            LockStrength::Update => (Capability::HasRowLocks, "FOR UPDATE"),
            LockStrength::Share => (Capability::HasShareLocks, self.syntax.share_lock),
            LockStrength::NoKeyUpdate => (Capability::HasKeyLocks, "FOR NO KEY UPDATE"),
            LockStrength::KeyShare => (Capability::HasKeyLocks, "FOR KEY SHARE"),
        };
        self.need(capability, strength)?;
        let mut sql = format!(" {strength}");
        if !of.is_empty() {
            self.need(Capability::HasLockOf, "OF in a row lock")?;
            let names: Result<Vec<_>, _> = of.iter().map(|source| self.alias_of(*source)).collect();
            sql.push_str(&format!(" OF {}", names?.join(", ")));
        }
        sql.push_str(match wait {
            LockWait::Wait => "",
            LockWait::NoWait => " NOWAIT",
            LockWait::SkipLocked => " SKIP LOCKED",
        });
        Ok(sql)
    }

    /// What a list of items selects, rows spelled out column by column.
    pub(super) fn items(&mut self, items: &'s [Item]) -> Result<Vec<String>, BuildError> {
        let mut columns = Vec::with_capacity(items.len());
        for item in items {
            match item {
                Item::Expr(expr) => {
                    let typed = self.typed_expr(expr)?;
                    columns.push(self.text_of(&typed));
                }
                Item::Row(source) => {
                    let row = self.row(*source)?;
                    columns.extend(row.iter().map(|column| self.text_of(column)));
                }
            }
        }
        Ok(columns)
    }

    /// All columns of all sources.
    fn rows(&mut self, from: &[Join]) -> Result<Vec<String>, BuildError> {
        let mut columns = Vec::new();
        for join in from {
            let row = self.row(join.source)?;
            columns.extend(row.iter().map(|column| self.text_of(column)));
        }
        Ok(columns)
    }

    fn named_items(&mut self, select: &'s Select, columns: Option<&[Cow<'_, str>]>) -> Result<String, BuildError> {
        let mut items = match &select.items {
            Items::Rows => self.rows(&select.from)?,
            Items::List(items) => self.items(items)?,
        };
        if items.is_empty() {
            // EXISTS asks for no column, and not every database can select none
            items.push("1".to_owned());
        }
        if let Some(columns) = columns {
            if columns.len() != items.len() {
                return Err(BuildError::Clause("a subquery does not have as many columns as names for them".into()));
            }
            for (item, name) in items.iter_mut().zip(columns) {
                item.push_str(&format!(" AS {}", self.quoted(name)?));
            }
        }
        Ok(items.join(", "))
    }

    fn limit(&self, select: &Select, always: bool) -> Result<String, BuildError> {
        let marker = |marker: Marker| Marker::text(marker.sentinel());
        let mut sql = String::new();
        match &select.limit {
            Some(limit) => {
                sql.push_str(&format!(" LIMIT {}", marker(Marker::Limit(self.argument_number(limit)?))));
            }
            None if (always || select.further.offset.is_some()) && self.syntax.no_limit.is_some() => {
                sql.push_str(&format!(" LIMIT {}", marker(Marker::NoLimit)));
            }
            None => {}
        }
        if let Some(offset) = &select.further.offset {
            sql.push_str(&format!(" OFFSET {}", marker(Marker::Limit(self.argument_number(offset)?))));
        }
        Ok(sql)
    }
}
