"""Watching feeds and folders, over a real server on loopback and real files, processes and signals."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_runs import Kg, Outcome
from web_site import STORY, Site, item, rss, serving

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ("--allow-private", "--delay", "0", "--timeout", "10")
STATE = Path("kg-data.watch.json")
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wire</title>
<id>tag:wire.example,2026:feed</id><updated>2026-07-20T10:00:00Z</updated>{}</feed>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def once(kg: Kg, *sources: str) -> Outcome:
    return kg("watch", "--once", *LOCAL, *sources)


def figures(outcome: Outcome) -> tuple[int, ...]:
    assert outcome.out, outcome.err
    told = json.loads(outcome.out.splitlines()[-1])
    return tuple(told[name] for name in ("added", "updated", "unchanged", "kept_aside"))


def articles(kg: Kg) -> dict[str, dict[str, str]]:
    records = [json.loads(line) for line in kg("dump").out.splitlines()]
    found = [record["article"] for record in records if isinstance(record.get("article"), dict)]
    return {article["id"]: article for article in found}


def aside(kg: Kg) -> dict[str, str]:
    lines = kg("status", "--kept-aside", "--format", "jsonl").out.splitlines()
    return {note["source"]: note["reason"] for note in map(json.loads, lines)}


def settled(path: Path, text: str, *, age: float = 60.0) -> Path:
    """Write a file as if it had been written a while ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    then = path.stat().st_mtime - age
    os.utime(path, (then, then))
    return path


def test_round_is_told_in_one_line(kg: Kg, site: Site, tmp_path: Path) -> None:
    settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    feed = site.put("/feed", rss(item(site.page("/b"))), type="application/rss+xml")
    outcome = once(kg, "news", feed)
    assert outcome.code == 0, outcome.err
    (line,) = outcome.out.splitlines()
    told = json.loads(line)
    assert told.pop("time").endswith("Z")
    assert told == {"round": 1, "added": 2, "updated": 0, "unchanged": 0, "kept_aside": 0, "sources": 2, "next": None}
    assert articles(kg).keys() == {"a.txt", site.root + "/b"}


