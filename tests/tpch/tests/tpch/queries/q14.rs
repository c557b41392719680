//! Q14, promotion effect: what part of a month's revenue promoted parts brought.

use relvar::prelude::*;

use super::{Question, date, revenue};
use crate::answer::Cell;
use crate::schema::*;

pub(super) fn question() -> Question {
    let query = LineItem::query()
        .join(Part::table(), |l, p| p.p_partkey.eq(l.l_partkey))
        .filter(|(l, _)| l.l_shipdate.ge(date(1995, 9, 1)) & l.l_shipdate.lt(date(1995, 10, 1)))
        .aggregate(|g| {
            let promoted = g.sum(|(l, p)| case().when(p.p_type.like(starts_with("PROMO")), revenue(l)).otherwise(0));
            Lossy::from(100) * promoted / g.sum(|(l, _)| revenue(l))
        });
    Question::new("q14", &[], query, |share| vec![Cell::near(share)])
}
