// title: Who denied what
// answers: Denials: who denied what, when and in whose report; one row per event, speaker and topic. What is told as
// answers: another event stands under its words. All modalities together also give the events that a speaker says did
// answers: not happen, without a denial of their own.
// events: e.event_type = 'DENY' OR e.modality = 'denied'
// param: actor = '' | who denies
// param: topic = '' | words that the thing denied must hold
// param: from
// param: to
// param: place
// param: outlet
// param: speaker
// param: modality
// param: min_sources
// param: standing
MATCH (e:Event)
OPTIONAL MATCH (a:Actor)-[:SOURCE_OF]->(e)
WHERE e.event_type = 'DENY'
OPTIONAL MATCH (e)-[:ACCORDING_TO {stance: 'denies'}]->(b:Actor)
WHERE e.event_type <> 'DENY' AND COUNT { (e)<-[:ABOUT]-(:Event {event_type: 'DENY'}) } = 0
WITH e, coalesce(a.id, b.id) AS speaker_id, coalesce(a.full_name, b.full_name) AS speaker_name
WHERE (e.event_type = 'DENY' OR speaker_id IS NOT NULL) AND ($actor = '' OR speaker_id = $actor)
OPTIONAL MATCH (e)-[u:ABOUT]->(m:Event)
WITH e, speaker_id, speaker_name, u, m
ORDER BY u.position
WITH e, speaker_id, speaker_name, collect(DISTINCT m.surface) AS deeds
OPTIONAL MATCH (e)-[h:HAS_TOPIC]->(t:Topic)
WHERE e.event_type = 'DENY'
WITH e, speaker_id, speaker_name, t, h,
  CASE WHEN e.event_type = 'DENY'
    THEN substring(reduce(joined = '', deed IN deeds | joined + '; ' + deed), 2)
    ELSE e.surface END AS deed
WHERE $topic = ''
  OR toLower(coalesce(t.full_name, '') + ' ' + coalesce(h.surface, '') + ' ' + deed) CONTAINS toLower($topic)
WITH e, speaker_id, speaker_name, t, deed, min(h.position) AS topic_at
ORDER BY e.sort_key, coalesce(speaker_name, ''), speaker_id, topic_at, t.full_name
LIMIT $limit
OPTIONAL MATCH (e)-[g:HAS_TOPIC {position: topic_at}]->(:Topic)
MATCH (e)-[v:EVIDENCED_BY]->(s:Sentence)
WITH e, speaker_id, speaker_name, t, deed, topic_at, s, v,
  CASE WHEN g.article = v.article AND g.start_at >= s.start_at AND g.start_at < s.end_at THEN 0 ELSE 1 END AS lacks_topic
ORDER BY lacks_topic, v.position
WITH e, speaker_id, speaker_name, t, deed, topic_at, collect(s.text)[0] AS sentence
OPTIONAL MATCH (e)-[:ACCORDING_TO]->(w:Actor)
WITH e, speaker_id, speaker_name, t, deed, topic_at, sentence, w
ORDER BY w.full_name
WITH e, speaker_id, speaker_name, t, deed, topic_at, sentence, collect(DISTINCT w.full_name) AS speakers
RETURN coalesce(speaker_name, '') AS speaker,
  coalesce(t.full_name, deed) AS denied,
  coalesce(e.place, '') AS place,
  e.date AS date,
  e.modality AS modality,
  substring(reduce(joined = '', voice IN speakers | joined + '; ' + voice), 2) AS according_to,
  e.outlets AS outlet,
  sentence AS evidence,
  e.corroboration AS corroboration,
  e.judged AS judged,
  e.article AS article,
  e.event_id AS event_id
ORDER BY e.sort_key, speaker, speaker_id, topic_at, denied
LIMIT $limit
