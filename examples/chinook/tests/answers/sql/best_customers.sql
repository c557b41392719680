-- The place is one more than the number of those who are better.
WITH s AS (
  SELECT c.id, c.support_rep_id AS rep, CONCAT(c.first_name, ' ', c.last_name) AS name, SUM(i.total) AS sales
    FROM customers c JOIN invoices i ON i.customer_id = c.id
   GROUP BY c.id, c.support_rep_id, c.first_name, c.last_name)
SELECT e.last_name, (SELECT COUNT(*) + 1 FROM s b WHERE b.rep = a.rep AND b.sales > a.sales) AS place, a.name, a.sales
  FROM s a JOIN employees e ON e.id = a.rep
 WHERE (SELECT COUNT(*) FROM s b WHERE b.rep = a.rep AND b.sales > a.sales) < 3
 ORDER BY e.id, place, a.id
