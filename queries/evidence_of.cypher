// title: Evidence of an event
// answers: Every sentence that tells of an event, with its words, span and article; one row per event and sentence, in the
// answers: order in which articles told of it. Nothing without article; without event, for all events of the article.
// param: article = '' | the article, as another query gave it
// param: event = '' | the event_id that another query gave for that article
MATCH (:Article {id: $article})<-[n:TOLD_IN]-(e:Event)
WHERE $event = '' OR n.event_id = $event
MATCH (e)-[r:TOLD_IN]->(x:Article)
MATCH (e)-[v:EVIDENCED_BY {article: x.id}]->(s:Sentence)
WITH e, n.event_id AS asked, r, x, s, v
ORDER BY v.position
WITH e, asked, r, x, s, min(v.position) AS mention, collect(v.surface) AS triggers
ORDER BY e.sort_key, asked, mention
LIMIT $limit
OPTIONAL MATCH (e)-[:ACCORDING_TO]->(w:Actor)
WITH e, asked, r, x, s, mention, triggers, w
ORDER BY w.full_name
WITH e, asked, r, x, s, mention, triggers, collect(DISTINCT w.full_name) AS speakers
OPTIONAL MATCH (x)-[:COPY_OF]->(o:Article)
RETURN s.text AS evidence,
  substring(reduce(joined = '', trigger IN triggers | joined + '; ' + trigger), 2) AS words,
  e.event_type AS event,
  r.date AS date,
  r.modality AS modality,
  substring(reduce(joined = '', speaker IN speakers | joined + '; ' + speaker), 2) AS according_to,
  coalesce(x.outlet, '') AS outlet,
  coalesce(left(x.published, 10), '') AS published,
  coalesce(x.url, '') AS url,
  s.start_at AS start_at,
  s.end_at AS end_at,
  coalesce(o.id, '') AS copy_of,
  e.corroboration AS corroboration,
  e.judged AS judged,
  x.id AS article,
  r.event_id AS event_id
ORDER BY e.sort_key, asked, mention
LIMIT $limit
