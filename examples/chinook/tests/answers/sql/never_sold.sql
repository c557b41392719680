SELECT g.name, COUNT(*), SUM(t.unit_price)
  FROM tracks t
  JOIN genres g ON g.id = t.genre_id
  LEFT JOIN invoice_lines l ON l.track_id = t.id
 WHERE l.id IS NULL
 GROUP BY g.id, g.name
 ORDER BY COUNT(*) DESC, g.id
