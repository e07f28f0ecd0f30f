// What stands for a line MATCH (e:Statement) in a question, as `_event.cypher` does for events.
//
// param: standing = 'current' | current, or all: also what was withdrawn
// where: $standing = 'all' OR e.standing = ''
// param: from = '' | first day of interest, YYYY-MM-DD
// where: $from = '' OR e.date_last >= $from
// param: to = '' | last day of interest, YYYY-MM-DD
// where: $to = '' OR e.date_first <= $to
// param: actor = '' | the speaker
// where: $actor = '' OR COUNT { (e)<-[:SAID]-(:Actor {id: $actor}) } > 0
//
// begin: actor other -from
CALL () {
  MATCH (w:Actor {id: $actor})
  MATCH (a:Actor {id: $other})
  WITH w, a, COUNT { (w)-[:SAID]->() } AS said, COUNT { (a)<-[:ADDRESSED_TO]-() } AS heard
  WHERE said <= heard
  MATCH (w)-[:SAID]->(e:Statement)
  RETURN e
  UNION
  MATCH (w:Actor {id: $actor})
  MATCH (a:Actor {id: $other})
  WITH w, a, COUNT { (w)-[:SAID]->() } AS said, COUNT { (a)<-[:ADDRESSED_TO]-() } AS heard
  WHERE said > heard
  MATCH (a)<-[:ADDRESSED_TO]-(e:Statement)
  RETURN e
}
WITH e
// begin: other -from
MATCH (:Actor {id: $other})<-[:ADDRESSED_TO]-(e:Statement)
WITH e
// begin: actor -from
MATCH (:Actor {id: $actor})-[:SAID]->(e:Statement)
WITH e
// begin:
UNWIND [[7, $since_7], [31, $since_31], [372, $since_372], [37200, $since_37200]] AS reach
MATCH (e:Statement)
WHERE e.span = reach[0] AND e.day_from >= reach[1] AND e.day_from <= $until
  AND e.day_to >= $since
WITH e
