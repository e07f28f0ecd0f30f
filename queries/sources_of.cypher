// title: Sources of an event
// answers: Which outlets and articles tell of an event, in which sentences; one row per event, article and sentence.
// answers: An article that is a near copy of another names that one.
// param: article = '' | the article, as another query gave it
// param: event = '' | the event_id that another query gave for that article
// param: actor
// param: other
// param: type
// param: outlet = '' | words that the outlet must hold
// param: from
// param: to
// param: place
// param: modality = 'facts' | facts (actual and ongoing), all, or one modality; of no effect where an event is named
// param: min_sources
// param: speaker
// param: standing
MATCH (e:Event)
WITH e
WHERE ($article = '' OR COUNT {
    (e)-[n:TOLD_IN]->(:Article {id: $article}) WHERE $event = '' OR n.event_id = $event } > 0)
  AND ($event = '' OR $article <> '' OR e.event_id = $event)
  AND ($event <> '' OR $modality = 'all' OR e.modality = $modality
    OR ($modality = 'facts' AND e.modality IN ['actual', 'ongoing']))
MATCH (e)-[r:TOLD_IN]->(x:Article)
WHERE $outlet = '' OR toLower(coalesce(x.outlet, '')) CONTAINS toLower($outlet)
WITH e, x, r
ORDER BY e.sort_key, r.position
LIMIT $limit
OPTIONAL MATCH (x)-[:COPY_OF]->(o:Article)
WITH e, x, r, coalesce(o.id, '') AS original
OPTIONAL MATCH (a:Actor)-[p:SOURCE_OF]->(e)
WITH e, x, r, original, p, a
ORDER BY p.position
WITH e, x, r, original, collect(a.full_name) AS sources
OPTIONAL MATCH (b:Actor)-[q:TARGET_OF]->(e)
WITH e, x, r, original, sources, q, b
ORDER BY q.position
WITH e, x, r, original, sources, collect(b.full_name) AS targets
OPTIONAL MATCH (e)-[:ACCORDING_TO]->(w:Actor)
WITH e, x, r, original, sources, targets, w
ORDER BY w.full_name
WITH e, x, r, original, sources, targets, collect(DISTINCT w.full_name) AS speakers
MATCH (e)-[v:EVIDENCED_BY {article: x.id}]->(s:Sentence)
WITH e, x, r, original, sources, targets, speakers, v, s
ORDER BY v.position
WITH e, x, r, original, sources, targets, speakers, s, min(v.position) AS mention, collect(v.surface) AS triggers
RETURN coalesce(x.outlet, '') AS outlet,
  x.id AS article,
  coalesce(x.headline, '') AS headline,
  coalesce(left(x.published, 10), '') AS published,
  coalesce(x.url, '') AS url,
  e.event_type AS event,
  substring(reduce(joined = '', trigger IN triggers | joined + '; ' + trigger), 2) AS words,
  substring(reduce(joined = '', doer IN sources | joined + '; ' + doer), 2) AS source,
  substring(reduce(joined = '', recipient IN targets | joined + '; ' + recipient), 2) AS target,
  r.date AS date,
  r.modality AS modality,
  substring(reduce(joined = '', speaker IN speakers | joined + '; ' + speaker), 2) AS according_to,
  s.text AS evidence,
  original AS copy_of,
  e.judged AS judged,
  r.event_id AS event_id
ORDER BY e.sort_key, r.position, mention
LIMIT $limit
