//! Q11, important stock identification: the parts that are much of the stock's value in a nation.

use relvar::prelude::*;

use super::{Question, decimal};
use crate::schema::*;

type Stock = Select<(PartSuppColumns, SupplierColumns, NationColumns), (PartSupp, Supplier, Nation), Portable>;

/// The stock in the nation.
fn stock() -> Stock {
    PartSupp::query()
        .join(Supplier::table(), |ps, s| s.s_suppkey.eq(ps.ps_suppkey))
        .join(Nation::table(), |(_, s), n| n.n_nationkey.eq(s.s_nationkey))
        .filter(|(.., n)| n.n_name.eq("GERMANY"))
}

fn value(ps: PartSuppColumns) -> Expr<Lossy, Portable> {
    ps.ps_supplycost.lossy() * ps.ps_availqty.lossy()
}

pub(super) fn question() -> Question {
    let query = stock()
        .group_by(|(ps, ..)| ps.ps_partkey)
        .having(|_, g| {
            let least = stock().aggregate(|g| g.sum(|(ps, ..)| value(ps)) * decimal(1, 4));
            g.sum(|(ps, ..)| value(ps)).gt(least)
        })
        .order_by(|_, g| g.sum(|(ps, ..)| value(ps)).desc())
        .select(|part, g| (part, g.sum(|(ps, ..)| value(ps))));
    Question::new("q11", &[1], query.rows(), |(part, value)| vec![part.into(), value.into()])
}
