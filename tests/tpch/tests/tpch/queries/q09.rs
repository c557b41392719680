//! Q9, product type profit measure: what a line of parts earned, by nation and year.

use relvar::prelude::*;

use super::{Question, revenue};
use crate::schema::*;

#[derive(Row)]
struct Profit {
    nation: String,
    year: i32,
    amount: Lossy,
}

pub(super) fn question() -> Question {
    let profit = Part::query()
        .join(LineItem::table(), |p, l| l.l_partkey.eq(p.p_partkey))
        .join(Supplier::table(), |(.., l), s| s.s_suppkey.eq(l.l_suppkey))
        .join(PartSupp::table(), |(_, l, _), ps| ps.ps_suppkey.eq(l.l_suppkey) & ps.ps_partkey.eq(l.l_partkey))
        .join(Order::table(), |(_, l, ..), o| o.o_orderkey.eq(l.l_orderkey))
        .join(Nation::table(), |(_, _, s, ..), n| n.n_nationkey.eq(s.s_nationkey))
        .filter(|(p, ..)| p.p_name.like(contains("green")))
        .select(|(_, l, _, ps, o, n)| ProfitExprs {
            nation: n.n_name,
            year: o.o_orderdate.year(),
            amount: revenue(l) - ps.ps_supplycost.lossy() * l.l_quantity.lossy(),
        })
        .derived();
    let query = profit
        .query()
        .group_by(|p| (p.nation, p.year))
        .order_by(|(nation, year), _| (nation.asc(), year.desc()))
        .select(|(nation, year), g| (nation, year, g.sum(|p| p.amount)));
    Question::new("q09", &[0, 1], query.rows(), |(nation, year, profit)| {
        vec![nation.into(), year.into(), profit.into()]
    })
}
