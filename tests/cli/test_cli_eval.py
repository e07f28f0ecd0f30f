"""Figures of records against gold articles, as `kg eval` prints them."""

import json
from pathlib import Path

import pytest
from cli_runs import FIRST, Kg


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """The gold of the first of the two records."""
    path = tmp_path / "gold.jsonl"
    people = [{"key": key, "name": name, "names": [name]} for key, name in (("a", "Anna Berg"), ("c", "Carl Dorn"))]
    event = {
        "type": "CONSULT", "anchor": "met", "modality": "actual", "symmetric": True, "source": ["a"], "target": ["c"],
        "topics": ["fishing treaty"], "place": "Oslo", "date": ["2021-03-01", "2021-03-01"], "according_to": [],
    }  # fmt: skip
    article = {"id": "meeting.txt", "text": FIRST, "published": "2021-03-02", "actors": people, "events": [event]}
    path.write_text(json.dumps(article) + "\n")
    return path


def test_figures_as_json(kg: Kg, gold: Path, records: Path) -> None:
    outcome = kg("eval", str(gold), "--records", str(records), "--format", "json")
    figures = json.loads(outcome.out)
    assert (outcome.code, figures["articles"], figures["missing"]) == (0, 1, [])
    assert figures["events_whole"]["f1"] == 1.0


def test_figures_as_a_table(kg: Kg, gold: Path, records: Path) -> None:
    lines = kg("eval", str(gold), "--records", str(records)).out.splitlines()
    assert lines[0].split()[:3] == ["figure", "value", "p"]
    assert any(line.split()[:4] == ["events_whole", "1.0", "1.0", "1.0"] for line in lines)


def test_broken_records_are_told_and_the_rest_is_scored(kg: Kg, gold: Path, records: Path) -> None:
    records.write_bytes(b"{}\n" + records.read_bytes())
    outcome = kg("eval", str(gold), "--records", str(records), "--format", "json")
    assert (outcome.code, json.loads(outcome.out)["articles"]) == (3, 1)
    assert "records.jsonl:1" in outcome.err


def test_broken_gold_ends_the_program(kg: Kg, gold: Path, records: Path) -> None:
    gold.write_text("{\n")
    outcome = kg("eval", str(gold), "--records", str(records))
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("Error: ")
