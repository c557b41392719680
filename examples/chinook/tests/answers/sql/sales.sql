-- What was sold so far: the sum of everything up to the month.
SELECT m.country, m.y, m.mo, m.sales,
       (SELECT SUM(j.total) FROM invoices j
         WHERE j.billing_country = m.country AND SUBSTR(CAST(j.invoice_date AS CHAR(10)), 1, 7) <= m.ym)
  FROM (SELECT billing_country AS country,
               SUBSTR(CAST(invoice_date AS CHAR(10)), 1, 7) AS ym,
               SUBSTR(CAST(invoice_date AS CHAR(10)), 1, 4) AS y,
               SUBSTR(CAST(invoice_date AS CHAR(10)), 6, 2) AS mo,
               SUM(total) AS sales
          FROM invoices
         GROUP BY billing_country, SUBSTR(CAST(invoice_date AS CHAR(10)), 1, 7),
                  SUBSTR(CAST(invoice_date AS CHAR(10)), 1, 4), SUBSTR(CAST(invoice_date AS CHAR(10)), 6, 2)) m
