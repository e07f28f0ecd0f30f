"""A Neo4j database of an older schema, brought forward some articles at a time, each time in one transaction.

From the first of them to the last, `KgMeta` holds the version that the database comes from as `migrating`, by which
every command refuses it; run again, the migration goes on with the articles that are left.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol, Self

from kg.model import KeptAside, Record, decode
from kg.stores.base import PATIENCE, SCHEMA_VERSION
from kg.stores.migrations import from_1
from kg.stores.migrations.base import Advance, Standing, damaged, no_way
from kg.stores.neo4j import schema_statements
from kg.stores.neo4j_connection import Connection
from kg.stores.schema import refuse_newer

_PAGE = 25  # articles of one transaction
_BEGIN = (
    "MATCH (m:KgMeta {id: 'kg'}) WHERE coalesce(m.migrating, m.schema_version) = $before "
    "SET m.migrating = $before, m.schema_version = $after"
)
_LOCK = "MATCH (m:KgMeta {id: 'kg'}) SET m.writing = true REMOVE m.writing RETURN m.migrating AS before"
_END = "MATCH (m:KgMeta {id: 'kg', migrating: $before}) REMOVE m.migrating"


class Step(Protocol):
    """What brings a database from one version to the next."""

    REPLACED: Sequence[str]  # indexes that are no longer wanted

    def to_do(self, transaction: Any, among: Sequence[str] | None = None) -> list[str]:
        """Return the articles, all or some, that still are of the older version, in code-point order."""

    def read(self, articles: Sequence[str], transaction: Any) -> list[Record | KeptAside]:
        """Return the records of such articles, or why one has none that is whole."""

    def replace(self, found: Sequence[Record | KeptAside], transaction: Any) -> None:
        """Put such articles anew, and keep aside those without a whole record."""

    def finish(self, transaction: Any) -> None:
        """Complete what belongs to no article."""


STEPS: dict[int, Step] = {1: from_1}


class OldNeo4jStore:
    """A store in a Neo4j database, whatever its schema, with one driver for its lifetime."""

    def __init__(
        self,
        address: str,
        *,
        user: str = "neo4j",
        password: str | None = None,
        database: str | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._connection = Connection(address, user=user, password=password, database=database, patience=patience)
        self._database = database

    @property
    def address(self) -> str:
        """The address, without a password."""
        return self._connection.address

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._connection.close()

    def backup_name(self, moment: str) -> str:
        """Return the path of a backup in the current folder."""
        names = [
            *re.findall(r"[\w.-]+", self.address.partition("//")[2]),
            *([self._database] if self._database else []),
        ]
        return str(Path(f"{'-'.join(names)}-{moment}.jsonl").absolute())

    def standing(self) -> Standing | None:
        """Return where the store stands, None where there is none."""
        text = "MATCH (m:KgMeta) RETURN m.schema_version AS schema, m.migrating AS before"
        rows = self._connection.read(text)
        if not rows or rows[0]["schema"] is None:
            return None
        refuse_newer(self.address, rows[0]["schema"])
        schema = rows[0]["before"] or rows[0]["schema"]
        if schema == SCHEMA_VERSION:
            return Standing(schema, 0)
        if schema not in STEPS:
            raise no_way(self.address, schema)
        return Standing(schema, len(self._connection.transact(STEPS[schema].to_do)))

    def take(self) -> None:
        """Do nothing: writers of this kg refuse an older schema by themselves, older ones once `migrate` began."""

    def read(self) -> Iterator[Record | KeptAside]:
        """Yield the record of every article by id in code-point order, or why an article has none that is whole."""
        standing = self.standing()
        step = STEPS[standing.schema] if standing else from_1
        text = "MATCH (a:Article) RETURN a.id AS id"
        ids = sorted(row["id"] for row in self._connection.read(text))
        for page in _pages(ids):
            yield from self._connection.transact(partial(_read, step, page))

    def migrate(self, *, keep_aside: bool, advance: Advance) -> tuple[KeptAside, ...]:
        """Bring the database forward, and return what is now kept aside; interrupted, it goes on when called again."""
        kept: list[KeptAside] = []
        standing = self.standing()
        for schema in range(standing.schema if standing else SCHEMA_VERSION, SCHEMA_VERSION):
            step = STEPS[schema]
            self._run(_BEGIN, before=schema, after=schema + 1)
            for statement in (*(f"DROP INDEX {name} IF EXISTS" for name in step.REPLACED), *schema_statements()):
                self._run(statement)
            kept += self._replace_all(step, keep_aside, advance)
            self._connection.write(step.finish)
            self._run(_END, before=schema)
        return tuple(kept)

    def _replace_all(self, step: Step, keep_aside: bool, advance: Advance) -> list[KeptAside]:
        kept: list[KeptAside] = []
        while left := self._connection.transact(step.to_do):
            for page in _pages(left):
                found = self._connection.write(partial(self._replace, step, page, keep_aside))
                if found is None:
                    return kept
                kept += [each for each in found if isinstance(each, KeptAside)]
                advance(len(page))
        return kept

    def _replace(
        self, step: Step, articles: Sequence[str], keep_aside: bool, transaction: Any
    ) -> list[Record | KeptAside] | None:
        """Return what was replaced by now, None where another process has ended the migration meanwhile."""
        if not [row for row in transaction.run(_LOCK) if row["before"] is not None]:
            return None
        found = step.read(step.to_do(transaction, articles), transaction)
        for each in found:
            if isinstance(each, KeptAside) and not keep_aside:
                raise damaged(each, self.address)
        step.replace(found, transaction)
        return found

    def _run(self, text: str, **parameters: Any) -> None:
        self._connection.write(lambda transaction: transaction.run(text, **parameters).consume())


def _read(step: Step, articles: Sequence[str], transaction: Any) -> list[Record | KeptAside]:
    """Return what is stored of articles, of which some may have been brought forward already."""
    text = "UNWIND $rows AS id MATCH (r:KgRecord {id: id}) RETURN r.id AS id, r.record AS record"
    done = {row["id"]: decode(zlib.decompress(row["record"])) for row in transaction.run(text, rows=list(articles))}
    left = step.read([article for article in articles if article not in done], transaction)
    return sorted([*done.values(), *left], key=_article)


def _article(found: Record | KeptAside) -> str:
    return found.article.id if isinstance(found, Record) else found.source


def _pages(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))
