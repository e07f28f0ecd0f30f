"""Markdown, with front matter or without; the body is reduced to its words, one paragraph a block."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.model import Article, Source

if TYPE_CHECKING:
    from markdown_it.token import Token

SUFFIXES = (".md", ".markdown")

_FIELDS = {
    "id": "id",
    "title": "title",
    "date": "published",
    "published": "published",
    "source": "source",
    "outlet": "source",
    "url": "url",
    "canonical": "url",
    "canonical_url": "url",
    "lang": "language",
    "language": "language",
}
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<matter>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SCALAR = re.compile(
    r"""(?P<key>\w[\w-]*)[ \t]*:[ \t]+(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^']|'')*)'"""
    r"""|(?P<bare>[^\s"'|>\[{#&*!][^\n]*?))[ \t]*(?:[ \t]\#[^\n]*)?"""
)
_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}


def sniff(content: bytes) -> bool:
    """Tell whether a stream starts with front matter."""
    return re.match(rb"---[ \t]*\r?\n\w[\w-]*[ \t]*:", content) is not None


def load(source: Source) -> Iterator[Article]:
    """Yield the one article: fields from the front matter, title else from a leading first-level heading."""
    text = source.text()
    matter = _FRONT_MATTER.match(text)
    fields = _scalars(matter["matter"]) if matter else {}
    heading, blocks = _blocks(text[matter.end() :] if matter else text)
    title = fields.setdefault("title", heading)
    if heading and heading != title:
        blocks.insert(0, heading)
    yield source.article({**fields, "date_source": "header", "text": "\n\n".join(blocks)})


def _scalars(matter: str) -> dict[str, str]:
    """Read the known `key: value` lines of front matter; lists, nested keys and blocks are left out."""
    found = {}
    for line in matter.splitlines():
        match = _SCALAR.fullmatch(line)
        field = _FIELDS.get(match["key"].lower()) if match else None
        if match and field:
            found[field] = _value(match)
    return found


def _value(match: re.Match[str]) -> str:
    if match["double"] is not None:
        return re.sub(r"\\(.)", r"\1", match["double"])
    if match["single"] is not None:
        return match["single"].replace("''", "'")
    return match["bare"]


def _blocks(markdown: str) -> tuple[str, list[str]]:
    """Part Markdown into its leading first-level heading, empty where there is none, and its other blocks."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(markdown)
    blocks = [words for token in tokens if (words := _words(token).strip())]
    if blocks and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return blocks[0], blocks[1:]
    return "", blocks


def _words(token: "Token") -> str:
    if token.type in ("text", "code_inline", "fence", "code_block"):
        return token.content
    return _BREAKS.get(token.type) or "".join(_words(child) for child in token.children or ())
