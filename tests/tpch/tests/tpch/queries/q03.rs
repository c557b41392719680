//! Q3, shipping priority: the unshipped orders of the highest value.

use relvar::prelude::*;

use super::{Question, date, revenue};
use crate::schema::*;

pub(super) fn question() -> Question {
    let day = date(1995, 3, 15);
    let query = Customer::query()
        .join(Order::table(), |c, o| c.c_custkey.eq(o.o_custkey))
        .join(LineItem::table(), |(_, o), l| l.l_orderkey.eq(o.o_orderkey))
        .filter(|(c, o, l)| c.c_mktsegment.eq("BUILDING") & o.o_orderdate.lt(day) & l.l_shipdate.gt(day))
        .group_by(|(_, o, l)| (l.l_orderkey, o.o_orderdate, o.o_shippriority))
        .order_by(|(_, orderdate, _), g| (g.sum(|(.., l)| revenue(l)).desc(), orderdate.asc()))
        .select(|(orderkey, orderdate, shippriority), g| {
            (orderkey, g.sum(|(.., l)| revenue(l)), orderdate, shippriority)
        })
        .limit(10);
    Question::new("q03", &[1, 2], query.rows(), |(orderkey, revenue, orderdate, shippriority)| {
        vec![orderkey.into(), revenue.into(), orderdate.into(), shippriority.into()]
    })
}
