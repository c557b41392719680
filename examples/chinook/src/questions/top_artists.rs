//! The artist that sells best in every country, or those that share that place.

use relvar::prelude::*;

use crate::answer::{Answer, money};
use crate::schema::*;

#[derive(Row, Debug)]
struct Seller {
    country: String,
    artist_id: i32,
    artist: String,
    sales: i64,
    place: i64,
}

fn query() -> Rows<Seller, Portable> {
    let sellers = InvoiceLine::query()
        .join(Invoice::table(), |l, i| i.id.eq(l.invoice_id))
        .join(Track::table(), |(l, _), t| t.id.eq(l.track_id))
        .join(Album::table(), |(.., t), a| a.id.eq(t.album_id))
        .join(Artist::table(), |(.., album), artist| artist.id.eq(album.artist_id))
        .group_by(|(_, i, _, _, artist)| (i.billing_country, artist.id, artist.name))
        .select(|(country, artist_id, artist), g| {
            let sales = g.sum(|(l, ..)| l.unit_price.raw() * l.quantity).coalesce(0);
            SellerExprs {
                country,
                artist_id,
                artist,
                sales: sales.clone(),
                place: window::rank().over(|w| w.partition_by(country).order_by(sales.desc())),
            }
        })
        .derived();
    sellers.query().filter(|s| s.place.eq(1)).rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let mut sellers = query().all(db).await?;
    sellers.sort_by(|a, b| (&a.country, &a.artist).cmp(&(&b.country, &b.artist)));
    let rows = sellers.into_iter().map(|s| [s.country.into(), s.artist.into(), money(s.sales)]);
    Ok(Answer::new("the best-selling artists of every country", ["country", "artist", "sales"], rows))
}
