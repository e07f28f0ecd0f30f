"""What reading and coding cost grows with the length of a text, whatever the text: steps are counted, not seconds."""

import sys
from collections.abc import Callable

import pytest

from kg.model import Article, Record
from kg.pipeline import extract

TEXTS = {
    "one sentence": lambda times: "Norway accused Chad of attacking Niger and " * times + "Mali left.",
    "one list": lambda times: "Norway met " + "Chad, Niger, Mali, Togo, " * times + "and Ghana.",
    "no stops": lambda times: "Norway Chad attacks Niger " * times,
    "quotes only": lambda times: '"We attacked Chad" ' * times,
    "quotes not closed": lambda times: "“We attacked Chad, he said. " * times,
    "capitals": lambda times: "NORWAY ACCUSED CHAD OF ATTACKING NIGER. " * times,
    "plain sentences": lambda times: "Norway accused Chad of attacking Niger on Monday. " * times,
    "paragraphs": lambda times: "“We attacked Chad,” Norway said.\n\n" * times,
}
SHORT = 90
GROWTH = 3
SLACK = 1.35
"""How much more than the growth of the text the steps may grow: fixed costs make them grow less at first."""


@pytest.mark.parametrize("name", TEXTS)
def test_steps_grow_with_the_text(name: str) -> None:
    make = TEXTS[name]
    steps_of(make(3))  # what is done once
    short, long = steps_of(make(SHORT)), steps_of(make(SHORT * GROWTH))
    assert long <= GROWTH * SLACK * short, f"{short} steps, and {long} for {GROWTH} times the text"


def test_a_sentence_of_three_thousand_words_is_read() -> None:
    (record,) = extract([Article(id="long", text=TEXTS["one list"](750))])
    assert isinstance(record, Record)
    assert {actor.id for actor in record.actors} >= {"nor", "tcd", "gha"}


def steps_of(text: str) -> int:
    """Return how many functions are called while a text is read and coded."""
    return _counted(lambda: list(extract([Article(id="a", text=text, published="2018-07-20")])))


def _counted(work: Callable[[], object]) -> int:
    steps = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal steps
        steps += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return steps
