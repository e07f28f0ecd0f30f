"""Plain text: bare, under header lines such as `title:` and `date:`, or after a leading `date YYYY-MM-DD`."""

import re
from collections.abc import Iterator

from kg.model import Article, Source

SUFFIXES = (".txt",)

_FIELDS = {
    "id": "id",
    "title": "title",
    "date": "published",
    "published": "published",
    "source": "source",
    "outlet": "source",
    "url": "url",
    "language": "language",
}
_LEADING_DATE = re.compile(r"\s*date[ \t]+(?P<date>\d{4}-\d\d-\d\d)\s+", re.IGNORECASE)
_HEADER = re.compile(r"\s*(?P<header>(?:[A-Za-z][\w -]{0,30}:[^\n]*\n)+)\s*\n(?P<body>.*)", re.DOTALL)


def load(source: Source) -> Iterator[Article]:
    """Yield the one article of a text; its body is what follows the header, unchanged."""
    text = source.text()
    if leading := _LEADING_DATE.match(text):
        found = {"text": text[leading.end() :], "published": leading["date"], "date_source": "header"}
        yield source.article(found)
        return
    header, body = _split(text)
    yield source.article({**header, "date_source": "header", "text": body})


def _split(text: str) -> tuple[dict[str, str], str]:
    """Part a text into the fields of its header and its body; a header begins with a field that is known."""
    if not (match := _HEADER.match(text)):
        return {}, text
    pairs = [line.partition(":") for line in match["header"].splitlines()]
    if pairs[0][0].strip().lower() not in _FIELDS:
        return {}, text
    known = [(_FIELDS.get(name.strip().lower()), value.strip()) for name, _, value in pairs]
    return {field: value for field, value in known if field}, match["body"]
