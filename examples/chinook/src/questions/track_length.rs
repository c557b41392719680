//! How long the tracks of every genre are, in seconds.

use relvar::prelude::*;

use crate::answer::Answer;
use crate::schema::*;

#[derive(Row, Debug)]
struct Length {
    genre: String,
    tracks: i64,
    mean: Option<f64>,
    longest: Option<i32>,
}

fn query() -> Rows<Length, Portable> {
    Track::query()
        .join(Genre::table(), |t, g| g.id.eq(t.genre_id))
        .group_by(|(_, g)| (g.id, g.name))
        .order_by(|(id, _), g| (g.avg(|(t, _)| t.milliseconds).desc(), id.asc()))
        .select(|(_, genre), g| LengthExprs {
            genre,
            tracks: g.count(),
            mean: g.avg(|(t, _)| t.milliseconds) / 1000.0,
            longest: g.max(|(t, _)| t.milliseconds / 1000),
        })
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let rows = query().all(db).await?.into_iter();
    let rows = rows.map(|l| [l.genre.into(), l.tracks.into(), l.mean.into(), l.longest.into()]);
    Ok(Answer::new("the length of tracks by genre, in seconds", ["genre", "tracks", "mean", "longest"], rows))
}
