"""HTML pages: the body, and what JSON-LD, meta tags and addresses say of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, KeptAside
from kg.sources import read

PROSE = (
    "The envoy left Geneva on Monday after a week of talks with both delegations, her office said.",
    "“We have made a start,” she told reporters, and thanked the hosts for their patience &amp; their help.",
)
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PROSE)
TEXT = "\n\n".join(PROSE).replace("&amp;", "&")


def page(head: str = "", body: str = ARTICLE, attributes: str = "") -> str:
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
    footer = "<footer>All rights reserved by The Courier.</footer>"
    content = f"<body>{menu}<article>{body}</article>{footer}</body>"
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head>{content}</html>"


def linked(**fields: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def load(tmp_path: Path, content: str | bytes) -> Article | KeptAside:
    path = tmp_path / "envoy.html"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    (item,) = read([str(path)])
    return item


def article(tmp_path: Path, content: str | bytes) -> Article:
    item = load(tmp_path, content)
    assert isinstance(item, Article)
    return item


def test_json_ld_gives_every_field(tmp_path: Path) -> None:
    head = linked(
        **{"@type": "NewsArticle"},
        headline="Envoy leaves &amp; talks go on",
        datePublished="2019-04-01T10:00:00+02:00",
        dateModified="2019-05-05",
        publisher={"@type": "Organization", "name": "The Courier"},
        mainEntityOfPage={"@id": "https://courier.example/envoy"},
    )
    head += meta("og:title", "Other") + meta("article:published_time", "2018-01-01")
    found = article(tmp_path, page(head, attributes='lang="en-GB"'))
    assert found == Article(
        id="https://courier.example/envoy",
        text=TEXT,
        title="Envoy leaves & talks go on",
        url="https://courier.example/envoy",
        source="The Courier",
        published="2019-04-01T10:00:00+02:00",
        date_source="json-ld",
        language="en-GB",
    )


def test_json_ld_graph_is_followed(tmp_path: Path) -> None:
    organisation = {"@type": "Organization", "@id": "#us", "name": "The Courier"}
    news = {"@type": ["Article", "NewsArticle"], "datePublished": "2019-04-01", "publisher": {"@id": "#us"}}
    page_node = {"@type": "WebPage", "datePublished": "2001-01-01"}
    found = article(tmp_path, page(linked(**{"@graph": [page_node, organisation, news]})))
    assert (found.source, found.published) == ("The Courier", "2019-04-01")


def test_half_characters_of_json_ld_are_replaced(tmp_path: Path) -> None:
    head = linked(**{"@type": "NewsArticle"}, headline="Envoy \ud800", url="https://courier.example/\udc00")
    found = article(tmp_path, page(head))
    assert (found.id, found.title) == ("https://courier.example/\ufffd", "Envoy \ufffd")


def test_meta_tags_stand_in(tmp_path: Path) -> None:
    head = (
        '<script type="application/ld+json">{broken</script><title>Envoy leaves | The Courier</title>'
        + meta("og:title", "Envoy leaves")
        + meta("og:site_name", "The Courier")
        + meta("article:published_time", "2019-04-01T08:00:00Z")
        + '<link rel="canonical" href="https://courier.example/envoy">'
        + meta("og:url", "https://m.courier.example/envoy")
    )
    found = article(tmp_path, page(head))
    assert (found.title, found.source, found.url) == (
        "Envoy leaves",
        "The Courier",
        "https://courier.example/envoy",
    )
    assert (found.published, found.date_source) == ("2019-04-01T08:00:00Z", "meta")


@pytest.mark.parametrize(
    ("address", "published"),
    [
        ("https://courier.example/2019/04/01/envoy", "2019-04-01"),
        ("https://courier.example/world/2019/apr/1/envoy", "2019-04-01"),
        ("https://courier.example/2019/13/01/envoy", None),
        ("https://courier.example/2019/04/envoy", None),
        ("https://courier.example/envoy?day=/2019/04/01/", None),
    ],
)
def test_address_gives_the_date_where_nothing_else_does(tmp_path: Path, address: str, published: str | None) -> None:
    found = article(tmp_path, page(f'<link rel="canonical" href="{address}">'))
    assert (found.published, found.date_source) == (published, "address" if published else None)


@pytest.mark.parametrize(
    "address", ["/envoy", "https://courier.example/", "https://[broken/a", "", "ftp://x.example/a"]
)
def test_front_pages_and_relative_addresses_are_no_id(tmp_path: Path, address: str) -> None:
    found = article(tmp_path, page(f'<link rel="canonical" href="{address}">'))
    assert (found.id, found.url) == ("envoy.html", None)


def test_date_in_the_text_or_of_a_change_is_no_publication_date(tmp_path: Path) -> None:
    head = meta("article:modified_time", "2019-04-01")
    found = article(tmp_path, page(head, f"<time>2 April 2019</time>{ARTICLE}<p>It ended on 3 April 2019.</p>"))
    assert (found.published, found.date_source) == (None, None)


def test_only_heading_is_the_title_and_not_in_the_body(tmp_path: Path) -> None:
    found = article(tmp_path, page("<title>x | y</title>", f"<h1>Envoy  leaves</h1>{ARTICLE}"))
    assert (found.title, found.text) == ("Envoy leaves", TEXT)


def test_meta_date_that_is_none_keeps_the_page_aside(tmp_path: Path) -> None:
    item = load(tmp_path, page(meta("article:published_time", "{{ date }}")))
    assert item == KeptAside("envoy.html", "the date '{{ date }}' cannot be read; write it as YYYY-MM-DD")


@pytest.mark.parametrize(
    "content",
    [
        "<html><body><div id='root'></div><noscript>Please enable JavaScript here.</noscript></body></html>",
        page(body=""),
        page(body="<h1>404</h1><p>The page you are looking for could not be found.</p>"),
        "<html><ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(60)) + "</ul></html>",
        "<!-- nothing -->",
        "no mark-up at all",
    ],
)
def test_page_without_an_article_is_kept_aside(tmp_path: Path, content: str) -> None:
    item = load(tmp_path, content)
    assert isinstance(item, KeptAside)
    assert "save the page of one article" in item.reason


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252"])
def test_declared_charset_is_used_where_it_is_not_utf_8(tmp_path: Path, declared: str) -> None:
    content = page(f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">')
    assert article(tmp_path, content.encode("windows-1252")).text == TEXT


@pytest.mark.parametrize("head", ["", '<meta charset="utf-8">', '<meta charset="x-unheard">', '<meta charset="idna">'])
def test_unknown_charset_is_refused(tmp_path: Path, head: str) -> None:
    item = load(tmp_path, page(head).encode("windows-1252"))
    assert isinstance(item, KeptAside)
    assert "convert the source" in item.reason
