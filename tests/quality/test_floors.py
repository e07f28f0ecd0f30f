"""Extraction is as good as it was: no figure falls below its floor."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.evaluation import evaluate

FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))
CASES = [
    pytest.param(gold, figure, measure, floor, id=f"{gold}-{figure}-{measure}")
    for gold, figures in FLOORS.items()
    for figure, measures in figures.items()
    for measure, floor in measures.items()
]


@pytest.fixture(scope="session")
def measured(shared: Path) -> dict[str, dict[str, Any]]:
    return {gold: evaluate(shared / "eval" / "gold" / f"{gold}.jsonl").as_dict() for gold in FLOORS}


@pytest.mark.parametrize(("gold", "figure", "measure", "floor"), CASES)
def test_figure_is_no_lower_than_its_floor(
    measured: dict[str, dict[str, Any]], gold: str, figure: str, *, measure: str, floor: float
) -> None:
    reached = measured[gold][figure][measure] or 0.0
    assert reached >= floor, f"{figure} on {gold} fell to {reached}"


@pytest.mark.parametrize("gold", FLOORS)
def test_every_gold_article_has_a_record(measured: dict[str, dict[str, Any]], gold: str) -> None:
    assert measured[gold]["missing"] == []
