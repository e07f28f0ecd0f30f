"""What a batch of records means for a store: what is new, what is replaced, what stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.graph.checks import check
from kg.graph.delta import delta_of, record_digest
from kg.model import Delta, Record, decode, encode
from kg.stores.base import Outcome


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that can stand in a graph, its part of the graph and its digest."""

    record: Record
    delta: Delta
    digest: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What became of each record in the order given, what is to be written, and what it replaces."""

    outcomes: tuple[Outcome, ...]
    write: tuple[Entry, ...]
    replaced: tuple[str, ...]


def entry(record: Record) -> Entry:
    """Return a record as it comes back from a store, with its part of the graph.

    Raises SourceError where no store can keep it, as `kg.graph.checks.check` does.
    """
    check(record)
    settled = decode(encode(record))
    return Entry(settled, delta_of(settled), record_digest(settled))


def planned(entries: Sequence[Entry], stored: Mapping[str, str]) -> Plan:
    """Return what is to be done; `stored` holds digests by article. Of one article the last record counts."""
    digests = dict(stored)
    latest: dict[str, Entry] = {}
    outcomes = []
    for given in entries:
        article = given.record.article.id
        outcomes.append(_outcome(digests.get(article), given.digest))
        digests[article] = given.digest
        latest[article] = given
    write = tuple(given for article, given in sorted(latest.items()) if stored.get(article) != given.digest)
    return Plan(tuple(outcomes), write, tuple(e.delta.article for e in write if e.delta.article in stored))


def _outcome(before: str | None, after: str) -> Outcome:
    if before is None:
        return "added"
    return "unchanged" if before == after else "updated"
