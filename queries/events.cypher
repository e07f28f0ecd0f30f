// title: Which events are there
// answers: The events that fit in the order of their days, undated ones last: when, what kind and with which words, told by how
// answers: many outlets; one row per event. `timeline` tells more of each.
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
MATCH (e)-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
RETURN e.date AS date,
  e.event_type AS event,
  e.surface AS words,
  e.modality AS modality,
  e.outlets AS outlet,
  s.text AS evidence,
  e.corroboration AS corroboration,
  e.judged AS judged,
  e.article AS article,
  e.event_id AS event_id
ORDER BY rank, e.sort_key
LIMIT $limit
