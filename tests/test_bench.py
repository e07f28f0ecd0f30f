"""Measurements are found by being in bench/, and measure on enough text."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MEASUREMENTS = sorted(path.stem for path in (ROOT / "bench").glob("[!_]*.py"))


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_measurement_says_what_it_measures(name: str) -> None:
    module = import_module(f"bench.{name}")
    assert module.__doc__
    assert callable(module.measure)


def test_unknown_measurement_is_refused_with_those_that_are_there() -> None:
    command = [sys.executable, "-m", "bench", "nothing"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 2
    assert all(name in done.stderr for name in MEASUREMENTS)


def test_sample_is_long_enough_and_names_each_text_apart() -> None:
    from bench.extraction import sample, words

    articles = sample(9_000)
    assert sum(words(article.text) for article in articles) >= 9_000
    assert len({article.id for article in articles}) == len(articles)
