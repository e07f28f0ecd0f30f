"""What stands around an event: what contradicts it, what it is about or part of, and how the other side answered."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product

from kg.asking.canned import ask
from kg.asking.parts import Happening, Part
from kg.model import Value
from kg.stores.base import Store

WITHIN = 90
"""Days after which what the other side does is no answer."""

_MOST_PAIRS = 4
_MOST_ANSWERS = 50
_TOWARDS = """MATCH (o:Event)-[r:ABOUT|PART_OF|CONTRADICTS]->(e:Event {id: $id})
RETURN DISTINCT type(r) AS link, o.id AS other
ORDER BY link, other LIMIT 100"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one side of an event did next to the other, with a sentence that says so."""

    actor: str
    other: str
    type: str
    date: str
    evidence: str
    article: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Ties:
    """The events around an event: `denied_by` says that it did not happen, `denies` is what it says did not happen."""

    denied_by: tuple[Happening, ...]
    denies: tuple[Happening, ...]
    about: tuple[Happening, ...]
    told_about: tuple[Happening, ...]
    within: tuple[Happening, ...]
    holds: tuple[Happening, ...]


def ties_of(store: Store, happening: Happening) -> Ties:
    """Return the events that an event is tied to, in either direction."""
    towards: dict[str, list[str]] = {"ABOUT": [], "PART_OF": [], "CONTRADICTS": []}
    for link, other in store.query(_TOWARDS, {"id": happening.id}).rows:
        towards[str(link)].append(str(other))
    return Ties(
        denied_by=_events(store, towards["CONTRADICTS"]),
        denies=_events(store, happening.against),
        about=_events(store, happening.about),
        told_about=_events(store, towards["ABOUT"]),
        within=_events(store, happening.within),
        holds=_events(store, towards["PART_OF"]),
    )


def answers_to(store: Store, happening: Happening) -> tuple[Answer, ...]:
    """Return what those to whom an event was done did next to those who did it, within `WITHIN` days.

    None for an event without a day, or where sides do not matter.
    """
    if not happening.first or happening.symmetric:
        return ()
    sides = product((each.party for each in happening.sources), (each.party for each in happening.targets))
    last = date.fromisoformat(happening.first) + timedelta(WITHIN)
    days = {"from": happening.first, "to": last.isoformat(), "within": str(WITHIN), "first": happening.type}
    own: set[tuple[Value, Value]] = {(each.paper.id, each.event_id) for each in happening.tellings}
    found = (
        answer
        for one, other in islice(((one, other) for one, other in sides if one.id != other.id), _MOST_PAIRS)
        for answer in _answers(store, {**days, "actor": one.id, "other": other.id}, own)
    )
    return tuple(dict.fromkeys(found))


def _answers(store: Store, given: dict[str, str], own: Collection[tuple[Value, Value]]) -> Iterator[Answer]:
    rows = ask(store, "what_followed", given, limit=_MOST_ANSWERS, modality="all").rows
    for row in rows.mappings():
        if (row["article"], row["event_id"]) in own:
            yield Answer(*(_text(row[name]) for name in _COLUMNS))


_COLUMNS = ("target", "source", "answer", "answer_date", "answer_evidence", "answer_article", "answer_event_id")


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _events(store: Store, ids: Iterable[str]) -> tuple[Happening, ...]:
    return tuple(Part(store, tuple(ids), "", "").events())
