"""Coding is as good as it was on open corpora: no figure falls below its floor, and no more events are coded."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from floors import cases, floors_in

from bench.reading.corpora import CorpusError

FLOORS = floors_in("coding_floors.toml")
MOST_EVENTS = 1.2
"""Events that are coded for each of the gold sentences', rounded up; it only falls."""


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, dict[str, Any]]:
    try:
        return {name: import_module(f"bench.{name}").measure()["all"] for name in FLOORS}
    except CorpusError as error:
        pytest.skip(str(error))


@pytest.mark.parametrize(("corpus", "figure", "measure", "floor"), cases(FLOORS))
def test_figure_of_coding_is_no_lower_than_its_floor(
    figures: dict[str, dict[str, Any]], corpus: str, figure: str, *, measure: str, floor: float
) -> None:
    reached = figures[corpus][figure][measure]
    assert reached >= floor, f"{figure} on {corpus} fell to {reached}"


def test_no_more_events_are_coded_than_before(figures: dict[str, dict[str, Any]]) -> None:
    assert figures["sentences"]["events_per_gold"] <= MOST_EVENTS
