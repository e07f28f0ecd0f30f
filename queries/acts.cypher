// title: Who did what to whom
// answers: Acts of any type: who did it, to whom, with which words, about what, where, when and according to whom; one row
// answers: per event, pair and topic. A side that is not known is empty; what is told as another event stands under its
// answers: words.
// param: actor | who does it; of an act without sides one of the two, who then stands first
// param: other | to whom it is done; of an act without sides the other of the two, who then stands second
// param: type
// param: topic = '' | words that what it is about must hold
// param: from
// param: to
// param: place
// param: outlet
// param: speaker
// param: modality
// param: min_sources
// param: standing
MATCH (e:Event)
WITH e, 'SOURCE_OF' AS side
OPTIONAL MATCH (a:Actor)-[p:SOURCE_OF|TARGET_OF]->(e)
WHERE e.symmetric OR type(p) = side
OPTIONAL MATCH (b:Actor)-[q:SOURCE_OF|TARGET_OF]->(e)
WHERE (e.symmetric AND b.id <> a.id) OR (NOT e.symmetric AND type(q) <> side)
WITH e, a, b
WHERE (a IS NOT NULL OR b IS NOT NULL)
  AND ($actor = '' OR a.id = $actor)
  AND ($other = '' OR b.id = $other)
  AND ($actor <> '' OR $other <> '' OR NOT e.symmetric OR b IS NULL
    OR a.full_name < b.full_name OR (a.full_name = b.full_name AND a.id < b.id))
OPTIONAL MATCH (e)-[u:ABOUT]->(m:Event)
WITH e, a, b, u, m
ORDER BY u.position
WITH e, a, b, collect(DISTINCT m.surface) AS deeds
OPTIONAL MATCH (e)-[h:HAS_TOPIC]->(t:Topic)
WITH e, a, b, t, h, substring(reduce(joined = '', deed IN deeds | joined + '; ' + deed), 2) AS deed
WHERE $topic = ''
  OR toLower(coalesce(t.full_name, '') + ' ' + coalesce(h.surface, '') + ' ' + deed) CONTAINS toLower($topic)
WITH e, a, b, t, deed, min(h.position) AS topic_at
ORDER BY e.sort_key,
  coalesce(a.full_name, ''), coalesce(b.full_name, ''), a.id, b.id, topic_at, t.full_name
LIMIT $limit
OPTIONAL MATCH (e)-[g:HAS_TOPIC {position: topic_at}]->(:Topic)
MATCH (e)-[v:EVIDENCED_BY]->(s:Sentence)
WITH e, a, b, t, deed, topic_at, s, v,
  CASE WHEN g.article = v.article AND g.start_at >= s.start_at AND g.start_at < s.end_at THEN 0 ELSE 1 END AS lacks_topic
ORDER BY lacks_topic, v.position
WITH e, a, b, t, deed, topic_at, collect(s.text)[0] AS sentence
OPTIONAL MATCH (e)-[:ACCORDING_TO]->(w:Actor)
WITH e, a, b, t, deed, topic_at, sentence, w
ORDER BY w.full_name
WITH e, a, b, t, deed, topic_at, sentence, collect(DISTINCT w.full_name) AS speakers
RETURN coalesce(a.full_name, '') AS source,
  coalesce(b.full_name, '') AS target,
  e.event_type AS event,
  coalesce(e.mode, '') AS mode,
  e.surface AS words,
  coalesce(t.full_name, deed) AS topic,
  coalesce(e.place, '') AS place,
  e.date AS date,
  e.modality AS modality,
  substring(reduce(joined = '', speaker IN speakers | joined + '; ' + speaker), 2) AS according_to,
  e.outlets AS outlet,
  sentence AS evidence,
  e.corroboration AS corroboration,
  e.judged AS judged,
  e.article AS article,
  e.event_id AS event_id
ORDER BY e.sort_key, source, target, a.id, b.id, topic_at, topic
LIMIT $limit
