"""The Neo4j store: the graph itself is the truth, and records are read back from it."""

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Self

from kg.errors import QueryError, SchemaError, StoreError
from kg.model import KeptAside, Label, Link, Record, Rows, Value, digest
from kg.stores.base import PATIENCE, SCHEMA_VERSION, Counts, Outcome
from kg.stores.batches import Entry, entry, planned
from kg.stores.cypher import BY_KEY, Write, brought, orphans, removals, strippings, writes
from kg.stores.guard import refuse_procedure, refuse_unsafe
from kg.stores.neo4j_connection import Connection, MovedError
from kg.stores.neo4j_reading import records_read
from kg.stores.notes import about
from kg.stores.values import scalar

_META, _KEPT_ASIDE = "KgMeta", "KeptAside"
_INDEXES = {
    "event_pair": f"(n:{Label.EVENT}) ON (n.pair, n.event_type, n.day_from)",
    "event_type": f"(n:{Label.EVENT}) ON (n.event_type, n.day_from)",
    "event_id": f"(n:{Label.EVENT}) ON (n.event_id)",
    "actor_name": f"(n:{Label.ACTOR}) ON (n.full_name)",
    "source_day": f"()-[n:{Link.SOURCE_OF}]-() ON (n.day_from)",
    "target_day": f"()-[n:{Link.TARGET_OF}]-() ON (n.day_from)",
}
_PAGE = 25  # articles read at a time
_READINGS = 5
_REFUSED_STEPS = ("LoadCSV", "Show", "Terminate", "AdministrationCommand")


