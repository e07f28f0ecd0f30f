"""Events told by several articles are joined as well as they were, and never those of two days."""

from typing import Any

import pytest
from floors import cases, floors_in

from bench import across

FLOORS = floors_in("joining_floors.toml")


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return across.measure()


@pytest.mark.parametrize(("measurement", "figure", "measure", "floor"), cases(FLOORS))
def test_figure_of_joining_is_no_lower_than_its_floor(
    figures: dict[str, Any], measurement: str, figure: str, *, measure: str, floor: float
) -> None:
    reached = figures[figure][measure]
    assert reached >= floor, f"{figure} of {measurement} fell to {reached}"


def test_no_events_of_two_days_are_joined(figures: dict[str, Any]) -> None:
    assert figures["joined_on_different_days"] == 0


def test_every_word_that_tells_of_an_event_stands_once_in_its_article() -> None:
    tellings = across.read()
    assert [each.id for each in tellings for tells in each.tells if each.text.count(tells.anchor) != 1] == []
