"""`kg shell`: on a pipe, in a prompt fed by a pipe, and on a terminal."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from select import select

import pytest
from cli_runs import Kg, meeting, visit
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from kg.asking.suggestions import words
from kg.cli.prompt import suggested, typed
from kg.cli.shell import statements
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore

MANY_LINES = "MATCH (a:Actor {id: 'carl-dorn'})\nRETURN a.full_name AS name, 'x;\ny' AS text;\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with EmbeddedStore(tmp_path / "asked") as store:
        store.put([meeting(), visit()])
        yield store


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the history is kept."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def shell(kg: Kg, typed: str, *options: str) -> tuple[int, str, str]:
    outcome = kg("--store", "kg-data", "shell", *options, stdin=typed)
    return outcome.code, outcome.out, outcome.err


def test_a_pipe_is_answered_statement_by_statement(loaded: Kg) -> None:
    text = f"{MANY_LINES}\n:help\nwho_met_whom actor='Anna Berg' limit=1\nRETURN 2 AS last"
    code, out, err = shell(loaded, text, "--format", "csv")
    assert code == 0, err
    assert out.startswith('name,text\nCarl Dorn,"x;\ny"\nMATCH')
    assert "Anna Berg,Carl Dorn,visit,fishing treaty" in out
    assert out.endswith("last\n2\n")


def test_options_hold_for_every_statement(loaded: Kg) -> None:
    text = "UNWIND range(1, 9) AS n RETURN n + $more AS n;\n"
    code, out, err = shell(loaded, text * 2, "--limit", "1", "-p", "more=1")
    assert (code, out) == (0, '{"n": 2}\n' * 2)
    assert err.count("only the first 1 rows") == 2


def test_the_end_of_a_pipe_is_where_it_says_so(loaded: Kg) -> None:
    assert shell(loaded, "RETURN 1 AS x;\n:quit\nRETURN 2 AS x;\n")[:2] == (0, '{"x": 1}\n')


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("CREATE (:Actor {id: 'x'});", "would write"),
        ("RETURN 1 +;", "(line 1, column 11)\n    RETURN 1 +;\n              ^"),
        (":qeries", "no command ':qeries'; there are :help, :queries, :quit"),
        ("who_met_whom Berg", "'Berg' is not of the form key=value"),
        ("who_met_whom actr=Berg", "has no parameter 'actr'; did you mean actor?"),
        ("who_met_whom actor='Berg", "a quotation mark is left open"),
        ("who_met_whom limit=many", "limit='many' is not a number of rows"),
    ],
)
def test_the_first_wrong_statement_ends_a_pipe(loaded: Kg, line: str, told: str) -> None:
    code, out, err = shell(loaded, f"{line}\nRETURN 1 AS x;\n")
    assert (code, out) == (2, "")
    assert told in err


def test_a_statement_ends_at_a_semicolon_that_nothing_hides() -> None:
    lines = [
        "RETURN ';\n",
        "' AS a, // ;\n",
        "/* ;\n",
        "*/ `b;\n",
        "`;\n",
        "\n",
        ":help\n",
        "who_met_whom\n",
        "RETURN 1",
    ]
    assert list(statements(lines)) == ["".join(lines[:5]).strip(), ":help", "who_met_whom", "RETURN 1"]


def test_enter_goes_on_until_a_statement_is_whole(store: Store, state: Path) -> None:
    keys = "MATCH (a)\rRETURN a.id\r;\r:queries\rRETURN 1\x03\x04"
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        assert list(typed(store)) == ["MATCH (a)\nRETURN a.id\n;", ":queries"]
    assert "+MATCH (a)\n+RETURN a.id\n+;\n" in (state / "kg" / "history").read_text()


def test_what_was_typed_before_comes_back(store: Store) -> None:
    for keys, expected in (("RETURN 1;\r\x04", "RETURN 1;"), ("\x1b[A\r\x04", "RETURN 1;")):
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
            pipe.send_text(keys)
            assert list(typed(store)) == [expected]


def test_history_that_cannot_be_kept_is_done_without(
    store: Store, state: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state.write_text("a file where the folder should be")
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("RETURN 1;\r\x04")
        assert list(typed(store)) == ["RETURN 1;"]
    assert "what is typed is not kept" in caplog.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MAT", {"MATCH"}),
        ("match (a:Act", {"Actor"}),
        ("MATCH (a)-[:SOUR", {"SOURCE_OF"}),
        ("MATCH (a) RETURN a.full_n", {"full_name"}),
        ("who_me", {"who_met_whom"}),
        (":q", {":queries", ":quit"}),
        ("who_met_whom act", {"actor="}),
        ("who_met_whom actor=ca", {'"Carl Dorn"'}),
        ('who_met_whom actor="Anna B', {'"Anna Berg"'}),
        ('who_met_whom actor="Anna Berg" modality=al', {"all"}),
        ('who_met_whom actor="Anna Berg" li', {"limit="}),
        ("MATCH ", set()),
        ("", set()),
    ],
)
def test_completion(store: Store, text: str, expected: set[str]) -> None:
    found = list(suggested(store, words(store), text))
    assert {value for value, _ in found} == expected
    assert all(text.endswith(part) for _, part in found)


def test_a_terminal_is_prompted_and_remembered(loaded: Kg, state: Path, tmp_path: Path) -> None:
    main_end, kg_end = pty.openpty()
    code = "import sys; from kg.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "--store", "kg-data", "shell"]
    variables = os.environ | {"TERM": "xterm", "NO_COLOR": "1", "PROMPT_TOOLKIT_NO_CPR": "1"}
    with subprocess.Popen(command, stdin=kg_end, stdout=kg_end, stderr=kg_end, env=variables) as running:
        os.close(kg_end)
        with os.fdopen(main_end, "r+b", buffering=0) as terminal:
            read_until(terminal, "kg>")
            terminal.write(b"RETURN 6 * 7 AS answer;\r")
            assert "42" in read_until(terminal, r"42[^>]*kg>")
            terminal.write(b"NONSENSE;\r")
            assert "Error: " in read_until(terminal, r"Error: [^>]*kg>")
            terminal.write(b":quit\r")
            assert running.wait(60) == 0
    assert "+RETURN 6 * 7 AS answer;\n" in (state / "kg" / "history").read_text()


def read_until(terminal: FileIO, pattern: str) -> str:
    """Return what a terminal shows up to a pattern."""
    seen = ""
    while not re.search(pattern, seen, re.DOTALL):
        assert select([terminal], [], [], 240)[0], f"nothing more came after {seen!r}"
        seen += terminal.read(10_000).decode("utf-8", "replace")
    return seen
