WITH s AS (
  SELECT i.billing_country AS country, a.artist_id, SUM(l.unit_price * l.quantity) AS sales
    FROM invoices i, invoice_lines l, tracks t, albums a
   WHERE l.invoice_id = i.id AND t.id = l.track_id AND a.id = t.album_id
   GROUP BY i.billing_country, a.artist_id)
SELECT s.country, artists.name, s.sales
  FROM s JOIN artists ON artists.id = s.artist_id
 WHERE s.sales = (SELECT MAX(b.sales) FROM s b WHERE b.country = s.country)
