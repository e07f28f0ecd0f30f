"""When an event took place: the date nearest to its trigger."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.coding.circumstances import length_before, near, phrases, verb_of
from kg.coding.grammar import children, governor, is_noun, is_verb
from kg.coding.ownership import is_late, is_own, precedes_conjunction
from kg.coding.triggers import Hit, senses
from kg.knowledge.words import word_lists
from kg.model import Modality, Time
from kg.reading.date_patterns import days_before
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE: tuple[Modality, ...] = ("planned", "possible", "requested", "conditional")


def time_of(hit: Hit, modality: Modality, reading: Reading) -> Time | None:
    """Return the days on which the event of a trigger took or takes place.

    They are told in its own clause, the finest of nested ones ('on February 6 this year'), else in a clause that sets
    it in time ('after he came on Monday'), else with the verb that it goes with ('in 2014 they came and stayed').
    """
    future = modality in _FUTURE and not _is_past_gerund(hit)
    times = [*_within(hit, future, reading)] or [*_counted(hit, reading)]
    times = times or [*_behind(hit, reading), *_beside(hit, reading), *_above(hit, modality, reading)]
    finest = times[:1]
    for time in times[1:]:
        if finest[0].start <= time.start and time.end <= finest[0].end:
            finest = [time]
    return next((time for time in finest if future or not _is_to_come(time, reading)), None)


def is_ahead(hit: Hit, reading: Reading) -> bool:
    """Tell whether an event is still to come: 'The curfew starts tomorrow', 'tomorrow's talks'."""
    if is_noun(hit.token) and any(_is_to_come(each, reading) for each in _days_of(hit.token, reading)):
        return True
    verb = hit.token if is_verb(hit.token) else governor(hit.token)
    days = (reading.dates_at[token.i].time() for token in near(hit, reading) if is_own(token, hit, reading))
    is_present = verb is not None and verb.tag_ in ("VBZ", "VBP")
    return is_present and any(_is_to_come(each, reading) for each in days)


def _days_of(noun: "Token", reading: Reading) -> Iterator[Time]:
    """Yield the days that a noun itself bears: 'tomorrow's talks', 'the talks tomorrow'."""
    for child in children(noun, "poss", "npadvmod", "nmod", "compound"):
        if child.i in reading.dates_at:
            yield reading.dates_at[child.i].time()


def _within(hit: Hit, future: bool, reading: Reading) -> Iterator[Time]:
    """Yield the days told in the trigger's own clause; of a plan, the day of the verb above it is not its own."""
    told = [token for token in near(hit, reading) if is_own(token, hit, reading)]
    spans = [reading.dates_at[token.i] for token in told]
    ends = {span.until.start for span in spans if span.until}
    for token, span in zip(told, spans, strict=True):
        is_of_telling = future and _is_of_telling(token, reading)
        if span.start not in ends and not (is_of_telling and governor(token) not in hit.tokens):
            yield _up_to(token, span.period(future=(future and not is_of_telling) or None), reading)


def _up_to(token: "Token", time: Time, reading: Reading) -> Time:
    """Return the days from that of writing on where a time to come is an end: 'will last until Friday'."""
    ends = word_lists("dates")["limits", "end"]
    is_end = token.lower_ in ends or token.head.lower_ in ends
    written = reading.written.isoformat() if reading.written else time.start
    return Time(written, time.end, time.text) if is_end and written < time.start else time


def _is_to_come(time: Time, reading: Reading) -> bool:
    """Whether the days lie after publication: nothing has happened on them, they belong to another word."""
    return reading.parsed.day is not None and time.start > reading.parsed.day


def _is_past_gerund(hit: Hit) -> bool:
    """Whether the trigger is what something else came after: 'after attacking the town'."""
    after = word_lists("dates")["limits", "after"]
    return hit.token.dep_ == "pcomp" and hit.token.head.lower_ in after


