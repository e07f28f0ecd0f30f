// title: What followed between two actors
// answers: What one actor did to another and what the other did to the first next: both acts with their days, kinds,
// answers: sentences and outlets; one row per act that the other side answered, the earliest first. Undated events are
// answers: left out, for nobody knows what followed them.
// param: actor | who acts first
// param: other | who answers
// param: first = 'ACCUSE' | event type of the first act; any where empty
// param: within = 90 | days after which an answer is none
// param: from
// param: to
// param: place
// param: outlet
// param: speaker
// param: modality
// param: min_sources
// param: standing
MATCH (e:Event)
MATCH (a:Actor)-[:SOURCE_OF]->(e)
MATCH (b:Actor)-[:TARGET_OF]->(e)
WHERE e.day_from > 0 AND a.id <> b.id
WITH e, a.id AS doer, b.id AS recipient, CASE WHEN a.id < b.id THEN a.id + '|' + b.id ELSE b.id + '|' + a.id END AS dyad
ORDER BY e.sort_key, doer, recipient
WITH dyad, collect([e.id, doer, recipient, e.event_type, e.date_first]) AS acts
UNWIND range(0, size(acts) - 2) AS number
WITH acts, number, acts[number] AS act
WHERE ($first = '' OR act[3] = $first)
  AND ($actor = '' OR act[1] = $actor)
  AND ($other = '' OR act[2] = $other)
WITH act, [later IN acts[number + 1..] WHERE later[1] = act[2] AND later[0] <> act[0]][0] AS answer
WHERE answer IS NOT NULL AND duration.inDays(date(act[4]), date(answer[4])).days <= $within
MATCH (e:Event {id: act[0]})
WITH e, act, answer
ORDER BY e.sort_key, act[1], act[2]
LIMIT $limit
MATCH (f:Event {id: answer[0]})
MATCH (a:Actor {id: act[1]})
MATCH (b:Actor {id: act[2]})
MATCH (e)-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
MATCH (f)-[:EVIDENCED_BY {position: 0}]->(n:Sentence)
OPTIONAL MATCH (e)-[:ACCORDING_TO]->(w:Actor)
WITH e, f, a, b, s, n, w
ORDER BY w.full_name
WITH e, f, a, b, s, n, collect(DISTINCT w.full_name) AS speakers
RETURN a.full_name AS source,
  b.full_name AS target,
  e.event_type AS event,
  e.date AS date,
  f.event_type AS answer,
  f.date AS answer_date,
  e.modality AS modality,
  substring(reduce(joined = '', speaker IN speakers | joined + '; ' + speaker), 2) AS according_to,
  e.outlets AS outlet,
  s.text AS evidence,
  n.text AS answer_evidence,
  e.corroboration AS corroboration,
  e.judged AS judged,
  e.article AS article,
  e.event_id AS event_id,
  f.article AS answer_article,
  f.event_id AS answer_event_id
ORDER BY e.sort_key, source, target, a.id, b.id
LIMIT $limit
