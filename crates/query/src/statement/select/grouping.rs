//! GROUP BY of a query, with totals or without.

use super::Select;
use crate::dialect::{Dialect, HasGroupingSets, HasRollup};
use crate::expr::Group;
use crate::ir::{Distinct, Grouping};
use crate::source::{Nullify, Projection, Ungrouped};
use crate::statement::group::{Grouped, GroupingSets, RollupKeys, Totals};

const WHOLE_ROW: &str = "group by columns or expressions, not by a whole row";
const LIMITED: &str = "`limit` stands before groups and aggregates, but SQL limits what comes out of them: to aggregate the \
    rows that are left, say `.derived().query()` behind it; to limit the groups, say it last";
const DISTINCT: &str = "`distinct` stands before groups and aggregates, but SQL looks for rows that are twice in what comes \
    out of them: say `.derived().query()` behind it, or `count_distinct`";
const SORTED: &str = "`order_by` stands before groups and aggregates, but SQL sorts what comes out of them: sort groups behind \
    `group_by`, by the key or by aggregates, and what an aggregate collects by `g.order_by(..)`";

impl<H: Clone, R, D: Dialect> Select<H, R, D> {
    /// GROUP BY: the closures that follow get the key and the group.
    pub fn group_by<K: Projection<D> + Clone>(mut self, f: impl FnOnce(H) -> K) -> Grouped<H, K, D>
    where
        H: Ungrouped,
    {
        let key = f(self.scope);
        self.ends_before_grouping();
        self.ir.further.group_by = self.keys(key.clone(), WHOLE_ROW);
        Grouped::new(self.ir, key, Group::new(self.scope))
    }

    /// GROUP BY ROLLUP: the groups of the key, of every prefix of it, and of all rows. The key is nullable from here
    /// on, for it is NULL where it is left out.
    ///
    /// MySQL and MariaDB have it over columns only: of an expression their totals are not NULL.
    pub fn group_by_rollup<K: Nullify>(self, f: impl FnOnce(H) -> K) -> Grouped<H, K::Out, D, Totals<H, D>>
    where
        K::Out: Projection<D> + RollupKeys<D> + Clone,
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

    /// What SQL does behind GROUP BY, whatever stands first in the program: said before it, it would mean another thing
    /// than it says.
    pub(super) fn ends_before_grouping(&mut self) {
        if self.ir.limit.is_some() || self.ir.further.offset.is_some() {
            self.ir.further.mistake = Some(LIMITED.into());
        } else if self.ir.further.distinct != Distinct::All {
            self.ir.further.mistake = Some(DISTINCT.into());
        } else if !self.ir.order_by.is_empty() {
            self.ir.further.mistake = Some(SORTED.into());
        }
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
        self.ends_before_grouping();
        self.ir.further.group_by = self.keys(key.clone(), WHOLE_ROW);
        self.ir.further.grouping = grouping(key.clone());
        Grouped::new(self.ir, key, Totals::new(Group::new(self.scope)))
    }
}
