"""Titles of offices: what they stand for in the tables."""

import pytest

from kg.knowledge.tables import tables
from kg.knowledge.titles import meanings, titles, told_alone


@pytest.mark.parametrize(
    ("title", "of", "meant"),
    [
        ("Minister of Foreign Affairs", "NOR", "foreign minister"),
        ("minister for the interior", "NOR", "interior minister"),
        ("vice-president", "USA", "vice president"),
        ("secretary of state", "USA", "secretary of state"),
        ("secretary of state for health", "GBR", "health secretary"),
        ("leader", "RUS", "president"),
        ("leader", "GBR", "prime minister"),
        ("leader", "harbour-union", "party leader"),
    ],
)
def test_title_stands_for_those_of_the_tables(title: str, of: str, meant: str) -> None:
    assert meant in meanings(title, of)


def test_leader_of_a_body_is_no_head_of_government() -> None:
    assert "prime minister" not in meanings("leader", "harbour-union")


def test_title_that_stands_alone_names_a_state_or_body_that_has_it() -> None:
    held = {(row.title, row.of) for row in tables().offices}
    alone = {(meant, of) for of, names in titles().alone.items() for name in names for meant in meanings(name, of)}
    assert {of for _, of in alone & held} == set(titles().alone)
    assert told_alone("home secretary") == "GBR"
    assert told_alone("president") is None
