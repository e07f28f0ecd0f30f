"""JSON Lines: one article a line, each with a `text` and any other field of an article."""

import re
from collections.abc import Iterator

import msgspec

from kg.errors import SourceError
from kg.model import Article, KeptAside, Source

SUFFIXES = (".jsonl", ".ndjson")
MANY = True


def sniff(content: bytes) -> bool:
    """Tell whether a stream starts with a line that opens an object and goes on."""
    return re.match(rb"\s*\{[ \t]*[^\s]", content) is not None


def load(source: Source) -> Iterator[Article | KeptAside]:
    """Yield the article of each line as it stands, and for each broken line why it is kept aside."""
    for number, line in enumerate(source.content.split(b"\n"), start=1):
        if line.strip():
            yield _article(source, line, number)


def _article(source: Source, line: bytes, number: int) -> Article | KeptAside:
    try:
        fields = msgspec.json.decode(line)
    except (ValueError, RecursionError) as error:
        return source.aside(f"this line is not JSON: {error}", number)
    if not isinstance(fields, dict):
        return source.aside("this line is not an object with a `text`", number)
    try:
        return source.article(fields, number)
    except SourceError as error:
        return source.aside(error, number, fields)
