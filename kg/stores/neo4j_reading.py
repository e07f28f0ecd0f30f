"""The parts of a Neo4j graph that articles brought, read back; what others have added to the graph is passed over."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from kg.graph.delta import record_digest
from kg.graph.records import record_of
from kg.model import Delta, Edge, Label, Link, Node, Record
from kg.stores.cypher import BY_KEY, article_rows

_OWN = "UNWIND $rows AS row MATCH {reached} WITH DISTINCT row.article AS article, n "
_NODES = _OWN + "RETURN article, n.id AS id, properties(n) AS properties"
_LEAVING = _OWN + (
    "MATCH (n)-[r]->(m) WITH article, n, r, m, [x IN labels(m) WHERE x IN $labels] AS known "
    "WHERE type(r) IN $links AND size(known) = 1 "
    "RETURN article, type(r) AS type, n.id AS start, m.id AS end_id, known[0] AS label, properties(r) AS carried, "
    "CASE WHEN m:Topic OR m:Place THEN properties(m) END AS properties"
)
_ARRIVING = _OWN + (
    "MATCH (m:Actor)-[r]->(n) WHERE type(r) IN $links "
    "RETURN article, type(r) AS type, m.id AS start, n.id AS end_id, properties(r) AS carried"
)


def records_read(articles: Sequence[str], transaction: Any) -> list[tuple[str, Record | None]]:
    """Return each of the articles that is stored with its record, or None where the graph holds it in part.

    Another transaction that replaces the article meanwhile can be the cause; reading again tells.
    """
    return [(delta.article, _record(delta)) for delta in _deltas(transaction, articles)]


def _record(delta: Delta) -> Record | None:
    stored = next(node for node in delta.nodes if node.label is Label.ARTICLE).properties
    try:
        record = record_of(delta)
        return record if record_digest(record) == stored.get("digest") else None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def _deltas(transaction: Any, articles: Sequence[str]) -> Iterator[Delta]:
    nodes: dict[str, list[Node]] = defaultdict(list)
    edges: dict[str, list[Edge]] = defaultdict(list)
    for label in BY_KEY:
        for article, node in _own_nodes(transaction, label, articles):
            nodes[article].append(node)
        for article, edge, end in _leaving(transaction, label, articles):
            edges[article].append(edge)
            nodes[article].extend(end)
        for article, edge in _arriving(transaction, label, articles):
            edges[article].append(edge)
    for article, found in sorted(nodes.items()):
        if any(node.label is Label.ARTICLE for node in found):
            yield Delta(article, tuple(found), tuple(edges[article]))


def _own_nodes(transaction: Any, label: Label, articles: Sequence[str]) -> Iterator[tuple[str, Node]]:
    for row in _rows(transaction, _NODES, label, articles):
        yield row["article"], Node(label, row["id"], row["properties"])


def _leaving(transaction: Any, label: Label, articles: Sequence[str]) -> Iterator[tuple[str, Edge, list[Node]]]:
    for row in _rows(transaction, _LEAVING, label, articles):
        end = (Label(row["label"]), row["end_id"])
        edge = Edge(Link(row["type"]), (label, row["start"]), end, row["carried"])
        yield row["article"], edge, [] if row["properties"] is None else [Node(*end, row["properties"])]


def _arriving(transaction: Any, label: Label, articles: Sequence[str]) -> Iterator[tuple[str, Edge]]:
    for row in _rows(transaction, _ARRIVING, label, articles):
        start = (Label.ACTOR, row["start"])
        yield row["article"], Edge(Link(row["type"]), start, (label, row["end_id"]), row["carried"])


def _rows(transaction: Any, text: str, label: Label, articles: Sequence[str]) -> Any:
    names = {"labels": [str(label) for label in Label], "links": [str(link) for link in Link]}
    return transaction.run(text.format(reached=BY_KEY[label]), rows=article_rows(articles), **names)
