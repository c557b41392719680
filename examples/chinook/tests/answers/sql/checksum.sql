SELECT SUBSTR(CAST(i.invoice_date AS CHAR(10)), 1, 4), COUNT(*), SUM(i.total), SUM(s.amount),
       COUNT(*) - COUNT(CASE WHEN i.total = s.amount THEN 1 END)
  FROM invoices i
  JOIN (SELECT invoice_id, SUM(unit_price * quantity) AS amount FROM invoice_lines GROUP BY invoice_id) s
    ON s.invoice_id = i.id
 GROUP BY SUBSTR(CAST(i.invoice_date AS CHAR(10)), 1, 4)
 ORDER BY 1
