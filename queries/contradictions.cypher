// title: Who contradicts whom
// answers: What some articles tell as a fact and others say did not happen, with a sentence of either side; one row per
// answers: pair of such events.
// param: actor
// param: other
// param: type
// param: topic
// param: from
// param: to
// param: place
MATCH (e:Event)<-[:CONTRADICTS]-(d:Event)
WITH d, e
ORDER BY e.sort_key, d.sort_key
LIMIT $limit
OPTIONAL MATCH (a:Actor)-[p:SOURCE_OF]->(e)
WITH d, e, p, a
ORDER BY p.position
WITH d, e, collect(a.full_name) AS sources
OPTIONAL MATCH (b:Actor)-[q:TARGET_OF]->(e)
WITH d, e, sources, q, b
ORDER BY q.position
WITH d, e, sources, collect(b.full_name) AS targets
OPTIONAL MATCH (d)-[:ACCORDING_TO]->(w:Actor)
WITH d, e, sources, targets, w
ORDER BY w.full_name
WITH d, e, sources, targets, collect(DISTINCT w.full_name) AS deniers
MATCH (e)-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
MATCH (d)-[:EVIDENCED_BY {position: 0}]->(n:Sentence)
RETURN e.date AS date,
  e.event_type AS event,
  substring(reduce(joined = '', doer IN sources | joined + '; ' + doer), 2) AS source,
  substring(reduce(joined = '', recipient IN targets | joined + '; ' + recipient), 2) AS target,
  e.outlets AS told_by,
  d.outlets AS denied_by,
  substring(reduce(joined = '', denier IN deniers | joined + '; ' + denier), 2) AS according_to,
  s.text AS evidence,
  n.text AS denial,
  e.article AS article,
  e.event_id AS event_id,
  d.article AS denied_article,
  d.event_id AS denied_event_id
ORDER BY e.sort_key, d.sort_key
LIMIT $limit
