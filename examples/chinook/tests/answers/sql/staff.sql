-- There are three levels, and nobody has a lower number than their boss or than somebody on a branch before.
SELECT CONCAT(CASE WHEN b.id IS NULL THEN '' WHEN b.reports_to IS NULL THEN '  ' ELSE '    ' END,
              e.first_name, ' ', e.last_name),
       e.title,
       CASE WHEN b.id IS NULL THEN 0 WHEN b.reports_to IS NULL THEN 1 ELSE 2 END,
       COUNT(c.id)
  FROM employees e
  LEFT JOIN employees b ON b.id = e.reports_to
  LEFT JOIN customers c ON c.support_rep_id = e.id
 GROUP BY e.id, e.first_name, e.last_name, e.title, b.id, b.reports_to
 ORDER BY e.id
