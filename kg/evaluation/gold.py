"""Gold articles: a text with the actors, events and statements that a careful reader finds in it.

One JSON object a line. An anchor is an exact piece of the text, or `[piece, k]` for its k-th occurrence.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from kg.errors import SourceError
from kg.model import Article

Anchor = str | tuple[str, int]
OneOrMore = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldActor:
    """An actor: `names` are its proper surface forms, `other` its nominal and metonym mentions."""

    key: str
    name: str
    names: tuple[Anchor, ...] = ()
    other: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """An event by actor keys; an `optional` one counts neither as missed nor as wrong."""

    type: str
    anchor: Anchor
    modality: str
    more_anchors: tuple[Anchor, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    symmetric: bool = False
    roles_free: bool = False
    optional: bool = False
    topics: tuple[Anchor, ...] = ()
    place: str | None = None
    date: tuple[str, str] | None = None
    according_to: tuple[str, ...] | None = None
    stance: str | None = None
    alt_types: tuple[str, ...] = ()
    alt_modality: OneOrMore = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """What somebody said; `cospeakers` are accepted as its speaker too."""

    speaker: str
    anchor: Anchor
    cue: Anchor | None = None
    direct: bool = False
    optional: bool = False
    cospeakers: OneOrMore = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """An annotated article."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    actors: tuple[GoldActor, ...] = ()
    events: tuple[GoldEvent, ...] = ()
    statements: tuple[GoldStatement, ...] = ()


def read_gold(path: Path) -> tuple[GoldArticle, ...]:
    """Return the gold articles of a JSON Lines file, in its order.

    Raises SourceError naming the file, the line and the field where it cannot be read.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from error
    return tuple(_article(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def as_article(gold: GoldArticle) -> Article:
    """Return the article that an extraction gets to see."""
    return Article(
        id=gold.id,
        text=gold.text,
        title=gold.title,
        published=gold.published,
        date_source="given" if gold.published else None,
    )


def choices(value: OneOrMore) -> tuple[str, ...]:
    """Return the values of a field that holds none, one or a list."""
    if isinstance(value, str):
        return (value,)
    return value or ()


def words(anchor: Anchor) -> str:
    """Return the words of an anchor without the number of the occurrence."""
    return anchor if isinstance(anchor, str) else anchor[0]


def _article(path: Path, number: int, line: bytes) -> GoldArticle:
    try:
        return _decoder().decode(line)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise SourceError(f"{path}, line {number}: not a gold article: {error}") from error


@cache
def _decoder() -> msgspec.json.Decoder[GoldArticle]:
    return msgspec.json.Decoder(GoldArticle)
