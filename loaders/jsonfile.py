"""A JSON file: one article, or a list of them, each with a `text` and any other field of an article."""

import re
from collections.abc import Iterator

import msgspec

from kg.errors import SourceError
from kg.model import Article, KeptAside, Source

SUFFIXES = (".json",)
MANY = True


def sniff(content: bytes) -> bool:
    """Tell whether a stream starts with a list of objects, or with an object that is broken over lines."""
    return re.match(rb"\s*(\[\s*\{|\{[ \t]*\r?\n)", content) is not None


def load(source: Source) -> Iterator[Article | KeptAside]:
    """Yield the article, or each of the list as it stands, and for each broken one why it is kept aside.

    Raises SourceError where the file is no JSON.
    """
    try:
        found = msgspec.json.decode(source.content)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"this is not JSON: {error}; for one article a line, name the file .jsonl") from error
    if not isinstance(found, list):
        yield _article(source, found, None)
        return
    for number, item in enumerate(found, start=1):
        yield _article(source, item, number)


def _article(source: Source, item: object, part: int | None) -> Article | KeptAside:
    if not isinstance(item, dict):
        return source.aside("this is not an object with a `text`", part)
    try:
        return source.article(item, part)
    except SourceError as error:
        return source.aside(error, part, item)
