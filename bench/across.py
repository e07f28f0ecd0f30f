"""How kg joins what several articles tell of one event: 75 articles of our own about 63 invented happenings.

`told/articles.jsonl` says for each article of which events it tells (`tells`: event, type, and the word that tells of
it), and of which other article it is a near copy (`copy_of`). An account of an event is found where kg has an event on
that word, or else one of that type in its sentence, each event once. Pairs of accounts are joined where they hang on
one node of the graph. `all_told` wants every pair that tells of one event, `found` those of which kg found both
accounts: the reading of articles counts in the first alone. `missed` says what keeps the pairs apart that kg found and
did not join.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from kg.evaluation import Tally
from kg.graph.joining import Account, accounts_of, difference
from kg.graph.judged import Judged
from kg.model import Article, Event, Record
from kg.pipeline import extract, load
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore

ARTICLES = Path(__file__).with_name("told") / "articles.jsonl"

Place = tuple[str, str]  # an article, and the id of an event in it


@dataclass(frozen=True, slots=True)
class Told:
    """An event that an article tells of: its name, its type, and the word that tells of it, which is there once."""

    event: str
    type: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article, and the events that it tells of."""

    id: str
    source: str
    published: str
    title: str
    text: str
    tells: tuple[Told, ...]
    copy_of: str | None = None

    def article(self) -> Article:
        """Return the article as kg reads it."""
        return Article(id=self.id, text=self.text, title=self.title, source=self.source, published=self.published)


@dataclass(frozen=True, slots=True)
class Graph:
    """The node that each account hangs on, and the pairs of a near copy and its original."""

    homes: Mapping[Place, str]
    copies: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A told event, the article that tells it, and what kg has of it, if anything."""

    told: Told
    article: str
    account: Account | None


def measure() -> dict[str, object]:
    """Return the figures of joining, of near copies, and how many pairs each kind of difference keeps apart."""
    tellings = read()
    records = [each for each in extract([telling.article() for telling in tellings]) if isinstance(each, Record)]
    return figures(tellings, records)


def figures(tellings: Sequence[Telling], records: Sequence[Record]) -> dict[str, object]:
    """Return what `measure` does, of records of the articles."""
    graph = _graph(records)
    accounts = {each.told_at: each for record in records for each in accounts_of(Judged(record, ""))}
    found = [each for telling in tellings for each in _found(telling, accounts)]
    joining = joined_pairs(found, graph)
    pairs = [(one, other) for one, other in combinations(found, 2) if one.article != other.article]
    same = [pair for pair in pairs if pair[0].told.event == pair[1].told.event]
    both = [(one.account, other.account) for one, other in same if one.account and other.account]
    return {
        "articles": len(records),
        "accounts_found": f"{sum(each.account is not None for each in found)} of {len(found)}",
        "all_told": Tally(joining.right, joining.predicted, len(same)).as_dict(),
        "found": Tally(joining.right, joining.predicted, len(both)).as_dict(),
        "missed": dict(Counter(_kept_apart(*pair, graph) for pair in both if not _is_joined(*pair, graph))),
        "joined_on_different_days": len(list(_on_different_days(accounts, graph))),
        "copies": _copies(tellings, graph).as_dict(),
    }


def read() -> list[Telling]:
    """Return the articles with what they tell of."""
    return [msgspec.json.decode(line, type=Telling) for line in ARTICLES.read_bytes().splitlines()]
