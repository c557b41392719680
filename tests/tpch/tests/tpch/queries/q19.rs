//! Q19, discounted revenue: what parts of three kinds brought in, sent by air and handed over in person.

use relvar::prelude::*;

use super::{Question, revenue};
use crate::schema::*;

/// That a line is of a part of this kind, in a quantity of ten more than the least at most.
fn is(
    (l, p): (LineItemColumns, PartColumns),
    brand: &str,
    containers: [&str; 4],
    least: i32,
    size: i32,
) -> Condition<Portable> {
    p.p_partkey.eq(l.l_partkey)
        & p.p_brand.eq(brand)
        & p.p_container.in_list(containers)
        & l.l_quantity.lossy().between(least, least + 10)
        & p.p_size.between(1, size)
        & l.l_shipmode.in_list(["AIR", "AIR REG"])
        & l.l_shipinstruct.eq("DELIVER IN PERSON")
}

pub(super) fn question() -> Question {
    // as the specification has it: the condition of the join is in every branch of the OR
    let query = LineItem::query()
        .join(Part::table(), |l, p| {
            is((l, p), "Brand#12", ["SM CASE", "SM BOX", "SM PACK", "SM PKG"], 1, 5)
                | is((l, p), "Brand#23", ["MED BAG", "MED BOX", "MED PKG", "MED PACK"], 10, 10)
                | is((l, p), "Brand#34", ["LG CASE", "LG BOX", "LG PACK", "LG PKG"], 20, 15)
        })
        .aggregate(|g| g.sum(|(l, _)| revenue(l)));
    Question::new("q19", &[], query, |revenue| vec![revenue.into()])
}