def _is_of_telling(token: "Token", reading: Reading) -> bool:
    """Whether a day lately past goes with a verb in the past: 'announced plans on Friday', but not 'set for Friday'."""
    first, last = reading.dates_at[token.i].past
    above = governor(token)
    is_past = above is not None and above.tag_ == "VBD" and token.head.lower_ != "for"
    return is_past and first == last and is_late(reading.dates_at[token.i], reading)


def _behind(hit: Hit, reading: Reading) -> Iterator[Time]:
    """Yield the days told after a noun with no verb in between: 'the annexation of the island in 2014'.

    The same of a participle on a subject: 'the deal signed by them last week upset him'.
    """
    is_of_subject = hit.token.dep_ == "acl" and hit.token.head.dep_ in ("nsubj", "nsubjpass")
    for token in reading.doc[hit.token.i + 1 : hit.token.sent.end] if is_noun(hit.token) or is_of_subject else ():
        if token.i in reading.dates_at:
            yield reading.dates_at[token.i].period()
        if is_verb(token) or token.text == "," or _is_content(token, hit, reading):
            return


def _is_content(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a noun tells of the event that the trigger is about: 'denials of meddling'."""
    is_about = token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.i == hit.token.i
    return is_about and hit.sense.entry.quad.startswith("verbal") and ("noun", reading.lemma(token)) in senses()


def _beside(hit: Hit, reading: Reading) -> Iterator[Time]:
    """Yield the days told in clauses that set the trigger's verb in time."""
    verb = verb_of(hit)
    for clause in _scenes(verb) if verb is not None else ():
        for token in (*(token for token in clause.lefts if precedes_conjunction(token)), *phrases(clause)):
            if token.i in reading.dates_at:
                yield reading.dates_at[token.i].period()


def _counted(hit: Hit, reading: Reading) -> Iterator[Time]:
    """Yield the days told by how long after them something else was: 'spoke on Friday, two days after they met'."""
    verb = verb_of(hit)
    words = length_before(verb if verb is not None else hit.token)
    above = (verb if verb is not None else hit.token) if words else None
    while above is not None and above.head.i != above.i:
        above = above.head
        for token in phrases(above) if is_verb(above) else ():
            if token.i in reading.dates_at and token.i < hit.token.i:
                first, last = reading.dates_at[token.i].past
                if first == last and (days := days_before(words, first)):
                    yield Time(days[0].isoformat(), days[1].isoformat(), words)
                    return


def _scenes(verb: "Token") -> Iterator["Token"]:
    """Yield the clauses: 'after he came on Monday', 'speaking on Monday', 'in an interview published on Monday'."""
    words = word_lists("words")
    for clause in children(verb, "advcl"):
        begins = clause.tag_ == "VBG" and clause.i < verb.i and not children(clause, "mark")
        if begins or any(child.lower_ in words["adjuncts", "conjunctions"] for child in clause.lefts):
            yield clause
    for preposition in children(verb, "prep"):
        if preposition.lower_ in words["adjuncts", "within"]:
            yield from (clause for noun in children(preposition, "pobj") for clause in children(noun, "acl"))


def _above(hit: Hit, modality: Modality, reading: Reading) -> Iterator[Time]:
    """Yield the days told with the verb that the trigger's verb is coordinated with or says more of."""
    verb = verb_of(hit)
    if verb is None or modality in _FUTURE or not _goes_with_its_head(verb):
        return
    for token in phrases(verb.head):
        if (
            token.i in reading.dates_at
            and token.dep_ in ("pobj", "npadvmod", "prep")
            and not precedes_conjunction(token)
        ):
            yield reading.dates_at[token.i].period()


def _goes_with_its_head(verb: "Token") -> bool:
    """Whether a verb shares the time of its head: in the same tense beside it, or a participle below it."""
    if not is_verb(verb.head) or children(verb, "aux", "mark"):
        return False
    if verb.dep_ == "conj":
        return verb.tag_ == verb.head.tag_ or {verb.tag_, verb.head.tag_} == {"VBD", "VBN"}
    return verb.dep_ == "advcl" and verb.tag_ == "VBG"
