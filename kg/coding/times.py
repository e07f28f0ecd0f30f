"""When an event took place: the date nearest to its trigger."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.coding.circumstances import heads, near, phrases
from kg.coding.grammar import children, governor, is_noun, is_verb, support_verb
from kg.coding.triggers import Hit, senses
from kg.knowledge.words import word_lists
from kg.model import Modality, Time
from kg.reading.dates import DateSpan
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE: tuple[Modality, ...] = ("planned", "possible", "requested", "conditional")
_MODIFIERS = ("compound", "nmod", "nummod", "amod", "poss", "npadvmod")
_WEEK = timedelta(days=6)


def time_of(hit: Hit, modality: Modality, reading: Reading) -> Time | None:
    """Return the days on which the event of a trigger took or takes place.

    They are told in its own clause, the finest of nested ones ('on February 6 this year'), else in a clause that sets
    it in time ('after he came on Monday'), else with the verb that it goes with ('in 2014 they came and stayed').
    """
    future = modality in _FUTURE and not _is_past_gerund(hit)
    times = [*_within(hit, future, reading)]
    times = times or [*_behind(hit, reading), *_beside(hit, reading), *_above(hit, modality, reading)]
    finest = times[:1]
    for time in times[1:]:
        if finest[0].start <= time.start and time.end <= finest[0].end:
            finest = [time]
    return next((time for time in finest if future or not _is_to_come(time, reading)), None)


def _within(hit: Hit, future: bool, reading: Reading) -> Iterator[Time]:
    """Yield the days told in the trigger's own clause; of a plan, the day of the verb above it is not its own."""
    told = [token for token in near(hit) if _is_own(token, hit, reading)]
    spans = [reading.dates_at[token.i] for token in told]
    ends = {span.until.start for span in spans if span.until}
    for token, span in zip(told, spans, strict=True):
        is_of_telling = future and _is_of_telling(token, reading)
        if span.start not in ends and not (is_of_telling and governor(token) not in (*hit.tokens, _verb(hit))):
            yield span.period(future=(future and not is_of_telling) or None)


def is_told_otherwise(hit: Hit, reading: Reading) -> bool:
    """Tell whether the clause of a trigger says when, but not on which days: 'years ago', 'before the June vote'."""
    own = {head.i for head in heads(hit)}
    for token in near(hit):
        above = governor(token)
        if above is not None and above.i in own and _is_unresolved(token, reading):
            return True
        if _is_under_limit(token, hit, reading):
            return True
    verb = _verb(hit)
    clauses = children(verb, "advcl") if verb is not None else []
    return any(_sets_a_limit(clause, reading) for clause in clauses)


def _sets_a_limit(clause: "Token", reading: Reading) -> bool:
    """Whether a clause tells before what something was, or how long after: 'before they met in June'."""
    if any(_is_unresolved(token, reading) for token in clause.lefts if _precedes_conjunction(token)):
        return True
    is_before = any(mark.lower_ in word_lists("dates")["limits", "before"] for mark in children(clause, "mark"))
    return is_before and any(token.i in reading.dates_at for token in clause.subtree)


def _is_to_come(time: Time, reading: Reading) -> bool:
    """Whether the days lie after publication: nothing has happened on them, they belong to another word."""
    return reading.parsed.day is not None and time.start > reading.parsed.day


def _verb(hit: Hit) -> "Token | None":
    return hit.token if is_verb(hit.token) else support_verb(hit.token)


def _is_of_telling(token: "Token", reading: Reading) -> bool:
    """Whether a day lately past goes with a verb in the past: 'announced plans on Friday', but not 'set for Friday'."""
    first, last = reading.dates_at[token.i].past
    above = governor(token)
    is_past = above is not None and above.tag_ == "VBD" and token.head.lower_ != "for"
    return is_past and first == last and _is_late(reading.dates_at[token.i], reading)


def _is_past_gerund(hit: Hit) -> bool:
    """Whether the trigger is what something else came after: 'after attacking the town'."""
    after = word_lists("dates")["limits", "after"]
    return hit.token.dep_ == "pcomp" and hit.token.head.lower_ in after


