//! Q2, minimum cost supplier: who in a region sells certain parts at the lowest cost there.

use relvar::prelude::*;

use super::Question;
use crate::schema::*;

const REGION: &str = "EUROPE";

/// The lowest cost of a part in the region.
fn lowest_cost(part: PartColumns) -> Rows<Option<Lossy>, Portable> {
    PartSupp::query()
        .join(Supplier::table(), |ps, s| s.s_suppkey.eq(ps.ps_suppkey))
        .join(Nation::table(), |(_, s), n| n.n_nationkey.eq(s.s_nationkey))
        .join(Region::table(), |(.., n), r| r.r_regionkey.eq(n.n_regionkey))
        .filter(|(ps, .., r)| ps.ps_partkey.eq(part.p_partkey) & r.r_name.eq(REGION))
        .aggregate(|g| g.min(|(ps, ..)| ps.ps_supplycost.lossy()))
}

pub(super) fn question() -> Question {
    let query = Part::query()
        .join(PartSupp::table(), |p, ps| ps.ps_partkey.eq(p.p_partkey))
        .join(Supplier::table(), |(_, ps), s| s.s_suppkey.eq(ps.ps_suppkey))
        .join(Nation::table(), |(.., s), n| n.n_nationkey.eq(s.s_nationkey))
        .join(Region::table(), |(.., n), r| r.r_regionkey.eq(n.n_regionkey))
        .filter(|(p, .., r)| p.p_size.eq(15) & p.p_type.like(ends_with("BRASS")) & r.r_name.eq(REGION))
        .filter(|(p, ps, ..)| ps.ps_supplycost.lossy().eq(lowest_cost(p)))
        .order_by(|(p, _, s, n, _)| (s.s_acctbal.lossy().desc(), n.n_name.asc(), s.s_name.asc(), p.p_partkey.asc()))
        .select(|(p, _, s, n, _)| {
            (s.s_acctbal, s.s_name, n.n_name, p.p_partkey, p.p_mfgr, s.s_address, s.s_phone, s.s_comment)
        })
        .limit(100);
    Question::new("q02", &[0, 2, 1, 3], query.rows(), |(acctbal, name, nation, part, mfgr, address, phone, comment)| {
        vec![
            acctbal.into(),
            name.into(),
            nation.into(),
            part.into(),
            mfgr.into(),
            address.into(),
            phone.into(),
            comment.into(),
        ]
    })
}
