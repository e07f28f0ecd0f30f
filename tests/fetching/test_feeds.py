"""Feeds as others write them: any bytes give entries or a reason."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_site import item, rss

from kg.errors import FetchError, SourceError
from kg.fetching import feeds
from kg.fetching.connection import unpacked
from kg.fetching.fetch import UNKNOWN, Answer
from kg.fetching.memory import EntryMemory, FeedMemory, Memory, read, write
from kg.fetching.robots import Robots

FEED = Answer(
    address="https://wire.example/feed",
    fresh=True,
    content=b"",
    content_type="application/rss+xml",
    validators=UNKNOWN,
    moved=None,
)
PIECES = """
<rss version='2.0'>|<feed xmlns='http://www.w3.org/2005/Atom'>|<channel>|<item>|<entry>|<link>|<link href='/a'/>|
</link>|<title>|</title>|</item>|</entry>|&#xD800;|&amp;|&b;|<![CDATA[|]]>|<guid>|</guid>|http://[|
<content type='html'>|é|<content:encoded>|<pubDate>|0001-01-01|\ud800|\0|<!DOCTYPE a [|<!ENTITY b 'c'>
""".replace("\n", "").split("|")


def entries(*items: str) -> tuple[feeds.Entry, ...]:
    return feeds.entries(replace(FEED, content=rss(*items).encode()))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text())
def test_any_bytes_give_entries_or_a_reason(text: str) -> None:
    try:
        found = feeds.entries(replace(FEED, content=text.encode("utf-8", "surrogatepass")))
    except SourceError:
        return
    for entry in found:
        feeds.page_of(entry)


@given(st.binary(), st.sampled_from(["gzip", "deflate"]))
def test_any_packed_bytes_are_unpacked_or_refused(content: bytes, coding: str) -> None:
    try:
        b"".join(unpacked([content], coding))
    except FetchError:
        return


@given(st.binary() | st.text(alphabet="User-agent: *\nDisallow: /$%").map(str.encode))
def test_any_bytes_are_rules_for_robots(content: bytes) -> None:
    try:
        Robots(lambda _: content).check("https://wire.example/a")
    except FetchError:
        return


@pytest.mark.parametrize(
    ("name", "allowed"), [("*", False), ("kg", False), ("KG", False), ("kgbot", True), ("other", True)]
)
def test_rules_are_those_for_our_name(name: str, allowed: bool) -> None:
    rules = f"User-agent: {name}\nDisallow: /".encode()
    robots = Robots(lambda _: rules)
    if allowed:
        robots.check("https://wire.example/a")
    else:
        with pytest.raises(FetchError, match="does not allow"):
            robots.check("https://wire.example/a")


def test_entry_is_told_from_others_by_its_guid_and_changes_with_what_is_told() -> None:
    link = "https://wire.example/a?utm_source=rss"
    (first,) = entries(item(link, guid="1"))
    (second,) = entries(item(link, guid="1", title="Talks, updated"))
    (other,) = entries(item(link, guid="2"))
    assert first.id == other.id == "https://wire.example/a"
    assert first.key == second.key != other.key
    assert first.digest != second.digest


def test_entry_that_stands_twice_is_one() -> None:
    assert len(entries(item("https://wire.example/a"), item("https://wire.example/a"))) == 1


@pytest.mark.parametrize("date", ["Mon, 01 Jan 0001 00:00:00 GMT", "yesterday", ""])
def test_date_of_no_year_of_news_is_not_known(date: str) -> None:
    (entry,) = entries(item("https://wire.example/a", date=date))
    assert entry.published is None


def test_memory_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("state") / "state.json"
    memory = read(path, "kg-data")
    memory.feeds["https://wire.example/feed"] = FeedMemory(entries={"a": EntryMemory(digest="1", failures=2)})
    write(path, memory)
    assert read(path, "kg-data") == memory
    assert [each.name for each in path.parent.iterdir()] == ["state.json"]
    assert isinstance(memory, Memory)
