"""Addresses among the sources of load and extract, over a real server on loopback."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_runs import Kg, Outcome
from web_site import STORY, Site, serving

LOCAL = ("--allow-private", "--delay", "0", "--timeout", "10")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def load(kg: Kg, *arguments: str, stdin: str = "") -> Outcome:
    return kg("load", "--format", "json", *LOCAL, *arguments, stdin=stdin)


def figures(outcome: Outcome) -> tuple[int, int, int, int]:
    assert outcome.out, outcome.err
    return tuple(json.loads(outcome.out).values())  # type: ignore[return-value]


def articles(kg: Kg) -> list[str]:
    return sorted(json.loads(line)["article"]["id"] for line in kg("dump").out.splitlines() if '"article":{' in line)


def aside(kg: Kg) -> dict[str, str]:
    lines = kg("status", "--kept-aside", "--format", "jsonl").out.splitlines()
    return {note["source"]: note["reason"] for note in map(json.loads, lines)}


def extracted(kg: Kg, *sources: str, stdin: str = "") -> list[dict[str, str]]:
    outcome = kg("extract", *LOCAL, *sources, stdin=stdin)
    assert outcome.code == 0, outcome.err
    return [json.loads(line)["article"] for line in outcome.out.splitlines()]


def test_pages_and_files_are_read_in_the_order_given(kg: Kg, site: Site, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(STORY.format("B."))
    first, last = site.page("/a"), site.page("/c")
    found = extracted(kg, last, "b.txt", first)
    assert [article["id"] for article in found] == [last, "b.txt", first]
    assert found[0]["url"] == last


def test_canonical_address_is_the_id(kg: Kg, site: Site) -> None:
    told = "https://wire.example/talks"
    head = f'<link rel="canonical" href="{told}">'
    found = extracted(kg, site.page("/a", head=head) + "?utm_source=x", site.page("/amp/a", head=head))
    assert [(article["id"], article["url"]) for article in found] == [(told, told)]


def test_without_it_the_id_is_where_the_page_was_found(kg: Kg, site: Site) -> None:
    site.page("/2026/07/20/talks")
    moved = site.put("/old", status=302, headers={"Location": "/2026/07/20/talks?utm_source=feed#top"})
    (found,) = extracted(kg, moved + "#here")
    assert found["id"] == found["url"] == f"{site.root}/2026/07/20/talks"
    assert (found["published"], found["date_source"]) == ("2026-07-20", "address")


def test_one_page_is_fetched_once(kg: Kg, site: Site) -> None:
    address = site.page("/a")
    assert len(extracted(kg, address, address + "?utm_source=x", address + "#top")) == 1
    assert site.paths() == ["/a"]


def test_json_lines_text_and_markdown_are_read_from_addresses(kg: Kg, site: Site) -> None:
    lines = "".join(json.dumps({"text": STORY.format(number)}) + "\n" for number in "12")
    wire = site.put("/wire", lines, type="application/x-ndjson")
    one = site.put("/one", json.dumps({"id": "one", "text": STORY.format("J.")}), type="application/json")
    text = site.put("/a", STORY.format("T."), type="text/plain")
    note = site.put("/b.md", f"# Talks\n\n*{STORY.format('M.')}*", type="text/plain")
    found = extracted(kg, wire, one, text, note)
    assert [article["id"] for article in found] == [f"{wire}#1", f"{wire}#2", "one", text, note]
    assert found[-1]["title"] == "Talks"


def test_what_cannot_be_fetched_is_kept_aside_and_the_rest_goes_in(kg: Kg, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret", type="text/plain")
    wrong = {
        site.root + "/none": "status 404",
        site.page("/secret"): "robots.txt",
        site.put("/picture", b"\x89PNG", type="image/png"): "image/png",
        site.put("/menu", "<!DOCTYPE html><p>Home"): "no article",
        "ftp://wire.example/a": "only http and https",
    }
    outcome = load(kg, *wrong, site.page("/a"))
    assert (outcome.code, figures(outcome)) == (3, (1, 0, 0, len(wrong)))
    noted = aside(kg)
    assert noted.keys() == wrong.keys()
    assert all(reason in noted[address] for address, reason in wrong.items())


def test_note_goes_when_the_page_is_there_and_no_sooner(kg: Kg, site: Site) -> None:
    gone = site.root + "/a"
    assert load(kg, gone, site.root, site.root + "/a:3").code == 3
    assert aside(kg).keys() == {gone, site.root + "/", site.root + "/a:3"}
    assert figures(load(kg, site.page("/a"))) == (1, 0, 0, 0)
    assert aside(kg).keys() == {site.root + "/", site.root + "/a:3"}


def test_private_address_is_kept_aside_unless_allowed(kg: Kg, site: Site) -> None:
    outcome = kg("load", "--format", "json", site.page("/a"))
    assert (outcome.code, figures(outcome)) == (3, (0, 0, 0, 1))
    assert "is not a public address; --allow-private" in outcome.err
    assert site.asked == []


def test_password_in_an_address_is_neither_sent_nor_shown(kg: Kg, site: Site) -> None:
    outcome = load(kg, site.page("/a").replace("//", "//user:word@"))
    assert outcome.code == 3
    assert "word@" not in outcome.err
    assert aside(kg).keys() == {site.root + "/a"}
    assert site.asked == []


def test_addresses_come_from_a_file_with_comments(kg: Kg, site: Site, tmp_path: Path) -> None:
    listed = f"\ufeff# mine\n\n{site.page('/a')}\n  {site.page('/b')}#top # the second\nb.txt\n"
    (tmp_path / "list.txt").write_text(listed, encoding="utf-8")
    (tmp_path / "b.txt").write_text(STORY.format("B."))
    outcome = load(kg, "b.txt", "--addresses", "list.txt")
    assert (outcome.code, figures(outcome)) == (3, (3, 0, 0, 1))
    assert aside(kg) == {"list.txt:5": "'b.txt' is no address; write one a line, as https://host/path"}
    (tmp_path / "list.txt").write_text(site.root + "/a\n")
    assert load(kg, "--addresses", "list.txt").code == 0
    assert aside(kg) == {}


def test_addresses_come_from_stdin(kg: Kg, site: Site) -> None:
    listed = f"{site.page('/a')}\r\n{site.page('/b')}\r\n"
    assert [article["id"] for article in extracted(kg, "--addresses", "-", stdin=listed)] == listed.split()


def test_changed_page_takes_the_place_of_its_former_version(kg: Kg, site: Site) -> None:
    address = site.page("/a")
    assert figures(load(kg, address)) == (1, 0, 0, 0)
    assert figures(load(kg, address)) == (0, 0, 1, 0)
    site.page("/a", "They spoke for three hours.")
    assert figures(load(kg, address)) == (0, 1, 0, 0)
    assert articles(kg) == [address]


@pytest.mark.parametrize("command", ["extract", "load"])
def test_sources_are_needed(kg: Kg, command: str) -> None:
    assert kg(command).code == 2


def test_libraries_for_the_web_are_not_imported_for_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY.format("A."))
    program = (
        "import sys; from kg.cli.main import main; code = main(['load', 'a.txt']); "
        "sys.exit(code or str({'httpcore', 'feedparser', 'protego'} & {*sys.modules}))"
    )
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": root}, capture_output=True, check=False, text=True
    )
    assert done.stderr.strip() == "set()"
