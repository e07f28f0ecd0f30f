"""The Cypher that writes parts of the graph and takes them away, the same for both stores."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph.copies import BANDS
from kg.graph.delta import band_key
from kg.graph.keys import own_id
from kg.model import SHARED, Edge, Label, Link, Node

ROWS = 1000
"""The most rows of one statement."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """A Cypher text and its `$rows`, sorted by key so that writers at the same time do not lock each other.

    `relationships` is how many it creates.
    """

    text: str
    rows: tuple[Any, ...]
    relationships: int = 0


INDEXED = (
    (Label.EVENT, ("event_type", "span", "day_from")),
    (Label.EVENT, ("event_id",)),
    (Label.STATEMENT, ("span", "day_from")),
    (Label.ARTICLE, ("published_day",)),
    (Label.ACTOR, ("full_name",)),
    (Label.DYAD, ("one",)),
    (Label.DYAD, ("other",)),
    *((Label.ARTICLE, (band_key(number),)) for number in range(BANDS)),
)
"""Labels and the properties by which their nodes are found, ids aside."""

Reach = Mapping[Label, str]
"""How the nodes that an article owns are reached from `row.article` and `row.key`, in the order of their removal."""

BY_PATH: Reach = {
    Label.STATEMENT: "(:Article {id: row.article})<-[:PART_OF]-(:Sentence)<-[:STATED_IN]-(n:Statement)",
    Label.SENTENCE: "(:Article {id: row.article})<-[:PART_OF]-(n:Sentence)",
    Label.ARTICLE: "(n:Article {id: row.article})",
}
BY_KEY: Reach = {
    Label.STATEMENT: "(n:Statement) WHERE n.id STARTS WITH row.key",
    Label.SENTENCE: "(n:Sentence) WHERE n.id STARTS WITH row.key",
    Label.ARTICLE: "(n:Article {id: row.article})",
}
"""Through the index of the ids, which finds a node even where somebody cut the paths to it."""

_ARTICLES = "UNWIND $rows AS row MATCH (x:Article {id: row}) "
TOLD_BY = _ARTICLES + "MATCH (e:Event)-[t:TOLD_IN]->(x) RETURN x.id AS article, t.event_id AS event, e.id AS home"
"""The events that articles tell of."""

DIGESTS = _ARTICLES + "RETURN x.id AS article, x.digest AS digest"
"""The digests of articles as they are judged."""

TELLERS = (
    "UNWIND $rows AS row MATCH (e:Event {id: row})-[t:TOLD_IN]->(x:Article) "
    "RETURN e.id AS home, e.join_key AS key, e.reach_from AS first, e.reach_to AS last, "
    "x.id AS article, t.event_id AS event"
)
"""The accounts of events."""

NEAR = (
    "UNWIND $rows AS row MATCH (e:Event {join_key: row.key}) "
    "WHERE e.reach_from >= row.begin AND e.reach_from <= row.last AND e.reach_to >= row.first "
    "MATCH (e)-[t:TOLD_IN]->(x:Article) "
    "RETURN DISTINCT row.number AS number, e.id AS home, e.reach_from AS first, e.reach_to AS last, "
    "x.id AS article, t.event_id AS event"
)
"""The accounts of events of a key between two days, with the days of the event."""

COPIES = (
    _ARTICLES
    + "MATCH (x)-[:COPY_OF]-(o:Article) RETURN DISTINCT o.id AS article UNION "
    + _ARTICLES
    + "MATCH (x)-[:COPY_OF]->(:Article)<-[:COPY_OF]-(o:Article) RETURN DISTINCT o.id AS article"
)
"""The articles that are near copies of some, as far as the graph knows."""

ORIGINALS = _ARTICLES + "MATCH (x)-[:COPY_OF]->(o:Article) RETURN x.id AS article, o.id AS original"
UNLINK_COPIES = _ARTICLES + "MATCH (x)-[r:COPY_OF]->(:Article) DELETE r"

APPEARING = "UNWIND $rows AS row MATCH (:Actor {id: row})-[:APPEARS_IN]->(x:Article) RETURN DISTINCT x.id AS article"
"""The articles that actors appear in."""

_EVENTS = "UNWIND $rows AS row MATCH (:Event {id: row})"
_SHARED_BY_EVENT = (
    (Label.TOPIC, _EVENTS + "-[:HAS_TOPIC]->(m:Topic) RETURN DISTINCT m.id AS id"),
    (Label.PLACE, _EVENTS + "-[:TOOK_PLACE_AT]->(m:Place) RETURN DISTINCT m.id AS id"),
    (Label.DYAD, _EVENTS + "-[:BETWEEN]->(m:Dyad) RETURN DISTINCT m.id AS id"),
)
_SHARED_BY_ARTICLE = (
    (Label.ACTOR, Label.ARTICLE, "(n)<-[:APPEARS_IN]-(m:Actor)"),
    (Label.TOPIC, Label.STATEMENT, "(n)-[:HAS_TOPIC]->(m:Topic)"),
)


def alike(number: int) -> str:
    """Return the text that reads the articles which share a key of likeness, that of a number, with others."""
    key = band_key(number)
    return (
        f"UNWIND $rows AS row MATCH (x:Article {{{key}: row.band}}) RETURN DISTINCT row.asked AS asked, x.id AS article"
    )


DIFFERENT = (
    "UNWIND $rows AS row MATCH (n:Actor {id: row.id}) "
    "WHERE n.full_name <> row.full_name OR n.kind <> row.kind OR coalesce(n.country, '') <> coalesce(row.country, '') "
    "OR coalesce(n.qid, '') <> coalesce(row.qid, '') RETURN DISTINCT n.id AS id"
)
"""The actors of whom the graph has another identity than rows tell."""

VARIED = "UNWIND $rows AS row MATCH (n:Actor {id: row}) WHERE coalesce(n.identities, 0) <> 1 RETURN n.id AS id"
"""The actors who have not the same identity in all articles, or come from a graph that did not count them."""

IDENTITIES = (
    "UNWIND $rows AS row MATCH (n:Actor {id: row})-[a:APPEARS_IN]->(x:Article) WHERE a.full_name IS NOT NULL "
    "RETURN n.id AS id, a.full_name AS full_name, a.kind AS kind, a.country AS country, a.qid AS qid, "
    "max(coalesce(x.published, '') + ' ' + x.id) AS latest"
)
"""The identities that actors have, each with the latest article that has it."""

IDENTIFY = "UNWIND $rows AS row MATCH (n:Actor {id: row.id}) SET n += row.properties"


def writes(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[Write]:
    """Yield what writes nodes that are not there, or are shared, and then relationships."""
    yield from _node_writes(nodes)
    yield from _edge_writes(edges)


def read(text: str, rows: Iterable[Any]) -> Iterator[Write]:
    """Yield what reads for rows, in parts."""
    yield from (Write(text, tuple(part)) for part in _chunks(tuple(rows)))


def removals(articles: Iterable[str], reach: Reach) -> Iterator[Write]:
    """Yield what takes away the nodes that articles own and their relationships; shared nodes stay."""
    rows = article_rows(articles)
    for reached in reach.values():
        yield from read(f"UNWIND $rows AS row MATCH {reached} WITH DISTINCT n DETACH DELETE n", rows)


def event_removals(events: Iterable[str]) -> Iterator[Write]:
    """Yield what takes away events and their relationships; shared nodes stay."""
    yield from read("UNWIND $rows AS row MATCH (n:Event {id: row}) DETACH DELETE n", sorted(events))


def brought(articles: Iterable[str], events: Iterable[str], reach: Reach) -> Iterator[tuple[Label, Write]]:
    """Yield, by label, what reads as `id` the shared nodes of articles and events, before these are removed."""
    rows = article_rows(articles)
    for label, owner, hop in _SHARED_BY_ARTICLE:
        text = f"UNWIND $rows AS row MATCH {reach[owner]} MATCH {hop} RETURN DISTINCT m.id AS id"
        yield from ((label, each) for each in read(text, rows))
    gone = sorted(events)
    for label, text in _SHARED_BY_EVENT:
        yield from ((label, each) for each in read(text, gone))


def orphans(label: Label, ids: Iterable[str]) -> Iterator[Write]:
    """Yield what takes away those shared nodes that nothing leads to any more."""
    text = f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) WHERE COUNT {{ (n)--() }} = 0 DELETE n"
    yield from read(text, sorted(ids))


def article_rows(articles: Iterable[str]) -> tuple[Row, ...]:
    """Return the rows that the nodes of articles are reached by."""
    return tuple({"article": article, "key": own_id(article, "")} for article in sorted(articles))


def _node_writes(nodes: Iterable[Node]) -> Iterator[Write]:
    kinds: dict[Label, dict[str, Node]] = {label: {} for label in Label}
    for node in nodes:
        kinds[node.label][node.id] = node
    for label, by_id in kinds.items():
        text = _creation(label, {key for node in by_id.values() for key in node.properties})
        for rows in _chunks([{"id": id_, "properties": by_id[id_].properties} for id_ in sorted(by_id)]):
            yield Write(text, tuple(rows))


def _creation(label: Label, keys: Iterable[str]) -> str:
    """Return what writes nodes of a label; properties stand in the pattern, which kglite writes at once."""
    if label in SHARED:
        return f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) ON CREATE SET n += row.properties"
    pattern = ", ".join(("id: row.id", *(f"{key}: row.properties.{key}" for key in sorted(keys))))
    return f"UNWIND $rows AS row CREATE (n:{label} {{{pattern}}})"


def _edge_writes(edges: Iterable[Edge]) -> Iterator[Write]:
    kinds: dict[tuple[Link, Label, Label], list[Edge]] = defaultdict(list)
    for edge in edges:
        kinds[edge.type, edge.start[0], edge.end[0]].append(edge)
    for (link, start, end), several in sorted(kinds.items()):
        text = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.from_id}}) MATCH (b:{end} {{id: row.to_id}}) "
            f"CREATE (a)-[r:{link}]->(b) SET r += row.properties"
        )
        rows = [{"from_id": e.start[1], "to_id": e.end[1], "properties": e.properties} for e in several]
        rows.sort(key=lambda row: (row["from_id"], row["to_id"]))
        yield from (Write(text, tuple(chunk), len(chunk)) for chunk in _chunks(rows))


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    yield from (rows[start : start + ROWS] for start in range(0, len(rows), ROWS))
