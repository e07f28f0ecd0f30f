"""The whole graph of a store as sorted lines, by which two graphs are compared."""

import json

from kg.model import Label
from kg.stores.base import Store


def contents(store: Store) -> list[str]:
    """Return every node and relationship of the graph with all its properties, one JSON array each, sorted."""
    nodes = (
        (str(label), row[0])
        for label in Label
        for row in store.query(f"MATCH (n:{label}) RETURN properties(n) AS n").rows
    )
    edges = store.query(
        "MATCH (a)-[r]->(b) "
        "RETURN labels(a) AS x, a.id AS from_id, type(r) AS link, labels(b) AS y, b.id AS to_id, properties(r) AS r"
    )
    lines = [json.dumps([label, _sorted(node)], ensure_ascii=False) for label, node in nodes]
    lines += [json.dumps([*row[:5], _sorted(row[5])], ensure_ascii=False) for row in edges.rows]
    return sorted(lines)


def _sorted(properties: object) -> object:
    """Return properties, which answers hold as JSON, without those that hold nothing, in the order of their keys."""
    found = json.loads(str(properties))
    return {key: found[key] for key in sorted(found) if found[key] is not None}
