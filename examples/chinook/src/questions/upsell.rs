//! Customers who bought jazz but never blues: they may want to hear some.

use relvar::prelude::*;

use crate::answer::Answer;
use crate::schema::*;

const BOUGHT: &str = "Jazz";
const NOT_YET: &str = "Blues";

/// What a customer bought of a genre.
fn bought(customer: CustomerColumns, genre: &str) -> Query<InvoiceLine> {
    InvoiceLine::query().filter(|l| {
        let of_customer = Invoice::query().filter(|i| i.id.eq(l.invoice_id) & i.customer_id.eq(customer.id));
        let of_genre = Track::query()
            .join(Genre::table(), |t, g| g.id.eq(t.genre_id))
            .filter(|(t, g)| t.id.eq(l.track_id) & g.name.eq(genre));
        exists(of_customer) & exists(of_genre)
    })
}

#[derive(Row, Debug)]
struct Prospect {
    id: i32,
    customer: String,
    email: String,
    tracks: Option<i64>,
}

fn query() -> Rows<Prospect, Portable> {
    Customer::query()
        .filter(|c| exists(bought(c, BOUGHT)) & not_exists(bought(c, NOT_YET)))
        .order_by(|c| c.id.asc())
        .select(|c| ProspectExprs {
            id: c.id,
            customer: c.first_name.concat(" ").concat(c.last_name),
            email: c.email,
            tracks: bought(c, BOUGHT).aggregate(|g| g.sum(|l| l.quantity)),
        })
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let rows = query().all(db).await?.into_iter();
    let rows = rows.map(|p| [p.id.into(), p.customer.into(), p.email.into(), p.tracks.into()]);
    Ok(Answer::new("who bought jazz but never blues", ["id", "customer", "email", "jazz tracks"], rows))
}
