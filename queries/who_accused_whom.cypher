// title: Who accused whom of what
// answers: Accusations, charges, lawsuits, investigations and convictions: who made them, against whom, of what, when
// answers: and according to whom; one row per event, pair and topic. A side that is not known is empty; what is told
// answers: as another event stands under its words. Mere criticism is left to who_criticised_whom.
// param: actor = '' | the accuser
// param: other = '' | the accused
// param: topic = '' | words that the accusation must hold
// param: from = '' | first day of interest, YYYY-MM-DD
// param: to = '' | last day of interest, YYYY-MM-DD
// param: modality = 'facts' | facts (actual and ongoing), all, or one modality
// param: standing = 'current' | current, or all: also what was withdrawn or marked as wrong
MATCH (e:Event {event_type: 'ACCUSE'})
WHERE NOT (coalesce(e.cameo, '') STARTS WITH '110' OR coalesce(e.cameo, '') STARTS WITH '111'
    OR (e.cameo IS NULL AND coalesce(e.mode, '') = 'disapprove'))
  AND ($modality = 'all' OR e.modality = $modality OR ($modality = 'facts' AND e.modality IN ['actual', 'ongoing']))
  AND ($standing = 'all' OR e.standing IN ['', 'right'])
  AND ($from = '' OR e.date_last >= $from)
  AND ($to = '' OR e.date_first <= $to)
OPTIONAL MATCH (a:Actor)-[p:SOURCE_OF|TARGET_OF]->(e)
WHERE e.symmetric OR type(p) = 'SOURCE_OF'
OPTIONAL MATCH (b:Actor)-[q:SOURCE_OF|TARGET_OF]->(e)
WHERE (e.symmetric AND b.id <> a.id) OR (NOT e.symmetric AND type(q) = 'TARGET_OF')
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
ORDER BY CASE WHEN e.day_from = 0 THEN 1 ELSE 0 END, e.sort_key,
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
OPTIONAL MATCH (e)-[:TOOK_PLACE_AT]->(l:Place)
RETURN coalesce(a.full_name, '') AS accuser,
  coalesce(b.full_name, '') AS accused,
  coalesce(t.full_name, deed) AS of,
  coalesce(l.full_name, '') AS place,
  e.date AS date,
  e.modality AS modality,
  substring(reduce(joined = '', speaker IN speakers | joined + '; ' + speaker), 2) AS according_to,
  e.outlets AS outlet,
  sentence AS evidence,
  e.corroboration AS corroboration,
  e.judged AS judged,
  e.article AS article,
  e.event_id AS event_id
ORDER BY CASE WHEN e.day_from = 0 THEN 1 ELSE 0 END, e.sort_key, accuser, accused, a.id, b.id, topic_at, of
LIMIT $limit
