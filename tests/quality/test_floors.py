"""Extraction is as good as it was: no figure falls below its floor."""

from pathlib import Path
from typing import Any

import pytest
from floors import cases, floors_in

from kg.evaluation import evaluate

FLOORS = floors_in("floors.toml")


@pytest.fixture(scope="session")
def measured(shared: Path) -> dict[str, dict[str, Any]]:
    return {gold: evaluate(shared / "eval" / "gold" / f"{gold}.jsonl").as_dict() for gold in FLOORS}


@pytest.mark.parametrize(("gold", "figure", "measure", "floor"), cases(FLOORS))
def test_figure_is_no_lower_than_its_floor(
    measured: dict[str, dict[str, Any]], gold: str, figure: str, *, measure: str, floor: float
) -> None:
    reached = measured[gold][figure][measure] or 0.0
    assert reached >= floor, f"{figure} on {gold} fell to {reached}"


@pytest.mark.parametrize("gold", FLOORS)
def test_every_gold_article_has_a_record(measured: dict[str, dict[str, Any]], gold: str) -> None:
    assert measured[gold]["missing"] == []
