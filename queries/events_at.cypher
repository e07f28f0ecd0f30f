// title: Events at a place
// answers: What happened where: the place, the day, what kind of event, who did it to whom, about what and according to
// answers: whom; one row per event whose place is known, several actors or topics joined by '; '.
// param: actor
// param: type
// param: from
// param: to
// param: place
// param: outlet
// param: speaker
// param: modality
// param: min_sources
// param: standing
// events: e.place IS NOT NULL
MATCH (e:Event)
WITH e
ORDER BY e.place, e.place_country, e.sort_key
LIMIT $limit
OPTIONAL MATCH (e)-[h:HAS_TOPIC]->(t:Topic)
WITH e, t, min(h.position) AS topic_at
ORDER BY topic_at
WITH e, collect(t.full_name) AS topics
WITH e, substring(reduce(joined = '', topic IN topics | joined + '; ' + topic), 2) AS subject
OPTIONAL MATCH (a:Actor)-[p:SOURCE_OF]->(e)
WITH e, subject, p, a
ORDER BY p.position
WITH e, subject, collect(a.full_name) AS sources
OPTIONAL MATCH (b:Actor)-[q:TARGET_OF]->(e)
WITH e, subject, sources, q, b
ORDER BY q.position
WITH e, subject, sources, collect(b.full_name) AS targets
OPTIONAL MATCH (e)-[:ACCORDING_TO]->(w:Actor)
WITH e, subject, sources, targets, w
ORDER BY w.full_name
WITH e, subject, sources, targets, collect(DISTINCT w.full_name) AS speakers
MATCH (e)-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
RETURN e.place AS place,
  coalesce(e.place_country, '') AS country,
  e.date AS date,
  e.event_type AS event,
  e.surface AS words,
  substring(reduce(joined = '', doer IN sources | joined + '; ' + doer), 2) AS source,
  substring(reduce(joined = '', recipient IN targets | joined + '; ' + recipient), 2) AS target,
  subject AS topics,
  e.modality AS modality,
  substring(reduce(joined = '', speaker IN speakers | joined + '; ' + speaker), 2) AS according_to,
  e.outlets AS outlet,
  s.text AS evidence,
  e.corroboration AS corroboration,
  e.judged AS judged,
  e.article AS article,
  e.event_id AS event_id
ORDER BY place, country, e.sort_key
LIMIT $limit
