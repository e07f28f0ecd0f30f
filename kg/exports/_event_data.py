"""What the layouts of event data have in common: pairs of actors, days, codes in their parts, lines of tabs."""

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice, permutations

from kg.asking.mentions import Cast, Spot, Words, casts, lengths, words_for
from kg.asking.parts import Happening, Paper, Part, Quote, Role, Telling, in_portions
from kg.asking.wording import counted
from kg.exports._clean import one_line
from kg.exports.network import dyads
from kg.knowledge.tables import remembered, tables
from kg.knowledge.words import word_lists
from kg.model import digest
from kg.stores.base import Store

Pair = tuple[Role | None, Role | None]
"""Who does it and to whom; None where nobody is told."""

WEEK = 7
"""The longest span in days that still stands for a day, its last one."""

UNPLOVER = frozenset({"SAY", "DENY", "ELECT"})
"""The types of kg that PLOVER has not."""

_UNPLOVER = """UNWIND $ids AS key MATCH (e:Event {id: key}) WHERE e.event_type IN $types
RETURN count(e) AS events"""

QUADS = {
    "verbal-cooperation": 1,
    "material-cooperation": 2,
    "verbal-conflict": 3,
    "material-conflict": 4,
}
"""The quad classes by number; what is neutral has none."""


class _Beside:
    """What the articles behind a portion of events hold beside them, read when a format asks for the first of it."""

    def __init__(self, store: Store, events: Sequence[Happening]) -> None:
        self._store = store
        self._events = events

    @cached_property
    def words(self) -> Mapping[Spot, Words]:
        return words_for(self._store, self._events)

    @cached_property
    def casts(self) -> Mapping[str, Cast]:
        return casts(self._store, self._articles())

    @cached_property
    def lengths(self) -> Mapping[str, int]:
        return lengths(self._store, self._articles())

    def _articles(self) -> Iterator[str]:
        return (telling.paper.id for event in self._events for telling in event.tellings)


@dataclass(frozen=True, slots=True)
class Coded:
    """An event, and what its articles hold beside it, to be asked for while the store is open."""

    event: Happening
    beside: _Beside

    @property
    def first(self) -> tuple[Telling, Quote]:
        """The first article that tells of it, with the sentence."""
        telling = self.event.tellings[0]
        return telling, telling.quotes[0]

    @property
    def cast(self) -> Cast:
        """Whom its first article names."""
        return self.beside.casts[self.event.tellings[0].paper.id]

    def length_of(self, paper: Paper) -> int:
        """Return how many code points one of its articles has."""
        return self.beside.lengths[paper.id]

    def words_of(self, role: Role | None, telling: Telling, quote: Quote) -> Words | None:
        """Return the words for an actor in a sentence, None where it does not name the actor."""
        spot = role and (self.event.id, role.party.id, telling.paper.id, quote.number)
        return self.beside.words.get(spot) if spot else None


def left_out(part: Part) -> str:
    """Return how many events have a type that PLOVER has not, in words; empty where none has."""
    given = {"types": sorted(UNPLOVER)}
    asked = (part.store.query(_UNPLOVER, {**given, "ids": ids}).rows for ids in in_portions(part.ids))
    if not (left := sum(int(str(rows[0][0])) for rows in asked)):
        return ""
    return f"{counted(left, 'event')} of the types DENY, ELECT and SAY left out, which PLOVER has not"


def coded(part: Part) -> Iterator[Coded]:
    """Yield the events of a part; only a portion of them is held at a time."""
    for portion in part.portions():
        beside = _Beside(part.store, portion)
        yield from (Coded(event, beside) for event in portion)


def one_way(event: Happening) -> Iterator[Pair]:
    """Yield each source with each target, two parties of a symmetric event once; without another side each alone."""
    pairs: list[Pair] = list(dyads(event))
    alone: list[Pair] = [(source, None) for source in event.sources]
    alone += [(None, target) for target in event.targets]
    yield from pairs or alone


def both_ways(event: Happening) -> Iterator[Pair]:
    """Yield pairs like `one_way`, those of a symmetric event in both directions, as data after CAMEO have them."""
    parties = {role.party.id: role for role in (*event.sources, *event.targets)}
    yield from permutations(parties.values(), 2) if event.symmetric and len(parties) > 1 else one_way(event)


def day(event: Happening) -> str:
    """Return the day of an event, of a span of at most a week the last one; empty where less is known.

    News that tell no day are taken by kg to be of the week before they were published.
    """
    if not event.first:
        return ""
    first, last = date.fromisoformat(event.first), date.fromisoformat(event.last)
    return event.last if (last - first).days <= WEEK else ""


def number(*parts: str) -> int:
    """Return a positive whole number made from a content, below 2 to the 53, so that a double keeps each digit."""
    return int(digest("\x1f".join(parts))[:14], 16) >> 3 or 1


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO actor code in its parts; what it does not say is empty.

    `country` is a state or a region, `types` sectors and roles in their order, `group` a body with a code of its own.
    """

    country: str
    types: tuple[str, ...]
    religions: tuple[str, ...]
    group: str


def code(text: str) -> Code:
    """Return the parts of an actor code, three letters each."""
    parts = [text[at : at + 3] for at in range(0, len(text), 3)]
    places = [each for each in parts if each in countries() or each in _regions()]
    types = tuple(each for each in parts if each in _codes()["sectors"])
    religions = tuple(each for each in parts if each in _codes()["religions"])
    rest = [each for each in parts if each not in (*places, *types, *religions)]
    return Code(next(iter(places), ""), types, religions, next(iter(rest), ""))


def sectors(text: str) -> list[str]:
    """Return the sectors of an actor code in the words of ICEWS."""
    return [_codes()["sectors"][each] for each in code(text).types]


@cache
def titles() -> Mapping[str, str]:
    """Return what CAMEO codes of events are called, after the codebook 1.1b3 as ICEWS words it."""
    text = (files("kg.exports") / "_cameo.csv").read_text("utf-8")
    return {row["code"]: row["title"] for row in csv.DictReader(text.splitlines())}


@remembered
def countries() -> Mapping[str, str]:
    """Return the names of states by ISO 3166-1 alpha-3."""
    return {row.iso3: row.name for row in tables().countries}


def settlement(name: str, country: str) -> str:
    """Return whether a place is a `country`, a `region` or a `city`, which it is where the tables have it not."""
    return "country" if countries().get(country) == name else _places().get((name, country), "city")


def row(columns: Iterable[str], values: Mapping[str, object], unknown: str = "") -> str:
    """Return a line of tabs with the values in the order of the columns.

    The layouts know no escapes: tabs, line ends and control characters in a text are blanks, double quotes single ones.
    """
    cells = ("" if values.get(name) is None else str(values[name]) for name in columns)
    return "\t".join(one_line(cell).replace('"', "'").strip() or unknown for cell in cells) + "\n"


def first_of(texts: Iterable[str], count: int) -> list[str]:
    """Return the first texts, so many, empty ones where there are fewer."""
    found = list(islice(texts, count))
    return found + [""] * (count - len(found))


@cache
def _codes() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((files("kg.exports") / "_actor_codes.toml").read_text("utf-8"))


def _regions() -> frozenset[str]:
    return word_lists("actor_codes")["codes", "regions"]


@remembered
def _places() -> Mapping[tuple[str, str], str]:
    return {(row.name, row.country or ""): row.kind for row in tables().places}
