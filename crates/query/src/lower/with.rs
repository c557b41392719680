//! WITH: the common table expressions of a statement, at its head.

use std::borrow::Cow;

use super::Lower;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Cte, CteBody, Distinct, Search, SearchOrder, Select};

/// The column that SEARCH adds.
const SEARCH_ORDER: &str = "search_order";
/// The columns that CYCLE adds.
const IS_CYCLE: &str = "is_cycle";
const CYCLE_PATH: &str = "cycle_path";

/// The names of the columns that SEARCH and CYCLE add behind those of the query, as they are referred to: what
/// sorts, then what says whether a row was met before.
pub(super) fn added_columns(cte: &Cte) -> Vec<&'static str> {
    let search = cte.search.as_ref().map(|_| SEARCH_ORDER);
    let cycle = cte.cycle.as_ref().map(|_| IS_CYCLE);
    search.into_iter().chain(cycle).collect()
}

impl<'s> Lower<'s> {
    /// `WITH … `, or nothing.
    pub(super) fn with(&mut self) -> Result<String, BuildError> {
        let ctes: &'s [&'s Cte] = self.shape.map_or(&[], |shape| &shape.ctes);
        if ctes.is_empty() || self.ctes_in_place {
            return Ok(String::new());
        }
        // nothing of the statement is in their scope
        let outside = std::mem::take(&mut self.scope);
        let mut texts = Vec::with_capacity(ctes.len());
        for cte in ctes {
            texts.push(self.cte(cte)?);
            self.scope.clear();
        }
        self.scope = outside;
        let recursive = ctes.iter().any(|cte| matches!(cte.body, CteBody::Recursive { .. }));
        Ok(format!("WITH {}{} ", if recursive { "RECURSIVE " } else { "" }, texts.join(", ")))
    }

    /// A common table expression where it is used.
    pub(super) fn cte_in_place(&mut self, cte: &'s Cte) -> Result<String, BuildError> {
        self.distinct_names(&cte.columns)?;
        let CteBody::Select(select) = &cte.body else {
            return Err(self.lacks("recursive WITH in this statement"));
        };
        let outside = std::mem::take(&mut self.scope);
        let select = self.select(select, Some(&cte.columns))?;
        self.scope = outside;
        Ok(select)
    }

    fn cte(&mut self, cte: &'s Cte) -> Result<String, BuildError> {
        let added: Vec<Cow<'static, str>> = added_columns(cte).into_iter().map(Cow::Borrowed).collect();
        self.distinct_names(&[&*cte.columns, &added].concat())?;
        let (name, columns) = (self.quoted(&cte.name)?, self.name_list(&*cte.columns)?);
        let materialized = match cte.materialized {
            None => "",
            Some(materialized) => {
                self.need(Capability::HasMaterialized, "MATERIALIZED")?;
                if materialized { "MATERIALIZED " } else { "NOT MATERIALIZED " }
            }
        };
        let mut sql = format!("{name} ({columns}) AS {materialized}({})", self.body(&cte.body)?);
        if cte.search.is_some() || cte.cycle.is_some() {
            self.need(Capability::HasSearchCycle, "SEARCH or CYCLE")?;
        }
        if let Some(Search { order, by }) = &cte.search {
            let order = match order {
                SearchOrder::DepthFirst => "DEPTH",
                SearchOrder::BreadthFirst => "BREADTH",
            };
            let by = self.positions(cte, by)?;
            sql.push_str(&format!(" SEARCH {order} FIRST BY {by} SET {}", self.quoted(SEARCH_ORDER)?));
        }
        if let Some(by) = &cte.cycle {
            let (by, mark, path) = (self.positions(cte, by)?, self.quoted(IS_CYCLE)?, self.quoted(CYCLE_PATH)?);
            sql.push_str(&format!(" CYCLE {by} SET {mark} USING {path}"));
        }
        Ok(sql)
    }

    /// The names of columns of the expression itself.
    fn positions(&self, cte: &Cte, positions: &[u32]) -> Result<String, BuildError> {
        let names: Option<Vec<_>> = positions.iter().map(|position| cte.columns.get(*position as usize)).collect();
        let names = names.ok_or(BuildError::ForeignColumn)?;
        if names.is_empty() {
            return Err(BuildError::Clause("SEARCH and CYCLE need a column".into()));
        }
        self.name_list(names)
    }

    fn body(&mut self, body: &'s CteBody) -> Result<String, BuildError> {
        match body {
            CteBody::Select(select) => self.select(select, None),
            CteBody::Raw(raw) => self.raw(raw),
            CteBody::Recursive { base, step, all } => {
                plain(base)?;
                plain(step)?;
                self.seed = true;
                let base = self.select(base, None);
                self.seed = false;
                let (base, step) = (base?, self.select(step, None)?);
                let union = if *all { "UNION ALL" } else { "UNION" };
                Ok(format!("{base} {union} {step}"))
            }
            CteBody::Insert(insert) => {
                self.need(Capability::HasModifyingCte, "INSERT in WITH")?;
                self.insert(insert, Place::Within)
            }
            CteBody::Update(update) => {
                self.need(Capability::HasModifyingCte, "UPDATE in WITH")?;
                self.update(update, Place::Within)
            }
            CteBody::Delete(delete) => {
                self.need(Capability::HasModifyingCte, "DELETE in WITH")?;
                self.delete(delete, Place::Within)
            }
        }
    }
}

/// Where a statement that changes rows stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the statement: WITH is its own.
    Top,
    /// It is in WITH.
    Within,
}

impl<'s> Lower<'s> {
    /// WITH, for the statement itself.
    pub(super) fn with_at(&mut self, place: Place) -> Result<String, BuildError> {
        match place {
            Place::Top => self.with(),
            Place::Within => Ok(String::new()),
        }
    }
}

/// That a part of a union has none of the clauses that would be taken for the whole's.
fn plain(select: &Select) -> Result<(), BuildError> {
    let plain = select.order_by.is_empty() && select.limit.is_none() && select.further.offset.is_none();
    if plain && !matches!(select.further.distinct, Distinct::On(_)) {
        return Ok(());
    }
    Err(BuildError::Clause(
        "the parts of a recursive common table expression have no DISTINCT ON, ORDER BY, LIMIT or OFFSET".into(),
    ))
}
