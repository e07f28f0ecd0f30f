"""Stores as kg wrote them with schema 1: records.db by its SQL, a Neo4j graph by the code of then in `delta_1`."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from delta_1 import delta_of
from neo4j_server import Server, emptied

from kg.graph.delta import record_digest
from kg.model import KeptAside, Label, Record, digest, encode
from kg.stores.cypher import writes

TABLES = (
    "CREATE TABLE records (article TEXT PRIMARY KEY, digest TEXT NOT NULL, record BLOB NOT NULL)",
    "CREATE INDEX digests ON records (article, digest)",
    "CREATE TABLE kept_aside (source TEXT PRIMARY KEY, reason TEXT NOT NULL)",
    f"PRAGMA application_id = {int.from_bytes(b'kgdb')}",
    "PRAGMA user_version = 1",
)
INDEXES = {
    "kg_event_pair": "(n:Event) ON (n.pair, n.event_type, n.day_from)",
    "kg_event_type": "(n:Event) ON (n.event_type, n.day_from)",
    "kg_event_id": "(n:Event) ON (n.event_id)",
    "kg_actor_name": "(n:Actor) ON (n.full_name)",
    "kg_source_day": "()-[n:SOURCE_OF]-() ON (n.day_from)",
    "kg_target_day": "()-[n:TARGET_OF]-() ON (n.day_from)",
}


def write_folder(folder: Path, records: Iterable[Record], aside: Iterable[KeptAside] = ()) -> None:
    """Make an embedded store of schema 1, with a graph file that nobody can read any more."""
    folder.mkdir(parents=True)
    (folder / "graph-0.21.2-1.kgl").write_bytes(b"a graph of schema 1")
    (folder / "writer.lock").touch()
    with closing(sqlite3.connect(folder / "records.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        for statement in TABLES:
            database.execute(statement)
        for each in records:
            row = (each.article.id, record_digest(each), encode(each))
            database.execute("INSERT INTO records VALUES (?, ?, ?)", row)
        database.executemany("INSERT INTO kept_aside VALUES (?, ?)", [(each.source, each.reason) for each in aside])


def write_graph(server: Server, records: Iterable[Record], aside: Iterable[KeptAside] = ()) -> None:
    """Make a Neo4j store of schema 1 in place of what the database holds."""
    emptied(server)
    with closing(_driver(server)) as driver, driver.session() as session:
        session.run("CREATE (:KgMeta {id: 'kg', schema_version: 1})").consume()
        for each in records:
            delta = delta_of(each)
            for write in writes(delta.nodes, delta.edges):
                session.run(write.text, rows=write.rows).consume()
        rows = [{"id": digest(each.source), "source": each.source, "reason": each.reason} for each in aside]
        session.run("UNWIND $rows AS row CREATE (k:KeptAside) SET k = row", rows=rows).consume()


def write_indexes(server: Server) -> None:
    """Make the constraints and indexes of schema 1 in place of those that there are."""
    with closing(_driver(server)) as driver, driver.session() as session:
        drop_indexes(session)
        for label in (*Label, "KgMeta", "KeptAside"):
            name = f"kg_{label.lower()}_id"
            session.run(f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE").consume()
        for name, target in INDEXES.items():
            session.run(f"CREATE INDEX {name} IF NOT EXISTS FOR {target}").consume()


def drop_indexes(session: Any) -> None:
    """Drop every constraint, and every index on properties."""
    for kind, shown in (
        ("CONSTRAINT", "SHOW CONSTRAINTS YIELD name"),
        ("INDEX", "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"),
    ):
        for name in session.run(shown).value():
            session.run(f"DROP {kind} {name}").consume()


def _driver(server: Server) -> Any:
    from neo4j import GraphDatabase

    return GraphDatabase.driver(server.uri, auth=(server.username, server.password))
