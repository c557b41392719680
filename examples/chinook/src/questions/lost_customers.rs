//! The customers who bought nothing in the last 365 days of the data.

use relvar::chrono::NaiveDateTime;
use relvar::prelude::*;

use crate::answer::{Answer, money};
use crate::schema::*;

#[derive(Row, Debug)]
struct Lost {
    customer: String,
    country: String,
    last: Option<NaiveDateTime>,
    sales: i64,
}

fn query() -> Rows<Lost, Portable> {
    let a_year_before_the_end = Invoice::query().aggregate(|g| g.max(|i| i.invoice_date) - Interval::days(365));
    Customer::query()
        .filter(|c| {
            let recent = Invoice::query()
                .filter(|i| i.customer_id.eq(c.id))
                .filter(|i| i.invoice_date.gt(a_year_before_the_end));
            not_exists(recent)
        })
        .join(Invoice::table(), |c, i| i.customer_id.eq(c.id))
        .group_by(|(c, _)| (c.id, c.first_name, c.last_name, c.country))
        .order_by(|(id, ..), _| id.asc())
        .select(|(_, first_name, last_name, country), g| LostExprs {
            customer: first_name.concat(" ").concat(last_name),
            country,
            last: g.max(|(_, i)| i.invoice_date),
            sales: g.sum(|(_, i)| i.total).coalesce(0),
        })
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let rows = query().all(db).await?.into_iter();
    let rows = rows.map(|l| [l.customer.into(), l.country.into(), l.last.into(), money(l.sales)]);
    Ok(Answer::new("customers who have not bought for a year", ["customer", "country", "last", "sales"], rows))
}
