"""From schema 1 to 2: versions, judgements and what a record was made from; in Neo4j also the records themselves.

The texts here speak of the tables and nodes of these two schemas, whatever later ones look like.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from kg.errors import SourceError
from kg.graph.judged import verdicts
from kg.model import KeptAside, Label, Record, decode, digest
from kg.stores.batches import Entry, entry, now
from kg.stores.cypher import article_rows, orphans, removals
from kg.stores.migrations.graph_1 import REACH
from kg.stores.migrations.graph_1 import records_read as read
from kg.stores.neo4j import put_records
from kg.stores.remembered import Remembered

__all__ = ["REPLACED", "finish", "read", "records_db", "replace", "to_do", "whole"]

REPLACED: Sequence[str] = ("kg_event_pair", "kg_event_type", "kg_actor_name", "kg_source_day", "kg_target_day")
"""Indexes of schema 1 that are other ones in schema 2."""

_DAMAGED = "has a record that is damaged"
_BEFORE = (
    "DROP INDEX digests",
    "ALTER TABLE records RENAME TO records_1",
    "CREATE TABLE records (article TEXT PRIMARY KEY, digest TEXT NOT NULL, judged TEXT NOT NULL, "
    "made_from TEXT NOT NULL, record BLOB NOT NULL)",
    "CREATE TABLE versions (article TEXT NOT NULL, digest TEXT NOT NULL, seen_from TEXT NOT NULL, seen_to TEXT, "
    "record BLOB)",
    "CREATE TABLE judgements (position INTEGER PRIMARY KEY, judgement TEXT NOT NULL)",
    "ALTER TABLE kept_aside ADD COLUMN again TEXT NOT NULL DEFAULT ''",
)
_AFTER = (
    "DROP TABLE records_1",
    "CREATE INDEX digests ON records (article, digest, judged, made_from)",
    "CREATE INDEX versions_of ON versions (article, seen_from)",
    "PRAGMA user_version = 2",
)
_BROUGHT = "UNWIND $rows AS row MATCH {} MATCH {} RETURN DISTINCT m.id AS id"
_KEEP_ASIDE = "UNWIND $rows AS row MERGE (k:KeptAside {id: row.id}) SET k.source = row.note[0], k.reason = row.note[1]"
_SHARED = (
    (Label.ACTOR, Label.ARTICLE, "(n)<-[:APPEARS_IN]-(m:Actor)"),
    (Label.TOPIC, Label.EVENT, "(n)-[:HAS_TOPIC]->(m:Topic)"),
    (Label.TOPIC, Label.STATEMENT, "(n)-[:HAS_TOPIC]->(m:Topic)"),
    (Label.PLACE, Label.EVENT, "(n)-[:TOOK_PLACE_AT]->(m:Place)"),
)


def records_db(connection: sqlite3.Connection) -> Iterator[KeptAside | None]:
    """Rewrite the tables; yield None for an article that is done, and why for one that is kept aside."""
    moment = now()
    for statement in _BEFORE:
        connection.execute(statement)
    for article, stored in connection.execute("SELECT article, CAST(record AS BLOB) FROM records_1 ORDER BY article"):
        found = whole(article, stored)
        if isinstance(found, KeptAside):
            connection.execute("INSERT OR REPLACE INTO kept_aside (source, reason) VALUES (?, ?)", _note(found))
            yield found
        else:
            digests = (article, found.digest, found.judged.digest, found.made_from)
            connection.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?)", (*digests, stored))
            connection.execute("INSERT INTO versions VALUES (?, ?, ?, NULL, NULL)", (article, found.digest, moment))
            yield None
    for statement in _AFTER:
        connection.execute(statement)


def whole(article: str, stored: bytes) -> Entry | KeptAside:
    """Return a stored record, or why it is none."""
    try:
        return entry(decode(stored), verdicts(()))
    except SourceError:
        return KeptAside(article, _DAMAGED)


def to_do(transaction: Any, among: Sequence[str] | None = None) -> list[str]:
    """Return the articles of a graph, all or some, that still are of schema 1, in code-point order."""
    some = "MATCH (a:Article)" if among is None else "UNWIND $among AS id MATCH (a:Article {id: id})"
    text = f"{some} WHERE NOT EXISTS {{ MATCH (:KgRecord {{id: a.id}}) }} RETURN a.id AS id"
    return sorted(row["id"] for row in transaction.run(text, among=among))


def replace(found: Sequence[Record | KeptAside], transaction: Any) -> None:
    """Put articles that still are of schema 1 anew; those without a whole record go and are kept aside.

    All that hangs on nodes that several articles share stays.
    """
    rows = article_rows(each.article.id if isinstance(each, Record) else each.source for each in found)
    shared = [
        (label, [row["id"] for row in transaction.run(_BROUGHT.format(REACH[owner], hop), rows=rows)])
        for label, owner, hop in _SHARED
    ]
    for write in removals((row["article"] for row in rows), REACH):
        transaction.run(write.text, rows=write.rows).consume()
    put_records(Remembered(), [each for each in found if isinstance(each, Record)], now(), transaction)
    for label, ids in shared:
        for write in orphans(label, ids):
            transaction.run(write.text, rows=write.rows).consume()
    notes = [{"id": digest(each.source), "note": _note(each)} for each in found if isinstance(each, KeptAside)]
    transaction.run(_KEEP_ASIDE, rows=notes).consume()


def finish(transaction: Any) -> None:
    """Complete what belongs to no article."""
    transaction.run("MATCH (k:KeptAside) WHERE k.again IS NULL SET k.again = ''").consume()


def _note(aside: KeptAside) -> tuple[str, str]:
    return aside.source, aside.reason
