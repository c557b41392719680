//! GROUP BY and HAVING: outside of the key only aggregates can be written.

use std::marker::PhantomData;
use std::ops::Deref;

use super::{Rows, Select};
use crate::dialect::{Covers, Dialect, HasExpressionRollup, HasGrouping, HasSortedRollup};
use crate::expr::{Boolean, Column, Expr, Expression, Group, Orders};
use crate::ir::{self, Function, Item};
use crate::source::{Projection, decoder, listed};

/// A grouped query: its closures get the key and the group.
#[must_use = "a grouped query runs after `.select(..)`"]
pub struct Grouped<H, K, D, G = Group<H, D>> {
    ir: Box<ir::Select>,
    key: K,
    group: G,
    types: PhantomData<fn() -> (H, D)>,
}

impl<H, K: Clone, D, G: Clone> Clone for Grouped<H, K, D, G> {
    fn clone(&self) -> Self {
        Grouped { ir: self.ir.clone(), key: self.key.clone(), group: self.group.clone(), types: PhantomData }
    }
}

impl<H, K: Projection<D> + Clone, D: Dialect, G: Clone> Grouped<H, K, D, G> {
    pub(super) fn new(ir: Box<ir::Select>, key: K, group: G) -> Self {
        Grouped { ir, key, group, types: PhantomData }
    }

    /// HAVING: keeps the groups for which the condition is true.
    pub fn having<E: Expression<Type: Boolean, Dialect: Covers<D>>>(mut self, f: impl FnOnce(K, G) -> E) -> Self {
        self.ir.further.having.push(f(self.key.clone(), self.group.clone()).into_ir());
        self
    }
}

impl<H: Clone, K: Projection<D> + Clone, D: Dialect> Grouped<H, K, D> {
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
        self.ir.items = listed(f(self.key.clone(), self.group.clone()));
        Select::grouped(self.ir, (self.key, self.group), decoder::<P, D>())
    }
}

impl<H: Clone, K: Projection<D> + Clone, D: Dialect> Grouped<H, K, D, Totals<H, D>> {
    /// ORDER BY. MariaDB cannot sort beside ROLLUP: sort a derived table there.
    pub fn order_by<O: Orders<D>>(mut self, f: impl FnOnce(K, Totals<H, D>) -> O) -> Self
    where
        D: HasSortedRollup,
    {
        f(self.key.clone(), self.group.clone()).orders(&mut self.ir.order_by);
        self
    }

    /// The select list.
    pub fn select<P: Projection<D>>(mut self, f: impl FnOnce(K, Totals<H, D>) -> P) -> Rows<P::Row, D> {
        self.ir.items = listed(f(self.key.clone(), self.group.clone()));
        Select::grouped(self.ir, (), decoder::<P, D>())
    }
}

/// The rows of one group, which may be a total: a [`Group`], and what tells totals from other groups.
pub struct Totals<H, D>(Group<H, D>);

impl<H: Clone, D> Clone for Totals<H, D> {
    fn clone(&self) -> Self {
        Totals(self.0.clone())
    }
}

impl<H, D> Deref for Totals<H, D> {
    type Target = Group<H, D>;

    fn deref(&self) -> &Group<H, D> {
        &self.0
    }
}

impl<H: Clone, D: Dialect> Totals<H, D> {
    pub(super) fn new(group: Group<H, D>) -> Self {
        Totals(group)
    }

    /// `GROUPING(keys)`: 0 if the group has a value of each of these keys. A key that is left out, because the group is
    /// a total over it, counts 1, 2, 4 and so on from the last of them.
    pub fn grouping<K: Projection<D>>(&self, keys: K) -> Expr<i64, D>
    where
        D: HasGrouping,
    {
        Expr::from_ir(ir::Node::Call(Function::Grouping, exprs(keys)))
    }
}

/// What ROLLUP can group by on the databases in `D`: columns on all of them, expressions where the totals over them are
/// NULL.
#[diagnostic::on_unimplemented(
    message = "ROLLUP cannot group by `{Self}`",
    label = "neither columns nor expressions",
    note = "the key is a column or an expression, or a tuple of several; MySQL and MariaDB take columns only"
)]
pub trait RollupKeys<D> {}
impl<O, T, D> RollupKeys<D> for Column<O, T> {}
impl<T, X, D: HasExpressionRollup> RollupKeys<D> for Expr<T, X> {}

macro_rules! rollups {
    ($(($($part:ident)*))*) => { $(
        impl<D, $($part: RollupKeys<D>),*> RollupKeys<D> for ($($part,)*) {}
    )* };
}
rollups! {
    (A B) (A B C) (A B C E) (A B C E F) (A B C E F G) (A B C E F G H) (A B C E F G H I)
    (A B C E F G H I J) (A B C E F G H I J K) (A B C E F G H I J K L) (A B C E F G H I J K L M)
}

/// The sets of GROUPING SETS.
#[must_use = "the sets say which groups there are"]
pub struct GroupingSets<D> {
    sets: Vec<Vec<ir::Node>>,
    dialect: PhantomData<fn() -> D>,
}

impl<D: Dialect> GroupingSets<D> {
    pub(super) fn new() -> Self {
        GroupingSets { sets: Vec::new(), dialect: PhantomData }
    }

    pub(super) fn into_ir(self) -> ir::Grouping {
        ir::Grouping::Sets(self.sets)
    }

    /// The groups of these keys: one, or a tuple of several.
    pub fn of<K: Projection<D>>(mut self, keys: K) -> Self {
        self.sets.push(exprs(keys));
        self
    }

    /// All rows as one group.
    pub fn total(mut self) -> Self {
        self.sets.push(Vec::new());
        self
    }
}

/// The expressions of a list of keys.
fn exprs<D, K: Projection<D>>(keys: K) -> Vec<ir::Node> {
    let mut items = Vec::new();
    keys.items(&mut items);
    items.into_iter().filter_map(|item| if let Item::Expr(expr) = item { Some(expr) } else { None }).collect()
}
