//! Q16, parts and supplier relationship: how many suppliers without complaints there are for kinds of parts.

use relvar::prelude::*;

use super::Question;
use crate::schema::*;

pub(super) fn question() -> Question {
    let complained = Supplier::query().filter(|s| s.s_comment.like("%Customer%Complaints%")).select(|s| s.s_suppkey);
    let query = PartSupp::query()
        .join(Part::table(), |ps, p| p.p_partkey.eq(ps.ps_partkey))
        .filter(|(_, p)| p.p_brand.ne("Brand#45") & p.p_type.not_like(starts_with("MEDIUM POLISHED")))
        .filter(|(_, p)| p.p_size.in_list([49, 14, 23, 45, 19, 3, 36, 9]))
        .filter(|(ps, _)| ps.ps_suppkey.not_in_query(complained))
        .group_by(|(_, p)| (p.p_brand, p.p_type, p.p_size))
        .order_by(|(brand, kind, size), g| {
            (g.count_distinct(|(ps, _)| ps.ps_suppkey).desc(), brand.asc(), kind.asc(), size.asc())
        })
        .select(|(brand, kind, size), g| (brand, kind, size, g.count_distinct(|(ps, _)| ps.ps_suppkey)));
    Question::new("q16", &[3, 0, 1, 2], query.rows(), |(brand, kind, size, suppliers)| {
        vec![brand.into(), kind.into(), size.into(), suppliers.into()]
    })
}
