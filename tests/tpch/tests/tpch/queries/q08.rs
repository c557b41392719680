//! Q8, national market share: of what a region bought of a kind of part, how much came from one nation.

use relvar::prelude::*;

use super::{Question, date, revenue};
use crate::answer::Cell;
use crate::schema::*;

#[derive(Row)]
struct Sale {
    year: i32,
    volume: Lossy,
    nation: String,
}

/// What the question is about.
#[derive(Clone, Copy)]
pub(crate) struct Parameters {
    pub(crate) nation: &'static str,
    pub(crate) region: &'static str,
    pub(crate) kind: &'static str,
}

pub(crate) fn query(parameters: Parameters) -> Rows<(i32, Option<Lossy>), Portable> {
    let Parameters { nation, region, kind } = parameters;
    let sales = Part::query()
        .join(LineItem::table(), |p, l| l.l_partkey.eq(p.p_partkey))
        .join(Supplier::table(), |(.., l), s| s.s_suppkey.eq(l.l_suppkey))
        .join(Order::table(), |(_, l, _), o| o.o_orderkey.eq(l.l_orderkey))
        .join(Customer::table(), |(.., o), c| c.c_custkey.eq(o.o_custkey))
        .join(Nation::table(), |(.., c), of_customer| of_customer.n_nationkey.eq(c.c_nationkey))
        .join(Region::table(), |(.., of_customer), r| r.r_regionkey.eq(of_customer.n_regionkey))
        .join(Nation::table(), |(_, _, s, ..), of_supplier| of_supplier.n_nationkey.eq(s.s_nationkey))
        .filter(|(.., r, _)| r.r_name.eq(region))
        .filter(|(p, _, _, o, ..)| o.o_orderdate.between(date(1995, 1, 1), date(1996, 12, 31)) & p.p_type.eq(kind))
        .select(|(_, l, _, o, .., of_supplier)| SaleExprs {
            year: o.o_orderdate.year(),
            volume: revenue(l),
            nation: of_supplier.n_name,
        })
        .derived();
    let shares = sales.query().group_by(|s| s.year).order_by(|year, _| year.asc()).select(|year, g| {
        let of_nation = g.sum(|s| case().when(s.nation.eq(nation), s.volume).otherwise(0));
        (year, of_nation / g.sum(|s| s.volume))
    });
    shares.rows()
}

pub(super) fn question() -> Question {
    let query = query(Parameters { nation: "BRAZIL", region: "AMERICA", kind: "ECONOMY ANODIZED STEEL" });
    Question::new("q08", &[0], query, |(year, share)| vec![year.into(), Cell::near(share)])
}
