"""A Cypher text of the user's own."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.asking.cypher import run
from kg.errors import QueryError, StoreError
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore


def test_text_is_run_with_its_parameters(store: Store) -> None:
    text = "MATCH (a:Actor) WHERE a.kind = $kind RETURN a.full_name AS actor ORDER BY actor"
    rows = run(store, text, {"kind": "state"})
    assert rows.columns == ("actor",)
    assert [actor for (actor,) in rows.rows] == ["France", "Germany", "Poland", "Russia"]


def test_limit_cuts_and_says_so(store: Store) -> None:
    rows = run(store, "MATCH (a:Actor) RETURN a.id AS id ORDER BY id", {}, limit=3)
    assert (len(rows.rows), rows.truncated) == (3, True)


def test_missing_parameter_is_named(embedded: Store) -> None:
    with pytest.raises(QueryError, match=r"uses \$kind; give it with -p kind=VALUE"):
        run(embedded, "MATCH (a:Actor {kind: $kind}) RETURN a.id AS id", {"other": 1})


def test_values_come_as_they_are(store: Store) -> None:
    rows = run(store, "RETURN 1 AS a, 2.0 AS b, true AS c, null AS d, 'é' AS e, [1] AS f, $x AS g", {"x": -7})
    assert rows.rows == ((1, 2.0, True, None, "é", "[1]", -7),)
    assert [type(value) for value in rows.rows[0]] == [int, float, bool, type(None), str, str, int]


def test_text_that_does_not_stop_in_time_is_ended(embedded: Store) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"0\.2 seconds"):
        run(embedded, "RETURN size(reduce(s = 'x', i IN range(1, 29) | s + s)) AS x", {}, timeout=0.2)
    assert time.monotonic() - begun < 10
    assert run(embedded, "RETURN 1 AS x", {}).rows == ((1,),)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_text_that_takes_all_memory_is_ended(embedded: Store) -> None:
    with pytest.raises(QueryError, match="more memory than 1 GiB"):
        run(embedded, "RETURN size(reduce(s = 'x', i IN range(1, 40) | s + s)) AS x", {})


def test_text_that_is_nested_too_deeply_is_told(embedded: Store) -> None:
    with pytest.raises(QueryError):
        run(embedded, f"RETURN {'(' * 50_000}1{')' * 50_000} AS x", {})


def test_parameter_that_cannot_be_passed_on_is_told(embedded: Store) -> None:
    for value in ("\ud800", 2**70):
        with pytest.raises(QueryError):
            run(embedded, "RETURN $x AS x", {"x": value})


def test_folder_without_a_store_is_told(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path, read_only=True) as store, pytest.raises(StoreError, match="no store in"):
        run(store, "RETURN 1 AS x", {})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("CREATE (:Actor {id: 'x'})", "would write"),
        ("MATCH (n) DETACH DELETE n", "would write"),
        ("RETURN 1 +", "(?i)expected|invalid|unexpected"),
    ],
)
def test_text_that_writes_or_is_no_cypher_is_refused(store: Store, text: str, told: str) -> None:
    with pytest.raises(QueryError, match=told):
        run(store, text, {})


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("RETURN 1 ++", 1, "RETURN 1 ++".index("+") + 3),
        ("MATCH (a:Actor)\nRETURN a.id ==", 2, 15),
        ("/* one\n two */ MATCH (a:Actor) RETURN a.id =", 2, 39),
    ],
)
def test_place_of_a_fault_is_pointed_at(store: Store, text: str, line: int, column: int) -> None:
    with pytest.raises(QueryError, match=rf"\(line {line}, column \d+\)") as refused:
        run(store, text, {})
    (note,) = refused.value.__notes__
    shown, caret = note.split("\n")
    assert shown.strip() == text.split("\n")[line - 1].strip()
    assert abs(caret.index("^") - 4 - (column - 1)) <= 2  # an engine may name the end of the text, or the last word


def test_place_in_a_long_line_is_shown_with_what_stands_around_it(store: Store) -> None:
    with pytest.raises(QueryError) as refused:
        run(store, f"RETURN {'1 + ' * 50}foo bar{' + 1' * 50} AS x", {})
    shown, caret = refused.value.__notes__[0].split("\n")
    assert len(shown) < 120
    assert shown[caret.index("^") :].startswith(("bar", "foo", "+ 1"))


def test_fault_without_a_place_has_no_note(embedded: Store) -> None:
    with pytest.raises(QueryError) as refused:
        run(embedded, "RETURN nothing AS x", {})
    assert not hasattr(refused.value, "__notes__")


def test_text_that_is_run_can_open_nothing() -> None:
    code = "from kg.stores.confined import limited\nwith limited(60):\n    open('/dev/null')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Too many open files" in done.stderr
