//! The three best customers of every employee who looks after some.

use relvar::prelude::*;

use crate::answer::{Answer, money};
use crate::schema::*;

#[derive(Row, Debug)]
struct Best {
    employee_id: i32,
    employee: String,
    customer_id: i32,
    customer: String,
    sales: i64,
    place: i64,
}

fn query() -> Rows<Best, Portable> {
    let ranked = Employee::query()
        .join(Customer::table(), |e, c| c.support_rep_id.eq(e.id))
        .join(Invoice::table(), |(_, c), i| i.customer_id.eq(c.id))
        .group_by(|(e, c, _)| (e.id, e.last_name, c.id, c.first_name, c.last_name))
        .select(|(employee_id, employee, customer_id, first_name, last_name), g| {
            let sales = g.sum(|(_, _, i)| i.total).coalesce(0);
            BestExprs {
                employee_id,
                employee,
                customer_id,
                customer: first_name.concat(" ").concat(last_name),
                sales: sales.clone(),
                place: window::rank().over(|w| w.partition_by(employee_id).order_by(sales.desc())),
            }
        })
        .cte("ranked");
    ranked
        .query()
        .filter(|b| b.place.lte(3))
        .order_by(|b| (b.employee_id.asc(), b.place.asc(), b.customer_id.asc()))
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let rows = query().all(db).await?.into_iter();
    let rows = rows.map(|b| [b.employee.into(), b.place.into(), b.customer.into(), money(b.sales)]);
    Ok(Answer::new("the best customers of every employee", ["employee", "place", "customer", "sales"], rows))
}
