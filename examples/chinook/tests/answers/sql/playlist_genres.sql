SELECT p.id, p.name, g.name, COUNT(*),
       1e2 * COUNT(*) / (SELECT COUNT(*) FROM playlist_tracks x WHERE x.playlist_id = p.id)
  FROM playlists p, playlist_tracks pt, tracks t, genres g
 WHERE pt.playlist_id = p.id AND t.id = pt.track_id AND g.id = t.genre_id
 GROUP BY p.id, p.name, g.id, g.name
 ORDER BY p.id, COUNT(*) DESC, g.id
