// title: Which actors are there
// answers: The actors of the graph with kind, country and the number of articles that speak of them; one row per actor.
// param: name = '' | the id or the full name
// param: words = '' | words that the full name must hold
// param: kind = '' | person, state, government, armed_group, igo, party, organisation or group
MATCH (a:Actor)
WHERE ($name = '' OR a.id = $name OR a.full_name = $name)
  AND ($words = '' OR toLower(a.full_name) CONTAINS toLower($words))
  AND ($kind = '' OR a.kind = $kind)
RETURN a.id AS actor_id,
  a.full_name AS actor,
  a.kind AS kind,
  coalesce(a.country, '') AS country,
  COUNT { (a)-[:APPEARS_IN]->(:Article) } AS articles
ORDER BY actor_id
LIMIT $limit
