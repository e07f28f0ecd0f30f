// title: Who met whom
// answers: Meetings, visits, negotiations and summits: who with whom, about what, where, when and according to whom; one
// answers: row per event, pair and topic. Telephone calls, and discussions not told as a meeting, are left out.
// types: CONSULT
// events: coalesce(e.mode, '') <> 'phone' AND coalesce(e.cameo, '') <> '041'
// param: actor | one of the two, who then stands first
// param: other | the other of the two, who then stands second
// param: topic = '' | words that the topic must hold
// param: from
// param: to
// param: place
// param: outlet
// param: speaker
// param: modality
// param: min_sources
// param: standing
MATCH (e:Event)
MATCH (e)-[k:EVIDENCED_BY]->(:Sentence)
WITH e, max(CASE WHEN k.surface =~ '(?i).*(\\b(met|sat|sit|talks)\\b|meet|summit|session|encounter|sh[ao]k|shook).*'
    OR k.surface =~ '(?i).*(lunch|dinner|breakfast|conven|gather|negotiat|audience|round ?table).*'
  THEN 1 ELSE 0 END) AS told_as_meeting
WHERE told_as_meeting = 1 OR e.cameo IN ['042', '043', '044', '045', '046'] OR e.mode IS NOT NULL
MATCH (a:Actor)-[p:SOURCE_OF|TARGET_OF]->(e)
MATCH (b:Actor)-[q:SOURCE_OF|TARGET_OF]->(e)
WHERE a.id <> b.id
  AND (e.symmetric OR type(p) <> type(q))
  AND ($actor = '' OR a.id = $actor)
  AND ($other = '' OR b.id = $other)
  AND ($actor <> '' OR $other <> ''
    OR (e.symmetric AND (a.full_name < b.full_name OR (a.full_name = b.full_name AND a.id < b.id)))
    OR (NOT e.symmetric AND type(p) = 'SOURCE_OF'))
OPTIONAL MATCH (e)-[h:HAS_TOPIC]->(t:Topic)
WITH e, a, b, t, h
WHERE $topic = '' OR toLower(coalesce(t.full_name, '') + ' ' + coalesce(h.surface, '')) CONTAINS toLower($topic)
WITH e, a, b, t, min(h.position) AS topic_at
ORDER BY e.sort_key, a.full_name, b.full_name, a.id, b.id, topic_at, t.full_name
LIMIT $limit
OPTIONAL MATCH (e)-[g:HAS_TOPIC {position: topic_at}]->(:Topic)
MATCH (e)-[v:EVIDENCED_BY]->(s:Sentence)
WITH e, a, b, t, topic_at, s, v,
  CASE WHEN g.article = v.article AND g.start_at >= s.start_at AND g.start_at < s.end_at THEN 0 ELSE 1 END AS lacks_topic
ORDER BY lacks_topic, v.position
WITH e, a, b, t, topic_at, collect(s.text)[0] AS sentence
OPTIONAL MATCH (e)-[:ACCORDING_TO]->(w:Actor)
WITH e, a, b, t, topic_at, sentence, w
ORDER BY w.full_name
WITH e, a, b, t, topic_at, sentence, collect(DISTINCT w.full_name) AS speakers
RETURN a.full_name AS actor,
  b.full_name AS other,
  coalesce(e.mode, '') AS mode,
  coalesce(t.full_name, '') AS topic,
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
ORDER BY e.sort_key, actor, other, a.id, b.id, topic_at, topic
LIMIT $limit
