"""The Neo4j store: records, and the graph that is made from them, changed together in one transaction."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any, Self

from kg.errors import QueryError, SchemaError, StoreError
from kg.graph.judged import Judged, Verdicts, judged, verdicts
from kg.graph.judgements import Judgement, decoded, in_force
from kg.graph.judgements import encode as encode_judgement
from kg.model import KeptAside, Label, Link, Record, Rows, decode, digest, encode
from kg.stores.base import PATIENCE, SCHEMA_VERSION, Counts, Outcome, Version
from kg.stores.batches import Entry, entry, judged_articles, now, planned
from kg.stores.changes import Run, change
from kg.stores.cypher import BY_KEY, INDEXED, Write
from kg.stores.faults import fault
from kg.stores.guard import refuse_procedure, refuse_unsafe
from kg.stores.neo4j_connection import Connection, MovedError
from kg.stores.notes import about
from kg.stores.remembered import Remembered
from kg.stores.schema import refuse_newer, refuse_older
from kg.stores.values import scalar


def _keys(names: Iterable[str]) -> str:
    return ", ".join(f"n.{name}" for name in names)


_META, _KEPT_ASIDE, _RECORD, _VERSION = "KgMeta", "KeptAside", "KgRecord", "KgVersion"
_INDEXES = {
    **{"_".join((str(label), *keys)).lower(): f"(n:{label}) ON ({_keys(keys)})" for label, keys in INDEXED},
    "event_join_key_reach_from": f"(n:{Label.EVENT}) ON ({_keys(('join_key', 'reach_from'))})",
    "appears_in_named": f"()-[n:{Link.APPEARS_IN}]-() ON ({_keys(('named', 'named_in'))})",
    "version_article": f"(n:{_VERSION}) ON (n.article)",
    "version_time": f"(n:{_VERSION}) ON (n.seen_from)",
    **{
        f"{link}_{key}".lower(): f"()-[n:{link}]-() ON ({_keys((key, 'event_type', 'span', 'day_from'))})"
        for link, key in ((Link.SOURCE_OF, "actor"), (Link.TARGET_OF, "actor"), (Link.BETWEEN, "dyad"))
    },
}
_STOOD = "WHERE v.seen_from <= $moment AND (v.seen_to IS NULL OR v.seen_to > $moment)"
_PAGE = 25  # articles read at a time
_LOCK = f"MERGE (m:{_META} {{id: 'kg'}}) SET m.writing = true REMOVE m.writing"
"""What makes writers wait for each other: what articles decide together must be seen by one at a time."""

_EXPLAIN = "EXPLAIN "
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
        self._remembered = Remembered()
        self._prepared = False
        self._known = False  # that the schema is ours; only a newer kg changes it

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

        Raises SchemaError where the database holds another schema or another program's data.
        """
        self._refuse_writing()
        if self._schema() is None and self._connection.read("MATCH (n) RETURN n.id LIMIT 1"):
            raise SchemaError(f"{self.address} holds another program's data; give kg an empty database")
        online = self._connection.read("SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name")
        for statement in schema_statements({row["name"] for row in online}):
            self._connection.write(partial(_run_alone, statement))
        meta = f"MERGE (m:{_META} {{id: 'kg'}}) SET m.schema_version = coalesce(m.schema_version, $version)"
        self._connection.write(partial(_run_alone, meta, version=SCHEMA_VERSION))
        self._prepared = True

    def put(self, records: Sequence[Record], *, moment: str | None = None) -> tuple[Outcome, ...]:
        """Store records in one transaction, each in place of its former one; return what became of each."""
        self._refuse_writing()
        if not self._prepared:
            self.prepare()
        return self._connection.write(partial(_put, self._remembered, records, moment or now()))

    def remove(self, articles: Sequence[str]) -> tuple[str, ...]:
        """Remove articles, all their versions and all that only they brought; return the ids that were there."""
        self._refuse_writing()
        if self._schema() is None:
            return ()
        return self._connection.write(partial(_remove, self._remembered, articles))

    def made_from(self, articles: Sequence[str]) -> Mapping[str, str]:
        """Return the digests of what the records of those of the articles that are stored were made from."""
        self._schema()
        return self._connection.transact(partial(_column, "made_from", articles))

    def versions(self, article: str) -> tuple[Version, ...]:
        """Return the versions of an article that were stored, the first one first."""
        self._schema()
        text = f"MATCH (v:{_VERSION} {{article: $article}}) RETURN v {{.*}} AS v ORDER BY v.seen_from"
        rows = self._connection.read(text, article=article)
        return tuple(
            Version(article, v["digest"], v["seen_from"], v.get("seen_to")) for v in (row["v"] for row in rows)
        )

    def records_at(self, moment: str) -> Iterator[Record]:
        """Yield the records that were stored at a moment, by article id in code-point order."""
        self._schema()
        found = self._connection.read(f"MATCH (v:{_VERSION}) {_STOOD} RETURN v.id AS id, v.article AS a", moment=moment)
        ids = [row["id"] for row in sorted(found, key=lambda row: str(row["a"]))]
        for start in range(0, len(ids), _PAGE):
            yield from self._connection.transact(partial(_then, ids[start : start + _PAGE]))

    def record_at(self, article: str, moment: str) -> Record | None:
        """Return the record of one article at a moment, or None where it was not stored then."""
        self._schema()
        text = f"MATCH (v:{_VERSION} {{article: $article}}) {_STOOD} RETURN v.id AS id"
        found = self._connection.read(text, article=article, moment=moment)
        return next(iter(self._connection.transact(partial(_then, [row["id"] for row in found]))), None)

    def changed_since(self, moment: str) -> tuple[str, ...]:
        """Return the articles of which another version was stored after a moment."""
        self._schema()
        text = f"MATCH (v:{_VERSION}) WHERE v.seen_from > $moment AND v.seen_to IS NULL RETURN v.article AS article"
        return tuple(sorted({row["article"] for row in self._connection.read(text, moment=moment)}))

    def last_change(self) -> str | None:
        """Return the moment at which a version was stored last, None where there was none."""
        self._schema()
        rows = self._connection.read(f"MATCH (v:{_VERSION}) RETURN max(v.seen_from) AS moment")
        return rows[0]["moment"] if rows else None

    def judgements(self) -> tuple[Judgement, ...]:
        """Return the judgements that were applied last."""
        self._schema()
        return self._connection.transact(_judgements)

    def judge(self, judgements: Sequence[Judgement]) -> int:
        """Apply judgements in place of the former ones; return how many articles are judged otherwise now."""
        in_force(judgements)
        self._refuse_writing()
        if not self._prepared:
            self.prepare()
        return self._connection.write(partial(_judge, self._remembered, judgements))

    def records(self) -> Iterator[Record]:
        """Yield every record, by article id in code-point order."""
        self._schema()
        ids = sorted(row["id"] for row in self._connection.read(f"MATCH (r:{_RECORD}) RETURN r.id AS id"))
        for start in range(0, len(ids), _PAGE):
            found = self._connection.transact(partial(_records, ids[start : start + _PAGE]))
            yield from (found[article] for article in sorted(found))

    def record(self, article: str) -> Record | None:
        """Return the record of one article, or None where it is not stored."""
        self._schema()
        return self._connection.transact(partial(_records, [article])).get(article)

    def set_aside(self, items: Sequence[KeptAside]) -> None:
        """Note sources that were not loaded; a source noted before gets its new reason."""
        self._refuse_writing()
        if not self._prepared:
            self.prepare()
        rows = [{"id": digest(i.source), "source": i.source, "reason": i.reason, "again": i.again} for i in items]
        text = f"UNWIND $rows AS row MERGE (k:{_KEPT_ASIDE} {{id: row.id}}) SET k += row"
        self._connection.write(partial(_run_alone, text, rows=rows))

    def forget_aside(self, sources: Sequence[str]) -> None:
        """Take away the notes on these sources and on parts of them."""
        self._refuse_writing()
        self._schema()
        self._connection.write(partial(_forget, sources))

    def kept_aside(self) -> tuple[KeptAside, ...]:
        """Return what was set aside, by source."""
        self._schema()
        rows = self._connection.read(
            f"MATCH (k:{_KEPT_ASIDE}) RETURN k.source AS source, k.reason AS reason, coalesce(k.again, '') AS again"
        )
        return tuple(sorted((KeptAside(**row) for row in rows), key=lambda kept: kept.source))

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        confined: bool = False,  # noqa: ARG002 (the server runs every text in limits of time and memory)
    ) -> Rows:
        """Run a Cypher text that reads, as the Protocol says."""
        from neo4j import Query

        refuse_unsafe(cypher)
        if not self._known:
            self._known = self._schema() is not None
        given = dict(parameters or {})
        fetch = 1000 if limit is None else min(1000, limit + 1)

        def asked(session: Any) -> tuple[tuple[str, ...], list[Any]]:
            _refuse_plan(session.run(Query(_EXPLAIN + cypher, timeout=timeout), given).consume())
            result = session.run(Query(" " * len(_EXPLAIN) + cypher, timeout=timeout), given)
            found = list(islice(result, None if limit is None else limit + 1))
            columns = tuple(result.keys())
            result.consume()
            return columns, found

        try:
            columns, found = self._connection.ask(asked, timeout=timeout, fetch_size=fetch)
        except QueryError as error:
            raise fault(str(error), cypher, shift=len(_EXPLAIN)) from error
        rows = tuple(tuple(scalar(value) for value in row.values()) for row in found[:limit])
        return Rows(columns, rows, truncated=len(found) > len(rows))

    def counts(self) -> Counts:
        """Count what is stored, also in a database of a newer schema."""
        schema = self._not_older()
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
            schema=schema,
        )

    def close(self) -> None:
        """Give the connections free."""
        self._connection.close()

    def _schema(self) -> int | None:
        schema = self._not_older()
        if schema is not None:
            refuse_newer(self.address, schema)
        return schema

    def _not_older(self) -> int | None:
        rows = self._connection.read(f"MATCH (m:{_META}) RETURN m.schema_version AS schema, m.migrating AS before")
        if not rows:
            return None
        found = rows[0]
        if found["before"] is not None:
            raise SchemaError(
                f"{self.address} is on its way from schema version {found['before']} to {found['schema']}; "
                "run `kg migrate`, which goes on where it was interrupted"
            )
        if found["schema"] is not None:
            refuse_older(self.address, found["schema"])
        schema: int | None = found["schema"]
        return schema

    def _refuse_writing(self) -> None:
        if self._read_only:
            raise StoreError(f"the store {self.address} was opened for reading only")


