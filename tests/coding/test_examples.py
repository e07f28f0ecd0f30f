"""Every example of the codebook codes as it says."""

import pytest

from kg.coding.examples import wrong_examples
from kg.knowledge.codebook import Example, codebook
from kg.model import EventType

CASES = [(entry.type, example) for entry in codebook().types for example in entry.examples]


@pytest.fixture(scope="module")
def wrong() -> dict[int, str]:
    """What is wrong with examples, by their numbers: all are read in one go."""
    return {each.number: each.message for each in wrong_examples(CASES)}


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: f"{CASES[number][0]}-{number}")
def test_example_codes_as_it_says(number: int, wrong: dict[int, str]) -> None:
    assert number not in wrong, wrong[number]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Norway expelled two Russian diplomats.", "'expelled' by Norway to two Russian diplomats, actual"),
        ("The mayor opened a bridge.", "no event of its type"),
    ],
)
def test_wrong_example_is_told_with_how_it_codes(text: str, told: str) -> None:
    type_: EventType = "SANCTION"
    expected = CASES[next(number for number, case in enumerate(CASES) if case[1].events)][1].events
    (found,) = wrong_examples([(type_, Example(text=text, events=expected))])
    assert f"codes as {told}" in found.message
