// title: Who speaks for whom
// answers: Who vouches for, denies or promises what another of the same country does: the speaker, for whom, in how many
// answers: events and articles, on which days, and a sentence that does so first; most events first.
// param: actor = '' | the speaker
// param: other = '' | for whom
// param: from
// param: to
// param: place
// param: outlet
// param: speaker
// param: modality
// param: min_sources
// param: standing
MATCH (e:Event)
MATCH (e)-[r:ACCORDING_TO]->(w:Actor)
MATCH (a:Actor)-[:SOURCE_OF]->(e)
WHERE w.id <> a.id AND w.country = a.country
  AND r.stance IN ['asserts', 'denies', 'promises']
  AND ($actor = '' OR w.id = $actor)
  AND ($other = '' OR a.id = $other)
WITH w, a, count(DISTINCT e.id) AS events, count(DISTINCT e.article) AS articles,
  min(e.date_first) AS earliest, max(e.date_last) AS latest,
  min([e.sort_key, e.id])[1] AS first_event
ORDER BY events DESC, w.full_name, a.full_name, w.id, a.id
LIMIT $limit
MATCH (f:Event {id: first_event})-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
RETURN w.full_name AS speaker,
  a.full_name AS speaks_for,
  events AS events,
  articles AS articles,
  coalesce(earliest, '') AS first_day,
  coalesce(latest, '') AS last_day,
  s.text AS evidence,
  f.article AS article,
  f.event_id AS event_id,
  w.id AS speaker_id,
  a.id AS speaks_for_id
ORDER BY events DESC, speaker, speaks_for, speaker_id, speaks_for_id
LIMIT $limit
