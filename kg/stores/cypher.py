"""The Cypher that writes parts of the graph and takes them away, the same for both stores."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph.keys import own_id
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


Reach = Mapping[Label, str]
"""How the nodes of an article are reached from `row.article` and `row.key`, in the order of their removal."""

BY_PATH: Reach = {
    Label.EVENT: "(:Article {id: row.article})<-[:PART_OF]-(:Sentence)<-[:EVIDENCED_BY]-(n:Event)",
    Label.STATEMENT: "(:Article {id: row.article})<-[:PART_OF]-(:Sentence)<-[:STATED_IN]-(n:Statement)",
    Label.SENTENCE: "(:Article {id: row.article})<-[:PART_OF]-(n:Sentence)",
    Label.ARTICLE: "(n:Article {id: row.article})",
}
BY_KEY: Reach = {
    Label.EVENT: "(n:Event) WHERE n.id STARTS WITH row.key",
    Label.STATEMENT: "(n:Statement) WHERE n.id STARTS WITH row.key",
    Label.SENTENCE: "(n:Sentence) WHERE n.id STARTS WITH row.key",
    Label.ARTICLE: "(n:Article {id: row.article})",
}
"""Through the index of the ids, which finds a node even where somebody cut the paths to it."""

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
    """Yield what writes parts of the graph whose articles are not there, or bare: nodes, then relationships."""
    yield from _node_writes(deltas)
    yield from _edge_writes(deltas)


def article_rows(articles: Iterable[str]) -> tuple[Row, ...]:
    """Return the rows that articles are reached by."""
    return tuple({"article": article, "key": own_id(article, "")} for article in sorted(articles))


def removals(articles: Iterable[str], reach: Reach) -> Iterator[Write]:
    """Yield what takes away the nodes that belong to articles and their relationships; shared nodes stay."""
    yield from _removals(article_rows(articles), reach)


def strippings(articles: Iterable[str], reach: Reach) -> Iterator[Write]:
    """Yield what leaves articles bare, as they are before they are written again, and takes away all that is theirs."""
    rows = article_rows(articles)
    yield from _removals(rows, {label: reached for label, reached in reach.items() if label is not Label.ARTICLE})
    yield Write("UNWIND $rows AS row MATCH (:Article {id: row.article})-[r]-() DELETE r", rows)


def _removals(rows: tuple[Row, ...], reach: Reach) -> Iterator[Write]:
    for reached in reach.values():
        yield Write(f"UNWIND $rows AS row MATCH {reached} WITH DISTINCT n DETACH DELETE n", rows)


def brought(articles: Iterable[str], reach: Reach) -> Iterator[tuple[Label, Write]]:
    """Yield, by label, what reads as `id` the shared nodes of articles, before these are removed."""
    rows = article_rows(articles)
    for label, owner, hop in _BROUGHT:
        text = f"UNWIND $rows AS row MATCH {reach[owner]} MATCH {hop} RETURN DISTINCT m.id AS id"
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
        verb = "MERGE" if label in SHARED or label is Label.ARTICLE else "CREATE"
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
