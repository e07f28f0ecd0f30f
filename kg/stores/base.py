"""What a store does: one Protocol, kept by Neo4j and by the embedded store, tested by one contract."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, Self

from kg.graph.judgements import Judgement
from kg.model import KeptAside, Record, Rows

SCHEMA_VERSION = 2

PATIENCE = 60.0
"""Seconds for which a load waits for a server that went away, or for other writers to be done."""

Outcome = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many there are of each, and the schema version that the store records."""

    articles: int
    sentences: int
    actors: int
    events: int
    statements: int
    topics: int
    places: int
    kept_aside: int
    schema: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article and when it stood in the store, as ISO 8601 in UTC; `seen_to` is None while it does."""

    article: str
    digest: str
    seen_from: str
    seen_to: str | None


class Store(Protocol):
    """A graph of articles. Every method raises StoreError where the database cannot be reached or used.

    On a store of an older schema all raise SchemaError; `kg.stores.migrations` brings it forward.
    """

    @property
    def address(self) -> str:
        """The folder or the address, without a password."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...

    def prepare(self) -> None:
        """Create constraints and indexes and record the schema version; a second call changes nothing.

        Raises SchemaError where the store holds another schema or another program's data.
        """

    def put(self, records: Sequence[Record], *, moment: str | None = None) -> tuple[Outcome, ...]:
        """Store records in one transaction, each in place of its former version; return what became of each.

        `moment` (ISO 8601, UTC) is when their versions begin, now unless it is given.
        """

    def remove(self, articles: Sequence[str]) -> tuple[str, ...]:
        """Remove articles, all their versions and all that only they brought; return the ids that were there."""

    def made_from(self, articles: Sequence[str]) -> Mapping[str, str]:
        """Return, for those of the articles that are stored, the digest that `kg.stores.batches.made_from` gave."""

    def versions(self, article: str) -> tuple[Version, ...]:
        """Return the versions of an article that were stored, the first one first."""

    def records_at(self, moment: str) -> Iterator[Record]:
        """Yield the records that were stored at a moment (ISO 8601, UTC), by article id in code-point order."""

    def record_at(self, article: str, moment: str) -> Record | None:
        """Return the record of one article at a moment, or None where it was not stored then."""

    def changed_since(self, moment: str) -> tuple[str, ...]:
        """Return the articles of which another version was stored after a moment (ISO 8601, UTC)."""

    def last_change(self) -> str | None:
        """Return the moment at which a version was stored last, None where there was none."""

    def judgements(self) -> tuple[Judgement, ...]:
        """Return the judgements that were applied last."""

    def judge(self, judgements: Sequence[Judgement]) -> int:
        """Apply judgements in place of the former ones; return how many articles are judged otherwise now.

        Raises JudgementError where they contradict each other; nothing is changed then.
        """

    def records(self) -> Iterator[Record]:
        """Yield every record, rebuilt from what is stored, by article id in code-point order."""

    def record(self, article: str) -> Record | None:
        """Return the record of one article, or None where it is not stored."""

    def set_aside(self, items: Sequence[KeptAside]) -> None:
        """Note sources that were not loaded; a source noted before gets its new reason.

        Putting an article under the same id takes its note away.
        """

    def forget_aside(self, sources: Sequence[str]) -> None:
        """Take away the notes on these sources and on parts of them, `feed.jsonl#3`."""

    def kept_aside(self) -> tuple[KeptAside, ...]:
        """Return what was set aside, by source."""

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        confined: bool = False,
    ) -> Rows:
        """Run a Cypher text that reads, at most `limit` rows (`truncated` tells whether there were more).

        `timeout` in seconds. A text that kg does not know should run `confined`: then it also ends where the engine
        itself would stop neither in time nor before the memory is full. Raises QueryError where the text would write,
        load files, call a procedure beyond the allow-list, is not valid or runs out of time or memory.
        """

    def counts(self) -> Counts:
        """Count what is stored."""

    def close(self) -> None:
        """Give the connection or the folder free."""
