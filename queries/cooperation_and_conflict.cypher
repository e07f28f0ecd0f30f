// title: Cooperation and conflict by month
// answers: How many events of each quad class begin in a month, in words and in deeds, their mean on Goldstein's scale
// answers: from -10 to 10, and a sentence that tells of the first; one row per month, the earliest first, undated events
// answers: last.
// param: actor
// param: other
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
WITH CASE WHEN e.day_from = 0 THEN '' ELSE left(e.date_first, 7) END AS month, count(e) AS events,
  sum(CASE WHEN e.quad = 'verbal-cooperation' THEN 1 ELSE 0 END) AS verbal_cooperation,
  sum(CASE WHEN e.quad = 'material-cooperation' THEN 1 ELSE 0 END) AS material_cooperation,
  sum(CASE WHEN e.quad = 'verbal-conflict' THEN 1 ELSE 0 END) AS verbal_conflict,
  sum(CASE WHEN e.quad = 'material-conflict' THEN 1 ELSE 0 END) AS material_conflict,
  sum(CASE WHEN e.quad = 'neutral' THEN 1 ELSE 0 END) AS neutral,
  sum(toInteger(round(10 * e.goldstein))) AS tenths, count(e.goldstein) AS scored,
  min([e.sort_key, e.id])[1] AS first_event
ORDER BY CASE WHEN month = '' THEN 1 ELSE 0 END, month
LIMIT $limit
MATCH (f:Event {id: first_event})-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
RETURN month AS month,
  events AS events,
  verbal_cooperation AS verbal_cooperation,
  material_cooperation AS material_cooperation,
  verbal_conflict AS verbal_conflict,
  material_conflict AS material_conflict,
  neutral AS neutral,
  CASE WHEN scored > 0 THEN floor((20.0 * tenths + scored) / (2 * scored)) / 100 END AS goldstein,
  s.text AS evidence,
  f.article AS article,
  f.event_id AS event_id
ORDER BY CASE WHEN month = '' THEN 1 ELSE 0 END, month
LIMIT $limit
