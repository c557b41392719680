//! What was sold, by country and month, with what was sold there so far.

use relvar::prelude::*;
use relvar::rust_decimal::Decimal;

use crate::answer::{Answer, money, money_of};
use crate::schema::*;

#[derive(Row, Debug)]
struct Month {
    country: String,
    year: i32,
    month: i32,
    sales: i64,
    so_far: Option<Decimal>,
}

fn query() -> Rows<Month, Portable> {
    Invoice::query()
        .group_by(|i| (i.billing_country, i.invoice_date.year(), i.invoice_date.month()))
        .select(|(country, year, month), g| MonthExprs {
            country,
            year: year.clone(),
            month: month.clone(),
            sales: g.sum(|i| i.total).coalesce(0),
            so_far: window::sum(g.sum(|i| i.total))
                .over(|w| w.partition_by(country).order_by((year.asc(), month.asc()))),
        })
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let mut months = query().all(db).await?;
    months.sort_by(|a, b| (&a.country, a.year, a.month).cmp(&(&b.country, b.year, b.month)));
    let rows = months
        .into_iter()
        .map(|m| [m.country.into(), m.year.into(), m.month.into(), money(m.sales), m.so_far.map(money_of).into()]);
    Ok(Answer::new("sales by country and month", ["country", "year", "month", "sales", "so far"], rows))
}
