//! Q21, suppliers who kept orders waiting: who alone was late in an order of several suppliers.

use relvar::prelude::*;

use super::Question;
use crate::schema::*;

/// The lines of other suppliers in the same order.
fn others(line: LineItemColumns) -> Query<LineItem> {
    LineItem::query().filter(|l| l.l_orderkey.eq(line.l_orderkey) & l.l_suppkey.ne(line.l_suppkey))
}

fn late(l: LineItemColumns) -> Condition<Portable> {
    l.l_receiptdate.gt(l.l_commitdate)
}

pub(super) fn question() -> Question {
    let query = Supplier::query()
        .join(LineItem::table(), |s, l| l.l_suppkey.eq(s.s_suppkey))
        .join(Order::table(), |(_, l), o| o.o_orderkey.eq(l.l_orderkey))
        .join(Nation::table(), |(s, ..), n| n.n_nationkey.eq(s.s_nationkey))
        .filter(|(_, l, o, n)| o.o_orderstatus.eq("F") & late(l) & n.n_name.eq("SAUDI ARABIA"))
        .filter(|(_, l, ..)| exists(others(l)) & not_exists(others(l).filter(late)))
        .group_by(|(s, ..)| s.s_name)
        .order_by(|name, g| (g.count().desc(), name.asc()))
        .select(|name, g| (name, g.count()))
        .limit(100);
    Question::new("q21", &[1, 0], query.rows(), |(name, waiting)| vec![name.into(), waiting.into()])
}
