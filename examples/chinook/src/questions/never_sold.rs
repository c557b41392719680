//! The tracks that nobody ever bought, by genre, and what one of each would cost.

use relvar::prelude::*;

use crate::answer::{Answer, money};
use crate::schema::*;

#[derive(Row, Debug)]
struct Unsold {
    genre: String,
    tracks: i64,
    worth: i64,
}

fn query() -> Rows<Unsold, Portable> {
    Track::query()
        .filter(|t| not_exists(InvoiceLine::query().filter(|l| l.track_id.eq(t.id))))
        .join(Genre::table(), |t, g| g.id.eq(t.genre_id))
        .group_by(|(_, g)| (g.id, g.name))
        .order_by(|(id, _), g| (g.count().desc(), id.asc()))
        .select(|(_, genre), g| UnsoldExprs {
            genre,
            tracks: g.count(),
            worth: g.sum(|(t, _)| t.unit_price).coalesce(0),
        })
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let rows = query().all(db).await?.into_iter();
    let rows = rows.map(|u| [u.genre.into(), u.tracks.into(), money(u.worth)]);
    Ok(Answer::new("tracks never sold", ["genre", "tracks", "worth"], rows))
}
