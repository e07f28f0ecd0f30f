"""Days carried along a narrative: 'On Friday, X met Y. They signed ...' puts the signing on Friday as well.

After Reichenbach's reference time: an event in the simple past without a day of its own happens at the last day told,
as long as the telling goes on in the simple past and no other day comes between. What the first paragraph of a news
article tells without a day is news: it happened within the week that ends with publication. Such a time has no words of
its own, `text` is None.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.coding.coreference import Coded
from kg.coding.grammar import children, is_verb, support_verb
from kg.model import Event, Time
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 2  # sentences
_WEEK = timedelta(days=6)
_PERFECT = ("has", "have", "'s", "’s", "'ve", "’ve")
_HAPPENED = ("actual", "ongoing")


def carried(coded: Iterable[Coded], reading: Reading) -> Iterator[Event]:
    """Yield the events in the order of the text, those in the simple past with the last day told before them."""
    last: Coded | None = None
    for each in coded:
        event = each.event
        if event.time is None and event.modality in _HAPPENED:
            event = replace(event, time=_carried(each, last, reading) or _news(each, reading))
        if event.time is not None and event.modality in _HAPPENED:
            last = replace(each, event=event)
        yield event


def _carried(each: Coded, last: Coded | None, reading: Reading) -> Time | None:
    verb = _verb(each)
    if last is None or verb is None or not _is_simple_past(verb):
        return None
    order = reading.parsed.sentence_of
    distance = order[each.hits[0].token.i] - order[last.hits[0].token.i]
    return last.event.time if 0 <= distance <= _REACH else None


def _news(each: Coded, reading: Reading) -> Time | None:
    first = next((block for block in reading.parsed.blocks if block.kind == "paragraph"), None)
    verb = _verb(each)
    if first is None or verb is None or reading.parsed.day is None or not first.start <= verb.idx < first.end:
        return None
    published = date.fromisoformat(reading.parsed.day)
    is_past = _is_simple_past(verb) or any(child.lower_ in _PERFECT for child in children(verb, "aux"))
    return Time((published - _WEEK).isoformat(), published.isoformat()) if is_past else None


def _verb(each: Coded) -> "Token | None":
    token = each.hits[0].token
    return token if is_verb(token) else support_verb(token)


def _is_simple_past(verb: "Token") -> bool:
    auxiliaries = {child.lower_ for child in children(verb, "aux", "auxpass")}
    if verb.tag_ == "VBN":
        return bool(auxiliaries & {"was", "were"})
    return verb.tag_ == "VBD" and not auxiliaries
