SELECT c.id, CONCAT(c.first_name, ' ', c.last_name), c.email,
       SUM(CASE WHEN g.name = 'Jazz' THEN l.quantity ELSE 0 END)
  FROM customers c, invoices i, invoice_lines l, tracks t, genres g
 WHERE i.customer_id = c.id AND l.invoice_id = i.id AND t.id = l.track_id AND g.id = t.genre_id
 GROUP BY c.id, c.first_name, c.last_name, c.email
HAVING SUM(CASE WHEN g.name = 'Jazz' THEN 1 ELSE 0 END) > 0
   AND SUM(CASE WHEN g.name = 'Blues' THEN 1 ELSE 0 END) = 0
 ORDER BY c.id