def _is_own(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a token of a trigger's clause tells a date, and that date is the event's own."""
    if token.i not in reading.dates_at or _precedes_conjunction(token):
        return False
    return not _is_under_limit(token, hit, reading) and not _is_of_other(token, hit, reading)


def _precedes_conjunction(token: "Token") -> bool:
    """Whether a token stands before the conjunction of the clause that it is parsed in: 'a day after they met'."""
    return any(token.i < child.i for child in children(token.head, "mark"))


def _is_under_limit(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a date is of what the event came before, or after unless that was lately: 'before the June vote'."""
    if token.i not in reading.dates_at:
        return False
    limits, span = word_lists("dates"), reading.dates_at[token.i]
    above = {each.lower_ for each in _between(token, hit)}
    if above & limits["limits", "before"]:
        return True
    return bool(above & limits["limits", "after"]) and not _is_late(span, reading)


def _between(token: "Token", hit: Hit) -> Iterator["Token"]:
    """Yield the prepositions above a date up to its clause's verb or the trigger, its own one left out."""
    own = {part.i for part in hit.tokens}
    for above in token.ancestors:
        if above.i in own or (is_verb(above) and above.dep_ != "pcomp"):
            return
        if above.dep_ in ("prep", "advmod") and above.i != token.head.i:
            yield above


def _is_late(span: DateSpan, reading: Reading) -> bool:
    """Whether a date lies in the week before the day of writing."""
    return reading.written is not None and span.past[1] >= reading.written - _WEEK


def _is_of_other(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a date belongs to another noun than the trigger: 'criticised the 2015 deal'."""
    own = {part.i for part in hit.tokens}
    modifies = token.dep_ in _MODIFIERS and is_noun(token.head) and token.head.i not in own
    is_part_of_day = token.head.lower_ in word_lists("dates")["days", "parts"]
    if modifies and not is_part_of_day and not _sets_the_scene(token.head):
        return True
    return _is_of_gerund(token, hit) or _is_of_object(token, hit, reading)


def _is_of_gerund(token: "Token", hit: Hit) -> bool:
    """Whether a date stands in what is told to have been done: 'accused of meddling in the 2016 vote'."""
    own = {part.i for part in hit.tokens}
    for above in token.ancestors:
        if above.i in own or (is_verb(above) and above.dep_ not in ("pcomp", "acl")):
            return False
        if above.dep_ == "acl":
            return is_verb(hit.token)
        if above.dep_ == "pcomp":
            return above.head.lower_ not in word_lists("words")["adjuncts", "prepositions"]
    return False


def _sets_the_scene(noun: "Token") -> bool:
    """Whether a noun stands in a phrase that tells when or where, or is what acts: 'at the Monday summit'."""
    while noun.dep_ in ("compound", "nmod", "poss") and is_noun(noun.head):
        noun = noun.head
    if noun.dep_ == "pobj":
        return noun.head.lower_ in word_lists("words")["adjuncts", "prepositions"] and not is_noun(noun.head.head)
    return noun.dep_ not in ("dobj", "nsubj", "pobj", "attr")


def _is_of_object(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a month or longer stands behind an object that tells of another event: 'the annexation in 2014'."""
    first, last = reading.dates_at[token.i].past
    preposition = token if token.dep_ == "prep" else token.head
    if preposition.dep_ != "prep" or last - first <= _WEEK:
        return False
    verb, own = _verb(hit), {part.i for part in hit.tokens}
    things = children(verb, "dobj") if verb is not None else []
    return any(
        thing.i not in own
        and thing.i < preposition.i <= thing.right_edge.i + 1
        and ("noun", reading.lemma(thing)) in senses()
        for thing in things
    )


def _behind(hit: Hit, reading: Reading) -> Iterator[Time]:
    """Yield the days told after a noun with no verb in between: 'the annexation of the island in 2014'."""
    for token in reading.doc[hit.token.i + 1 : hit.token.sent.end] if is_noun(hit.token) else ():
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
    verb = _verb(hit)
    for clause in _scenes(verb) if verb is not None else ():
        for token in (*(token for token in clause.lefts if _precedes_conjunction(token)), *phrases(clause)):
            if token.i in reading.dates_at:
                yield reading.dates_at[token.i].period()


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
    verb = _verb(hit)
    if verb is None or modality in _FUTURE or not _goes_with_its_head(verb):
        return
    for token in phrases(verb.head):
        if (
            token.i in reading.dates_at
            and token.dep_ in ("pobj", "npadvmod", "prep")
            and not _precedes_conjunction(token)
        ):
            yield reading.dates_at[token.i].period()


def _goes_with_its_head(verb: "Token") -> bool:
    """Whether a verb shares the time of its head: in the same tense beside it, or a participle below it."""
    if not is_verb(verb.head) or children(verb, "aux", "mark"):
        return False
    if verb.dep_ == "conj":
        return verb.tag_ == verb.head.tag_ or {verb.tag_, verb.head.tag_} == {"VBD", "VBN"}
    return verb.dep_ == "advcl" and verb.tag_ == "VBG"


def _is_unresolved(token: "Token", reading: Reading) -> bool:
    """Whether a token heads an expression of time for which no days are known: 'long ago', 'in the past'."""
    if any(span.start <= token.idx < span.end for span in reading.dates_at.values()):
        return False
    words = word_lists("dates")
    if token.dep_ == "advmod":
        return token.lower_ in words["unresolved", "adverbs"]
    if token.dep_ == "pobj" and token.head.lower_ in words["unresolved", "prepositions"]:
        return token.lower_ in words["unresolved", "nouns"] or (token.ent_type_ == "DATE" and not _is_length(token))
    limits = words["limits", "before"] | words["limits", "after"]
    governs = token.head.lower_ in limits or _precedes_conjunction(token)
    return token.dep_ == "npadvmod" and governs and token.ent_type_ == "DATE"


def _is_length(noun: "Token") -> bool:
    """Whether an expression tells how long: 'in seven years'."""
    return noun.tag_ == "NNS" and not children(noun, "det")
