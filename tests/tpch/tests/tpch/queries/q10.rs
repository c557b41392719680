//! Q10, returned item reporting: the customers who returned most in a quarter.

use relvar::prelude::*;

use super::{Question, date, revenue};
use crate::schema::*;

pub(super) fn question() -> Question {
    let query = Customer::query()
        .join(Order::table(), |c, o| o.o_custkey.eq(c.c_custkey))
        .join(LineItem::table(), |(_, o), l| l.l_orderkey.eq(o.o_orderkey))
        .join(Nation::table(), |(c, ..), n| n.n_nationkey.eq(c.c_nationkey))
        .filter(|(_, o, l, _)| {
            o.o_orderdate.ge(date(1993, 10, 1)) & o.o_orderdate.lt(date(1994, 1, 1)) & l.l_returnflag.eq("R")
        })
        .group_by(|(c, .., n)| (c.c_custkey, c.c_name, c.c_acctbal, c.c_phone, n.n_name, c.c_address, c.c_comment))
        .order_by(|_, g| g.sum(|(_, _, l, _)| revenue(l)).desc())
        .select(|(key, name, acctbal, phone, nation, address, comment), g| {
            (key, name, g.sum(|(_, _, l, _)| revenue(l)), acctbal, nation, address, phone, comment)
        })
        .limit(20);
    Question::new("q10", &[2], query.rows(), |(key, name, revenue, acctbal, nation, address, phone, comment)| {
        vec![
            key.into(),
            name.into(),
            revenue.into(),
            acctbal.into(),
            nation.into(),
            address.into(),
            phone.into(),
            comment.into(),
        ]
    })
}
