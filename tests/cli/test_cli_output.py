"""How rows, notes and files are written."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import Kg

from kg.cli import files, rows, terminal
from kg.cli.table import table
from kg.errors import KgError
from kg.model import KeptAside, Rows

SENTENCE = "Anna Berg said on Monday that the harbour would be closed to trawlers until the treaty is signed."
ANSWER = Rows(
    ("actor", "date", "evidence", "article", "event_id"),
    (("Anna Berg", "2021-03-01", SENTENCE, "meeting.txt", "e1"), ("日本", None, "a|b\nc", "visit.txt", "e2")),
)


def printed(capfd: pytest.CaptureFixture[str], form: str | None) -> str:
    rows.show(ANSWER, form, about={"query": "who"})
    return capfd.readouterr().out


def test_json_is_one_object_with_columns_and_rows(capfd: pytest.CaptureFixture[str]) -> None:
    shown = json.loads(printed(capfd, "json"))
    assert list(shown) == ["query", "columns", "rows"]
    assert shown["columns"] == list(ANSWER.columns)
    assert shown["rows"][1]["actor"] == "日本"
    assert shown["rows"][1]["date"] is None


def test_a_pipe_gets_json_lines(capfd: pytest.CaptureFixture[str]) -> None:
    lines = printed(capfd, None).splitlines()
    assert [json.loads(line)["article"] for line in lines] == ["meeting.txt", "visit.txt"]


def test_csv_reads_back(capfd: pytest.CaptureFixture[str]) -> None:
    read = list(csv.reader(io.StringIO(printed(capfd, "csv"))))
    assert read[0] == list(ANSWER.columns)
    assert read[2] == ["日本", "", "a|b\nc", "visit.txt", "e2"]


def test_markdown_keeps_each_row_in_its_line(capfd: pytest.CaptureFixture[str]) -> None:
    lines = printed(capfd, "md").splitlines()
    assert lines[1] == "| --- | --- | --- | --- | --- |"
    assert lines[3] == "| 日本 |  | a\\|b c | visit.txt | e2 |"


def test_a_wide_table_has_every_column_side_by_side() -> None:
    header, _, first, *_ = table(ANSWER.columns, [["Anna Berg", "2021-03-01", SENTENCE, "m", "e1"]], 200)
    assert header.split() == list(ANSWER.columns)
    assert first.endswith("e1")


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_a_narrow_table_puts_evidence_and_ids_under_the_row(width: int) -> None:
    lines = list(table(ANSWER.columns, [["Anna Berg", "2021-03-01", SENTENCE, "meeting.txt", "e1"]], width))
    assert lines[0].split() == ["actor", "date"]
    assert lines[-1] == "    article meeting.txt  event_id e1"
    assert " ".join(" ".join(lines[3:-1]).split()) == SENTENCE
    assert max(map(len, lines)) <= width


def test_a_table_steers_no_terminal() -> None:
    assert terminal.printable("\x1b[2Ja\u202eb\u00a0c\r\n") == "?[2Ja?b c \n"


def test_a_cut_answer_is_told_on_stderr(kg: Kg, capfd: pytest.CaptureFixture[str]) -> None:
    terminal.begin()
    rows.show(Rows(("n",), ((1,),), truncated=True), "json")
    assert "only the first 1 rows" in capfd.readouterr().err


def test_kept_aside_is_listed_up_to_twenty(capfd: pytest.CaptureFixture[str]) -> None:
    terminal.begin()
    terminal.list_kept_aside([KeptAside(f"{number}.txt", "it is empty") for number in range(25)])
    lines = capfd.readouterr().err.splitlines()
    assert lines[0] == "kept aside: 0.txt: it is empty"
    assert lines[20:] == ["... and 5 more"]
    terminal.list_kept_aside([KeptAside("x", "it is empty")] * 21, listed_by="kg status --kept-aside")
    assert capfd.readouterr().err.splitlines()[-1] == "... and 1 more; `kg status --kept-aside` lists them all"


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    path.write_text("before")
    with pytest.raises(KgError, match="lost"):
        break_off(path)
    assert path.read_text() == "before"
    with files.target(str(path)) as out:
        out.write(b"whole")
    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real.txt")
    with files.target(str(tmp_path / "link")) as out:
        out.write(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


@pytest.mark.parametrize(
    ("name", "fault"),
    [("no/such/folder/x", "cannot write to no/such/folder/x: there is no folder"), (".", "is a folder; name a file")],
)
def test_a_file_that_cannot_be_written_is_named(name: str, fault: str) -> None:
    with pytest.raises(KgError, match=fault), files.target(name) as out:
        out.write(b"x")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_one_clear_line() -> None:
    with (
        pytest.raises(KgError, match="cannot write to /dev/full: No space left"),
        files.target("/dev/full") as out,
    ):
        out.write(b"x")
    with Path("/dev/full").open("wb") as full:
        done = program("config", "show", stdout=full)
    said = "Error: cannot write to standard output: No space left on device\n"
    assert (done.returncode, done.stderr) == (1, said)


def test_a_closed_pipe_ends_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = program("config", "show", stdout=closed)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_terminal_gets_a_table_and_colour_only_if_wanted() -> None:
    assert "\x1b[" in on_terminal(NO_COLOR="")
    plain = on_terminal(NO_COLOR="1")
    assert plain.splitlines()[0].split() == ["setting", "value", "from"]
    assert "\x1b[" not in plain


def break_off(path: Path) -> None:
    with files.target(str(path)) as out:
        out.write(b"half")
        raise KgError("the store is lost")


def on_terminal(**environment: str) -> str:
    """Return what `kg config show` prints on a terminal."""
    main_end, kg_end = pty.openpty()
    program("config", "show", stdout=kg_end, environment={"TERM": "xterm", **environment})
    os.close(kg_end)
    with os.fdopen(main_end, "rb", buffering=0) as seen:
        return seen.read(10_000).decode()


def program(
    *arguments: str, stdout: object, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys; from kg.cli.main import main; sys.exit(main())", *arguments]
    variables = os.environ | (environment or {})
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, text=True, env=variables, check=False)
