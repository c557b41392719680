SELECT g.name, COUNT(*), SUM(t.milliseconds) * 1e0 / COUNT(*) / 1000,
       (MAX(t.milliseconds) - MAX(t.milliseconds) % 1000) / 1000
  FROM genres g JOIN tracks t ON t.genre_id = g.id
 GROUP BY g.id, g.name
 ORDER BY SUM(t.milliseconds) * 1e0 / COUNT(*) DESC, g.id
