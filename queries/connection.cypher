// title: How two actors are connected
// answers: The shortest chain from one actor to another over events in which two of them take part, through two others at
// answers: most, with the number of such events and a sentence that tells of the first; one row per step. Of several
// answers: chains that are as short, the first by the ids of the actors. Nothing without actor and other.
// param: actor = '' | where the chain begins
// param: other = '' | where it ends
// param: from
// param: to
// param: place
// param: outlet
// param: modality
// param: min_sources
// param: standing
CALL () {
  MATCH (y:Dyad {id: CASE WHEN $actor < $other THEN $actor + '|' + $other ELSE $other + '|' + $actor END})
  MATCH (e:Event)-[:BETWEEN]->(y)
  WITH count(e) AS found
  RETURN CASE WHEN found > 0 THEN [$actor, $other] ELSE [] END AS direct
}
CALL () {
  MATCH (d:Dyad {one: $actor})
  RETURN d.other AS partner
  UNION
  MATCH (d:Dyad {other: $actor})
  RETURN d.one AS partner
}
WITH direct, collect(partner) AS partners
CALL (direct, partners) {
  UNWIND CASE WHEN size(direct) = 0 THEN partners ELSE [] END AS middle
  MATCH (:Dyad {id: CASE WHEN middle < $other THEN middle + '|' + $other ELSE $other + '|' + middle END})
  UNWIND [$actor, $other] AS asked
  MATCH (y:Dyad {id: CASE WHEN middle < asked THEN middle + '|' + asked ELSE asked + '|' + middle END})
  MATCH (e:Event)-[:BETWEEN]->(y)
  WITH DISTINCT middle, asked
  WITH middle, count(asked) AS sides
  WHERE sides = 2
  WITH min(middle) AS middle
  RETURN CASE WHEN middle IS NULL THEN [] ELSE [$actor, middle, $other] END AS through_one
}
CALL () {
  MATCH (d:Dyad {one: $other})
  RETURN d.other AS partner
  UNION
  MATCH (d:Dyad {other: $other})
  RETURN d.one AS partner
}
WITH direct, through_one, partners, collect(partner) AS others
CALL (direct, through_one, partners, others) {
  UNWIND CASE WHEN size(direct + through_one) = 0 THEN partners ELSE [] END AS near
  UNWIND others AS far
  WITH near, far
  WHERE near <> $other AND far <> $actor
  MATCH (:Dyad {id: CASE WHEN near < far THEN near + '|' + far ELSE far + '|' + near END})
  UNWIND [[$actor, near], [near, far], [far, $other]] AS pair
  MATCH (y:Dyad {id: CASE WHEN pair[0] < pair[1] THEN pair[0] + '|' + pair[1] ELSE pair[1] + '|' + pair[0] END})
  MATCH (e:Event)-[:BETWEEN]->(y)
  WITH DISTINCT near, far, pair
  WITH near, far, count(pair) AS steps
  WHERE steps = 3
  WITH min([near, far]) AS middle
  RETURN CASE WHEN middle IS NULL THEN [] ELSE [$actor, middle[0], middle[1], $other] END AS through_two
}
WITH direct + through_one + through_two AS chain
UNWIND range(0, size(chain) - 2) AS place
WITH place + 1 AS step, chain[place] AS near, chain[place + 1] AS far
MATCH (y:Dyad {id: CASE WHEN near < far THEN near + '|' + far ELSE far + '|' + near END})
MATCH (e:Event)-[:BETWEEN]->(y)
WITH step, near, far, count(e) AS events,
  min([e.sort_key, e.id])[1] AS first_event
MATCH (a:Actor {id: near})
MATCH (b:Actor {id: far})
MATCH (f:Event {id: first_event})-[:EVIDENCED_BY {position: 0}]->(s:Sentence)
OPTIONAL MATCH (f)-[:ACCORDING_TO]->(w:Actor)
WITH step, a, b, events, f, s, w
ORDER BY w.full_name
WITH step, a, b, events, f, s, collect(DISTINCT w.full_name) AS speakers
RETURN step AS step,
  a.full_name AS source,
  b.full_name AS target,
  events AS events,
  f.event_type AS event,
  f.date AS date,
  f.modality AS modality,
  substring(reduce(joined = '', speaker IN speakers | joined + '; ' + speaker), 2) AS according_to,
  f.outlets AS outlet,
  s.text AS evidence,
  f.corroboration AS corroboration,
  f.judged AS judged,
  f.article AS article,
  f.event_id AS event_id
ORDER BY step
LIMIT $limit
