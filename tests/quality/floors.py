"""Floors of figures: tables of two levels and a figure in a TOML file beside the tests."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

Floors = dict[str, dict[str, dict[str, float]]]


def floors_in(name: str) -> Floors:
    """Return the floors of a file by the names of its levels."""
    found: Floors = tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))
    return found


def cases(floors: Floors) -> list[Any]:
    """Return a case for each floor: the names of its levels, and the floor."""
    return [
        pytest.param(outer, inner, name, floor, id=f"{outer}-{inner}-{name}")
        for outer, rows in floors.items()
        for inner, columns in rows.items()
        for name, floor in columns.items()
    ]
