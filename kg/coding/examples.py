"""The examples of the codebook, coded: what each gives and what it must give."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.coding.code import code
from kg.knowledge.codebook import Example, Expected
from kg.model import Article, Event, EventType, Record, Stamp
from kg.reading.read import read

_STAMP = Stamp("", "", "", "")


@dataclass(frozen=True, slots=True)
class Wrong:
    """An example that does not code as it says, by its number, and how it codes instead."""

    number: int
    message: str


def wrong_examples(examples: Sequence[tuple[EventType, Example]]) -> Iterator[Wrong]:
    """Yield the examples whose text does not give exactly the events of their type that they name."""
    articles = [
        Article(id=str(number), text=example.text, published=example.published)
        for number, (_, example) in enumerate(examples)
    ]
    for number, ((type_, example), reading) in enumerate(zip(examples, read(articles), strict=True)):
        record = code(reading, _STAMP)
        found = [event for event in record.events if event.type == type_]
        pairs = zip(found, example.events, strict=False)
        if len(found) != len(example.events) or not all(_fits(event, expected, record) for event, expected in pairs):
            cure = "mend the triggers, the frame or the example"
            yield Wrong(number, f"the example {example.text!r} codes as {_told(found, record)}; {cure}")


def _fits(event: Event, expected: Expected, record: Record) -> bool:
    """Tell whether an event is as an example says; all parties of a symmetric one count as one side."""
    text = event.mentions[0].text
    sides = (_called(event.source, record), _called(event.target, record))
    wanted = ({*expected.source}, {*expected.target})
    if event.symmetric:
        sides, wanted = ((sides[0] | sides[1], set()), (wanted[0] | wanted[1], set()))
    return (
        (expected.trigger in text or text in expected.trigger)
        and sides == wanted
        and event.modality == expected.modality
        and _called((each.speaker for each in event.attributions), record) == {*expected.according_to}
    )


def _called(actors: Iterable[str], record: Record) -> set[str]:
    names = {actor.id: actor.name for actor in record.actors}
    return {names[actor] for actor in actors}


def _told(events: Sequence[Event], record: Record) -> str:
    shown = (
        f"{event.mentions[0].text!r} by {_list(event.source, record)} to {_list(event.target, record)}, "
        f"{event.modality}, according to {_list([each.speaker for each in event.attributions], record)}"
        for event in events
    )
    return "; ".join(shown) or "no event of its type"


def _list(actors: Sequence[str], record: Record) -> str:
    return " and ".join(sorted(_called(actors, record))) or "nobody"
