//! The albums with the largest share of tracks longer than five minutes, among those with ten tracks or more.

use relvar::prelude::*;

use crate::answer::Answer;
use crate::schema::*;

const LONG: i32 = 5 * 60 * 1000;

#[derive(Row, Debug)]
struct Share {
    album: String,
    artist: String,
    tracks: i64,
    percent: Option<f64>,
}

fn query() -> Rows<Share, Portable> {
    Album::query()
        .join(Artist::table(), |a, artist| artist.id.eq(a.artist_id))
        .join(Track::table(), |(a, _), t| t.album_id.eq(a.id))
        .group_by(|(a, artist, _)| (a.id, a.title, artist.name))
        .having(|_, g| g.count().gte(10))
        .select(|(_, album, artist), g| {
            let long = g.sum(|(.., t)| case().when(t.milliseconds.gt(LONG), 1i32).otherwise(0));
            ShareExprs {
                album,
                artist,
                tracks: g.count(),
                percent: long.cast::<f64>() * 100.0 / g.count().cast::<f64>(),
            }
        })
        .order_by(|((id, ..), g)| {
            let long = g.sum(|(.., t)| case().when(t.milliseconds.gt(LONG), 1i32).otherwise(0));
            ((long.cast::<f64>() / g.count().cast::<f64>()).desc(), id.asc())
        })
        .limit(20)
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let rows = query().all(db).await?.into_iter();
    let rows = rows.map(|s| [s.album.into(), s.artist.into(), s.tracks.into(), s.percent.into()]);
    Ok(Answer::new("albums by their share of long tracks", ["album", "artist", "tracks", "percent"], rows))
}
