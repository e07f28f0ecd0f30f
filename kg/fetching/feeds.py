"""What an RSS or Atom feed holds: entries with what is told of them, and the pages that are made of their contents."""

import re
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any
from urllib.parse import quote, urljoin

from kg.addresses import is_address, plain
from kg.errors import SourceError
from kg.fetching.fetch import Answer
from kg.model import short_id
from kg.sources import Page, iso_date

_LINK = re.compile(rb"<link\b[^>]*>", re.IGNORECASE)
_FEED_TYPE = re.compile(rb"type=[\"']?application/(?:rss|atom)\+xml", re.IGNORECASE)
_HREF = re.compile(rb"href=[\"']([^\"'>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry: `key` tells it from the others of its feed, and `digest` changes whenever what is told of it does.

    `id` is that of its article, its address where it has one. `content` is the full text as HTML, where the feed
    carries it; `published` is in ISO 8601.
    """

    key: str
    digest: str
    id: str
    address: str | None
    title: str
    published: str | None
    content: str | None
    language: str | None


def entries(answer: Answer) -> tuple[Entry, ...]:
    """Return the entries of a feed in its order, of one key the first.

    Raises SourceError where this is no feed, naming those that a page links to.
    """
    found = _parsed(answer)
    if not found.get("version"):
        raise SourceError(_no_feed(answer))
    language = found.feed.get("language")
    made = [_entry(raw, answer.address, language) for raw in found.entries]
    return tuple({entry.key: entry for entry in reversed(made)}.values())[::-1]


def _parsed(answer: Answer) -> Any:
    """Return what feedparser finds; whatever it raises at what others wrote is a SourceError, for a watch goes on."""
    import feedparser

    headers = {"content-type": answer.content_type, "content-location": answer.address}
    try:
        return feedparser.parse(BytesIO(answer.content), response_headers=headers)  # bytes may be taken for a file name
    except Exception as error:
        raise SourceError(f"this feed cannot be read: {type(error).__name__}: {error}; tell its publisher") from error


def page_of(entry: Entry) -> Page | None:
    """Return the content that a feed carries of an entry as a page, None where it carries none."""
    if entry.content is None:
        return None
    link = f'<link rel="canonical" href="{escape(entry.address)}">' if entry.address else ""
    language = f' lang="{escape(entry.language)}"' if entry.language else ""
    head = f'<meta charset="utf-8"><title>{escape(entry.title)}</title>{link}'
    body = f"<article><h1>{escape(entry.title)}</h1>{entry.content}</article>"
    html = f"<!DOCTYPE html><html{language}><head>{head}</head><body>{body}</body></html>"
    return Page(entry.id, html.encode("utf-8", "replace"), ".html", entry.published)


def _entry(raw: Any, feed: str, language: str | None) -> Entry:
    address, title, identity = _address(raw.get("link", "")), raw.get("title", ""), raw.get("id", "")
    full = _content(raw)
    updated = dict.get(raw, "updated", "")  # its own get() would warn, and tell when it was published
    told = short_id(address, title, updated, raw.get("published", ""), full, raw.get("summary", ""))
    own = identity or address or told
    return Entry(
        key=short_id(own),
        digest=told,
        id=address or _own_id(own, feed),
        address=address,
        title=title,
        published=_published(raw),
        content=full,
        language=next((part.language for part in raw.get("content", ()) if part.get("language")), language),
    )


def _address(link: str) -> str | None:
    try:
        return plain(link) if is_address(link) else None
    except SourceError:
        return None


def _own_id(key: str, feed: str) -> str:
    """Return the id of an entry without an address: its own where that is one everywhere, such as `tag:...`."""
    if re.match(r"(tag|urn):\S+\Z", key):
        return key
    return f"{feed}#entry={quote(key, safe='', errors='replace')}"


def _content(raw: Any) -> str | None:
    parts = [part for part in raw.get("content", ()) if part.get("value")]
    if not parts:
        return None
    best = max(parts, key=lambda part: len(part.value))
    return f"<p>{escape(best.value)}</p>" if best.get("type") == "text/plain" else str(best.value)


def _published(raw: Any) -> str | None:
    try:
        return iso_date(raw.get("published", ""))
    except SourceError:  # the page may have one, and nobody can mend the feed
        return None


def _no_feed(answer: Answer) -> str:
    links = [link for link in _LINK.findall(answer.content) if _FEED_TYPE.search(link)]
    named = [_HREF.search(link) for link in links]
    feeds = [urljoin(answer.address, found[1].decode("utf-8", "replace")) for found in named if found]
    if feeds:
        return f"this is no feed but a page; it names {', '.join(dict.fromkeys(feeds[:5]))}"
    return "this is no RSS or Atom feed; `kg load` reads a single page"
