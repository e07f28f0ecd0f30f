"""Days carried along a narrative: 'On Friday, X met Y. They signed ...' puts the signing on Friday as well.

After Reichenbach's reference time: an event in the simple past without a day of its own happens at the last day told,
as long as the telling goes on in the simple past and no other day comes between. What a news article tells without a
day in the simple past, the present or the perfect is news: it happened within the week that ends with publication,
unless it went on for years. Such a time has no words of its own, `text` is None.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.coding.coreference import Coded
from kg.coding.grammar import children, governor, is_verb, support_verb
from kg.knowledge.words import word_lists
from kg.model import Event, Time
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 2  # sentences
_WEEK = timedelta(days=6)
_RECENT = timedelta(days=31)
_PRESENT = frozenset({"has", "have", "'s", "’s", "'ve", "’ve", "is", "are", "does", "do"})
_HAPPENED = ("actual", "ongoing")


def carried(coded: Iterable[Coded], reading: Reading) -> Iterator[Event]:
    """Yield the events in the order of the text, those in the simple past with the last day told before them."""
    last: Coded | None = None
    for each in coded:
        event = each.event
        if event.time is None and event.modality in (*_HAPPENED, "negated"):
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
    verb = _verb(each) or _meanwhile(each) or _of_lead(each, reading)
    if verb is None or reading.parsed.day is None or not _is_news(verb) or _lasted(verb):
        return None
    block = reading.block(verb)
    published = (block and block.day) or date.fromisoformat(reading.parsed.day)
    told = _told_just_before(verb, reading, published)
    return Time(told[0].isoformat(), told[1].isoformat()) if told else _week_before(published)


def _week_before(published: date) -> Time:
    return Time((published - _WEEK).isoformat(), published.isoformat())


def _told_just_before(verb: "Token", reading: Reading, published: date) -> tuple[date, date] | None:
    """Return the recent stretch of days ('last week') that the verb's sentence, or the one before it, told last."""
    sentence = reading.parsed.sentence_of
    for at in sorted((at for at in reading.dates_at if at < verb.i), reverse=True):
        if sentence[verb.i] - sentence[at] > 1:
            return None
        first, last = reading.dates_at[at].past
        if last <= published and published - first <= _RECENT and first < last <= first + _WEEK:
            return first, last
    return None


def _is_news(verb: "Token") -> bool:
    """Whether a verb is in the simple past, the present or the perfect, or goes with one that is."""
    if (
        verb.dep_ in ("pcomp", "xcomp", "advcl", "conj")
        and verb.tag_ in ("VBG", "VB", "VBN")
        and not children(verb, "aux")
    ):
        above = governor(verb)
        return above is not None and is_verb(above) and _is_news(above)
    auxiliaries = {child.lower_ for child in children(verb, "aux", "auxpass")}
    if auxiliaries & {"had", "'d", "’d"}:
        return False
    return _is_simple_past(verb) or verb.tag_ in ("VBZ", "VBP") or bool(auxiliaries & _PRESENT)


def _lasted(verb: "Token") -> bool:
    """'for twelve years': whether it went on for longer than news."""
    spans = (thing for child in children(verb, "prep") if child.lower_ == "for" for thing in child.children)
    return any(thing.lower_ in word_lists("words")["durations", "long"] for thing in spans)


def _verb(each: Coded) -> "Token | None":
    token = each.hits[0].token
    if token.dep_ == "acomp" and is_verb(token.head):
        return token.head
    return token if is_verb(token) else support_verb(token)


def _meanwhile(each: Coded) -> "Token | None":
    """Return the verb that happened within a noun: 'met during a visit'."""
    token = each.hits[0].token
    within = token.dep_ == "pobj" and token.head.lower_ in word_lists("words")["adjuncts", "within"]
    return token.head.head if within and is_verb(token.head.head) else None


def _of_lead(each: Coded, reading: Reading) -> "Token | None":
    """Return the verb above a noun in the first paragraph: what is told there is the news."""
    first = next((block for block in reading.parsed.blocks if block.kind == "paragraph"), None)
    token = each.hits[0].token
    if first is None or not first.start <= token.idx < first.end:
        return None
    return next((above for above in token.ancestors if is_verb(above)), None)


def _is_simple_past(verb: "Token") -> bool:
    auxiliaries = {child.lower_ for child in children(verb, "aux", "auxpass")}
    if verb.tag_ == "VBN":
        return bool(auxiliaries & {"was", "were"})
    return verb.tag_ == "VBD" and not auxiliaries
