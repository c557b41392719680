-- n invoices are not above this one, of c in its country.
WITH r AS (
  SELECT i.billing_country AS country, i.total,
         (SELECT COUNT(*) FROM invoices j WHERE j.billing_country = i.billing_country
             AND (j.total < i.total OR (j.total = i.total AND j.id <= i.id))) AS n,
         (SELECT COUNT(*) FROM invoices j WHERE j.billing_country = i.billing_country) AS c
    FROM invoices i)
SELECT country, MAX(c), SUM(total) * 1e0 / COUNT(*)
  FROM r
 WHERE 2 * n = c OR 2 * n = c + 1 OR 2 * n = c + 2
 GROUP BY country
