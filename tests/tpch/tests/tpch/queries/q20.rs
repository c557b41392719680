//! Q20, potential part promotion: who has more of certain parts than half of what was sent of them in a year.

use relvar::prelude::*;

use super::{Question, date, decimal};
use crate::schema::*;

/// Half of what a supplier sent of a part in the year.
fn half_sent(ps: PartSuppColumns) -> Rows<Option<Lossy>, Portable> {
    LineItem::query()
        .filter(|l| l.l_partkey.eq(ps.ps_partkey) & l.l_suppkey.eq(ps.ps_suppkey))
        .filter(|l| l.l_shipdate.ge(date(1994, 1, 1)) & l.l_shipdate.lt(date(1995, 1, 1)))
        .aggregate(|g| Lossy(decimal(5, 1)) * g.sum(|l| l.l_quantity.lossy()))
}

pub(super) fn question() -> Question {
    let forest = Part::query().filter(|p| p.p_name.like(starts_with("forest"))).select(|p| p.p_partkey);
    let too_much = PartSupp::query()
        .filter(|ps| ps.ps_partkey.in_query(forest) & ps.ps_availqty.lossy().gt(half_sent(ps)))
        .select(|ps| ps.ps_suppkey);
    let query = Supplier::query()
        .join(Nation::table(), |s, n| n.n_nationkey.eq(s.s_nationkey))
        .filter(|(s, n)| s.s_suppkey.in_query(too_much) & n.n_name.eq("CANADA"))
        .order_by(|(s, _)| s.s_name.asc())
        .select(|(s, _)| (s.s_name, s.s_address));
    Question::new("q20", &[0], query.rows(), |(name, address)| vec![name.into(), address.into()])
}
