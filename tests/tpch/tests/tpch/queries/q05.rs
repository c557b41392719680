//! Q5, local supplier volume: what suppliers brought in from customers of their own nation.

use relvar::prelude::*;

use super::{Question, date, revenue};
use crate::schema::*;

pub(super) fn question() -> Question {
    let query = Customer::query()
        .join(Order::table(), |c, o| o.o_custkey.eq(c.c_custkey))
        .join(LineItem::table(), |(_, o), l| l.l_orderkey.eq(o.o_orderkey))
        .join(Supplier::table(), |(c, _, l), s| s.s_suppkey.eq(l.l_suppkey) & s.s_nationkey.eq(c.c_nationkey))
        .join(Nation::table(), |(.., s), n| n.n_nationkey.eq(s.s_nationkey))
        .join(Region::table(), |(.., n), r| r.r_regionkey.eq(n.n_regionkey))
        .filter(|(.., r)| r.r_name.eq("ASIA"))
        .filter(|(_, o, ..)| o.o_orderdate.ge(date(1994, 1, 1)) & o.o_orderdate.lt(date(1995, 1, 1)))
        .group_by(|(.., n, _)| n.n_name)
        .order_by(|_, g| g.sum(|(_, _, l, ..)| revenue(l)).desc())
        .select(|nation, g| (nation, g.sum(|(_, _, l, ..)| revenue(l))));
    Question::new("q05", &[1], query.rows(), |(nation, revenue)| vec![nation.into(), revenue.into()])
}
