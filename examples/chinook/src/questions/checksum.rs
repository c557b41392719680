//! Whether the invoices' totals are the sums of their lines, by year.

use relvar::prelude::*;
use relvar::rust_decimal::Decimal;

use crate::answer::{Answer, money, money_of};
use crate::schema::*;

#[derive(Row, Debug)]
struct Checked {
    year: i32,
    total: Cents,
    lines: i64,
}

#[derive(Row, Debug)]
struct Year {
    year: i32,
    invoices: i64,
    total: Option<i64>,
    lines: Option<Decimal>,
    wrong: Option<i64>,
}

fn query() -> Rows<Year, Portable> {
    let checked = Invoice::query()
        .left_join(InvoiceLine::table(), |i, l| l.invoice_id.eq(i.id))
        .group_by(|(i, _)| (i.id, i.invoice_date, i.total))
        .select(|(_, date, total), g| CheckedExprs {
            year: date.year(),
            total,
            lines: g.sum(|(_, l)| l.unit_price.raw() * l.quantity).coalesce(0),
        })
        .cte("checked");
    checked
        .query()
        .group_by(|c| c.year)
        .order_by(|year, _| year.asc())
        .select(|year, g| YearExprs {
            year,
            invoices: g.count(),
            total: g.sum(|c| c.total),
            lines: g.sum(|c| c.lines),
            wrong: g.sum(|c| case().when(c.lines.ne(c.total.raw().cast::<i64>()), 1i32).otherwise(0)),
        })
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let rows = query().all(db).await?.into_iter();
    let rows = rows.map(|y| {
        let (total, lines) = (y.total.map(money), y.lines.map(money_of));
        [y.year.into(), y.invoices.into(), total.into(), lines.into(), y.wrong.into()]
    });
    let columns = ["year", "invoices", "totals", "lines", "wrong"];
    Ok(Answer::new("invoices against the sums of their lines", columns, rows))
}
