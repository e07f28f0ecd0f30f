"""Spans of a text: where an anchor stands, what two spans share, and a plain split into sentences."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from kg.evaluation.gold import Anchor

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"‘'#@\[(])|\n+")
_DETERMINER = re.compile(r"^(the|a|an)\s+", re.IGNORECASE)


def spans_of(text: str, anchor: Anchor) -> list[Span]:
    """Return the spans that an anchor stands for: every occurrence in whole words, or the k-th one."""
    if isinstance(anchor, str):
        piece = re.escape(anchor)
        found = [match.span() for match in re.finditer(rf"(?<!\w){piece}(?!\w)", text)]
        return found or [match.span() for match in re.finditer(piece, text)]
    piece, occurrence = anchor
    at = -1
    for _ in range(occurrence):
        at = text.find(piece, at + 1)
        if at < 0:
            return []
    return [(at, at + len(piece))]


def overlap(one: Span, other: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def length(span: Span) -> int:
    """Return how many characters a span has."""
    return span[1] - span[0]


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with any of the others."""
    return any(overlap(span, other) for other in others)


def sentences(text: str) -> list[Span]:
    """Return the sentences of a text, told by punctuation and line ends alone, whoever read it."""
    bounds, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        bounds.append((start, match.start()))
        start = match.end()
    return [*bounds, (start, len(text))]


def sentence_of(bounds: list[Span], span: Span) -> int | None:
    """Return the number of the first sentence that a span touches, or None for a span in none."""
    return next((number for number, bound in enumerate(bounds) if overlap(bound, span)), None)


def bare(name: str | None) -> str:
    """Return a name in lower case, without a leading article and punctuation."""
    without = _DETERMINER.sub("", name or "").lower()
    return re.sub(r"[^\w]+", " ", without).strip()


def content_words(text: str) -> set[str]:
    """Return the words of a phrase in lower case, without the lightest ones."""
    return set(re.findall(r"\w+", text.lower())) - _light_words()


@cache
def _light_words() -> frozenset[str]:
    return frozenset((files("kg.evaluation") / "light_words.txt").read_text("utf-8").split())
