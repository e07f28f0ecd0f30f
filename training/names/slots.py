"""Silver data: sentences of the corpora with names of kg's own tables in the places of theirs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from random import Random

from kg.knowledge.tables import tables
from training.names.corpora import Name
from training.names.merging import Lesson

SHARE = 0.7  # of the names in a sentence
MIXED = 0.5  # of the persons have the given name of one and the family name of another of their country
_BODIES = ("government", "igo", "party", "organisation", "armed_group")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stock:
    """Names to put in, as words: persons by country, bodies of one word apart from those of several."""

    persons: tuple[tuple[Words, ...], ...]
    acronyms: tuple[Words, ...]
    bodies: tuple[Words, ...]
    places: tuple[Words, ...]
    regions: tuple[Words, ...]


def slotted(lesson: Lesson, random: Random) -> Lesson:
    """Return the lesson with most of its names exchanged for others of their label."""
    words: list[str] = []
    entities: list[Name] = []
    unsure: set[int] = set()
    at = 0
    for entity in (*lesson.entities, Name(len(lesson.words), len(lesson.words), "")):
        unsure |= {len(words) + other - at for other in lesson.unsure if at <= other < entity.start}
        words += lesson.words[at : entity.start]
        name = _instead(lesson.words[entity.start : entity.end], entity.label, random)
        if name:
            entities.append(Name(len(words), len(words) + len(name), entity.label))
        words += name
        at = entity.end
    return Lesson(lesson.corpus, tuple(words), tuple(entities), frozenset(unsure))


@cache
def stock() -> Stock:
    """Return the names of the tables."""
    actors, places = tables().actors, tables().places
    persons: dict[str | None, list[str]] = defaultdict(list)
    for row in actors:
        if row.kind == "person" and " " in row.name:
            persons[row.country].append(row.name)
    bodies = [name for row in actors if row.kind in _BODIES for name in (row.name, *row.aliases) if name[:1] != "@"]
    return Stock(
        persons=tuple(_split(names) for names in persons.values()),
        acronyms=_split(name for name in bodies if " " not in name),
        bodies=_split(name.removeprefix("The ") for name in bodies if " " in name),
        places=_split(row.name for row in places if row.kind != "region"),
        regions=_split(row.name for row in places if row.kind == "region"),
    )


def _split(names: Iterable[str]) -> tuple[Words, ...]:
    return tuple(tuple(name.split()) for name in names)


def _instead(words: Words, label: str, random: Random) -> Words:
    if label not in ("PERSON", "ORG", "GPE", "LOC") or random.random() > SHARE:
        return words
    if label == "PERSON":
        return _person(random) if len(words) > 1 else _person(random)[-1:]
    if label == "ORG":
        return random.choice(stock().bodies if len(words) > 1 else stock().acronyms)
    return random.choice(stock().places if label == "GPE" else stock().regions)


def _person(random: Random) -> Words:
    persons = stock().persons
    country = random.choices(persons, [len(each) for each in persons])[0]
    one, other = random.choice(country), random.choice(country)
    return (*one[:1], *other[1:]) if random.random() < MIXED else one
