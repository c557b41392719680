//! Clauses that may fail before there is a statement: those that are chosen by name at run time.

use super::Select;
use crate::dialect::{Covers, Dialect};
use crate::expr::{Boolean, Expression, Orders};
use crate::source::{Selection, Ungrouped};

impl<H: Clone, R, D: Dialect> Select<H, R, D> {
    /// A filter that may be an error, one [`Named`](crate::source::Named) for example:
    /// `.try_filter(|t| Named::of(t).compare("status", Comparison::Equal, "open"))?`.
    ///
    /// # Errors
    /// What `f` returns.
    pub fn try_filter<E, X>(self, f: impl FnOnce(H) -> Result<E, X>) -> Result<Self, X>
    where
        E: Expression<Type: Boolean, Dialect: Covers<D>>,
        H: Ungrouped,
    {
        let condition = f(*self.scope_ref())?;
        Ok(self.filter(|_| condition))
    }

    /// Sort keys that may be an error.
    ///
    /// # Errors
    /// What `f` returns.
    pub fn try_order_by<O: Orders<D>, X>(self, f: impl FnOnce(H) -> Result<O, X>) -> Result<Self, X> {
        let orders = f(self.scope_ref().clone())?;
        Ok(self.order_by(|_| orders))
    }

    /// A select list that may be an error.
    ///
    /// # Errors
    /// What `f` returns.
    pub fn try_select_list<R2, X>(
        self,
        f: impl FnOnce(H) -> Result<Selection<R2, D>, X>,
    ) -> Result<Select<H, R2, D>, X> {
        let selection = f(self.scope_ref().clone())?;
        Ok(self.select_list(|_| selection))
    }
}
