"""Offices that descriptions name: 'the US president' is who held the office on the day that the clause tells of."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kg.knowledge.tables import OfficeRow, is_held, is_joint, terms
from kg.knowledge.titles import is_others, meanings, titles
from kg.reading.dates import DateSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_STATE = re.compile(r"[A-Z]{3}")


def held(title: str, of: str, day: str, to: str | None = None) -> OfficeRow | None:
    """Return the term in which somebody alone held, on an ISO day, an office that a title of a state or body means."""
    for meant in meanings(title, of):
        found = [row for row in _known(meant, of, to) if is_held(row, day)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def ended(title: str, of: str, day: str) -> Iterator[OfficeRow]:
    """Yield the terms in an office that had ended by an ISO day, the latest first."""
    found = [row for meant in meanings(title, of) for row in _known(meant, of, None) if row.end and row.end <= day]
    yield from sorted(found, key=lambda row: row.start, reverse=True)


def _known(title: str, of: str, to: str | None) -> tuple[OfficeRow, ...]:
    """Return the terms in an office; none where a state has several holders at a time, or it is a deputy's."""
    unsure = is_joint(title, of) and (_STATE.fullmatch(of) or is_others(title.split()))
    return () if unsure else terms(title, of, to=to)


def years_told(doc: "Doc", dates: Mapping[int, DateSpan]) -> dict[int, DateSpan]:
    """Return the date expressions with a year by the verbs whose clauses they set in time."""
    found = ((_verb_of(doc, at), span) for at, span in dates.items() if _YEAR.search(span.text))
    return {verb: span for verb, span in found if verb is not None}


def day_told(token: "Token", years: Mapping[int, DateSpan]) -> str | None:
    """Return the ISO day in the middle of the time that a token's clause names with a year, if it names one."""
    verb = _verb_above(token)
    while verb is not None and verb.lower_ not in titles().beginnings["verbs"]:
        if verb.i in years:
            first, last = (date.fromisoformat(day) for day in _days(years[verb.i]))
            return (first + (last - first) / 2).isoformat()
        verb = verb.head if verb.dep_ == "conj" and verb.head.i != verb.i else None
    return None


def _days(span: DateSpan) -> tuple[str, str]:
    time = span.time()
    return time.start, time.end


def _verb_of(doc: "Doc", at: int) -> int | None:
    """Return the verb that a date stands under with no more than a preposition between them."""
    token = doc[at]
    while token.head.i != token.i and (token.tag_ in ("IN", "CD") or token.dep_ in ("pobj", "npadvmod", "tmod")):
        token = token.head
        if token.tag_[:2] == "VB":
            return int(token.i)
    return None


def _verb_above(token: "Token") -> "Token | None":
    return next((above for above in token.ancestors if above.tag_[:2] == "VB"), None)
