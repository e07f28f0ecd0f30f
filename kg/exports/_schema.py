"""The constraints and indexes that kg's questions are quick with, for a Neo4j that an export fills."""

from collections.abc import Iterator

from kg.model import Label


def statements() -> Iterator[str]:
    """Yield them as Cypher without semicolon; the last one waits until all are there.

    What kg keeps for itself, records and notes, is no part of the graph and has none.
    """
    from kg.stores.neo4j import schema_statements

    labels = tuple(f"(n:{label})" for label in Label)
    for text in schema_statements():
        if "FOR (n:" not in text or any(label in text for label in labels):
            yield text
