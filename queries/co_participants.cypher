// title: Who takes part in events together
// answers: Pairs of actors that stand in the same events, on whichever side, with the number of events and of articles,
// answers: the first and the last day, the kinds of event and a sentence that tells of the first; most events first.
// param: actor | one of the two, who then stands first
// param: other | the other of the two, who then stands second
// param: type
// param: min_events = 1 | leave out pairs with fewer events
// param: from
// param: to
// param: place
// param: outlet
// param: speaker
// param: modality
// param: min_sources
// param: standing
MATCH (e:Event)
MATCH (a:Actor)-[:SOURCE_OF|TARGET_OF]->(e)
MATCH (b:Actor)-[:SOURCE_OF|TARGET_OF]->(e)
WHERE a.id <> b.id
  AND ($actor = '' OR a.id = $actor)
  AND ($other = '' OR b.id = $other)
  AND ($actor <> '' OR $other <> '' OR a.full_name < b.full_name OR (a.full_name = b.full_name AND a.id < b.id))
MATCH (e)-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
MATCH (e)-[:TOLD_IN]->(x:Article)
WITH a, b, e, s, x
ORDER BY e.sort_key
WITH a, b, count(DISTINCT e.id) AS event_count, count(DISTINCT x.id) AS article_count,
  min(e.date_first) AS earliest, max(e.date_last) AS latest,
  collect(DISTINCT e.event_type) AS types, collect(DISTINCT e.modality) AS modalities,
  collect(s.text)[0] AS sentence
WHERE event_count >= $min_events
RETURN a.full_name AS actor,
  b.full_name AS other,
  event_count AS events,
  article_count AS articles,
  coalesce(earliest, '') AS first_day,
  coalesce(latest, '') AS last_day,
  substring(reduce(joined = '', kind IN types | joined + '; ' + kind), 2) AS types_of_event,
  substring(reduce(joined = '', kind IN modalities | joined + '; ' + kind), 2) AS modality,
  sentence AS evidence,
  a.id AS actor_id,
  b.id AS other_id
ORDER BY events DESC, actor, other, actor_id, other_id
LIMIT $limit
