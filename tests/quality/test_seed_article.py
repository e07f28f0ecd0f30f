"""The questions that kg was made for, asked of the article that it was made with."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

KG = Path(sys.executable).with_name("kg")
Row = dict[str, str]


@pytest.fixture(scope="module")
def ask(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Row]]:
    """Return the rows that answer a canned question once the article is loaded."""
    articles = sorted((shared / "seed").glob("*.txt"))
    if not articles:
        pytest.skip("the article is not in the folder seed of KG_SHARED")
    program = [str(KG), "--store", str(tmp_path_factory.mktemp("store") / "kg")]

    def run(*arguments: str) -> str:
        done = subprocess.run([*program, *arguments], capture_output=True, check=False, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(name: str) -> list[Row]:
        found: list[Row] = json.loads(run("query", name, "--format", "json"))["rows"]
        return found

    run("load", *map(str, articles))
    return rows


def test_putin_and_trump_discussed_a_referendum_at_helsinki(ask: Callable[[str], list[Row]]) -> None:
    rows = ask("who_discussed_what_with_whom")
    (row,) = [
        row
        for row in rows
        if {row["actor"], row["other"]} == {"Vladimir Putin", "Donald Trump"} and "referendum" in row["topic"]
    ]
    assert (row["place"], row["date"], row["according_to"]) == ("Helsinki", "2018-07-16", "Anatoly Antonov")
    assert "referendum" in row["evidence"]


def test_prosecutors_accused_butina(ask: Callable[[str], list[Row]]) -> None:
    pairs = {(row["accuser"], row["accused"]) for row in ask("who_accused_whom")}
    assert ("US prosecutors", "Maria Butina") in pairs
