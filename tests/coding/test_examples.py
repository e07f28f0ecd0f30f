"""Every example of the codebook codes as it says."""

import pytest

from kg.knowledge.codebook import Example, Expected, codebook
from kg.model import Article, Event, Record
from kg.pipeline import extract

CASES = [
    pytest.param(entry.type, example, id=f"{entry.type}-{number}")
    for entry in codebook().types
    for number, example in enumerate(entry.examples, start=1)
]


@pytest.fixture(scope="module")
def records() -> dict[str, Record]:
    """The records of all examples, read in one go."""
    articles = [
        Article(id=case.id or "", text=case.values[1].text, published=case.values[1].published)
        for case in CASES
        if isinstance(case.values[1], Example)
    ]
    return {record.article.id: record for record in extract(articles) if isinstance(record, Record)}


@pytest.mark.parametrize(("event_type", "example"), CASES)
def test_example_codes_as_it_says(
    event_type: str, example: Example, records: dict[str, Record], request: pytest.FixtureRequest
) -> None:
    record = records[request.node.callspec.id]
    found = [event for event in record.events if event.type == event_type]
    assert len(found) == len(example.events), [_shown(event, record) for event in found]
    for event, expected in zip(found, example.events, strict=True):
        assert _shown(event, record, expected) == _wanted(expected, event)


Shown = tuple[str, set[str], set[str], str, set[str]]


def _shown(event: Event, record: Record, expected: Expected | None = None) -> Shown:
    """What an example can say of an event: all parties of a symmetric one, and the trigger it has in common."""
    names = {actor.id: actor.name for actor in record.actors}
    source, target = ({names[actor] for actor in side} for side in (event.source, event.target))
    speakers = {names[each.speaker] for each in event.attributions}
    text = event.mentions[0].text
    trigger = expected.trigger if expected and expected.trigger in text else text
    return (trigger, *_roles(source, target, event), event.modality, speakers)


def _wanted(expected: Expected, event: Event) -> Shown:
    text = event.mentions[0].text
    trigger = text if text in expected.trigger else expected.trigger
    roles = _roles(set(expected.source), set(expected.target), event)
    return (trigger, *roles, expected.modality, set(expected.according_to))


def _roles(source: set[str], target: set[str], event: Event) -> tuple[set[str], set[str]]:
    return (source | target, set()) if event.symmetric else (source, target)
