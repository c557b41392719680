//! The median invoice of every country: the middle one, or the mean of the two in the middle.

use relvar::prelude::*;

use crate::answer::Answer;
use crate::schema::*;

#[derive(Row, Debug)]
struct Numbered {
    country: String,
    total: Cents,
    number: i64,
    of: i64,
}

#[derive(Row, Debug)]
struct Median {
    country: String,
    invoices: Option<i64>,
    cents: Option<f64>,
}

fn query() -> Rows<Median, Portable> {
    let numbered = Invoice::query()
        .select(|i| NumberedExprs {
            country: i.billing_country,
            total: i.total,
            number: window::row_number()
                .over(|w| w.partition_by(i.billing_country).order_by((i.total.asc(), i.id.asc()))),
            of: window::count().over(|w| w.partition_by(i.billing_country)),
        })
        .cte("numbered");
    numbered
        .query()
        .filter(|n| (n.number * 2).gte(n.of) & (n.number * 2).lte(n.of + 2))
        .group_by(|n| n.country)
        .select(|country, g| MedianExprs { country, invoices: g.max(|n| n.of), cents: g.avg(|n| n.total) })
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let mut medians = query().all(db).await?;
    medians.sort_by(|a, b| a.country.cmp(&b.country));
    let rows = medians.into_iter().map(|m| [m.country.into(), m.invoices.into(), m.cents.into()]);
    Ok(Answer::new("the median invoice of every country, in cents", ["country", "invoices", "median"], rows))
}
