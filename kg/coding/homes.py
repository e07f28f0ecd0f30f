"""Of which country those are whom an event tells of, where nothing else says so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kg.knowledge.words import word_lists
from kg.model import Actor, Event, Record, renamed
from kg.reading.cast import actor_id
from kg.reading.document import Reading

_HARMS = ("ASSAULT", "COERCE")


def at_home(record: Record, reading: Reading) -> Record:
    """Return a record in which civilians of no told country have that of the place, or of the organ dealing with them.

    'shot 12 people in Kazan', 'Norwegian police arrested 12 people'. Their ids tell it, as those of all actors do.
    """
    homes: dict[str, str] = {}
    known = {actor.id: actor for actor in record.actors}
    for each, country in (*_by_place(record.events), *_by_organ(record.events, known)):
        homes.setdefault(each, country)
    settled = (known[each] for each in homes if each in known and _is_civilian(known[each], reading))
    return renamed(record, {actor.id: _of(actor, homes[actor.id]) for actor in settled})


def _of(actor: Actor, country: str) -> Actor:
    own = (actor.id,) if actor.kind == "person" else ()  # two unnamed persons are never taken for one
    renewed = actor_id(actor.name, actor.kind, country, *own)
    return replace(actor, id=renewed, country=country, cameo=f"{country}{actor.cameo or ''}")


def _is_civilian(actor: Actor, reading: Reading) -> bool:
    """Whether somebody of no told country is one of the people of the place: nobody named, no foreigner or envoy."""
    words = word_lists("words")
    is_open = not actor.country and not actor.qid and (actor.cameo or "") in {"", *words["states", "civilians"]}
    is_unnamed = actor.kind == "group" or (actor.kind == "person" and actor.id not in reading.mentioned.named)
    of_another = words["descriptions", "opposed"] | words["states", "foreign"]
    return is_open and is_unnamed and not any(word.rstrip("s") in of_another for word in actor.name.lower().split())


def _by_place(events: Iterable[Event]) -> Iterator[tuple[str, str]]:
    """Yield those who protest or are harmed, with the country of the place."""
    for event in events:
        if event.place and event.place.country:
            present = event.source if event.type == "PROTEST" else event.target if event.type in _HARMS else ()
            yield from ((actor, event.place.country) for actor in present)


def _by_organ(events: Iterable[Event], known: Mapping[str, Actor]) -> Iterator[tuple[str, str]]:
    """Yield those whom an organ of a state coerces, with the country of it."""
    for event in events:
        doers = [known[doer] for doer in event.source if doer in known] if event.type == "COERCE" else []
        for doer in doers:
            if doer.country and doer.kind in ("government", "state"):
                yield from ((actor, doer.country) for actor in event.target)
