// title: What an article tells
// answers: The events that an article tells of: what kind, who did it to whom, about what, when, who else tells of it and
// answers: who contradicts it; one row per event, several actors or topics joined by '; '.
// param: article = '' | the article, as another query gave it
// param: actor
// param: other
// param: modality
// param: standing
MATCH (e:Event)-[r:TOLD_IN]->(x:Article {id: $article})
MATCH (e)-[v:EVIDENCED_BY {article: $article}]->(s:Sentence)
WITH e, r, v, s
ORDER BY v.position
WITH e, r, collect(s.text)[0] AS sentence, collect(v.surface)[0] AS words
OPTIONAL MATCH (a:Actor)-[p:SOURCE_OF]->(e)
WITH e, r, sentence, words, p, a
ORDER BY p.position
WITH e, r, sentence, words, collect(a.full_name) AS sources
OPTIONAL MATCH (b:Actor)-[q:TARGET_OF]->(e)
WITH e, r, sentence, words, sources, q, b
ORDER BY q.position
WITH e, r, sentence, words, sources, collect(b.full_name) AS targets
OPTIONAL MATCH (e)-[h:HAS_TOPIC]->(t:Topic)
WITH e, r, sentence, words, sources, targets, t, min(h.position) AS topic_at
ORDER BY topic_at
WITH e, r, sentence, words, sources, targets, collect(t.full_name) AS topics
RETURN e.date AS date,
  e.event_type AS event,
  words AS words,
  substring(reduce(joined = '', doer IN sources | joined + '; ' + doer), 2) AS source,
  substring(reduce(joined = '', recipient IN targets | joined + '; ' + recipient), 2) AS target,
  substring(reduce(joined = '', topic IN topics | joined + '; ' + topic), 2) AS topics,
  r.modality AS modality,
  e.outlets AS outlet,
  sentence AS evidence,
  e.articles AS articles,
  e.corroboration AS corroboration,
  COUNT { (e)-[:CONTRADICTS]-(:Event) } AS contradicted_by,
  e.judged AS judged,
  r.event_id AS event_id,
  e.id AS node
ORDER BY e.sort_key, event_id
LIMIT $limit
