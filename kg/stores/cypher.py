"""The Cypher that writes parts of the graph and takes them away, the same for both stores."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import SHARED, Delta, Edge, Label, Link, Node

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


OWN = {
    Label.EVENT: "(:Article {id: article})<-[:PART_OF]-(:Sentence)<-[:EVIDENCED_BY]-(n:Event)",
    Label.STATEMENT: "(:Article {id: article})<-[:PART_OF]-(:Sentence)<-[:STATED_IN]-(n:Statement)",
    Label.SENTENCE: "(:Article {id: article})<-[:PART_OF]-(n:Sentence)",
    Label.ARTICLE: "(n:Article {id: article})",
}
"""How the nodes of an article are reached from its id, in the order in which they can be removed."""

_BROUGHT = (
    (Label.ACTOR, Label.ARTICLE, "(n)<-[:APPEARS_IN]-(m:Actor)"),
    (Label.TOPIC, Label.EVENT, "(n)-[:HAS_TOPIC]->(m:Topic)"),
    (Label.TOPIC, Label.STATEMENT, "(n)-[:HAS_TOPIC]->(m:Topic)"),
    (Label.PLACE, Label.EVENT, "(n)-[:TOOK_PLACE_AT]->(m:Place)"),
)

_RENAME = (
    "UNWIND $rows AS row MATCH (n:Actor {id: row.id}) "
    "WHERE n.full_name <> row.properties.full_name OR n.kind <> row.properties.kind "
    "OR coalesce(n.country, '') <> coalesce(row.properties.country, '') "
    "OR coalesce(n.qid, '') <> coalesce(row.properties.qid, '') SET n += row.properties"
)


def writes(deltas: Sequence[Delta]) -> Iterator[Write]:
    """Yield what writes parts of the graph whose articles are not there: nodes, then relationships."""
    yield from _node_writes(deltas)
    yield from _edge_writes(deltas)


def removals(articles: Iterable[str]) -> Iterator[Write]:
    """Yield what takes away the nodes that belong to articles and their relationships; shared nodes stay."""
    rows = tuple(sorted(articles))
    for reached in OWN.values():
        yield Write(f"UNWIND $rows AS article MATCH {reached} WITH DISTINCT n DETACH DELETE n", rows)


def brought(articles: Iterable[str]) -> Iterator[tuple[Label, Write]]:
    """Yield, by label, what reads as `id` the shared nodes of articles, before these are removed."""
    rows = tuple(sorted(articles))
    for label, owner, hop in _BROUGHT:
        text = f"UNWIND $rows AS article MATCH {OWN[owner]} MATCH {hop} RETURN DISTINCT m.id AS id"
        yield label, Write(text, rows)


def orphans(label: Label, ids: Iterable[str]) -> Iterator[Write]:
    """Yield what takes away those shared nodes that nothing leads to any more."""
    text = f"UNWIND $rows AS id MATCH (n:{label} {{id: id}}) WHERE COUNT {{ (n)--() }} = 0 DELETE n"
    yield from (Write(text, tuple(rows)) for rows in _chunks(sorted(ids)))


def _node_writes(deltas: Sequence[Delta]) -> Iterator[Write]:
    nodes: dict[Label, dict[str, Node]] = {label: {} for label in Label}
    for delta in deltas:
        for node in delta.nodes:
            nodes[node.label][node.id] = node
    for label, by_id in nodes.items():
        verb = "MERGE" if label in SHARED else "CREATE"
        how = "ON CREATE SET" if label in SHARED else "SET"
        text = f"UNWIND $rows AS row {verb} (n:{label} {{id: row.id}}) {how} n += row.properties"
        for rows in _chunks([{"id": id_, "properties": by_id[id_].properties} for id_ in sorted(by_id)]):
            yield Write(text, tuple(rows))
            if label is Label.ACTOR:
                yield Write(_RENAME, tuple(rows))


def _edge_writes(deltas: Sequence[Delta]) -> Iterator[Write]:
    kinds: dict[tuple[Link, Label, Label], list[Edge]] = defaultdict(list)
    for delta in deltas:
        for edge in delta.edges:
            kinds[edge.type, edge.start[0], edge.end[0]].append(edge)
    for (link, start, end), edges in sorted(kinds.items()):
        text = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.from_id}}) MATCH (b:{end} {{id: row.to_id}}) "
            f"CREATE (a)-[r:{link}]->(b) SET r += row.properties"
        )
        rows = [{"from_id": e.start[1], "to_id": e.end[1], "properties": e.properties} for e in edges]
        rows.sort(key=lambda row: (row["from_id"], row["to_id"]))
        yield from (Write(text, tuple(chunk), len(chunk)) for chunk in _chunks(rows))


def _chunks(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    yield from (rows[start : start + ROWS] for start in range(0, len(rows), ROWS))
