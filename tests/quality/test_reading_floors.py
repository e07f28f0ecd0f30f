"""Reading is as good as it was on open corpora: no figure falls below its floor."""

import tomllib
from pathlib import Path

import pytest

from bench.reading import HALVES, results_of
from bench.reading.metrics import Leaf

FLOORS = tomllib.loads(Path(__file__).with_name("reading_floors.toml").read_text("utf-8"))
CASES = [
    pytest.param(part, row, column, floor, id=f"{part}-{row}-{column}")
    for part, rows in FLOORS.items()
    for row, columns in rows.items()
    for column, floor in columns.items()
]


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, dict[str, dict[str, Leaf]]]:
    results, skipped = results_of(list(FLOORS), {"all": HALVES["all"]})
    if skipped:
        pytest.skip(f"nothing to measure on: {skipped}")
    return {part: halves["all"].figures for part, halves in results.items()}


@pytest.mark.parametrize(("part", "row", "column", "floor"), CASES)
def test_figure_of_reading_is_no_lower_than_its_floor(
    figures: dict[str, dict[str, dict[str, Leaf]]], part: str, row: str, *, column: str, floor: float
) -> None:
    reached = figures[part][row][column]
    figure = reached["f1"] if "f1" in reached else reached["accuracy"]
    assert (figure or 0) >= floor, f"{column} of {row} in {part} fell to {figure}"
