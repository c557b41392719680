//! Q1, pricing summary report: what was billed, shipped and returned.

use relvar::prelude::*;

use super::{Question, date, revenue};
use crate::schema::*;

#[derive(Row)]
struct Summary {
    returnflag: String,
    linestatus: String,
    sum_qty: Option<Lossy>,
    sum_base_price: Option<Lossy>,
    sum_disc_price: Option<Lossy>,
    sum_charge: Option<Lossy>,
    avg_qty: Option<f64>,
    avg_price: Option<f64>,
    avg_disc: Option<f64>,
    count_order: i64,
}

pub(super) fn question() -> Question {
    let query = LineItem::query()
        .filter(|l| l.l_shipdate.le(date(1998, 9, 2)))
        .group_by(|l| (l.l_returnflag, l.l_linestatus))
        .order_by(|(returnflag, linestatus), _| (returnflag.asc(), linestatus.asc()))
        .select(|(returnflag, linestatus), g| SummaryExprs {
            returnflag,
            linestatus,
            sum_qty: g.sum(|l| l.l_quantity.lossy()),
            sum_base_price: g.sum(|l| l.l_extendedprice.lossy()),
            sum_disc_price: g.sum(revenue),
            sum_charge: g.sum(|l| revenue(l) * (Lossy::from(1) + l.l_tax.lossy())),
            avg_qty: g.avg(|l| l.l_quantity.lossy()),
            avg_price: g.avg(|l| l.l_extendedprice.lossy()),
            avg_disc: g.avg(|l| l.l_discount.lossy()),
            count_order: g.count(),
        });
    Question::new("q01", &[0, 1], query.rows(), |s| {
        vec![
            s.returnflag.into(),
            s.linestatus.into(),
            s.sum_qty.into(),
            s.sum_base_price.into(),
            s.sum_disc_price.into(),
            s.sum_charge.into(),
            s.avg_qty.into(),
            s.avg_price.into(),
            s.avg_disc.into(),
            s.count_order.into(),
        ]
    })
}