def _run_alone(text: str, transaction: Any, **parameters: Any) -> None:
    transaction.run(text, **parameters).consume()


def schema_statements(there: Collection[str] = ()) -> Iterator[str]:
    """Yield what creates the constraints and indexes but those of the names that are there, and waits for them."""
    labels = (*Label, _META, _KEPT_ASIDE, _RECORD, _VERSION)
    targets = {f"kg_{label.lower()}_id": f"FOR (n:{label}) REQUIRE n.id IS UNIQUE" for label in labels}
    wanted = {name: f"CREATE CONSTRAINT {name} IF NOT EXISTS {target}" for name, target in targets.items()}
    wanted |= {f"kg_{name}": f"CREATE INDEX kg_{name} IF NOT EXISTS FOR {target}" for name, target in _INDEXES.items()}
    missing = [statement for name, statement in wanted.items() if name not in there]
    yield from missing
    if missing:
        yield "CALL db.awaitIndexes(300)"


def put_records(
    remembered: Remembered, records: Sequence[Record], moment: str, transaction: Any
) -> tuple[Outcome, ...]:
    """Store records in place of their former versions, and return what became of each; notes on them stay."""
    _run_alone(_LOCK, transaction)
    found = verdicts(in_force(_judgements(transaction)))
    entries = [entry(record, found) for record in records]
    articles = sorted({given.article for given in entries})
    plan = planned(entries, _column("digest", articles, transaction))
    _change(transaction, found, remembered, plan.replaced, [given.judged for given in plan.write])
    _write_records(transaction, plan.write, moment)
    return plan.outcomes


