"""The day that the clause of an office tells: 'the US president met them in 2009'."""

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from kg.knowledge.titles import titles
from kg.reading.dates import DateSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


def years_told(doc: "Doc", dates: Mapping[int, DateSpan]) -> dict[int, DateSpan]:
    """Return the date expressions with a year by the verbs whose clauses they set in time."""
    found = ((_verb_of(doc, at), span) for at, span in dates.items() if _YEAR.search(span.text))
    return {verb: span for verb, span in found if verb is not None}


def day_told(token: "Token", years: Mapping[int, DateSpan]) -> str | None:
    """Return the ISO day in the middle of the time that a token's clause names with a year, if it names one."""
    verb = _verb_above(token)
    while verb is not None and verb.lower_ not in titles().beginnings["verbs"]:
        if verb.i in years:
            time = years[verb.i].time()
            first, last = date.fromisoformat(time.start), date.fromisoformat(time.end)
            return (first + (last - first) / 2).isoformat()
        verb = verb.head if verb.dep_ == "conj" and verb.head.i != verb.i else None
    return None


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
