"""The program run in this process, and a store with two records to ask."""

import io
import sys
from pathlib import Path
from typing import TextIO

import pytest
from cli_runs import Kg, Outcome, meeting, visit

from kg.cli.main import main
from kg.model import encode

VARIABLES = (
    "KG_STORE",
    "KG_TABLES",
    "KG_CODEBOOK",
    "KG_JUDGEMENTS",
    "KG_USER",
    "NEO4J_URI",
    "NEO4J_USERNAME",
    "NEO4J_USER",
    "NEO4J_PASSWORD",
    "NEO4J_DATABASE",
    "KG_PATIENCE",
    "KG_TOKEN",
)


class Typed(io.BytesIO):
    """What is typed, under the name that stdin has."""

    name = "<stdin>"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder and without settings from outside."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def kg(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Run kg with arguments, and with a text on stdin where one is given."""

    def run(*arguments: str, stdin: str | TextIO = "") -> Outcome:
        typed = io.TextIOWrapper(Typed(stdin.encode())) if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", typed)
        code = main(arguments)
        seen = capfd.readouterr()
        return Outcome(code, seen.out, seen.err)

    return run


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A file with two records."""
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(encode(record) + b"\n" for record in (meeting(), visit())))
    return path


@pytest.fixture
def loaded(kg: Kg, records: Path) -> Kg:
    """Run kg beside a store that holds two articles."""
    outcome = kg("--store", "kg-data", "load", "--records", str(records))
    assert outcome.code == 0, outcome.err
    return kg
