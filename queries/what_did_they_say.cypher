// title: What did they say
// answers: Statements, word for word or reported: who said what, about what, to whom and when; one row per statement,
// answers: with every sentence that it touches.
// param: actor
// param: other = '' | to whom it was said
// param: topic = '' | words that the statement or its topics must hold
// param: outlet = '' | words that the outlet must hold
// param: from
// param: to
// param: standing
MATCH (e:Statement)
MATCH (a:Actor)-[:SAID]->(e)
MATCH (x:Article {id: e.article})
WHERE $outlet = '' OR toLower(coalesce(x.outlet, '')) CONTAINS toLower($outlet)
WITH e, a, x
WHERE $other = '' OR COUNT { (e)-[:ADDRESSED_TO]->(:Actor {id: $other}) } > 0
WITH e, a, x
WHERE $topic = '' OR toLower(e.text) CONTAINS toLower($topic)
  OR COUNT { (e)-[:HAS_TOPIC]->(k:Topic) WHERE toLower(k.full_name) CONTAINS toLower($topic) } > 0
WITH e, a, x
ORDER BY e.sort_key
LIMIT $limit
OPTIONAL MATCH (e)-[h:HAS_TOPIC]->(t:Topic)
WITH e, a, x, t, min(h.position) AS topic_at
ORDER BY topic_at
WITH e, a, x, collect(t.full_name) AS topics
WITH e, a, x, substring(reduce(joined = '', topic IN topics | joined + '; ' + topic), 2) AS subject
MATCH (e)-[v:STATED_IN]->(s:Sentence)
WITH e, a, x, subject, v, s
ORDER BY v.position
WITH e, a, x, subject, collect(s.text) AS sentences
OPTIONAL MATCH (e)-[:ADDRESSED_TO]->(b:Actor)
RETURN a.full_name AS speaker,
  e.text AS said,
  subject AS about,
  coalesce(b.full_name, '') AS addressee,
  CASE WHEN e.direct THEN 'word for word' ELSE 'reported' END AS wording,
  e.date AS date,
  coalesce(left(x.published, 10), '') AS published,
  coalesce(x.outlet, '') AS outlet,
  substring(reduce(joined = '', sentence IN sentences | joined + ' ' + sentence), 1) AS evidence,
  e.judged AS judged,
  e.article AS article,
  e.statement_id AS statement_id
ORDER BY e.sort_key
LIMIT $limit
