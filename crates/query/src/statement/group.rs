//! GROUP BY and HAVING: outside of the key only aggregates can be written.

use std::marker::PhantomData;

use super::Select;
use crate::dialect::{Covers, Dialect};
use crate::expr::{Boolean, Expression, Group, Orders};
use crate::ir;
use crate::source::{Projection, decoder};

/// A grouped query: its closures get the key and the group.
#[must_use = "a grouped query runs after `.select(..)`"]
pub struct Grouped<H, K, D> {
    ir: Box<ir::Select>,
    key: K,
    group: Group<H, D>,
    dialect: PhantomData<fn() -> D>,
}

impl<H: Clone, K: Clone, D> Clone for Grouped<H, K, D> {
    fn clone(&self) -> Self {
        Grouped { ir: self.ir.clone(), key: self.key.clone(), group: self.group.clone(), dialect: PhantomData }
    }
}

impl<H: Clone, K: Projection<D> + Clone, D: Dialect> Grouped<H, K, D> {
    pub(super) fn new(ir: Box<ir::Select>, key: K, group: Group<H, D>) -> Self {
        Grouped { ir, key, group, dialect: PhantomData }
    }

    /// HAVING: keeps the groups for which the condition is true.
    pub fn having<E: Expression<Type: Boolean, Dialect: Covers<D>>>(
        mut self,
        f: impl FnOnce(K, Group<H, D>) -> E,
    ) -> Self {
        self.ir.having.push(f(self.key.clone(), self.group.clone()).into_ir());
        self
    }

    /// ORDER BY
    pub fn order_by<O: Orders<D>>(mut self, f: impl FnOnce(K, Group<H, D>) -> O) -> Self {
        f(self.key.clone(), self.group.clone()).orders(&mut self.ir.order_by);
        self
    }

    /// The select list. Closures that follow get the pair of key and group.
    pub fn select<P: Projection<D>>(
        mut self,
        f: impl FnOnce(K, Group<H, D>) -> P,
    ) -> Select<(K, Group<H, D>), P::Row, D> {
        self.ir.items.clear();
        f(self.key.clone(), self.group.clone()).items(&mut self.ir.items);
        Select::grouped(self.ir, (self.key, self.group), decoder::<P, D>())
    }
}
