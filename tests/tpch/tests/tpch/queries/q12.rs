//! Q12, shipping modes and order priority: how many lines came late, of urgent orders and of others.

use relvar::prelude::*;

use super::{Question, date};
use crate::schema::*;

pub(super) fn question() -> Question {
    let urgent = |o: OrderColumns| o.o_orderpriority.eq("1-URGENT") | o.o_orderpriority.eq("2-HIGH");
    let query = Order::query()
        .join(LineItem::table(), |o, l| l.l_orderkey.eq(o.o_orderkey))
        .filter(|(_, l)| l.l_shipmode.in_list(["MAIL", "SHIP"]))
        .filter(|(_, l)| l.l_commitdate.lt(l.l_receiptdate) & l.l_shipdate.lt(l.l_commitdate))
        .filter(|(_, l)| l.l_receiptdate.ge(date(1994, 1, 1)) & l.l_receiptdate.lt(date(1995, 1, 1)))
        .group_by(|(_, l)| l.l_shipmode)
        .order_by(|mode, _| mode.asc())
        .select(|mode, g| {
            (mode, g.sum(|(o, _)| case().when(urgent(o), 1i32).otherwise(0)), g.count_if(|(o, _)| !urgent(o)))
        });
    Question::new("q12", &[0], query.rows(), |(mode, high, low)| vec![mode.into(), high.into(), low.into()])
}
