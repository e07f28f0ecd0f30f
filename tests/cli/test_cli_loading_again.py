"""Loading again: what is unchanged costs nothing, what changed is read, and what was interrupted goes on."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_runs import Kg, meeting
from web_site import STORY, Site, serving

from kg.errors import StoreError
from kg.model import encode
from kg.stores.embedded import EmbeddedStore

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """import sys
from kg.cli.main import main
code = main(sys.argv[1:])
print("spaCy" if "spacy" in sys.modules else "no spaCy", file=sys.stderr)
sys.exit(code)"""
LOCAL = ("--allow-private", "--delay", "0", "--timeout", "10")
TABLE = "id,name,kind,country\nada-berg,Ada Berg,person,NOR\n"
CODEBOOK = """type = "COERCE"

[frames.seal]
source = ["subject"]
target = ["object"]

[[triggers]]
cameo = "171"
frame = "seal"
verbs = ["padlock"]

[[examples]]
text = "Norwegian police padlocked the embassy."
events = [{ trigger = "padlocked", source = ["Norwegian police"], target = ["embassy"] }]
"""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name in "ab":
        write(folder / f"{name}.txt", name)
    return folder


def write(path: Path, more: str) -> None:
    path.write_text(STORY.format(f"This is article {more}."))


def figures(kg: Kg, *arguments: str) -> tuple[int, ...]:
    outcome = kg(*arguments, "--format", "json")
    assert outcome.code in (0, 3), outcome.err
    told = json.loads(outcome.out)
    return tuple(told[name] for name in ("added", "updated", "unchanged", "kept_aside"))


def differences(kg: Kg, *arguments: str) -> dict[str, str]:
    lines = kg("diff", *arguments, "--format", "jsonl").out.splitlines()
    return {line["article"]: line["state"] for line in map(json.loads, lines)}


def notes(kg: Kg) -> list[str]:
    lines = kg("status", "--kept-aside", "--format", "jsonl").out.splitlines()
    return [json.loads(line)["source"] for line in lines]


def outdated(kg: Kg) -> int:
    return int(json.loads(kg("update", "--dry-run", "--format", "json").out)["outdated"])


def child(*arguments: str) -> "subprocess.Popen[str]":
    """Start kg in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_unchanged_articles_are_skipped_without_spacy(kg: Kg, news: Path) -> None:
    assert figures(kg, "load", "news") == (2, 0, 0, 0)
    before = kg("dump").out
    for command in (["load", "news"], ["diff", "news"], ["update"], ["update", "--dry-run"], ["retry"]):
        running = child(*command)
        _, told = running.communicate()
        assert (running.returncode, told.splitlines()[-1]) == (0, "no spaCy"), told
    assert figures(kg, "load", "news") == (0, 0, 2, 0)
    assert kg("dump").out == before


def test_changed_text_title_and_date_replace_the_former_version(kg: Kg) -> None:
    story = STORY.format("It rained.")
    article = {"id": "a", "text": story, "title": "Talks", "published": "2021-03-02"}
    for fields in ({}, {"text": story + " It snowed."}, {"title": "Other talks"}, {"published": "2021-03-03"}):
        Path("wire.jsonl").write_text(json.dumps(article | fields) + "\n")
        expected = "changed" if fields else "new"
        if fields:
            assert differences(kg, "wire.jsonl") == {"a": expected}
        assert figures(kg, "load", "wire.jsonl") == ((0, 1, 0, 0) if fields else (1, 0, 0, 0))
        assert differences(kg, "wire.jsonl") == {"a": "unchanged"}
    assert json.loads(kg("status", "--format", "json").out)["articles"] == 1


def test_diff_changes_nothing_and_says_what_would_be_kept_aside(kg: Kg, news: Path) -> None:
    figures(kg, "load", "news/a.txt")
    before = kg("dump").out
    (news / "empty.txt").write_text("")
    (news / "german.txt").write_text("Die Ministerin traf den Botschafter am Montag in der Stadt und sprach mit ihm.")
    outcome = kg("diff", "news", "--format", "jsonl")
    assert outcome.code == 3
    assert [json.loads(line)["state"] for line in outcome.out.splitlines()].count("kept aside") == 2
    assert "empty.txt: it is empty" in outcome.err
    assert "it is in German" in outcome.err
    assert differences(kg, "news/a.txt", "news/b.txt") == {"a.txt": "unchanged", "b.txt": "new"}
    assert (kg("dump").out, notes(kg)) == (before, [])


@pytest.mark.parametrize(
    ("setting", "name", "content"), [("tables", "mine.csv", TABLE), ("codebook", "mine.toml", CODEBOOK)]
)
def test_articles_are_read_anew_after_a_file_of_ones_own_changed(
    kg: Kg, news: Path, setting: str, name: str, content: str
) -> None:
    figures(kg, "load", "news")
    Path(name).write_text(content)
    Path("kg.toml").write_text(f'{setting} = ["{name}"]\n')
    assert differences(kg, "news") == {"a.txt": "read anew", "b.txt": "read anew"}
    assert outdated(kg) == 2
    added, updated, unchanged, aside = figures(kg, "update")
    assert (added, updated + unchanged, aside) == (0, 2, 0)
    assert outdated(kg) == 0
    assert differences(kg, "news") == {"a.txt": "unchanged", "b.txt": "unchanged"}
    updated_dump = kg("dump").out
    assert figures(kg, "--store", "fresh", "load", "news") == (2, 0, 0, 0)
    assert kg("--store", "fresh", "dump").out == updated_dump