class Neo4jStore:
    """A store in a Neo4j database, with one driver for its lifetime."""

    def __init__(
        self,
        address: str,
        *,
        user: str = "neo4j",
        password: str | None = None,
        database: str | None = None,
        read_only: bool = False,
        patience: float = PATIENCE,
    ) -> None:
        self._connection = Connection(address, user=user, password=password, database=database, patience=patience)
        self._read_only = read_only
        self._prepared = False

    @property
    def address(self) -> str:
        """The address, without a password."""
        return self._connection.address

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def prepare(self) -> None:
        """Create constraints and indexes and record the schema version; a second call changes nothing.

        Raises SchemaError where the database holds a newer schema or another program's data.
        """
        self._refuse_writing()
        if self._schema() is None and self._connection.read("MATCH (n) RETURN n.id LIMIT 1"):
            raise SchemaError(f"{self.address} holds another program's data; give kg an empty database")
        for statement in _schema_statements():
            self._connection.write(partial(_run_alone, statement))
        meta = f"MERGE (m:{_META} {{id: 'kg'}}) SET m.schema_version = $version"
        self._connection.write(partial(_run_alone, meta, version=SCHEMA_VERSION))
        self._prepared = True

    def put(self, records: Sequence[Record]) -> tuple[Outcome, ...]:
        """Store records in one transaction, each in place of its former one; return what became of each."""
        entries = [entry(record) for record in records]
        self._refuse_writing()
        if not self._prepared:
            self.prepare()
        return self._connection.write(partial(_put, entries))

    def remove(self, articles: Sequence[str]) -> tuple[str, ...]:
        """Remove articles and all that only they brought; return the ids that were there."""
        self._refuse_writing()
        self._schema()
        return self._connection.write(partial(_remove, articles))

    def records(self) -> Iterator[Record]:
        """Yield every record, rebuilt from the graph, by article id in code-point order."""
        self._schema()
        ids = sorted(row["id"] for row in self._connection.read("MATCH (a:Article) RETURN a.id AS id"))
        for start in range(0, len(ids), _PAGE):
            yield from self._rebuilt(ids[start : start + _PAGE])

    def record(self, article: str) -> Record | None:
        """Return the record of one article, or None where it is not stored."""
        self._schema()
        return next(iter(self._rebuilt([article])), None)

    def set_aside(self, items: Sequence[KeptAside]) -> None:
        """Note sources that were not loaded; a source noted before gets its new reason."""
        self._refuse_writing()
        if not self._prepared:
            self.prepare()
        rows = [{"id": digest(i.source), "source": i.source, "reason": i.reason} for i in items]
        text = f"UNWIND $rows AS row MERGE (k:{_KEPT_ASIDE} {{id: row.id}}) SET k += row"
        self._connection.write(partial(_run_alone, text, rows=rows))

    def forget_aside(self, sources: Sequence[str]) -> None:
        """Take away the notes on these sources and on parts of them."""
        self._refuse_writing()
        self._schema()
        self._connection.write(partial(_forget, sources))

    def kept_aside(self) -> tuple[KeptAside, ...]:
        """Return what was set aside, by source."""
        rows = self._connection.read(f"MATCH (k:{_KEPT_ASIDE}) RETURN k.source AS source, k.reason AS reason")
        return tuple(sorted((KeptAside(row["source"], row["reason"]) for row in rows), key=lambda k: k.source))

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        confined: bool = False,  # noqa: ARG002 (the server runs every text in limits of time and memory)
    ) -> Rows:
        """Run a Cypher text that reads, as the Protocol says."""
        from neo4j import Query

        refuse_unsafe(cypher)
        given = dict(parameters or {})
        fetch = 1000 if limit is None else min(1000, limit + 1)
        with self._connection.asked(timeout, fetch) as session:
            _refuse_plan(session.run(Query(f"EXPLAIN {cypher}", timeout=timeout), given).consume())
            result = session.run(Query(cypher, timeout=timeout), given)
            columns = tuple(result.keys())
            found = list(islice(result, None if limit is None else limit + 1))
            result.consume()
        rows = tuple(tuple(scalar(value) for value in row.values()) for row in found[:limit])
        return Rows(columns, rows, truncated=len(found) > len(rows))

    def counts(self) -> Counts:
        """Count what is stored."""
        labels = [*Label, _KEPT_ASIDE]
        text = " UNION ALL ".join(f"MATCH (n:{x}) WITH count(n) AS n RETURN '{x}' AS kind, n" for x in labels)
        found = {row["kind"]: row["n"] for row in self._connection.read(text)}
        return Counts(
            articles=found[Label.ARTICLE],
            sentences=found[Label.SENTENCE],
            actors=found[Label.ACTOR],
            events=found[Label.EVENT],
            statements=found[Label.STATEMENT],
            topics=found[Label.TOPIC],
            places=found[Label.PLACE],
            kept_aside=found[_KEPT_ASIDE],
            schema=self._recorded_schema(),
        )

    def close(self) -> None:
        """Give the connections free."""
        self._connection.close()

    def _rebuilt(self, articles: Sequence[str]) -> list[Record]:
        for _ in range(_READINGS):
            found = self._connection.transact(partial(records_read, articles))
            whole = [record for _, record in found if record is not None]
            if len(whole) == len(found):
                return whole
            time.sleep(0.2)
        broken = next(article for article, record in found if record is None)
        raise StoreError(
            f"article {broken!r} in {self.address} is not as it was loaded, for the graph was changed by other "
            "means; remove the article and load it again"
        )

    def _schema(self) -> int | None:
        schema = self._recorded_schema()
        if schema is not None and schema > SCHEMA_VERSION:
            raise SchemaError(f"{self.address} has schema version {schema}, this kg knows {SCHEMA_VERSION}; update kg")
        return schema

    def _recorded_schema(self) -> int | None:
        rows = self._connection.read(f"MATCH (m:{_META}) RETURN m.schema_version AS version")
        return rows[0]["version"] if rows else None

    def _refuse_writing(self) -> None:
        if self._read_only:
            raise StoreError(f"the store {self.address} was opened for reading only")


def _run_alone(text: str, transaction: Any, **parameters: Any) -> None:
    transaction.run(text, **parameters).consume()


def _schema_statements() -> Iterator[str]:
    for label in (*Label, _META, _KEPT_ASIDE):
        name = f"kg_{label.lower()}_id"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for name, target in _INDEXES.items():
        yield f"CREATE INDEX kg_{name} IF NOT EXISTS FOR {target}"
    yield "CALL db.awaitIndexes(300)"


