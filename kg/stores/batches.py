"""What a batch of records means for a store: what is new, what is replaced, what stays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kg.graph.checks import check
from kg.graph.delta import record_digest
from kg.graph.judged import Judged, Verdicts, judged, touched
from kg.graph.judgements import Judgement
from kg.model import Article, Record, decode, digest, encode
from kg.stores.base import Outcome
from kg.stores.cypher import APPEARING, Write, read


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that can stand in a graph, as it is judged, its digest, and the one of what it was made from."""

    record: Record
    judged: Judged
    digest: str
    made_from: str

    @property
    def article(self) -> str:
        """The id of the article."""
        return self.record.article.id


@dataclass(frozen=True, slots=True)
class Plan:
    """What became of each record in the order given, what is to be written, and what it replaces."""

    outcomes: tuple[Outcome, ...]
    write: tuple[Entry, ...]
    replaced: tuple[str, ...]


def settled(record: Record) -> Record:
    """Return a record as it comes back from a store.

    Raises SourceError where no store can keep it, as `kg.graph.checks.check` does.
    """
    check(record)
    return decode(encode(record))


def entry(record: Record, found: Verdicts) -> Entry:
    """Return a record as it comes back from a store, and as it is judged; raises what `settled` does."""
    kept = settled(record)
    reader = kept.made_with.kg if kept.made_with else ""
    return Entry(kept, judged(kept, found), record_digest(kept), made_from(kept.article, reader))


def made_from(article: Article, reader: str) -> str:
    """Return the digest of an article as its source gives it and of what it was read with, `Stamp.kg`.

    A record of the same digest need not be made again.
    """
    return digest(f"{reader} {article!r}")


def planned(entries: Sequence[Entry], stored: Mapping[str, str]) -> Plan:
    """Return what is to be done; `stored` holds digests by article. Of one article the last record counts."""
    digests = dict(stored)
    latest: dict[str, Entry] = {}
    outcomes = []
    for given in entries:
        outcomes.append(_outcome(digests.get(given.article), given.digest))
        digests[given.article] = given.digest
        latest[given.article] = given
    write = tuple(given for article, given in sorted(latest.items()) if stored.get(article) != given.digest)
    return Plan(tuple(outcomes), write, tuple(each.article for each in write if each.article in stored))


def judged_articles(
    rows: Callable[[Write], Sequence[Mapping[str, Any]]], before: Sequence[Judgement], after: Sequence[Judgement]
) -> list[str]:
    """Return the articles of a graph that judgements touch which are no longer in force, or newly so."""
    changed = [each for each in (*before, *after) if (each in before) != (each in after)]
    actors, articles = touched(changed, (*before, *after))
    found = (row["article"] for write in read(APPEARING, sorted(actors)) for row in rows(write))
    return sorted({*found, *articles})


def now() -> str:
    """Return the moment as ISO 8601 in UTC, to the microsecond, so that texts sort as moments do."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _outcome(before: str | None, after: str) -> Outcome:
    if before is None:
        return "added"
    return "unchanged" if before == after else "updated"
