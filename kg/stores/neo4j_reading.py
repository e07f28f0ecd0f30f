"""The parts of a Neo4j graph that articles brought, read back; what others have added to the graph is passed over."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from kg.graph.delta import record_digest
from kg.graph.records import record_of
from kg.model import Delta, Edge, Label, Link, Node, Record
from kg.stores.cypher import BY_KEY, article_rows

_OWN = "UNWIND $rows AS row MATCH {reached} WITH DISTINCT row.article AS article, n "
_NODES = _OWN + "RETURN article, collect([n.id, properties(n)]) AS found"
_LEAVING = _OWN + (
    "MATCH (n)-[r]->(m) WITH article, n, r, m, [x IN labels(m) WHERE x IN $labels] AS known "
    "WHERE type(r) IN $links AND size(known) = 1 "
    "RETURN article, collect([type(r), n.id, known[0], m.id, properties(r), "
    "CASE WHEN m:Topic OR m:Place THEN properties(m) END]) AS found"
)
_ARRIVING = _OWN + (
    "MATCH (m:Actor)-[r]->(n) WHERE type(r) IN $links "
    "RETURN article, collect([type(r), m.id, n.id, properties(r)]) AS found"
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
    for article, (own, properties) in _found(transaction, _NODES, label, articles):
        yield article, Node(label, own, properties)


def _leaving(transaction: Any, label: Label, articles: Sequence[str]) -> Iterator[tuple[str, Edge, list[Node]]]:
    for article, (link, own, other, id_, carried, shared) in _found(transaction, _LEAVING, label, articles):
        end = (Label(other), id_)
        yield article, Edge(Link(link), (label, own), end, carried), [Node(*end, shared)] if shared else []


def _arriving(transaction: Any, label: Label, articles: Sequence[str]) -> Iterator[tuple[str, Edge]]:
    for article, (link, actor, own, carried) in _found(transaction, _ARRIVING, label, articles):
        yield article, Edge(Link(link), (Label.ACTOR, actor), (label, own), carried)


def _found(transaction: Any, text: str, label: Label, articles: Sequence[str]) -> Iterator[tuple[str, Sequence[Any]]]:
    names = {"labels": [str(label) for label in Label], "links": [str(link) for link in Link]}
    for article, found in transaction.run(text.format(reached=BY_KEY[label]), rows=article_rows(articles), **names):
        yield from ((article, values) for values in found)
