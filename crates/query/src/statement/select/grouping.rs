//! GROUP BY of a query, with totals or without.

use super::Select;
use crate::dialect::{Dialect, HasGroupingSets, HasRollup};
use crate::expr::Group;
use crate::ir::Grouping;
use crate::source::{Nullify, Projection, Ungrouped};
use crate::statement::group::{Grouped, GroupingSets, Totals};

const WHOLE_ROW: &str = "group by columns or expressions, not by a whole row";

impl<H: Clone, R, D: Dialect> Select<H, R, D> {
    /// GROUP BY: the closures that follow get the key and the group.
    pub fn group_by<K: Projection<D> + Clone>(mut self, f: impl FnOnce(H) -> K) -> Grouped<H, K, D>
    where
        H: Ungrouped,
    {
        let key = f(self.scope);
        self.ir.group_by = self.keys(key.clone(), WHOLE_ROW);
        Grouped::new(self.ir, key, Group::new(self.scope))
    }

    /// GROUP BY ROLLUP: the groups of the key, of every prefix of it, and of all rows. The key is nullable from here
    /// on, for it is NULL where it is left out.
    pub fn group_by_rollup<K: Nullify>(self, f: impl FnOnce(H) -> K) -> Grouped<H, K::Out, D, Totals<H, D>>
    where
        K::Out: Projection<D> + Clone,
        H: Ungrouped,
        D: HasRollup,
    {
        self.with_totals(f, |_| Grouping::Rollup)
    }

    /// GROUP BY CUBE: the groups of every subset of the key. The key is nullable from here on, for it is NULL where it
    /// is left out.
    pub fn group_by_cube<K: Nullify>(self, f: impl FnOnce(H) -> K) -> Grouped<H, K::Out, D, Totals<H, D>>
    where
        K::Out: Projection<D> + Clone,
        H: Ungrouped,
        D: HasGroupingSets,
    {
        self.with_totals(f, |_| Grouping::Cube)
    }

    /// GROUP BY GROUPING SETS: the groups of each of these sets of keys:
    /// `.group_by_sets(|t| (t.a, t.b), |(a, b), sets| sets.of((a, b)).of(a).total())`. The key is nullable from here on,
    /// for a part of it is NULL where it is left out.
    pub fn group_by_sets<K: Nullify>(
        self,
        f: impl FnOnce(H) -> K,
        sets: impl FnOnce(K::Out, GroupingSets<D>) -> GroupingSets<D>,
    ) -> Grouped<H, K::Out, D, Totals<H, D>>
    where
        K::Out: Projection<D> + Clone,
        H: Ungrouped,
        D: HasGroupingSets,
    {
        self.with_totals(f, |key| sets(key, GroupingSets::new()).into_ir())
    }

    fn with_totals<K: Nullify>(
        mut self,
        f: impl FnOnce(H) -> K,
        grouping: impl FnOnce(K::Out) -> Grouping,
    ) -> Grouped<H, K::Out, D, Totals<H, D>>
    where
        K::Out: Projection<D> + Clone,
        H: Ungrouped,
    {
        let key = f(self.scope).nullify();
        self.ir.group_by = self.keys(key.clone(), WHOLE_ROW);
        self.ir.grouping = grouping(key.clone());
        Grouped::new(self.ir, key, Totals::new(Group::new(self.scope)))
    }
}