def test_unchanged_feed_is_not_sent_again_and_its_pages_are_not_asked_for(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", rss(item(site.page("/a"))), headers={"ETag": '"1"'})
    once(kg, feed)
    assert figures(once(kg, feed)) == (0, 0, 1, 0)
    assert site.paths() == ["/feed", "/a", "/feed"]
    assert site.asked[-1].headers["If-None-Match"] == '"1"'


def test_new_entry_is_added_and_known_ones_are_not_asked_for(kg: Kg, site: Site) -> None:
    first, second = item(site.page("/a")), item(site.page("/b"))
    feed = site.put("/feed", rss(first))
    once(kg, feed)
    site.put("/feed", rss(second, first))
    assert figures(once(kg, feed)) == (1, 0, 1, 0)
    assert site.paths().count("/a") == 1


def test_changed_entry_replaces_its_article(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", rss(item(site.page("/a"), guid="1")))
    once(kg, feed)
    site.page("/a", "They spoke for three hours.")
    site.put("/feed", rss(item(site.root + "/a", guid="1", title="Talks (updated)")))
    assert figures(once(kg, feed)) == (0, 1, 0, 0)
    (article,) = articles(kg).values()
    assert "three hours" in article["text"]


def test_page_of_a_changed_entry_is_asked_for_with_its_etag(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", rss(item(site.page("/a", headers={"ETag": '"a"'}), guid="1")))
    once(kg, feed)
    site.put("/feed", rss(item(site.root + "/a", guid="1", title="Talks!")))
    assert figures(once(kg, feed)) == (0, 0, 1, 0)
    assert site.asked[-1].headers["If-None-Match"] == '"a"'


def test_article_stays_when_its_entry_is_gone(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", rss(item(site.page("/a"))))
    once(kg, feed)
    site.put("/feed", rss())
    assert figures(once(kg, feed)) == (0, 0, 0, 0)
    assert articles(kg).keys() == {site.root + "/a"}


def test_article_of_two_feeds_is_one_and_fetched_once(kg: Kg, site: Site) -> None:
    page = site.page("/a", head='<link rel="canonical" href="https://wire.example/talks">')
    feeds = [site.put(f"/feed{n}", rss(item(f"{page}?utm_source=feed{n}", guid=str(n)))) for n in range(2)]
    assert figures(once(kg, *feeds)) == (1, 0, 0, 0)
    assert articles(kg).keys() == {"https://wire.example/talks"}
    assert site.paths().count("/a") == 1


def test_atom_is_read_and_dates_articles_that_carry_none(kg: Kg, site: Site) -> None:
    dated = site.page("/b", head='<meta property="article:published_time" content="2020-01-01">')
    entries = "".join(
        f'<entry><id>tag:wire.example,2026:{n}</id><title>Talks</title><link href="{address}"/>'
        f"<published>2026-07-20T10:00:00Z</published><updated>2026-07-20T10:00:00Z</updated></entry>"
        for n, address in enumerate((site.page("/a"), dated))
    )
    once(kg, site.put("/feed", ATOM.format(entries), type="application/atom+xml"))
    found = articles(kg)
    assert found[site.root + "/a"]["published"].startswith("2026-07-20T10:00:00")
    assert found[dated]["published"] == "2020-01-01"


def test_text_in_the_feed_stands_in_for_a_page_that_cannot_be_had(kg: Kg, site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret", type="text/plain")
    date = "Mon, 20 Jul 2026 10:00:00 GMT"
    content = f"<p>{STORY.format('From the feed.')}</p>"
    there = item(site.page("/there", "From the page."), content=content)
    others = [site.root + "/none", site.page("/secret"), site.put("/menu", "<!DOCTYPE html><p>Home")]
    feed = site.put("/feed", rss(there, *(item(address, content=content, date=date) for address in others)))
    outcome = once(kg, feed)
    assert (outcome.code, figures(outcome)) == (0, (4, 0, 0, 0))
    found = articles(kg)
    assert "From the page." in found[site.root + "/there"]["text"]
    assert all("From the feed." in found[address]["text"] for address in others)
    assert found[others[0]]["published"].startswith("2026-07-20T10:00:00")


def test_entry_without_an_address_is_read_from_the_feed_or_kept_aside(kg: Kg, site: Site) -> None:
    content = f"<p>{STORY.format('Here.')}</p>"
    items = item(None, guid="tag:wire.example,2026:1", content=content), item(None, guid="7: x", content=content)
    feed = site.put("/feed", rss(*items, item(None, guid="8")))
    outcome = once(kg, feed)
    assert (outcome.code, figures(outcome)) == (3, (2, 0, 0, 1))
    assert articles(kg).keys() == {"tag:wire.example,2026:1", f"{feed}#entry=7%3A%20x"}
    assert "neither an address nor its text" in aside(kg)[f"{feed}#entry=8"]
    assert figures(once(kg, feed)) == (0, 0, 3, 0)


def test_page_that_is_not_there_yet_is_asked_for_again(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", rss(item(site.root + "/late")), headers={"ETag": '"1"'})
    assert once(kg, feed).code == 3
    site.page("/late")
    outcome = once(kg, feed)
    assert (outcome.code, figures(outcome)) == (0, (1, 0, 0, 0))
    assert aside(kg) == {}


def test_page_that_robots_txt_forbids_is_asked_for_once(kg: Kg, site: Site) -> None:
    site.put("/robots.txt", "User-agent: kg\nDisallow: /secret", type="text/plain")
    feed = site.put("/feed", rss(item(site.page("/secret"))))
    assert "robots.txt" in once(kg, feed).err
    assert figures(once(kg, feed)) == (0, 0, 1, 0)
    assert aside(kg).keys() == {site.root + "/secret"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Not found, sorry.", "no RSS or Atom feed"),
        ('<html><link rel="alternate" type="application/rss+xml" href="/feed.xml">', "/feed.xml"),
        ("", "no RSS or Atom feed"),
        ("/etc/hostname", "no RSS or Atom feed"),
    ],
)
def test_feed_that_is_no_feed_is_kept_aside(kg: Kg, site: Site, body: str, reason: str) -> None:
    feed = site.put("/feed", body)
    outcome = once(kg, feed)
    assert (outcome.code, figures(outcome)) == (3, (0, 0, 0, 1))
    assert reason in aside(kg)[feed]
    site.put("/feed", rss(item(site.page("/a"))))
    assert once(kg, feed).code == 0
    assert aside(kg) == {}


def test_broken_feed_gives_what_can_be_read(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", rss(item(site.page("/a")))[:-15])
    assert figures(once(kg, feed)) == (1, 0, 0, 0)


def test_entities_of_a_feed_are_not_expanded(kg: Kg, site: Site) -> None:
    doctype = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    feed = rss(item(site.page("/a"), title="&a;&b;")).replace("<rss", doctype + "<rss", 1)
    assert once(kg, site.put("/feed", feed)).code == 0
    assert "root:" not in STATE.read_text()


def test_feed_that_is_gone_is_never_asked_again(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", status=410)
    assert once(kg, feed).code == 3
    outcome = once(kg, feed)
    assert (outcome.code, figures(outcome)) == (0, (0, 0, 0, 0))
    assert site.paths() == ["/feed"]
    assert "gone for good" in aside(kg)[feed]


def test_nothing_left_to_watch_is_an_error(kg: Kg, site: Site) -> None:
    outcome = kg("watch", *LOCAL, site.put("/feed", status=410))
    assert outcome.code == 1
    assert json.loads(outcome.out)["kept_aside"] == 1
    assert "every feed that is watched is gone for good" in outcome.err


@pytest.mark.parametrize("status", [429, 503])
def test_feed_that_asks_for_time_is_left_alone(kg: Kg, site: Site, status: int) -> None:
    feed = site.put("/feed", status=status, headers={"Retry-After": "3600"})
    assert "to wait 3600 s" in once(kg, feed).err
    assert once(kg, feed).code == 0
    assert site.paths() == ["/feed"]


def test_feed_that_fails_again_and_again_is_asked_less_often(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", status=500)
    assert [once(kg, feed).code for _ in range(4)] == [3, 3, 0, 0]
    assert site.paths() == ["/feed"] * 2


def test_feed_that_moved_for_good_is_asked_for_where_it_is(kg: Kg, site: Site) -> None:
    site.put("/new", rss(item(site.page("/a"))))
    feed = site.put("/feed", status=301, headers={"Location": "/new"})
    once(kg, feed)
    once(kg, feed)
    assert site.paths() == ["/feed", "/new", "/a", "/new"]


def test_entry_that_leads_to_a_private_address_is_kept_aside(kg: Kg, site: Site) -> None:
    feed = site.put("/feed", rss(item(site.page("/a"))))
    outcome = kg("watch", "--once", feed)
    assert outcome.code == 3
    assert "is not a public address" in outcome.err
    assert site.asked == []


def test_new_and_changed_files_are_loaded_under_the_names_that_load_gives(kg: Kg, tmp_path: Path) -> None:
    settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    settled(tmp_path / "news" / "deep" / "b.txt", STORY.format("B."))
    assert figures(once(kg, "news")) == (2, 0, 0, 0)
    assert figures(once(kg, "news")) == (0, 0, 2, 0)
    settled(tmp_path / "news" / "a.txt", STORY.format("They spoke for three hours."), age=50)
    settled(tmp_path / "news" / "c.txt", STORY.format("C."))
    assert figures(once(kg, "news")) == (1, 1, 1, 0)
    assert articles(kg).keys() == {"a.txt", "deep/b.txt", "c.txt"}
    assert json.loads(kg("load", "news", "--format", "json").out)["unchanged"] == 3


def test_file_keeps_its_name_when_another_folder_gets_one_like_it(kg: Kg, tmp_path: Path) -> None:
    settled(tmp_path / "x" / "a.txt", STORY.format("X."))
    (tmp_path / "y").mkdir()
    once(kg, "x", "y")
    settled(tmp_path / "y" / "a.txt", STORY.format("Y."))
    assert figures(once(kg, "x", "y")) == (1, 0, 1, 0)
    assert articles(kg).keys() == {"a.txt", "y/a.txt"}


def test_second_text_of_an_id_is_kept_aside_however_far_it_is_from_the_first(kg: Kg, tmp_path: Path) -> None:
    for number in range(22):
        name = "one" if number in (0, 21) else number
        settled(tmp_path / "news" / f"{number:02}.txt", f"id: {name}\n\n{STORY.format(f'Round {number}.')}")
    assert figures(once(kg, "news")) == (21, 0, 0, 1)
    assert aside(kg) == {"21.txt: one": "00.txt holds another text of the same id; give each its own"}


def test_article_stays_when_its_file_is_gone(kg: Kg, tmp_path: Path) -> None:
    path = settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    once(kg, "news")
    path.unlink()
    assert figures(once(kg, "news")) == (0, 0, 0, 0)
    assert articles(kg).keys() == {"a.txt"}


def test_file_that_cannot_be_read_is_kept_aside_once_until_it_is_mended(kg: Kg, tmp_path: Path) -> None:
    settled(tmp_path / "news" / "a.txt", " ")
    assert figures(once(kg, "news")) == (0, 0, 0, 1)
    assert figures(once(kg, "news")) == (0, 0, 1, 0)
    settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    assert figures(once(kg, "news")) == (1, 0, 0, 0)
    assert aside(kg) == {}


def test_file_that_is_being_written_is_left(kg: Kg, tmp_path: Path) -> None:
    path = tmp_path / "news" / "a.txt"
    path.parent.mkdir()
    text, over = STORY.format("A."), threading.Event()

    def write() -> None:
        with path.open("w") as out:
            while not over.wait(0.05):
                out.write(text)
                out.flush()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert figures(once(kg, "news")) == (0, 0, 0, 0)
    finally:
        over.set()
        writer.join()
    assert figures(once(kg, "news")) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is broken"),
        (b"{", "is broken"),
        (b'{"version":1}', "is broken"),
        (b'{"version":1,"store":"x","feeds":[]}', "is broken"),
        (b'{"version":99,"store":"x"}', "is of version 99"),
        (b"\xff\xfe", "is broken"),
    ],
)
def test_state_that_is_broken_or_of_another_version_is_refused(
    kg: Kg, tmp_path: Path, content: bytes, reason: str
) -> None:
    STATE.write_bytes(content)
    outcome = once(kg, str(tmp_path))
    assert outcome.code == 2
    assert reason in outcome.err
    assert "delete it, it is only the memory of what was fetched" in outcome.err
    assert STATE.read_bytes() == content


def test_state_of_another_store_is_refused(kg: Kg, tmp_path: Path) -> None:
    settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    once(kg, "news", "--state", "my.json")
    outcome = once(kg, "news", "--state", "my.json", "--store", "other")
    assert outcome.code == 2
    assert "name another with --state" in outcome.err


def test_what_is_remembered_of_a_store_that_was_deleted_is_read_again(kg: Kg, tmp_path: Path) -> None:
    settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    assert figures(once(kg, "news")) == (1, 0, 0, 0)
    for path in Path("kg-data").iterdir():
        path.unlink()
    Path("kg-data").rmdir()
    assert figures(once(kg, "news")) == (1, 0, 0, 0)


def test_state_that_cannot_be_written_is_told(kg: Kg, tmp_path: Path) -> None:
    settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    outcome = once(kg, "news", "--state", "none/my.json")
    assert outcome.code == 1
    assert "cannot be written" in outcome.err


@pytest.mark.parametrize("source", ["none", "-", "ftp://wire.example/feed", "https://user:word@wire.example/feed"])
def test_what_cannot_be_watched_is_wrong_use(kg: Kg, source: str) -> None:
    outcome = once(kg, source)
    assert outcome.code == 2
    assert "word@" not in outcome.err


class Running:
    """`kg watch` as a process of its own, in a folder."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "NEO4J_"))}
        program = "import sys; from kg.cli.main import main; sys.exit(main())"
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, "watch", *LOCAL, *arguments],
            cwd=folder,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def line(self) -> dict[str, object]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            pytest.fail(self.process.communicate()[1])
        return json.loads(line)

    def stopped(self, number: signal.Signals) -> Outcome:
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=60)
        return Outcome(self.process.returncode, out, err)


def test_signal_between_rounds_ends_it_at_once(site: Site, tmp_path: Path) -> None:
    feed = site.put("/feed", rss(item(site.page("/a"))))
    running = Running(tmp_path, feed)
    told = running.line()
    assert (told["round"], told["added"]) == (1, 1)
    assert isinstance(told["next"], str)
    outcome = running.stopped(signal.SIGTERM)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_signal_in_mid_round_keeps_what_was_stored_and_loses_nothing(kg: Kg, site: Site, tmp_path: Path) -> None:
    asked, over = threading.Event(), threading.Event()
    pages = [site.page(f"/{number}", f"Round {number}.") for number in range(24)]
    site.page("/22", before=lambda: (asked.set(), over.wait(60)))
    feed = site.put("/feed", rss(*map(item, pages)), headers={"ETag": '"1"'})
    running = Running(tmp_path, feed)
    assert asked.wait(120)
    outcome = running.stopped(signal.SIGTERM)
    over.set()
    assert outcome.code == 0, outcome.err
    told = json.loads(outcome.out)
    assert (told["added"], told["next"]) == (20, None)
    assert len(articles(kg)) == 20
    assert site.paths()[-1] == "/22"
    site.page("/22")
    assert figures(once(kg, feed)) == (4, 0, 20, 0)


def test_signal_while_a_batch_is_stored_lets_it_come_to_its_end(kg: Kg, tmp_path: Path) -> None:
    for number in range(30):
        settled(tmp_path / "news" / f"{number:02}.txt", STORY.format(f"Round {number}."))
    running = Running(tmp_path, "news")
    while not (tmp_path / "kg-data" / "records.db").exists():
        assert running.process.poll() is None
        time.sleep(0.01)
    outcome = running.stopped(signal.SIGTERM)
    assert outcome.code == 0, outcome.err
    stored = json.loads(outcome.out)["added"]
    assert stored in (20, 30)
    assert len(json.loads(STATE.read_text())["files"]) == len(articles(kg)) == stored
    assert figures(once(kg, "news")) == (30 - stored, 0, stored, 0)


def test_rounds_go_on_and_find_what_is_new(site: Site, tmp_path: Path) -> None:
    settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    feed = site.put("/feed", rss(item(site.page("/a"))))
    running = Running(tmp_path, "--every", "0.2", "news", feed)
    assert running.line()["added"] == 2
    settled(tmp_path / "news" / "b.txt", STORY.format("B."))
    site.put("/feed", rss(item(site.page("/b")), item(site.root + "/a")))
    added = 0
    while added < 2:
        told = running.line()
        added += told["added"]  # type: ignore[operator]
    assert running.stopped(signal.SIGINT).code == 0


def test_store_that_is_taken_is_waited_for(kg: Kg, tmp_path: Path) -> None:
    settled(tmp_path / "news" / "a.txt", STORY.format("A."))
    running = Running(tmp_path, "--every", "0.2", "news")
    assert running.line()["added"] == 1
    from kg.stores.open import open_store

    with open_store(str(tmp_path / "kg-data")) as taken:
        taken.prepare()
        settled(tmp_path / "news" / "b.txt", STORY.format("B."))
        assert running.process.stderr
        while "trying again" not in (line := running.process.stderr.readline()):
            assert line
    outcome = running.stopped(signal.SIGTERM)
    assert outcome.code == 0
    assert figures(once(kg, "news")) == (1, 0, 1, 0)


def test_file_whose_name_is_not_utf8_is_kept_aside(kg: Kg, tmp_path: Path) -> None:
    settled(tmp_path / "news" / os.fsdecode(b"\xff.txt"), STORY.format("A."))
    assert figures(once(kg, "news")) == (0, 0, 0, 1)
    assert figures(once(kg, "news")) == (0, 0, 1, 0)
    assert "its name is not UTF-8" in aside(kg)["\\udcff.txt"]
