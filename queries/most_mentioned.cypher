// title: Who is named most
// answers: The actors that articles call by a name or a handle, with how often, in how many articles, and a sentence that
// answers: does so; most often named first.
// param: kind = '' | person, state, government, armed_group, igo, party, organisation or group
// param: min_mentions = 1 | leave out actors that are named less often
MATCH (a)-[r:APPEARS_IN]->()
WHERE r.named > 0 AND r.named_in IS NOT NULL
WITH a, sum(r.named) AS mention_count, count(r) AS article_count, min(r.named_in) AS naming
WHERE mention_count >= $min_mentions AND ($kind = '' OR a.kind = $kind)
WITH a, mention_count, article_count, naming
ORDER BY mention_count DESC, a.full_name, a.id
LIMIT $limit
MATCH (s:Sentence {id: naming})
RETURN a.full_name AS actor,
  a.kind AS kind,
  coalesce(a.country, '') AS country,
  mention_count AS mentions,
  article_count AS articles,
  s.text AS evidence,
  a.id AS actor_id
ORDER BY mentions DESC, actor, actor_id
LIMIT $limit
