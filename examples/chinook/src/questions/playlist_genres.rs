//! Of what genres the playlists are, by their share.

use relvar::prelude::*;

use crate::answer::Answer;
use crate::schema::*;

#[derive(Row, Debug)]
struct Share {
    playlist_id: i32,
    playlist: String,
    genre_id: i32,
    genre: String,
    tracks: i64,
    percent: Option<f64>,
}

fn query() -> Rows<Share, Portable> {
    PlaylistTrack::query()
        .join(Playlist::table(), |pt, p| p.id.eq(pt.playlist_id))
        .join(Track::table(), |(pt, _), t| t.id.eq(pt.track_id))
        .join(Genre::table(), |(_, _, t), g| g.id.eq(t.genre_id))
        .group_by(|(_, p, _, g)| (p.id, p.name, g.id, g.name))
        .order_by(|(playlist_id, _, genre_id, _), g| (playlist_id.asc(), g.count().desc(), genre_id.asc()))
        .select(|(playlist_id, playlist, genre_id, genre), g| {
            let of_playlist = window::sum(g.count()).over(|w| w.partition_by(playlist_id));
            ShareExprs {
                playlist_id,
                playlist,
                genre_id,
                genre,
                tracks: g.count(),
                percent: g.count().cast::<f64>() * 100.0 / of_playlist.cast::<f64>(),
            }
        })
        .rows()
}

pub(super) async fn answer(db: impl Executor<Portable>) -> relvar::Result<Answer> {
    let rows = query().all(db).await?.into_iter();
    let rows =
        rows.map(|s| [s.playlist_id.into(), s.playlist.into(), s.genre.into(), s.tracks.into(), s.percent.into()]);
    Ok(Answer::new("playlists by genre", ["id", "playlist", "genre", "tracks", "percent"], rows))
}
