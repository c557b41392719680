//! Q18, large volume customer: the orders of more than 300 pieces, by value.

use relvar::prelude::*;

use super::Question;
use crate::schema::*;

pub(super) fn question() -> Question {
    let large = LineItem::query()
        .group_by(|l| l.l_orderkey)
        .having(|_, g| g.sum(|l| l.l_quantity.lossy()).gt(300))
        .select(|order, _| order);
    let query = Customer::query()
        .join(Order::table(), |c, o| o.o_custkey.eq(c.c_custkey))
        .join(LineItem::table(), |(_, o), l| l.l_orderkey.eq(o.o_orderkey))
        .filter(|(_, o, _)| o.o_orderkey.in_query(large))
        .group_by(|(c, o, _)| (c.c_name, c.c_custkey, o.o_orderkey, o.o_orderdate, o.o_totalprice))
        .order_by(|(.., day, price), _| (price.lossy().desc(), day.asc()))
        .select(|(name, customer, order, day, price), g| {
            (name, customer, order, day, price, g.sum(|(.., l)| l.l_quantity.lossy()))
        })
        .limit(100);
    Question::new("q18", &[4, 3], query.rows(), |(name, customer, order, day, price, quantity)| {
        vec![name.into(), customer.into(), order.into(), day.into(), price.into(), quantity.into()]
    })
}
