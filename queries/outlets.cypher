// title: Which outlets are there
// answers: The outlets of the graph, with the number of articles of each and the days of the first and the last; most
// answers: articles first.
// param: words = '' | words that the outlet must hold
MATCH (x:Article)
WHERE x.outlet IS NOT NULL AND ($words = '' OR toLower(x.outlet) CONTAINS toLower($words))
WITH x.outlet AS paper, count(x) AS articles, min(left(x.published, 10)) AS earliest, max(left(x.published, 10)) AS latest
RETURN paper AS outlet,
  articles AS articles,
  coalesce(earliest, '') AS first_day,
  coalesce(latest, '') AS last_day
ORDER BY articles DESC, outlet
LIMIT $limit