def _put(remembered: Remembered, records: Sequence[Record], moment: str, transaction: Any) -> tuple[Outcome, ...]:
    outcomes = put_records(remembered, records, moment, transaction)
    _drop_notes(transaction, sorted({record.article.id for record in records}))
    return outcomes


def _write_records(transaction: Any, entries: Sequence[Entry], moment: str) -> None:
    """Write the records that the graph is made from, and end the versions that they take the place of."""
    rows = [
        {
            "id": given.article,
            "version": digest(f"{given.article} {moment}"),
            "digest": given.digest,
            "made_from": given.made_from,
            "record": zlib.compress(encode(given.record)),
        }
        for given in entries
    ]
    ended = (
        f"UNWIND $rows AS row MATCH (v:{_VERSION} {{article: row.id}}) WHERE v.seen_to IS NULL "
        f"MATCH (r:{_RECORD} {{id: row.id}}) SET v.seen_to = $moment, v.record = r.record"
    )
    begun = (
        f"UNWIND $rows AS row MERGE (r:{_RECORD} {{id: row.id}}) "
        "SET r.digest = row.digest, r.made_from = row.made_from, r.record = row.record "
        f"MERGE (v:{_VERSION} {{id: row.version}}) "  # of the versions of one moment the last one counts
        "SET v = {id: row.version, article: row.id, digest: row.digest, seen_from: $moment}"
    )
    for text in (ended, begun):
        _run_alone(text, transaction, rows=rows, moment=moment)


