// title: Which articles are there
// answers: The articles of the graph with headline, outlet, day of publication, address and the number of events that
// answers: they tell of, whatever the modality; one row per article, the earliest first, undated ones last.
// param: article = '' | the id of the article
// param: words = '' | words that the headline must hold
// param: outlet = '' | words that the outlet must hold
// param: from = '' | first day of publication, YYYY-MM-DD
// param: to = '' | last day of publication, YYYY-MM-DD
MATCH (x:Article)
WITH x, coalesce(left(x.published, 10), '') AS day, coalesce(x.headline, '') AS title, coalesce(x.outlet, '') AS paper
WHERE ($article = '' OR x.id = $article)
  AND ($words = '' OR toLower(title) CONTAINS toLower($words))
  AND ($outlet = '' OR toLower(paper) CONTAINS toLower($outlet))
  AND ($from = '' OR day >= $from)
  AND ($to = '' OR (day <> '' AND day <= $to))
RETURN x.id AS article,
  title AS headline,
  paper AS outlet,
  day AS published,
  coalesce(x.url, '') AS url,
  COUNT { (:Event)-[:TOLD_IN]->(x) } AS events,
  coalesce(x.judged, '') AS judged
ORDER BY CASE WHEN day = '' THEN 1 ELSE 0 END, published, article
LIMIT $limit
