"""The text of an article cut where what was read out of it begins and ends: each piece with all that covers it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kg.model import Actor, Event, Place, Record, Statement, Topic

What = Literal["actor", "event", "statement", "topic", "place"]

THE_ARTICLE = "the article itself"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """What was read at a span of a text: `about` says it in words.

    `key` is the id of the actor, event or statement, or the name of the topic or place. Offsets are 0-based code
    points, end exclusive.
    """

    start: int
    end: int
    what: What
    key: str
    about: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text within which nothing begins or ends."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...]


def pieces(text: str, marks: Iterable[Mark], *, start: int = 0) -> tuple[Piece, ...]:
    """Return a text in pieces, each with the marks that cover it, the longest first; marks may overlap in any way.

    `start` is the offset of the text itself. A mark that is empty or reaches out of the text is left out.
    """
    end = start + len(text)
    inside = sorted({each for each in marks if start <= each.start < each.end <= end})
    bounds = sorted({start, end, *(edge for each in inside for edge in (each.start, each.end))})
    found: list[Piece] = []
    open_now: list[Mark] = []
    waiting = iter([*inside, None])
    coming = next(waiting)
    for first, last in pairwise(bounds):
        open_now = [each for each in open_now if each.end > first]
        while coming is not None and coming.start == first:
            open_now.append(coming)
            coming = next(waiting)
        covering = sorted(open_now, key=lambda each: (each.start - each.end, each))
        found.append(Piece(first, last, text[first - start : last - start], tuple(covering)))
    return tuple(found)


def marks_of(record: Record) -> tuple[Mark, ...]:
    """Return all that stands at a span of the text of a record, in its order."""
    names = {actor.id: actor.name for actor in record.actors}
    found = [
        *(mark for actor in record.actors for mark in _of_actor(actor)),
        *(mark for event in record.events for mark in _of_event(event, names)),
        *(mark for said in record.statements for mark in _of_statement(said, names)),
    ]
    return tuple(sorted(set(found)))


def summary(event: Event, names: Mapping[str, str]) -> str:
    """Return an event in a line: who did what kind of thing to whom, and whether it happened."""
    source, target = (", ".join(names.get(each, each) for each in side) for side in (event.source, event.target))
    sides = f"{source} and {target}" if event.symmetric and source and target else _directed(source, target)
    return ", ".join(filter(None, (f"{event.type} {sides}".strip(), event.quad.replace("-", " "), event.modality)))


def _directed(source: str, target: str) -> str:
    return f"{source or 'somebody'} → {target}" if target else source


def _of_actor(actor: Actor) -> Iterator[Mark]:
    about = ", ".join(filter(None, (actor.name, actor.kind.replace("_", " "), actor.country)))
    for mention in actor.mentions:
        told = about if mention.form == "name" else f"{about}; {mention.form}"
        yield Mark(mention.start, mention.end, "actor", actor.id, told)


def _of_event(event: Event, names: Mapping[str, str]) -> Iterator[Mark]:
    for trigger in event.mentions:
        yield Mark(trigger.start, trigger.end, "event", event.id, summary(event, names))
    yield from map(_of_topic, event.topics)
    if event.place:
        yield _of_place(event.place)


def _of_statement(said: Statement, names: Mapping[str, str]) -> Iterator[Mark]:
    speaker = names.get(said.speaker, said.speaker)
    about = f"{speaker}, {'word for word' if said.direct else 'reported'}"
    yield Mark(said.start, said.end, "statement", said.id, about)
    yield from map(_of_topic, said.topics)


def _of_topic(topic: Topic) -> Mark:
    return Mark(topic.start, topic.end, "topic", topic.name, topic.name)


def _of_place(place: Place) -> Mark:
    return Mark(place.start, place.end, "place", place.name, ", ".join(filter(None, (place.name, place.country))))
