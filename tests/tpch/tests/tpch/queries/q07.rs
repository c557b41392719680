//! Q7, volume shipping: what was shipped between two nations, by year.

use relvar::prelude::*;

use super::{Question, date, revenue};
use crate::schema::*;

#[derive(Row)]
struct Shipping {
    supp_nation: String,
    cust_nation: String,
    year: i32,
    volume: Lossy,
}

pub(super) fn question() -> Question {
    let between = |from: NationColumns, to: NationColumns| {
        (from.n_name.eq("FRANCE") & to.n_name.eq("GERMANY")) | (from.n_name.eq("GERMANY") & to.n_name.eq("FRANCE"))
    };
    let shipping = Supplier::query()
        .join(LineItem::table(), |s, l| l.l_suppkey.eq(s.s_suppkey))
        .join(Order::table(), |(_, l), o| o.o_orderkey.eq(l.l_orderkey))
        .join(Customer::table(), |(.., o), c| c.c_custkey.eq(o.o_custkey))
        .join(Nation::table(), |(s, ..), from| from.n_nationkey.eq(s.s_nationkey))
        .join(Nation::table(), |(.., c, _), to| to.n_nationkey.eq(c.c_nationkey))
        .filter(|(.., from, to)| between(from, to))
        .filter(|(_, l, ..)| l.l_shipdate.between(date(1995, 1, 1), date(1996, 12, 31)))
        .select(|(_, l, _, _, from, to)| ShippingExprs {
            supp_nation: from.n_name,
            cust_nation: to.n_name,
            year: l.l_shipdate.year(),
            volume: revenue(l),
        })
        .derived();
    let query = shipping
        .query()
        .group_by(|s| (s.supp_nation, s.cust_nation, s.year))
        .order_by(|(supp_nation, cust_nation, year), _| (supp_nation.asc(), cust_nation.asc(), year.asc()))
        .select(|(supp_nation, cust_nation, year), g| (supp_nation, cust_nation, year, g.sum(|s| s.volume)));
    Question::new("q07", &[0, 1, 2], query.rows(), |(supp_nation, cust_nation, year, revenue)| {
        vec![supp_nation.into(), cust_nation.into(), year.into(), revenue.into()]
    })
}
