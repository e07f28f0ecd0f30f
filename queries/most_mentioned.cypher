// title: Who is named most
// answers: The actors that articles call by a name or a handle, with how often, in how many articles, and the sentence that
// answers: does so first; most often named first.
// param: kind = '' | person, state, government, armed_group, igo, party, organisation or group
// param: min_mentions = 1 | leave out actors that are named less often
MATCH (a:Actor)-[m:MENTIONED_IN]->(s:Sentence)
WHERE m.form IN ['name', 'handle']
  AND ($kind = '' OR a.kind = $kind)
WITH a, m, s
ORDER BY m.article, m.start_at
WITH a, count(m) AS mention_count, count(DISTINCT m.article) AS article_count, collect(s.text)[0] AS sentence
WHERE mention_count >= $min_mentions
RETURN a.full_name AS actor,
  a.kind AS kind,
  coalesce(a.country, '') AS country,
  mention_count AS mentions,
  article_count AS articles,
  sentence AS evidence,
  a.id AS actor_id
ORDER BY mentions DESC, actor, actor_id
LIMIT $limit
