-- The last invoice of the data is of 2025-12-22.
SELECT CONCAT(c.first_name, ' ', c.last_name), c.country, SUBSTR(CAST(MAX(i.invoice_date) AS CHAR(10)), 1, 10), SUM(i.total)
  FROM customers c JOIN invoices i ON i.customer_id = c.id
 GROUP BY c.id, c.first_name, c.last_name, c.country
HAVING MAX(i.invoice_date) <= '2024-12-22 00:00:00.000000'
 ORDER BY c.id
