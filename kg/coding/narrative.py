"""Days carried along a narrative: 'On Friday, X met Y. They signed ...' puts the signing on Friday as well.

After Reichenbach's reference time: an event in the simple past without a day of its own happens at the day or in the
week told last, as long as the telling goes on in the simple past, in the same paragraph, and no other day comes
between; a clause that says more of a noun sets no such day. An old day goes on for those who took part in what happened
on it. What a news article tells without a day in the simple past, the present or the perfect is news: it happened
within the week that ends with the day of writing, unless it went on for years or is told to have been at another time.
Such a time has no words of its own, `text` is None.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kg.coding.coreference import Coded
from kg.coding.grammar import children, governor, is_verb, support_verb
from kg.coding.ownership import is_told_otherwise
from kg.coding.triggers import senses
from kg.knowledge.words import word_lists
from kg.model import FACTS, Event, Time
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 2  # sentences
_WEEK = timedelta(days=6)
_LONGEST = timedelta(days=7)
_RECENT = timedelta(days=31)
_PRESENT = frozenset({"has", "have", "'s", "’s", "'ve", "’ve", "is", "are", "does", "do"})


def carried(coded: Iterable[Coded], reading: Reading) -> Iterator[Event]:
    """Yield the events in the order of the text, those in the simple past with the last day told before them."""
    last: Coded | None = None
    told: dict[int, Time | None] = {}
    for each in coded:
        event = each.event
        if event.time is None and event.modality in (*FACTS, "negated"):
            event = replace(event, time=_with(each, told) or _untold(each, last, reading))
        told.update({hit.token.i: event.time for hit in each.hits})
        if event.time is not None and event.modality in FACTS and not _is_aside(each.hits[0].token):
            last = replace(each, event=event)
        yield event


def _with(each: Coded, told: Mapping[int, Time | None]) -> Time | None:
    """Return the days of the act that a verb goes on from: 'arrested and questioned'."""
    verb = each.hits[0].token
    return told.get(verb.head.i) if verb.dep_ == "conj" and is_verb(verb) else None


def _untold(each: Coded, last: Coded | None, reading: Reading) -> Time | None:
    """Return the days of an event that the text gives none, None also where a longer past goes on in the telling."""
    if is_told_otherwise(each.hits[0], reading):
        return None
    before = _carried(each, last, reading)
    if before is None:
        return _news(each, reading)
    return before if _is_short(before) else None


def _carried(each: Coded, last: Coded | None, reading: Reading) -> Time | None:
    """Return the time told last where the telling goes on from there."""
    verb = _verb(each)
    if last is None or last.event.time is None or verb is None or not _is_simple_past(verb):
        return None
    one, other = last.hits[0].token, each.hits[0].token
    distance = reading.parsed.sentence_of[other.i] - reading.parsed.sentence_of[one.i]
    if not 0 <= distance <= _REACH or reading.block(one) != reading.block(other):
        return None
    time = last.event.time
    shares = _shares(each.event, last.event) or _points_back(each, verb, reading)
    if _is_old(time, reading) or not _is_short(time):
        return time if distance <= 1 and shares else None
    if distance == 0 and _is_what_came_before(verb, one):
        return _week_before(date.fromisoformat(time.end))
    return time if distance <= 1 or shares else None


def _is_what_came_before(verb: "Token", other: "Token") -> bool:
    """Whether a clause tells what another act came after: 'praised them on Friday after they signed'."""
    marks = {mark.lower_ for mark in children(verb, "mark")}
    is_after = verb.dep_ == "advcl" and bool(marks & word_lists("dates")["limits", "after"])
    return is_after and other.i not in {each.i for each in verb.subtree}


def _shares(event: Event, last: Event) -> bool:
    """Whether somebody took part in both events, or it is not known who took part in the later one."""
    parties = {*event.source, *event.target}
    return not parties or bool(parties & {*last.source, *last.target})


def _points_back(each: Coded, verb: "Token", reading: Reading) -> bool:
    """Whether a verb is about an event that was told: 'condemned the attack'."""
    own, definite = {token.i for token in each.hits[0].tokens}, word_lists("words")["determiners", "definite"]
    things = (thing for thing in children(verb, "dobj") if thing.i not in own)
    return any(
        ("noun", reading.lemma(thing)) in senses() and any(child.lower_ in definite for child in children(thing, "det"))
        for thing in things
    )


def _is_aside(token: "Token") -> bool:
    """Whether a token stands in a clause that only says more of a noun: 'Lind, who lost in 2014, ...'."""
    return any(each.dep_ in ("relcl", "acl") for each in (token, *token.ancestors))


def _is_short(time: Time) -> bool:
    return date.fromisoformat(time.end) - date.fromisoformat(time.start) <= _LONGEST


def _is_old(time: Time, reading: Reading) -> bool:
    return reading.written is None or date.fromisoformat(time.end) < reading.written - _RECENT


def _news(each: Coded, reading: Reading) -> Time | None:
    verb = _verb(each) or _meanwhile(each) or _just_before(each) or _of_lead(each, reading)
    if verb is None or reading.written is None or not _is_news(verb) or _lasted(verb):
        return None
    block = reading.block(verb)
    written = (block and block.day) or reading.written
    told = _told_just_before(verb, reading, written)
    return Time(told[0].isoformat(), told[1].isoformat()) if told else _week_before(written)


def _week_before(day: date) -> Time:
    return Time((day - _WEEK).isoformat(), day.isoformat())


def _told_just_before(verb: "Token", reading: Reading, written: date) -> tuple[date, date] | None:
    """Return the recent stretch of days ('last week') that the verb's sentence, or the one before it, told last."""
    sentence = reading.parsed.sentence_of
    before = (at for at in reading.dates_at if at < verb.i and not _is_aside(reading.doc[at]))
    for at in sorted(before, reverse=True):
        if sentence[verb.i] - sentence[at] > 1:
            return None
        first, last = reading.dates_at[at].past
        if last <= written and written - first <= _RECENT and first < last <= first + _WEEK:
            return first, last
    return None


