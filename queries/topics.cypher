// title: Which topics are there
// answers: The topics of the graph, with the number of events and of statements about them; most events first.
// param: words = '' | words that the topic must hold
MATCH (t:Topic)
WHERE $words = '' OR toLower(t.full_name) CONTAINS toLower($words)
RETURN t.full_name AS topic,
  COUNT { (:Event)-[:HAS_TOPIC]->(t) } AS events,
  COUNT { (:Statement)-[:HAS_TOPIC]->(t) } AS statements
ORDER BY events DESC, statements DESC, topic
LIMIT $limit
