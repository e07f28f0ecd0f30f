"""The parts of a Neo4j graph that articles brought, read back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kg.graph.delta import record_digest
from kg.graph.records import record_of
from kg.model import Delta, Edge, Label, Link, Node, Record
from kg.stores.cypher import BY_KEY, article_rows

_NODES = (
    "UNWIND $rows AS row MATCH {reached} WITH DISTINCT row.article AS article, n "
    "RETURN article, n.id AS id, properties(n) AS properties"
)
_LEAVING = (
    "UNWIND $rows AS row MATCH {reached} WITH DISTINCT row.article AS article, n MATCH (n)-[r]->(m) "
    "RETURN article, type(r) AS type, n.id AS start, m.id AS end_id, labels(m)[0] AS label, "
    "properties(r) AS carried, CASE WHEN m:Topic OR m:Place THEN properties(m) END AS properties"
)
_ARRIVING = (
    "UNWIND $rows AS row MATCH {reached} WITH DISTINCT row.article AS article, n MATCH (m:Actor)-[r]->(n) "
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
    except (KeyError, IndexError, TypeError, AttributeError):
        return None
    return record if record_digest(record) == stored.get("digest") else None


def _deltas(transaction: Any, articles: Sequence[str]) -> Iterator[Delta]:
    nodes: dict[str, dict[tuple[Label, str], Node]] = defaultdict(dict)
    edges: dict[str, list[Edge]] = defaultdict(list)
    rows = article_rows(articles)
    for label, reached in BY_KEY.items():
        for row in transaction.run(_NODES.format(reached=reached), rows=rows):
            nodes[row["article"]][label, row["id"]] = Node(label, row["id"], row["properties"])
        for row in transaction.run(_LEAVING.format(reached=reached), rows=rows):
            end = (Label(row["label"]), row["end_id"])
            edges[row["article"]].append(Edge(Link(row["type"]), (label, row["start"]), end, row["carried"]))
            nodes[row["article"]].update(_shared(end, row["properties"]))
        for row in transaction.run(_ARRIVING.format(reached=reached), rows=rows):
            start = (Label.ACTOR, row["start"])
            edges[row["article"]].append(Edge(Link(row["type"]), start, (label, row["end_id"]), row["carried"]))
    for article in sorted(nodes):
        if (Label.ARTICLE, article) in nodes[article]:
            yield Delta(article, tuple(nodes[article].values()), tuple(edges[article]))


def _shared(end: tuple[Label, str], properties: Any) -> Iterable[tuple[tuple[Label, str], Node]]:
    return [(end, Node(*end, properties))] if properties is not None else []
