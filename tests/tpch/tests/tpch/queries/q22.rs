//! Q22, global sales opportunity: customers with money who never ordered, by the country of their phone.

use relvar::prelude::*;

use super::Question;
use crate::schema::*;

/// Where customers live, by their phone.
const CODES: [&str; 7] = ["13", "31", "23", "29", "30", "18", "17"];

#[derive(Row)]
struct Prospect {
    code: String,
    acctbal: Lossy,
}

fn code(c: CustomerColumns) -> Expr<String, Portable> {
    c.c_phone.substring(1, 2)
}

pub(super) fn question() -> Question {
    let usual = Customer::query()
        .filter(|c| c.c_acctbal.lossy().gt(0) & code(c).in_list(CODES))
        .aggregate(|g| g.avg_decimal(|c| c.c_acctbal.lossy()));
    let prospects = Customer::query()
        .filter(|c| code(c).in_list(CODES) & c.c_acctbal.lossy().gt(usual))
        .filter(|c| not_exists(Order::query().filter(|o| o.o_custkey.eq(c.c_custkey))))
        .select(|c| ProspectExprs { code: code(c), acctbal: c.c_acctbal.lossy() })
        .derived();
    let query = prospects
        .query()
        .group_by(|p| p.code)
        .order_by(|code, _| code.asc())
        .select(|code, g| (code, g.count(), g.sum(|p| p.acctbal)));
    Question::new("q22", &[0], query.rows(), |(code, customers, total)| {
        vec![code.into(), customers.into(), total.into()]
    })
}
