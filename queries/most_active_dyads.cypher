// title: Which two actors have most to do with each other
// answers: Pairs of actors by the number of events in which both take part, with how many of these are cooperation and
// answers: how many conflict, the mean on Goldstein's scale from -10 to 10, the first and the last day, and a sentence
// answers: that tells of the first; most events first.
// param: actor | one of the two
// param: other | the other of the two
// param: type
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
MATCH (e)-[:BETWEEN]->(y:Dyad)
WHERE ($actor = '' OR y.one = $actor OR y.other = $actor)
  AND ($other = '' OR y.one = $other OR y.other = $other)
WITH y, count(e) AS events,
  sum(CASE WHEN e.quad ENDS WITH 'cooperation' THEN 1 ELSE 0 END) AS cooperation,
  sum(CASE WHEN e.quad ENDS WITH 'conflict' THEN 1 ELSE 0 END) AS conflict,
  sum(toInteger(round(10 * e.goldstein))) AS tenths, count(e.goldstein) AS scored,
  min(e.date_first) AS earliest, max(e.date_last) AS latest,
  min([e.sort_key, e.id])[1] AS first_event
ORDER BY events DESC, y.id
LIMIT $limit
MATCH (a:Actor {id: y.one})
MATCH (b:Actor {id: y.other})
MATCH (f:Event {id: first_event})-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
RETURN a.full_name AS actor,
  b.full_name AS other,
  events AS events,
  cooperation AS cooperation,
  conflict AS conflict,
  CASE WHEN scored > 0 THEN floor((20.0 * tenths + scored) / (2 * scored)) / 100 END AS goldstein,
  coalesce(earliest, '') AS first_day,
  coalesce(latest, '') AS last_day,
  s.text AS evidence,
  f.article AS article,
  f.event_id AS event_id,
  a.id AS actor_id,
  b.id AS other_id
ORDER BY events DESC, y.id
LIMIT $limit
