//! ORDER BY, as text: it stands in statements and inside of aggregates.

use sea_query::{NullOrdering, Order as Sorted, SelectStatement};

use super::Lower;
use crate::dialect::Capability;
use crate::error::BuildError;
use crate::ir::{Direction, Nulls, Order};

impl<'s> Lower<'s> {
    /// Sort keys, with commas.
    pub(super) fn order_text(&mut self, order_by: &'s [Order]) -> Result<String, BuildError> {
        let mut keys = Vec::with_capacity(order_by.len());
        for Order { expr, direction, nulls } in order_by {
            let key = self.expr(expr)?;
            let direction = match direction {
                Direction::Ascending => " ASC",
                Direction::Descending => " DESC",
            };
            let nulls = match self.nulls(*nulls)? {
                Some(NullOrdering::First) => " NULLS FIRST",
                Some(NullOrdering::Last) => " NULLS LAST",
                None => "",
            };
            keys.push(format!("{}{direction}{nulls}", self.text_of(&key)));
        }
        Ok(keys.join(", "))
    }

    /// ORDER BY of a select.
    pub(super) fn order(&mut self, select: &mut SelectStatement, order_by: &'s [Order]) -> Result<(), BuildError> {
        for Order { expr, direction, nulls } in order_by {
            let key = self.key(expr)?;
            let direction = match direction {
                Direction::Ascending => Sorted::Asc,
                Direction::Descending => Sorted::Desc,
            };
            match self.nulls(*nulls)? {
                Some(nulls) => select.order_by_expr_with_nulls(key, direction, nulls),
                None => select.order_by_expr(key, direction),
            };
        }
        Ok(())
    }

    fn nulls(&self, nulls: Option<Nulls>) -> Result<Option<NullOrdering>, BuildError> {
        if nulls.is_some() {
            self.need(Capability::HasNullsOrder, "NULLS FIRST or NULLS LAST")?;
        }
        Ok(nulls.map(|nulls| match nulls {
            Nulls::First => NullOrdering::First,
            Nulls::Last => NullOrdering::Last,
        }))
    }
}