def test_only_what_would_be_read_otherwise_is_updated(kg: Kg, news: Path, records: Path) -> None:
    figures(kg, "load", "news")
    figures(kg, "load", "--records", str(records))
    assert outdated(kg) == 2
    assert sum(figures(kg, "update")) == 2
    assert outdated(kg) == 0


def test_update_and_diff_without_a_store_make_none(kg: Kg, news: Path) -> None:
    for command in (["update"], ["update", "--dry-run"], ["diff", "news"], ["retry"]):
        assert kg(*command).code == 4
        assert not Path("kg-data").exists()


def articles(store: str) -> int:
    try:
        with EmbeddedStore(Path(store), read_only=True) as opened:
            return sum(1 for _ in opened.records())
    except StoreError:
        return 0


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_load_goes_on_to_the_same_dump(kg: Kg, news: Path, sent: signal.Signals) -> None:
    for number in range(150):
        write(news / f"{number:03}.txt", str(number))
    running = child("--store", "stopped", "load", "news")
    end = time.monotonic() + 120
    while articles("stopped") < 20 and running.poll() is None and time.monotonic() < end:
        time.sleep(0.02)
    running.send_signal(sent)
    running.communicate()
    assert running.returncode == (130 if sent == signal.SIGINT else -signal.SIGKILL)
    before = articles("stopped")
    assert 20 <= before < 152
    added, updated, unchanged, aside = figures(kg, "--store", "stopped", "load", "news")
    assert (added, updated, unchanged, aside) == (152 - before, 0, before, 0)
    figures(kg, "--store", "whole", "load", "news")
    assert kg("--store", "stopped", "dump").out == kg("--store", "whole", "dump").out


def test_retry_loads_what_was_mended_and_keeps_the_note_of_what_was_not(kg: Kg, news: Path) -> None:
    for name in ("mended.txt", "broken.txt"):
        (news / name).write_text("")
    assert figures(kg, "load", "news") == (2, 0, 0, 2)
    assert notes(kg) == ["broken.txt", "mended.txt"]
    write(news / "mended.txt", "mended")
    outcome = kg("retry", "--format", "json")
    assert (outcome.code, notes(kg)) == (3, ["broken.txt"])
    assert json.loads(outcome.out) == {"added": 1, "updated": 0, "unchanged": 2, "kept_aside": 1}
    write(news / "broken.txt", "broken")
    assert figures(kg, "retry") == (1, 0, 3, 0)
    assert notes(kg) == []
    assert figures(kg, "retry") == (0, 0, 0, 0)


def test_retry_works_from_another_folder_and_with_the_date_given(
    kg: Kg, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news / "c.txt").write_text("")
    store = str(tmp_path / "kg-data")
    figures(kg, "load", "news", "--published", "2021-03-02")
    write(news / "c.txt", "c")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert figures(kg, "--store", store, "retry") == (1, 0, 2, 0)
    dumped = [json.loads(line) for line in kg("--store", store, "dump").out.splitlines()[1:-1]]
    assert {line["article"]["published"] for line in dumped} == {"2021-03-02"}


def test_records_are_tried_again(kg: Kg, records: Path) -> None:
    whole = records.read_bytes()
    records.write_bytes(whole.splitlines(keepends=True)[0] + b"{broken\n")
    assert figures(kg, "load", "--records", records.name) == (1, 0, 0, 1)
    assert notes(kg) == ["records.jsonl:2"]
    records.write_bytes(whole)
    assert figures(kg, "retry") == (1, 0, 1, 0)
    assert notes(kg) == []


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def test_addresses_are_tried_again(kg: Kg, site: Site) -> None:
    site.put("/a", status=503)
    Path("list.txt").write_text(f"{site.root}/a\nno address\n{site.page('/b')}\n")
    assert figures(kg, "load", "--addresses", "list.txt", *LOCAL) == (1, 0, 0, 2)
    site.page("/a")
    Path("list.txt").write_text(f"{site.root}/a\n{site.root}/b\n")
    assert figures(kg, "retry", *LOCAL) == (1, 0, 1, 0)
    assert notes(kg) == []


def test_what_came_from_stdin_stays(kg: Kg) -> None:
    line = encode(meeting()).decode()
    kg("load", "--records", "-", stdin=line + "\n{broken\n")
    (note,) = notes(kg)
    outcome = kg("retry")
    assert (outcome.code, notes(kg)) == (3, [note])
    assert "cannot be tried again" in outcome.err


def test_sources_that_are_gone_do_not_keep_others_from_being_tried(kg: Kg, news: Path) -> None:
    gone = news.with_name("gone")
    shutil.copytree(news, gone)
    for folder in (gone, news):
        (folder / f"bad-{folder.name}.txt").write_text("")
        figures(kg, "load", str(folder))
    Path("records.jsonl").write_text("{broken\n")
    figures(kg, "load", "--records", "records.jsonl")
    Path("records.jsonl").unlink()
    shutil.rmtree(gone)
    write(news / "bad-news.txt", "mended")
    outcome = kg("retry")
    assert outcome.code == 3
    assert sorted(notes(kg)) == ["bad-gone.txt", "records.jsonl:1"]
    assert outcome.err.count("cannot be tried again: ") == 2


@pytest.mark.parametrize(
    "arguments", [["\udcff.txt"], ["--published", "\udcff", "news"], ["http://127.0.0.1:9/\udcff"]]
)
def test_names_in_other_bytes_are_told_in_a_line(kg: Kg, news: Path, arguments: list[str]) -> None:
    outcome = kg("load", "--delay", "0", *arguments)
    assert outcome.code in (2, 3)
    assert outcome.err.count("\n") == 1
