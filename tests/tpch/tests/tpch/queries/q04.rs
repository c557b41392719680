//! Q4, order priority checking: orders of a quarter with a line that came late, by priority.

use relvar::prelude::*;

use super::{Question, date};
use crate::schema::*;

pub(super) fn question() -> Question {
    let query = Order::query()
        .filter(|o| o.o_orderdate.ge(date(1993, 7, 1)) & o.o_orderdate.lt(date(1993, 10, 1)))
        .filter(|o| {
            exists(LineItem::query().filter(|l| l.l_orderkey.eq(o.o_orderkey) & l.l_commitdate.lt(l.l_receiptdate)))
        })
        .group_by(|o| o.o_orderpriority)
        .order_by(|priority, _| priority.asc())
        .select(|priority, g| (priority, g.count()));
    Question::new("q04", &[0], query.rows(), |(priority, count)| vec![priority.into(), count.into()])
}
