// title: Who deals with both of two
// answers: Actors who take part in events with one of two actors and in events with the other, with the number of either,
// answers: the first and the last day and a sentence of each side; those first who have most to do with both. Nothing
// answers: without actor and other.
// param: actor = '' | one of the two
// param: other = '' | the other of the two
// param: type
// param: from
// param: to
// param: place
// param: outlet
// param: modality
// param: min_sources
// param: standing
CALL () {
  MATCH (d:Dyad {one: $actor})
  RETURN d, d.other AS middle
  UNION
  MATCH (d:Dyad {other: $actor})
  RETURN d, d.one AS middle
}
MATCH (o:Dyad {id: CASE WHEN middle < $other THEN middle + '|' + $other ELSE $other + '|' + middle END})
UNWIND [[0, d], [1, o]] AS side
WITH middle, side[0] AS side, side[1] AS y
MATCH (e:Event)-[:BETWEEN]->(y)
WITH middle, side, count(e) AS events, min(e.date_first) AS earliest, max(e.date_last) AS latest,
  min([e.sort_key, e.sentence])[1] AS telling
MATCH (s:Sentence {id: telling})
WITH middle, side, events, earliest, latest, s.text AS sentence
ORDER BY middle, side
WITH middle, collect(events) AS counts, min(earliest) AS earliest, max(latest) AS latest, collect(sentence) AS sentences
WHERE size(counts) = 2
MATCH (c:Actor {id: middle})
WITH c, counts, earliest, latest, sentences,
  CASE WHEN counts[0] < counts[1] THEN counts[0] ELSE counts[1] END AS fewer
RETURN c.full_name AS go_between,
  c.kind AS kind,
  coalesce(c.country, '') AS country,
  counts[0] AS events_with_actor,
  counts[1] AS events_with_other,
  coalesce(earliest, '') AS first_day,
  coalesce(latest, '') AS last_day,
  sentences[0] AS evidence,
  sentences[1] AS evidence_with_other,
  c.id AS go_between_id
ORDER BY fewer DESC, events_with_actor + events_with_other DESC, go_between, go_between_id
LIMIT $limit