def _judge(remembered: Remembered, judgements: Sequence[Judgement], transaction: Any) -> int:
    _run_alone(_LOCK, transaction)
    before, after = in_force(_judgements(transaction)), in_force(judgements)
    found = verdicts(after)
    held = {
        row["id"]: row["digest"]
        for row in _rows("MATCH (a:Article) RETURN a.id AS id, a.digest AS digest", transaction)
    }
    affected = judged_articles(_runner(transaction), before, after)
    records = _records(affected, transaction).values()
    changed = [
        each for each in (judged(record, found) for record in records) if held[each.record.article.id] != each.digest
    ]
    _change(transaction, found, remembered, [each.record.article.id for each in changed], changed)
    lines = [encode_judgement(each) for each in judgements]
    _run_alone(f"MATCH (m:{_META} {{id: 'kg'}}) SET m.judgements = $lines", transaction, lines=lines)
    return len(changed)


def _judgements(transaction: Any) -> tuple[Judgement, ...]:
    rows = _rows(f"MATCH (m:{_META} {{id: 'kg'}}) RETURN coalesce(m.judgements, []) AS lines", transaction)
    return decoded(rows[0]["lines"]) if rows else ()


def _records(articles: Sequence[str], transaction: Any) -> dict[str, Record]:
    text = f"UNWIND $rows AS id MATCH (r:{_RECORD} {{id: id}}) RETURN r.id AS id, r.record AS record"
    return {row["id"]: decode(zlib.decompress(row["record"])) for row in _rows(text, transaction, rows=list(articles))}


def _then(versions: Sequence[str], transaction: Any) -> list[Record]:
    """Return the records of versions."""
    text = (
        f"UNWIND $rows AS id MATCH (v:{_VERSION} {{id: id}}) OPTIONAL MATCH (r:{_RECORD} {{id: v.article}}) "
        "RETURN v.article AS article, coalesce(v.record, r.record) AS record ORDER BY article"
    )
    return [decode(zlib.decompress(row["record"])) for row in _rows(text, transaction, rows=list(versions))]


def _forget(sources: Sequence[str], transaction: Any) -> None:
    noted = [row["source"] for row in transaction.run(f"MATCH (k:{_KEPT_ASIDE}) RETURN k.source AS source")]
    _drop_notes(transaction, about(noted, sources))


def _drop_notes(transaction: Any, sources: Sequence[str]) -> None:
    ids = [digest(source) for source in sources]
    transaction.run(f"UNWIND $rows AS id MATCH (k:{_KEPT_ASIDE} {{id: id}}) DELETE k", rows=ids).consume()


def _remove(remembered: Remembered, articles: Sequence[str], transaction: Any) -> tuple[str, ...]:
    _run_alone(_LOCK, transaction)
    there = tuple(sorted(_column("digest", sorted({*articles}), transaction)))
    _change(transaction, verdicts(in_force(_judgements(transaction))), remembered, there, [])
    for label, key in ((_RECORD, "id"), (_VERSION, "article")):
        text = f"UNWIND $rows AS id MATCH (n:{label} {{{key}: id}}) DELETE n"
        _run_alone(text, transaction, rows=list(there))
    return there


def _column(column: str, articles: Sequence[str], transaction: Any) -> dict[str, str]:
    text = f"UNWIND $rows AS id MATCH (r:{_RECORD} {{id: id}}) RETURN r.id AS id, r.{column} AS value"
    return {row["id"]: row["value"] for row in _rows(text, transaction, rows=list(articles))}


def _change(
    transaction: Any, found: Verdicts, remembered: Remembered, gone: Sequence[str], come: Sequence[Judged]
) -> None:
    def fetch(articles: Sequence[str]) -> dict[str, Judged]:
        return {article: judged(record, found) for article, record in _records(articles, transaction).items()}

    if gone or come:
        change(_runner(transaction), fetch, remembered, BY_KEY, gone=gone, come=come)


def _runner(transaction: Any) -> Run:
    def run(write: Write) -> list[Mapping[str, Any]]:
        result = transaction.run(write.text, rows=write.rows)
        found = list(result.data())
        if result.consume().counters.relationships_created != write.relationships:
            raise MovedError
        return found

    return run


def _rows(text: str, transaction: Any, **parameters: Any) -> list[Mapping[str, Any]]:
    return list(transaction.run(text, **parameters).data())


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
