// title: Timeline
// answers: Events in the order of their days, undated ones last: what kind, who did it to whom, about what, where and
// answers: according to whom; one row per event, several actors or topics joined by '; '.
// param: actor
// param: other
// param: type
// param: quad
// param: topic
// param: from
// param: to
// param: place
// param: outlet
// param: speaker
// param: modality
// param: min_sources
// param: standing
MATCH (e:Event)
WITH e, 0 AS rank
ORDER BY rank, e.sort_key
LIMIT $limit
OPTIONAL MATCH (e)-[h:HAS_TOPIC]->(t:Topic)
WITH e, rank, t, min(h.position) AS topic_at
ORDER BY topic_at
WITH e, rank, collect(t.full_name) AS topics
WITH e, rank, substring(reduce(joined = '', topic IN topics | joined + '; ' + topic), 2) AS subject
OPTIONAL MATCH (a:Actor)-[p:SOURCE_OF]->(e)
WITH e, rank, subject, p, a
ORDER BY p.position
WITH e, rank, subject, collect(a.full_name) AS sources
OPTIONAL MATCH (b:Actor)-[q:TARGET_OF]->(e)
WITH e, rank, subject, sources, q, b
ORDER BY q.position
WITH e, rank, subject, sources, collect(b.full_name) AS targets
OPTIONAL MATCH (e)-[:ACCORDING_TO]->(w:Actor)
WITH e, rank, subject, sources, targets, w
ORDER BY w.full_name
WITH e, rank, subject, sources, targets, collect(DISTINCT w.full_name) AS speakers
MATCH (e)-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
RETURN e.date AS date,
  e.event_type AS event,
  e.surface AS words,
  substring(reduce(joined = '', doer IN sources | joined + '; ' + doer), 2) AS source,
  substring(reduce(joined = '', recipient IN targets | joined + '; ' + recipient), 2) AS target,
  subject AS topics,
  coalesce(e.place, '') AS place,
  e.modality AS modality,
  substring(reduce(joined = '', speaker IN speakers | joined + '; ' + speaker), 2) AS according_to,
  e.outlets AS outlet,
  s.text AS evidence,
  e.corroboration AS corroboration,
  e.judged AS judged,
  e.article AS article,
  e.event_id AS event_id
ORDER BY rank, e.sort_key
LIMIT $limit
