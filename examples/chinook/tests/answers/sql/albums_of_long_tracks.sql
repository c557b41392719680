SELECT a.title, artists.name, COUNT(*), COUNT(CASE WHEN t.milliseconds > 300000 THEN 1 END) * 1e2 / COUNT(*)
  FROM albums a, artists, tracks t
 WHERE artists.id = a.artist_id AND t.album_id = a.id
 GROUP BY a.id, a.title, artists.name
HAVING COUNT(*) >= 10
 ORDER BY COUNT(CASE WHEN t.milliseconds > 300000 THEN 1 END) * 1e2 / COUNT(*) DESC, a.id
 LIMIT 20
