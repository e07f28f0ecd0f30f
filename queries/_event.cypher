// What stands for a line MATCH (e:Event) in a question: the parameters that questions have in common, each with the
// condition that it sets, and the ways to begin. Of these the first is taken whose parameters are given and, after a
// minus, not given; whichever it is, it finds all events that fit, and the same conditions follow, but for those of the
// parameters that it holds by itself. `dyad` is given where actor and other are, `party` where one of them is, `voice`
// where actor is not who takes part but who speaks. `$types` stands for the types that are asked for; `$since` and
// `$until` are the days of `from` and `to` as yyyymmdd, `$since_31` is 31 days before.
//
// param: type = '' | event type, such as CONSULT
// where: $type = '' OR e.event_type = $type
// param: quad = '' | quad class, such as verbal-conflict, or conflict and cooperation in words and deeds
// where: $quad = '' OR e.quad = $quad OR e.quad ENDS WITH ('-' + $quad)
// param: modality = 'facts' | facts (actual and ongoing), all, or one modality
// where: $modality = 'all' OR e.modality = $modality OR ($modality = 'facts' AND e.modality IN ['actual', 'ongoing'])
// param: standing = 'current' | current, or all: also what was withdrawn or marked as wrong
// where: $standing = 'all' OR e.standing IN ['', 'right']
// param: from = '' | first day of interest, YYYY-MM-DD
// where: $from = '' OR e.date_last >= $from
// param: to = '' | last day of interest, YYYY-MM-DD
// where: $to = '' OR e.date_first <= $to
// param: min_sources = 1 | leave out what fewer outlets tell independently
// where: $min_sources <= 1 OR e.corroboration >= $min_sources
// param: outlet = '' | words that the outlets must hold
// where: $outlet = '' OR toLower(e.outlets) CONTAINS toLower($outlet)
// param: actor = '' | an actor on either side
// where: $actor = '' OR COUNT { (e)<-[:SOURCE_OF|TARGET_OF {actor: $actor}]-(:Actor) } > 0
// param: other = '' | another actor on either side
// where: $other = '' OR COUNT { (e)<-[:SOURCE_OF|TARGET_OF {actor: $other}]-(:Actor) } > 0
// param: speaker = '' | who vouches for it: what is told according to this actor
// where: $speaker = '' OR COUNT { (e)-[:ACCORDING_TO]->(:Actor {id: $speaker}) } > 0
// param: place = '' | words that the place must hold, or its country as ISO 3166-1 alpha-3
// where: $place = '' OR toLower(e.place) CONTAINS toLower($place) OR e.place_country = toUpper($place)
// param: topic = '' | words that a topic must hold
// where: $topic = '' OR COUNT { (e)-[about:HAS_TOPIC]->(theme:Topic)
//   WHERE toLower(theme.full_name + ' ' + coalesce(about.surface, '')) CONTAINS toLower($topic) } > 0
//
// begin: article
MATCH (e:Event)-[:TOLD_IN]->(:Article {id: $article})
WITH DISTINCT e
// begin: dyad | holds actor other
UNWIND [[7, $since_7], [31, $since_31], [372, $since_372], [37200, $since_37200]] AS reach
MATCH (e:Event)-[r:BETWEEN {dyad: $dyad}]->(:Dyad {id: $dyad})
WHERE r.event_type IN $types AND r.span = reach[0] AND r.day_from >= reach[1] AND r.day_from <= $until
  AND r.day_to >= $since
WITH e
// begin: party -dyad -type -from -to | holds actor other
MATCH (:Actor {id: $party})-[:SOURCE_OF|TARGET_OF]->(e:Event)
WITH DISTINCT e
// begin: party -dyad | holds actor other
CALL () {
  UNWIND [[7, $since_7], [31, $since_31], [372, $since_372], [37200, $since_37200]] AS reach
  MATCH (:Actor {id: $party})-[r:SOURCE_OF {actor: $party}]->(e:Event)
  WHERE r.event_type IN $types AND r.span = reach[0] AND r.day_from >= reach[1] AND r.day_from <= $until
    AND r.day_to >= $since
  RETURN e
  UNION
  UNWIND [[7, $since_7], [31, $since_31], [372, $since_372], [37200, $since_37200]] AS reach
  MATCH (:Actor {id: $party})-[r:TARGET_OF {actor: $party}]->(e:Event)
  WHERE r.event_type IN $types AND r.span = reach[0] AND r.day_from >= reach[1] AND r.day_from <= $until
    AND r.day_to >= $since
  RETURN e
}
WITH e
// begin: voice other -from
CALL () {
  MATCH (w:Actor {id: $actor})
  MATCH (a:Actor {id: $other})
  WITH w, a, COUNT { (w)<-[:ACCORDING_TO]-() } AS told, COUNT { (a)-[:SOURCE_OF]->() } AS done
  WHERE told <= done
  MATCH (w)<-[:ACCORDING_TO]-(e:Event)
  RETURN e
  UNION
  MATCH (w:Actor {id: $actor})
  MATCH (a:Actor {id: $other})
  WITH w, a, COUNT { (w)<-[:ACCORDING_TO]-() } AS told, COUNT { (a)-[:SOURCE_OF]->() } AS done
  WHERE told > done
  MATCH (a)-[:SOURCE_OF]->(e:Event)
  RETURN e
}
WITH e
// begin: voice -from
CALL () {
  UNWIND [7, 31, 372, 37200] AS span
  MATCH (:Actor {id: $actor})-[r:SOURCE_OF {actor: $actor}]->(e:Event)
  WHERE r.event_type IN $types AND r.span = span AND r.day_from >= 0
  RETURN e
  UNION
  MATCH (:Actor {id: $actor})<-[:ACCORDING_TO]-(e:Event)
  RETURN e
}
WITH e
// begin: place -from
MATCH (n:Place)
WHERE toLower(n.full_name) CONTAINS toLower($place) OR n.country = toUpper($place)
MATCH (n)<-[:TOOK_PLACE_AT]-(e:Event)
WITH e
// begin:
UNWIND [[7, $since_7], [31, $since_31], [372, $since_372], [37200, $since_37200]] AS reach
MATCH (e:Event)
WHERE e.event_type IN $types AND e.span = reach[0] AND e.day_from >= reach[1] AND e.day_from <= $until
  AND e.day_to >= $since
WITH e
