//! Q17, small-quantity-order revenue: what would be lost a year if small orders of a part were not taken.

use relvar::prelude::*;

use super::{Question, decimal};
use crate::answer::Cell;
use crate::schema::*;

/// A fifth of what is usually ordered of a part.
fn small(part: PartColumns) -> Rows<Option<Lossy>, Portable> {
    LineItem::query()
        .filter(|l| l.l_partkey.eq(part.p_partkey))
        .aggregate(|g| Lossy(decimal(2, 1)) * g.avg_decimal(|l| l.l_quantity.lossy()))
}

/// What the question is about.
#[derive(Clone, Copy)]
pub(crate) struct Parameters {
    pub(crate) brand: &'static str,
    pub(crate) container: &'static str,
}

pub(crate) fn query(parameters: Parameters) -> Rows<Option<Lossy>, Portable> {
    let Parameters { brand, container } = parameters;
    LineItem::query()
        .join(Part::table(), |l, p| p.p_partkey.eq(l.l_partkey))
        .filter(|(_, p)| p.p_brand.eq(brand) & p.p_container.eq(container))
        .filter(|(l, p)| l.l_quantity.lossy().lt(small(p)))
        .aggregate(|g| g.sum(|(l, _)| l.l_extendedprice.lossy()) / decimal(70, 1))
}

pub(super) fn question() -> Question {
    let query = query(Parameters { brand: "Brand#23", container: "MED BOX" });
    Question::new("q17", &[], query, |yearly| vec![Cell::near(yearly)])
}
