"""Reading is as good as it was on open corpora: no figure falls below its floor."""

from pathlib import Path

import pytest
from floors import cases, floors_in

from bench.reading import HALVES, results_of
from bench.reading.metrics import Leaf

FLOORS = floors_in("reading_floors.toml")


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, dict[str, dict[str, Leaf]]]:
    results, skipped = results_of(list(FLOORS), {"all": HALVES["all"]})
    if skipped:
        pytest.skip(f"nothing to measure on: {skipped}")
    return {part: halves["all"].figures for part, halves in results.items()}


@pytest.mark.parametrize(("part", "row", "column", "floor"), cases(FLOORS))
def test_figure_of_reading_is_no_lower_than_its_floor(
    figures: dict[str, dict[str, dict[str, Leaf]]], part: str, row: str, *, column: str, floor: float
) -> None:
    reached = figures[part][row][column]
    figure = reached["f1"] if "f1" in reached else reached["accuracy"]
    assert (figure or 0) >= floor, f"{column} of {row} in {part} fell to {figure}"