def _put(entries: Sequence[Entry], transaction: Any) -> tuple[Outcome, ...]:
    articles = sorted({given.delta.article for given in entries})
    there = _locked(transaction, "MATCH", articles)
    missing = [article for article in articles if article not in there]
    if _locked(transaction, "MERGE", missing) != missing:
        raise MovedError
    plan = planned(entries, _digests(transaction, articles))
    deltas = [given.delta for given in plan.write]
    stripped = strippings(plan.replaced, BY_KEY) if plan.replaced else ()
    _change(transaction, plan.replaced, [*stripped, *writes(deltas)])
    _drop_notes(transaction, articles)
    return plan.outcomes


def _forget(sources: Sequence[str], transaction: Any) -> None:
    noted = [row["source"] for row in transaction.run(f"MATCH (k:{_KEPT_ASIDE}) RETURN k.source AS source")]
    _drop_notes(transaction, about(noted, sources))


def _drop_notes(transaction: Any, sources: Sequence[str]) -> None:
    ids = [digest(source) for source in sources]
    transaction.run(f"UNWIND $rows AS id MATCH (k:{_KEPT_ASIDE} {{id: id}}) DELETE k", rows=ids).consume()


def _remove(articles: Sequence[str], transaction: Any) -> tuple[str, ...]:
    there = _locked(transaction, "MATCH", sorted(set(articles)))
    _change(transaction, there, list(removals(there, BY_KEY)))
    return tuple(there)


def _locked(transaction: Any, verb: str, articles: Sequence[str]) -> list[str]:
    """Return, sorted, those of the articles that are there, each kept from other writers until the transaction ends.

    A transaction sees what others commit meanwhile. Without the lock two that change one article can each see another
    half of it, and leave events that no article leads to. MERGE brings articles that are not there, bare; it takes a
    second lock, which two that wait for an article that is there would hold against each other.
    """
    text = f"UNWIND $rows AS id {verb} (a:Article {{id: id}}) SET a.locked = true REMOVE a.locked RETURN a.id AS id"
    found = (row["id"] for row in transaction.run(text, rows=articles))
    return sorted(id_ for id_ in found if id_ is not None)  # None: taken away while this transaction waited for it


def _digests(transaction: Any, articles: Sequence[str]) -> dict[str, str]:
    text = "UNWIND $rows AS id MATCH (a:Article {id: id}) WHERE a.digest <> '' RETURN a.id AS id, a.digest AS digest"
    return {row["id"]: row["digest"] for row in transaction.run(text, rows=articles)}


def _change(transaction: Any, gone: Sequence[str], changes: Sequence[Write]) -> None:
    """Make changes by which articles go or get another content, and take away what only they brought."""
    shared: dict[Label, set[str]] = {}
    for label, read in brought(gone, BY_KEY) if gone else ():
        shared.setdefault(label, set()).update(row["id"] for row in transaction.run(read.text, rows=read.rows))
    for write in changes:
        _run(transaction, write)
    for label, ids in sorted(shared.items()):
        for write in orphans(label, ids):
            _run(transaction, write)


def _run(transaction: Any, write: Write) -> None:
    counters = transaction.run(write.text, rows=write.rows).consume().counters
    if counters.relationships_created != write.relationships:
        raise MovedError


def _refuse_plan(summary: Any) -> None:
    for operator, details in _steps(summary.plan):
        if operator.startswith("ProcedureCall"):
            refuse_procedure(details.partition("(")[0])
        if operator.startswith(_REFUSED_STEPS):
            raise QueryError(f"{operator.partition('@')[0]} is refused; a query here only reads the graph")
    if summary.query_type != "r":
        raise QueryError("the query would write; only reading is allowed here")


def _steps(plan: Any) -> Iterator[tuple[str, str]]:
    if plan:
        yield plan["operatorType"], str(plan["args"].get("Details", ""))
        for child in plan.get("children", ()):
            yield from _steps(child)
