//! ORDER BY, as text: it stands in statements, in windows and inside of aggregates.

use sea_query::Expr as Sql;

use super::Lower;
use super::render::composite;
use crate::error::BuildError;
use crate::ir::{Direction, Nulls, Order};

impl<'s> Lower<'s> {
    /// Sort keys, with commas.
    pub(super) fn order_text(&mut self, order_by: &'s [Order]) -> Result<String, BuildError> {
        let mut texts = Vec::with_capacity(order_by.len());
        for Order { expr, direction, nulls } in order_by {
            let key = self.key(expr)?;
            texts.push(self.sort_key(&key, *direction, *nulls));
        }
        Ok(texts.join(", "))
    }

    /// A sort key, behind one of whether it is NULL where the database cannot say where NULLs are.
    fn sort_key(&self, key: &Sql, direction: Direction, nulls: Option<Nulls>) -> String {
        let direction = match direction {
            Direction::Ascending => "ASC",
            Direction::Descending => "DESC",
        };
        let text = format!("{} {direction}", self.text_of(key));
        match nulls {
            None => text,
            Some(Nulls::First) if self.syntax.nulls_order => format!("{text} NULLS FIRST"),
            Some(Nulls::Last) if self.syntax.nulls_order => format!("{text} NULLS LAST"),
            Some(nulls) => {
                let is_null = composite(format!("{} IS NULL", self.operand_of(key)));
                let before = if nulls == Nulls::First { "DESC" } else { "ASC" };
                format!("{} {before}, {text}", self.text_of(&is_null))
            }
        }
    }
}
