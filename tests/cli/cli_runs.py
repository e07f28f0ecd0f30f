"""How a run of kg is told, and records made by hand."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.model import Actor, Article, Event, Mention, Place, Record, Time, Topic, Trigger

FIRST = "Anna Berg met Carl Dorn in Oslo on Monday and discussed a fishing treaty."
SECOND = "Carl Dorn may visit Anna Berg in May."
PEOPLE = {
    "anna-berg": "Anna Berg",
    "anna-maria-berg": "Anna Maria Berg",
    "a-berg": "A. Berg",
    "carl-dorn": "Carl Dorn",
    "eva-falk": "Eva Falk",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of kg left behind."""

    code: int
    out: str
    err: str


Kg = Callable[..., Outcome]


def meeting() -> Record:
    """Return a record with a meeting of two people in a place, on a day, about a topic."""
    met = Event(
        id="e1",
        type="CONSULT",
        mode="visit",
        cameo="043",
        quad="verbal-cooperation",
        symmetric=True,
        source=("anna-berg",),
        target=("carl-dorn",),
        topics=(topic(FIRST, "a fishing treaty", "fishing treaty"),),
        place=Place(name="Oslo", country="NOR", start=FIRST.index("Oslo"), end=FIRST.index("Oslo") + 4),
        time=Time("2021-03-01", "2021-03-01", "Monday"),
        modality="actual",
        mentions=(trigger(FIRST, "met"),),
        rule="consult: meet",
    )
    return record("meeting.txt", FIRST, met)


def visit() -> Record:
    """Return a record with a visit that is only possible."""
    visit = Event(
        id="e1",
        type="CONSULT",
        cameo="042",
        quad="verbal-cooperation",
        source=("carl-dorn",),
        target=("anna-berg",),
        modality="possible",
        mentions=(trigger(SECOND, "visit"),),
    )
    return record("visit.txt", SECOND, visit)


def record(name: str, text: str, *events: Event) -> Record:
    """Return a record with the people that a text names."""
    article = Article(id=name, text=text, source="The Harbour Post", published="2021-03-02", date_source="given")
    actors = tuple(person(key, name, text) for key, name in PEOPLE.items() if name in text)
    return Record(article=article, sentences=((0, len(text)),), actors=actors, events=events, statements=())


def person(key: str, name: str, text: str) -> Actor:
    start = text.index(name)
    mention = Mention(start, start + len(name), name, "name")
    return Actor(id=key, name=name, kind="person", country="NOR", mentions=(mention,))


def topic(text: str, words: str, name: str) -> Topic:
    return Topic(words, text.index(words), text.index(words) + len(words), name)


def trigger(text: str, words: str) -> Trigger:
    start = text.index(words)
    return Trigger(start, start + len(words), words, (0, len(text)))
