//! Q13, customer distribution: how many customers have how many orders, those without any among them.

use relvar::prelude::*;

use super::Question;
use crate::schema::*;

pub(super) fn question() -> Question {
    let orders = Customer::query()
        .left_join(Order::table(), |c, o| o.o_custkey.eq(c.c_custkey) & o.o_comment.not_like("%special%requests%"))
        .group_by(|(c, _)| c.c_custkey)
        .select(|customer, g| (customer, g.count_of(|(_, o)| o.o_orderkey)))
        .derived();
    let query = orders
        .query()
        .group_by(|o| o.1)
        .order_by(|count, g| (g.count().desc(), count.desc()))
        .select(|count, g| (count, g.count()));
    Question::new("q13", &[1, 0], query.rows(), |(count, customers)| vec![count.into(), customers.into()])
}
