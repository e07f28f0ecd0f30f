// title: Which places are there
// answers: The places of the graph, with country and the number of events at each; most events first.
// param: words = '' | words that the place must hold, or its country as ISO 3166-1 alpha-3
MATCH (l:Place)
WHERE $words = '' OR toLower(l.full_name) CONTAINS toLower($words) OR l.country = toUpper($words)
RETURN l.full_name AS place,
  coalesce(l.country, '') AS country,
  COUNT { (:Event)-[:TOOK_PLACE_AT]->(l) } AS events,
  l.lat AS lat,
  l.lon AS lon
ORDER BY events DESC, place, country, l.id
LIMIT $limit
