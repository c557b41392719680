//! Q6, forecasting revenue change: what would have come in without some discounts.

use relvar::prelude::*;

use super::{Question, date, decimal};
use crate::schema::*;

pub(super) fn question() -> Question {
    let query = LineItem::query()
        .filter(|l| l.l_shipdate.ge(date(1994, 1, 1)) & l.l_shipdate.lt(date(1995, 1, 1)))
        .filter(|l| l.l_discount.lossy().between(decimal(5, 2), decimal(7, 2)) & l.l_quantity.lossy().lt(24))
        .aggregate(|g| g.sum(|l| l.l_extendedprice.lossy() * l.l_discount.lossy()));
    Question::new("q06", &[], query, |revenue| vec![revenue.into()])
}
