"""Asides in an article: bylines, tails, credits of pictures and links, which tell nothing of what it is about."""

import calendar
import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, cast

from kg.knowledge.words import word_lists

AsideKind = Literal["byline", "tail", "credit", "link"]
KINDS: tuple[AsideKind, ...] = ("byline", "tail", "credit", "link")

_DAYS = "|".join((*calendar.day_name, *calendar.month_name[1:]))
_NAME = r"[A-Z][\w.’'-]*"


def asides(text: str) -> Iterator[tuple[int, int, AsideKind]]:
    """Yield the characters and the kind of each aside in a text, in order."""
    for found in _asides().finditer(text):
        yield found.start(), found.end(), cast("AsideKind", found.lastgroup)


@cache
def _asides() -> re.Pattern[str]:
    patterns = {"byline": _byline(), "tail": _tail(), "credit": _credit(), "link": _link()}
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in patterns.items()), re.MULTILINE)


def _byline() -> str:
    """'By Ada Lind and Per Berg, political editors': names, and after a comma what they are."""
    name = rf"(?:{_NAME}|{_any_of('function', 'words')})"
    names = rf"(?!(?:{_DAYS})\b){name}(?: {name})*"
    role = r"(?:,| [|–—-]) [^.!?\n]{1,60}"
    return rf"^(?i:{_any_of('byline', 'openings')}):? {names}(?:{role})?[ \t]*$"


def _tail() -> str:
    """'(Reporting by Ada Lind; editing by Per Berg)', in brackets at the end of a paragraph or as one of its own."""
    openings, endings = (rf"(?i:{_any_of('tail', part)})" for part in ("openings", "endings"))
    bracketed = rf"[(\[]{openings}:? {_NAME}[^()\[\]]{{0,300}}[)\]]?(?=\s*\Z|[ \t]*\n)"
    return rf"{bracketed}|^{openings}:? {_NAME}[^.\n]{{0,200}}\.?[ \t]*$|^{_NAME}[^.\n]{{0,200}} {endings}\.?[ \t]*$"


def _credit() -> str:
    """'Image copyright Ada Pictures', up to a caption that follows; 'AGENCY/Ada Lind'; 'Photo: Ada Lind/AGENCY'."""
    openings, captions, agencies = (_any_of("credit", part) for part in ("openings", "captions", "agencies"))
    opened = rf"^(?:{openings})[^.\n]{{1,80}}?(?: (?:{captions})\b:?|[ \t]*$)"
    signed = rf"\b(?:{agencies})/{_NAME}(?:[ /]{_NAME}){{0,4}}[ \t]*$"
    headed = rf"^(?:{_any_of('credit', 'headings')}): {_NAME}(?:[ /]{_NAME}){{0,6}}[ \t]*$"
    return rf"{opened}|^(?:{captions})\b:?|{signed}|{headed}"


def _link() -> str:
    """'Read more: Envoy leaves Oslo', and the items listed under such a heading; 'Follow Ada Lind on ...'."""
    openings, calls, invitations, sites = (
        f"(?i:{_any_of('link', part)})" for part in ("openings", "calls", "invitations", "sites")
    )
    items = r"(?:\s*\n[ \t]*[•*·–—-] ?[^\n]*)*"
    called = rf"(?:{calls}\b|{invitations} [^.\n]{{1,60}} on {sites})[^\n]{{0,120}}$"
    return rf"^[\[(]?(?:{openings}(?:[ \t]*[:|»›→][^\n]*)?[ \t]*$|{called}){items}"


def _any_of(section: str, name: str) -> str:
    words = word_lists("layout")[section, name]
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
