// title: Which articles are there
// answers: The articles of the graph with headline, outlet, day of publication, address and the number of events that
// answers: they tell of, whatever the modality; one row per article, the earliest first, undated ones last.
// param: article = '' | the id of the article
// param: words = '' | words that the headline must hold
// param: outlet = '' | words that the outlet must hold
// param: from
// param: to
MATCH (e:Article)
WITH e, coalesce(left(e.published, 10), '') AS day, coalesce(e.headline, '') AS title, coalesce(e.outlet, '') AS paper
WHERE ($article = '' OR e.id = $article)
  AND ($words = '' OR toLower(title) CONTAINS toLower($words))
  AND ($outlet = '' OR toLower(paper) CONTAINS toLower($outlet))
RETURN e.id AS article,
  title AS headline,
  paper AS outlet,
  day AS published,
  coalesce(e.url, '') AS url,
  COUNT { (:Event)-[:TOLD_IN]->(e) } AS events,
  coalesce(e.judged, '') AS judged
ORDER BY CASE WHEN day = '' THEN 1 ELSE 0 END, published, article
LIMIT $limit
