//! WITH: the common table expressions of a statement, at its head.

use super::Lower;
use crate::error::BuildError;
use crate::ir::{Cte, CteBody, Distinct, Select};

impl<'s> Lower<'s> {
    /// `WITH … `, or nothing.
    pub(super) fn with(&mut self) -> Result<String, BuildError> {
        let ctes: &'s [&'s Cte] = self.shape.map_or(&[], |shape| &shape.ctes);
        if ctes.is_empty() {
            return Ok(String::new());
        }
        // nothing of the statement is in their scope
        let outside = std::mem::take(&mut self.scope);
        let mut texts = Vec::with_capacity(ctes.len());
        for cte in ctes {
            self.distinct_names(&cte.columns)?;
            let (name, columns) = (self.quoted(&cte.name)?, self.name_list(&*cte.columns)?);
            texts.push(format!("{name} ({columns}) AS ({})", self.body(&cte.body)?));
        }
        self.scope = outside;
        let recursive = ctes.iter().any(|cte| matches!(cte.body, CteBody::Recursive { .. }));
        Ok(format!("WITH {}{} ", if recursive { "RECURSIVE " } else { "" }, texts.join(", ")))
    }

    fn body(&mut self, body: &'s CteBody) -> Result<String, BuildError> {
        match body {
            CteBody::Select(select) => {
                let select = self.select(select, None)?;
                Ok(self.select_text(&select))
            }
            CteBody::Recursive { base, step, all } => {
                plain(base)?;
                plain(step)?;
                let (base, step) = (self.select(base, None)?, self.select(step, None)?);
                let union = if *all { "UNION ALL" } else { "UNION" };
                Ok(format!("{} {union} {}", self.select_text(&base), self.select_text(&step)))
            }
        }
    }
}

/// That a part of a union has none of the clauses that would be taken for the whole's.
fn plain(select: &Select) -> Result<(), BuildError> {
    let plain = select.order_by.is_empty() && select.limit.is_none() && select.offset.is_none();
    if plain && !matches!(select.distinct, Distinct::On(_)) {
        return Ok(());
    }
    Err(BuildError::Clause(
        "the parts of a recursive common table expression have no DISTINCT ON, ORDER BY, LIMIT or OFFSET".into(),
    ))
}
