"""What cannot be read: one clear message for each, the exit code, and the rest of the load intact."""

import json
import os
from pathlib import Path

import pytest
from cli_runs import Kg

GOOD = "date 2021-03-02 Norwegian foreign minister Anna Berg met the ambassador of Iceland in Oslo on Monday."
GERMAN = (
    "Die Außenministerin traf am Montag den Botschafter in Oslo. Sie sprachen von der Fischerei und fanden das "
    "Gespräch gut. Ein Vertrag soll noch in diesem Jahr unterzeichnet werden, sagte ein Sprecher der Regierung."
)
LISTED = '{"id": "a", "text": "Anna Berg met Carl Dorn in Oslo."}\n'

BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\n", "empty"),
    ("binary.txt", b"\x7fELF\0\0\0\1" * 100, "binary"),
    ("latin.txt", "Die Fälle in Zürich und Genève".encode("latin-1") * 20, "not utf-8"),
    ("german.txt", GERMAN.encode(), "English"),
    ("menu.html", b"<html><head><title>Shop</title></head><body><nav><a href='/'>Home</a></nav></body></html>", ""),
    ("broken.json", b'{"id": "a", "text": ', ""),
    ("textless.jsonl", b'{"id": "a", "title": "No text"}\n', "text"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=[name for name, *_ in BAD])
def test_a_bad_file_is_kept_aside_and_the_good_one_goes_in(
    kg: Kg, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    news = folder(tmp_path, **{name: content})
    outcome = kg("load", str(news), "--format", "json")
    assert outcome.code == 3
    assert json.loads(outcome.out) == {"added": 1, "updated": 0, "unchanged": 0, "kept_aside": 1}
    (line,) = outcome.err.splitlines()
    assert name in line or '"a"' in line or "a:" in line
    assert reason.lower() in line.lower()
    assert json.loads(kg("status", "--format", "json").out)["kept_aside"] == 1


def test_a_broken_line_leaves_the_other_lines(kg: Kg, tmp_path: Path) -> None:
    lines = LISTED + "{broken\n" + LISTED.replace('"a"', '"b"') + '{"id": "c"}\n'
    (tmp_path / "wire.jsonl").write_text(lines)
    outcome = kg("extract", "wire.jsonl")
    assert outcome.code == 3
    assert [json.loads(line)["article"]["id"] for line in outcome.out.splitlines()] == ["a", "b"]
    assert len(outcome.err.splitlines()) == 2


def test_a_file_of_50_megabytes_is_kept_aside(kg: Kg, tmp_path: Path) -> None:
    news = folder(tmp_path)
    with (news / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    outcome = kg("extract", str(news))
    assert (outcome.code, len(outcome.out.splitlines())) == (3, 1)
    assert "huge.txt: it is too large" in outcome.err


def test_a_closed_folder_is_kept_aside(kg: Kg, tmp_path: Path) -> None:
    news = folder(tmp_path)
    (news / "closed").mkdir(mode=0)
    if os.access(news / "closed", os.R_OK):
        pytest.skip("rights do not bind this user")
    outcome = kg("extract", str(news))
    assert (outcome.code, len(outcome.out.splitlines())) == (3, 1)
    assert "closed" in outcome.err


def test_a_mended_source_is_noted_no_more(kg: Kg, tmp_path: Path) -> None:
    news = folder(tmp_path, **{"empty.txt": b"", "wire.jsonl": b"{broken\n[]\n"})
    assert kg("load", str(news)).code == 3
    assert json.loads(kg("status", "--format", "json").out)["kept_aside"] == 3
    (news / "empty.txt").write_text(GOOD)
    (news / "wire.jsonl").write_text(LISTED + "[]\n")
    assert kg("load", str(news)).code == 3
    assert json.loads(kg("status", "--format", "json").out)["kept_aside"] == 1
    (news / "wire.jsonl").write_text(LISTED)
    assert kg("load", str(news)).code == 0
    assert json.loads(kg("status", "--format", "json").out)["kept_aside"] == 0


def test_a_message_names_its_source_once(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "german.txt").write_text(GERMAN)
    told = "kept aside: german.txt: it is in German; kg reads English only, so give it a translation"
    assert kg("extract", "german.txt").err.splitlines() == [told]


def test_a_date_that_stands_for_none_leaves_the_other_lines(kg: Kg, tmp_path: Path) -> None:
    dates = ("0001-01-01", "1 Jul 999999999999 10:00 +0000")
    dated = [
        json.dumps({"id": date, "published": date, "text": "Anna Berg met Carl Dorn yesterday."}) for date in dates
    ]
    (tmp_path / "wire.jsonl").write_text("\n".join([*dated, LISTED]))
    outcome = kg("extract", "wire.jsonl")
    assert (outcome.code, len(outcome.out.splitlines()), len(outcome.err.splitlines())) == (3, 1, 2)


def test_a_source_that_is_not_there_is_wrong_use(kg: Kg) -> None:
    outcome = kg("load", "nowhere.txt")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Error: there is no file, folder or match 'nowhere.txt'")
    assert not Path("kg-data").exists()


def test_a_wrong_publication_date_is_wrong_use(kg: Kg, tmp_path: Path) -> None:
    assert kg("extract", str(folder(tmp_path)), "--published", "soon").code == 2


def test_a_text_on_stdin_is_read_and_dated_by_hand(kg: Kg) -> None:
    outcome = kg("extract", "-", "--published", "2021-03-02", stdin="Anna Berg met Carl Dorn in Oslo.")
    assert outcome.code == 0, outcome.err
    article = json.loads(outcome.out)["article"]
    assert (article["published"], article["date_source"]) == ("2021-03-02", "given")


def folder(place: Path, **files: bytes) -> Path:
    """Return a folder with one good article and these files."""
    news = place / "news"
    news.mkdir()
    (news / "good.txt").write_text(GOOD)
    for name, content in files.items():
        (news / name).write_bytes(content)
    return news
