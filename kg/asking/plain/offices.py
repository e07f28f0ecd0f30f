"""Titles in a question: before the name of who bears them they say no more, alone they mean who held the office."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.asking.names import Named
from kg.asking.plain.known import Known
from kg.asking.plain.mark import Mark
from kg.asking.plain.times import Stretch
from kg.asking.plain.vocabulary import Sense
from kg.knowledge.rows import OfficeRow
from kg.knowledge.tables import terms

_LIGHT = (Sense("light"),)


def with_offices(marks: Sequence[Mark], times: Sequence[Stretch], known: Known) -> list[Mark]:
    """Return marks with titles explained: 'President Putin', 'the Russian ambassador', 'the president of Ukraine'."""
    found: list[Mark] = []
    at = 0
    while at < len(marks):
        taken = _titled(marks[at:]) or _held(marks[at:], times, known) or ([marks[at]], 1)
        found += taken[0]
        at += taken[1]
    return found


def _titled(marks: Sequence[Mark]) -> tuple[list[Mark], int] | None:
    """Return a title, and the state before it, as light words where the name of a person of that state follows."""
    states = 1 if marks[0].actors and len(marks) > 2 else 0
    if len(marks) <= states + 1 or not marks[states].any("office"):
        return None
    bearers = marks[states + 1].actors
    countries = {actor.country for actor in marks[0].actors} if states else {actor.country for actor in bearers}
    if not bearers or any(actor.kind != "person" or actor.country not in countries for actor in bearers):
        return None
    light = [replace(mark, senses=_LIGHT, actors=(), place="") for mark in marks[: states + 1]]
    return light, states + 1


def _held(marks: Sequence[Mark], times: Sequence[Stretch], known: Known) -> tuple[list[Mark], int] | None:
    """Return who held an office, as one mark in place of the words for it and for its state or body."""
    for title, body, length in _offices(marks):
        found = _holders(title, body, times, known)
        if found:
            text = " ".join(mark.text for mark in marks[:length])
            return [Mark(marks[0].start, marks[length - 1].end, text, actors=found)], length
    return None


def _offices(marks: Sequence[Mark]) -> Iterator[tuple[str, Named, int]]:
    """Yield title, state or body, and how many marks tell of it."""
    texts = [mark.text.lower() for mark in marks[:4]]
    if len(marks) > 1 and marks[0].actors and marks[1].any("office"):
        yield marks[1].value("office"), marks[0].actors[0], 2
    if len(marks) > 2 and marks[0].actors and texts[1] == "'s" and marks[2].any("office"):
        yield marks[2].value("office"), marks[0].actors[0], 3
    if len(marks) > 2 and marks[0].any("office") and texts[1] == "of":
        body = 3 if texts[2] == "the" and len(marks) > 3 else 2
        if marks[body].actors:
            yield marks[0].value("office"), marks[body].actors[0], body + 1


def _holders(title: str, body: Named, times: Sequence[Stretch], known: Known) -> tuple[Named, ...]:
    """Return those of the store who held an office in the time that is asked about, else in that of the articles."""
    rows = terms(title, body.country if body.kind == "state" else body.id)
    first, last = (times[0].first, times[0].last) if times else map(str, known.days())
    ids = dict.fromkeys(row.holder for row in rows if _overlaps(row, first, last))
    return tuple(actor for key in ids if (actor := known.actor(key)))


def _overlaps(row: OfficeRow, first: str, last: str) -> bool:
    return (not last or row.start <= last) and (not first or row.end is None or row.end > first)
