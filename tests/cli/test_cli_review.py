"""Going through candidates, on a real terminal and on a pipe."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_runs import Kg, record

from kg.model import encode

ROOT = Path(__file__).resolve().parents[2]
FILE = Path("kg-data.judgements.jsonl")
PROGRAM = "import sys; from kg.cli.main import main; sys.exit(main())"


class Terminal:
    """A run of `kg review` on a terminal of its own."""

    def __init__(self, *arguments: str, columns: int = 100) -> None:
        """Start it."""
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "review", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": str(columns), "TERM": "dumb"},
            start_new_session=True,
        )
        os.close(theirs)
        self._seen = ""

    def until(self, words: str) -> str:
        """Return what is shown up to some words, and forget it."""
        end = time.monotonic() + 180
        while words not in self._seen:
            assert time.monotonic() < end, f"{words!r} is not shown: {self._seen}"
            if not self._more():
                break
        shown, found, self._seen = self._seen.partition(words)
        assert found, f"it ended before {words!r}: {shown}"
        return shown

    def type(self, text: str) -> None:
        """Type a text."""
        os.write(self._ours, text.encode())

    def ended(self) -> tuple[int, str]:
        """Wait for its end, and return the exit code and what is shown until then."""
        while self._more():
            pass
        return self.process.wait(180), self._seen

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        os.close(self._ours)

    def _more(self) -> bool:
        if not select.select([self._ours], [], [], 180)[0]:
            return False
        try:
            read = os.read(self._ours, 65_536)
        except OSError:  # the other side is closed
            return False
        self._seen += read.decode().replace("\r\n", "\n")
        return bool(read)


@pytest.fixture
def bergs(loaded: Kg) -> Kg:
    """Run kg beside a store with three people who may be one."""
    texts = {"one.txt": "A. Berg came to Oslo.", "two.txt": "Anna Maria Berg came to Bergen."}
    Path("bergs.jsonl").write_bytes(b"".join(encode(record(name, text)) + b"\n" for name, text in texts.items()))
    assert loaded("load", "--records", "bergs.jsonl").code == 0
    return loaded


@pytest.fixture
def terminal(bergs: Kg) -> Iterator[Terminal]:
    running = Terminal("--by", "Mo")
    yield running
    running.close()


def pairs(kg: Kg) -> list[set[str]]:
    outcome = kg("review", "--list", "--format", "jsonl")
    assert outcome.code == 0, outcome.err
    return [{line["actor"], line["other"]} for line in map(json.loads, outcome.out.splitlines())]


def verdicts() -> list[str]:
    return [json.loads(line)["verdict"] for line in FILE.read_text().splitlines()] if FILE.exists() else []


def test_candidates_are_listed_on_a_pipe_and_nothing_is_asked(bergs: Kg) -> None:
    found = pairs(bergs)
    assert len(found) == 3
    assert {"Anna Berg", "Anna Maria Berg"} in found
    piped = bergs("review")
    assert (piped.code, len(piped.out.splitlines())) == (0, 3)
    assert len(bergs("review", "--list", "--limit", "1").out.splitlines()) == 1
    assert not FILE.exists()


def test_each_answer_is_kept_at_once(bergs: Kg, terminal: Terminal) -> None:
    shown = terminal.until("[q]uit")
    assert "because: " in shown
    assert any("Berg (person, NOR)" in line and "Berg (person, NOR)" in line[40:] for line in shown.splitlines())
    terminal.type("n\n")
    terminal.until("2 of 3")
    terminal.type("x\n")
    terminal.until("Error")
    terminal.type("d\n")
    terminal.until("3 of 3")
    assert verdicts() == ["different"]
    terminal.type("u\n")
    assert terminal.ended()[0] == 0
    assert verdicts() == ["different", "unsure"]
    assert len(pairs(bergs)) == 1


def test_who_is_the_same_is_asked_for_no_more(bergs: Kg, terminal: Terminal) -> None:
    terminal.until("[q]uit")
    terminal.type("s\n")
    terminal.until("[q]uit")
    terminal.type("s\n")
    code, shown = terminal.ended()
    assert (code, "3 of 3" in shown) == (0, False)
    assert verdicts() == ["same", "same"]
    assert pairs(bergs) == []
    actors = bergs("query", "actors", "--format", "jsonl").out
    assert sum("Berg" in line for line in actors.splitlines()) == 1


@pytest.mark.parametrize("leaving", ["q\n", "Ctrl-C", "\x04"])
def test_leaving_keeps_what_was_judged(bergs: Kg, terminal: Terminal, leaving: str) -> None:
    terminal.until("[q]uit")
    terminal.type("d\n")
    terminal.until("2 of 3")
    terminal.until("[q]uit")
    if leaving == "Ctrl-C":
        terminal.process.send_signal(signal.SIGINT)
    else:
        terminal.type(leaving)
    code, shown = terminal.ended()
    assert (code, "Traceback" in shown) == (0, False)
    assert verdicts() == ["different"]
    assert len(pairs(bergs)) == 2


def test_narrow_terminal_and_odd_names_are_shown(loaded: Kg) -> None:
    one, other = (record(f"{name}.txt", f"{name} came.") for name in ("A. Berg", "Anna Maria Berg"))
    odd = encode(other).replace(b'"name":"Anna Maria Berg"', b'"name":"\\u001b[31mB Berg"')
    Path("odd.jsonl").write_bytes(encode(one) + b"\n" + odd + b"\n")
    assert loaded("load", "--records", "odd.jsonl").code == 0
    running = Terminal(columns=3)
    try:
        while True:
            shown = running.until("[q]uit")
            assert "\x1b[31m" not in shown
            if "?[31m" in shown or "B Berg" in shown:
                break
            running.type("n\n")
        running.type("q\n")
        assert running.ended()[0] == 0
    finally:
        running.close()
