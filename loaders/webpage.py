"""HTML pages: the body by trafilatura, everything else from JSON-LD, meta tags and the canonical address."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from kg.errors import SourceError
from kg.model import Article, Source

SUFFIXES = (".html", ".htm")

_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "publication_date",
    "publish_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "citation_publication_date",
    "date",
)
_TITLES = ("og:title", "parsely-title", "dc.title", "twitter:title")
_OUTLETS = ("og:site_name", "dc.publisher", "citation_publisher")
_ADDRESSES = ("og:url", "parsely-link", "twitter:url")
_POSTS = ("BlogPosting", "LiveBlogPosting", "SocialMediaPosting")
_NO_LANGUAGE = ("", "und", "mul", "zxx", "x-default")
_CHARSET = re.compile(
    rb"<meta[^>]{1,200}charset=[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_ADDRESS_DATE = re.compile(r"/(\d{4})/(\d\d?|[a-z]{3})/(\d\d?)(?:/|$)", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON-LD can escape halves of characters
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*$")
_FEWEST_WORDS = 12


def sniff(content: bytes) -> bool:
    """Tell whether a stream starts like a page."""
    return (
        re.match(rb"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|\?xml)\b", content, re.IGNORECASE | re.DOTALL)
        is not None
    )


def load(source: Source) -> Iterator[Article]:
    """Yield the article of a page.

    Raises SourceError where the page holds no running text.
    """
    from trafilatura import load_html

    tree = load_html(_decoded(source))
    if tree is None:
        raise SourceError("this is not HTML, or an empty page; save the page of one article")
    fields = _fields(tree, source.name)
    yield source.article({**fields, "text": _body(tree, fields["title"])})


def _decoded(source: Source) -> str:
    try:
        return source.text()
    except SourceError:
        declared = _CHARSET.search(source.content[:4096])
        if declared is None:
            raise
        charset = (declared[1] or declared[2]).decode().lower()
        return source.text("windows-1252" if charset in ("iso-8859-1", "latin1", "us-ascii") else charset)


def _body(tree: Any, title: str | None) -> str:
    """Return the paragraphs of the article, a blank line between them, without the title at their head.

    Raises SourceError where none of them is long enough to be prose.
    """
    from trafilatura import extract

    found = extract(tree, fast=True, include_comments=False, include_tables=False) or ""
    lines = [line.strip() for line in found.split("\n") if line.strip()]
    if not any(len(line.split()) >= _FEWEST_WORDS and _SENTENCE_END.search(line) for line in lines):
        raise SourceError("this page holds no article: menus and notices only; save the page of one article")
    return "\n\n".join(lines[1:] if lines[0] == title else lines)


def _fields(tree: Any, name: str) -> dict[str, str | None]:
    linked, metas = _linked_data(tree), _metas(tree)
    url = _address(tree, linked, metas) or (name if name.startswith(("http://", "https://")) else None)
    published, date_source = _published(linked, metas, url)
    language = _text(tree.get("lang")) or _text(linked.get("inLanguage"))
    return {
        "title": _text(linked.get("headline")) or _first(metas, _TITLES) or _headline(tree),
        "source": _text(linked.get("publisher")) or _first(metas, _OUTLETS),
        "url": url,
        "published": published,
        "date_source": date_source,
        "language": None if language in _NO_LANGUAGE else language,
    }


def _linked_data(tree: Any) -> dict[str, Any]:
    """Return the first article that the page's JSON-LD describes, its publisher looked up, or nothing."""
    nodes = [node for script in tree.iter("script") for node in _nodes(script)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str)}
    for node in nodes:
        if _is_article(node.get("@type")):
            publisher = node.get("publisher")
            reference = publisher.get("@id") if isinstance(publisher, dict) else None
            known = by_id.get(str(reference), {})
            return {**node, "publisher": [publisher, known]}
    return {}


def _nodes(script: Any) -> Iterator[dict[str, Any]]:
    if "ld+json" not in (script.get("type") or "").lower():
        return
    try:
        found = json.loads(script.text or "", strict=False)
    except (ValueError, RecursionError):  # pages break their JSON-LD often enough; the meta tags remain
        return
    for item in found if isinstance(found, list) else [found]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            yield item
            yield from (node for node in (graph if isinstance(graph, list) else ()) if isinstance(node, dict))


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and (name.endswith("Article") or name in _POSTS) for name in kinds)


def _metas(tree: Any) -> dict[str, str]:
    """Return the meta tags' contents by name, property or itemprop in lower case, the first of each."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = _text(tag.get("content"))
        for name in (tag.get("property"), tag.get("name"), tag.get("itemprop")):
            if name and content:
                found.setdefault(name.lower(), content)
    return found


def _published(linked: dict[str, Any], metas: dict[str, str], url: str | None) -> tuple[str | None, str | None]:
    if found := _text(linked.get("datePublished")):
        return found, "json-ld"
    if found := _first(metas, _DATES):
        return found, "meta"
    if url and (found := _address_date(url)):
        return found, "address"
    return None, None


def _address_date(url: str) -> str | None:
    match = _ADDRESS_DATE.search(urlsplit(url).path)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        number = int(month) if month.isdigit() else datetime.strptime(month, "%b").month
        return date(int(year), number, int(day)).isoformat()
    except ValueError:  # numbers in an address need not be a date
        return None


def _address(tree: Any, linked: dict[str, Any], metas: dict[str, str]) -> str | None:
    """Return the first canonical address that is absolute and leads beyond a front page."""
    links = [tag.get("href") for tag in tree.iter("link") if (tag.get("rel") or "").lower() == "canonical"]
    page = linked.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    for candidate in (*links, linked.get("url"), page, *(metas.get(name) for name in _ADDRESSES)):
        address = _text(candidate) or ""
        if address.startswith(("http://", "https://")) and _leads_on(address):
            return address
    return None


def _leads_on(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


def _headline(tree: Any) -> str | None:
    """Return the only first-level heading, else the title of the page."""
    headings = [_text(" ".join(tag.itertext())) for tag in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return next((title for tag in tree.iter("title") if (title := _text(tag.text))), None)


def _first(metas: dict[str, str], names: Sequence[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _text(value: object) -> str | None:
    """Return a value of JSON-LD or of an attribute as words in one line, or None where it holds none."""
    if isinstance(value, list):
        return next((found for item in value if (found := _text(item))), None)
    if isinstance(value, dict):
        return _text(value.get("name") or value.get("@value"))
    if not isinstance(value, str):
        return None
    return " ".join(_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", unescape(value)).split()) or None
