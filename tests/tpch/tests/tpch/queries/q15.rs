//! Q15, top supplier: who brought in most in a quarter.

use relvar::prelude::*;

use super::{Question, date, revenue};
use crate::schema::*;

#[derive(Row)]
struct Revenue {
    supplier_no: i32,
    total: Option<Lossy>,
}

pub(super) fn question() -> Question {
    let revenues = LineItem::query()
        .filter(|l| l.l_shipdate.ge(date(1996, 1, 1)) & l.l_shipdate.lt(date(1996, 4, 1)))
        .group_by(|l| l.l_suppkey)
        .select(|supplier_no, g| RevenueExprs { supplier_no, total: g.sum(revenue) })
        .cte("revenue");
    let query = Supplier::query()
        .join(&revenues, |s, r| r.supplier_no.eq(s.s_suppkey))
        .filter(|(_, r)| r.total.eq(revenues.query().aggregate(|g| g.max(|r| r.total))))
        .order_by(|(s, _)| s.s_suppkey.asc())
        .select(|(s, r)| (s.s_suppkey, s.s_name, s.s_address, s.s_phone, r.total));
    Question::new("q15", &[0], query.rows(), |(key, name, address, phone, total)| {
        vec![key.into(), name.into(), address.into(), phone.into(), total.into()]
    })
}