def _is_news(verb: "Token") -> bool:
    """Whether a verb is in the simple past, the present or the perfect, or goes with one that is: 'was quick to'."""
    if (
        verb.dep_ in ("pcomp", "pobj", "xcomp", "advcl", "conj")
        and verb.tag_ in ("VBG", "VB", "VBN")
        and not any(child.tag_ != "TO" for child in children(verb, "aux"))
    ):
        above = governor(verb)
        if above is not None and above.dep_ == "acomp":
            above = above.head
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
    if each.event.type != each.hits[0].sense.entry.type:  # announced: it is when that was said
        return governor(token)
    if token.dep_ == "acomp" and is_verb(token.head):
        return token.head
    return token if is_verb(token) else support_verb(token)


def _meanwhile(each: Coded) -> "Token | None":
    """Return the verb that happened within a noun: 'met during a visit'."""
    token = each.hits[0].token
    within = token.dep_ == "pobj" and token.head.lower_ in word_lists("words")["adjuncts", "within"]
    return token.head.head if within and is_verb(token.head.head) else None


def _just_before(each: Coded) -> "Token | None":
    """Return the main verb of what came after something told as new: 'they met after a surprise invitation'."""
    token = each.hits[0].token
    follows = token.dep_ == "pobj" and token.head.lower_ in word_lists("dates")["limits", "after"]
    is_new = any(child.lower_ in word_lists("words")["determiners", "indefinite"] for child in children(token, "det"))
    root = token.sent.root
    return root if follows and is_new and is_verb(root) else None


def _of_lead(each: Coded, reading: Reading) -> "Token | None":
    """Return the verb above a noun in the first paragraph: what is told there is the news."""
    first = next((block for block in reading.parsed.blocks if block.kind == "paragraph"), None)
    token = each.hits[0].token
    if first is None or not first.start <= token.idx < first.end:
        return None
    return next((above for above in token.ancestors if is_verb(above)), None)


def _is_simple_past(verb: "Token") -> bool:
    auxiliaries = {child.lower_ for child in children(verb, "aux", "auxpass")}
    if verb.tag_ == "VBN" and (auxiliaries or not children(verb, "nsubj")):
        return bool(auxiliaries & {"was", "were"})
    return verb.tag_ in ("VBD", "VBN") and not auxiliaries
