"""Whether a date told in the clause of a trigger is that of its event.

It is not where it limits the event ('before the vote in June') or tells of something else ('the 2015 deal').
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from kg.coding.circumstances import heads, length_before, near, verb_of
from kg.coding.grammar import children, governor, is_noun, is_verb
from kg.coding.triggers import Hit, is_blamed_for, senses
from kg.knowledge.words import word_lists
from kg.reading.dates import DateSpan
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_MODIFIERS = ("compound", "nmod", "nummod", "amod", "poss", "npadvmod")
_WEEK = timedelta(days=6)


def is_own(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Tell whether a token of a trigger's clause tells a date, and that date is the event's own."""
    if token.i not in reading.dates_at or precedes_conjunction(token):
        return False
    return not _is_under_limit(token, hit, reading) and not _is_of_other(token, hit, reading)


def is_told_otherwise(hit: Hit, reading: Reading) -> bool:
    """Tell whether the clause of a trigger says when, but not on which days: 'years ago', 'before the June vote'."""
    own = {head.i for head in heads(hit, reading)}
    for token in near(hit, reading):
        above = governor(token)
        if above is not None and above.i in own and _is_unresolved(token, reading):
            return True
        if _is_under_limit(token, hit, reading):
            return True
    verb = verb_of(hit)
    clauses = children(verb, "advcl") if verb is not None else []
    return any(_sets_a_limit(clause, reading) for clause in clauses)


def precedes_conjunction(token: "Token") -> bool:
    """Tell whether a token stands before the conjunction of the clause that it is parsed in: 'a day after they met'."""
    return any(token.i < child.i for child in children(token.head, "mark"))


def is_late(span: DateSpan, reading: Reading) -> bool:
    """Tell whether a date lies in the week before the day of writing."""
    return reading.written is not None and span.past[1] >= reading.written - _WEEK


def _sets_a_limit(clause: "Token", reading: Reading) -> bool:
    """Whether a clause tells before or since what something was, or how long after: 'before they met in June'."""
    if any(_is_unresolved(token, reading) for token in clause.lefts if precedes_conjunction(token)):
        return True
    marks, limits = {mark.lower_ for mark in children(clause, "mark")}, word_lists("dates")
    dates = [reading.dates_at[token.i] for token in clause.subtree if token.i in reading.dates_at]
    if marks & limits["limits", "before"]:
        return bool(dates)
    is_open = bool(marks & limits["limits", "after"]) and not marks & word_lists("words")["adjuncts", "conjunctions"]
    return is_open and any(not is_late(span, reading) for span in dates)


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
    governs = token.head.lower_ in limits or precedes_conjunction(token)
    return token.dep_ == "npadvmod" and governs and token.ent_type_ == "DATE"


def _is_length(noun: "Token") -> bool:
    """Whether an expression tells how long: 'in seven years'."""
    return noun.tag_ == "NNS" and not children(noun, "det")


def _is_under_limit(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a date is of what the event came before, or after unless that was lately: 'before the June vote'."""
    if token.i not in reading.dates_at:
        return False
    limits, span = word_lists("dates"), reading.dates_at[token.i]
    above = {each.lower_ for each in _between(token, hit)}
    if above & limits["limits", "before"]:
        return True
    return bool(above & limits["limits", "after"]) and not is_late(span, reading)


def _between(token: "Token", hit: Hit) -> Iterator["Token"]:
    """Yield the prepositions above a date up to its clause's verb or the trigger, its own one left out."""
    own = {part.i for part in hit.tokens}
    for above in token.ancestors:
        if above.i in own or (is_verb(above) and above.dep_ != "pcomp"):
            return
        hours = word_lists("dates")["days", "parts"]
        is_of_hour = any(thing.lower_ in hours for thing in children(above, "pobj"))  # 'before dawn on Monday'
        if above.dep_ in ("prep", "advmod") and above.i != token.head.i and not is_of_hour:
            yield above


def _is_of_other(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a date belongs to another noun than the trigger: 'criticised the 2015 deal'."""
    own = {part.i for part in hit.tokens}
    modifies = token.dep_ in _MODIFIERS and is_noun(token.head) and token.head.i not in own
    is_part_of_day = token.head.lower_ in word_lists("dates")["days", "parts"]
    begins = token.dep_ == "compound" and token.head.i in reading.mentioned.name_tokens  # 'Last Monday Norway left'
    if modifies and not is_part_of_day and not begins and not _sets_the_scene(token.head):
        return True
    return _is_of_gerund(token, hit) or _is_of_object(token, hit, reading) or _is_of_verb_above(token, hit, reading)


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


def _is_of_verb_above(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a date is that of the verb that a noun's event came before.

    'condemned Norway on Monday for the raid', 'spoke on Friday, two days after a meeting'.
    """
    came_before = is_blamed_for(hit.token, reading) or (not is_verb(hit.token) and bool(length_before(hit.token)))
    return came_before and not hit.token.is_ancestor(token)


def _sets_the_scene(noun: "Token") -> bool:
    """Whether a noun stands in a phrase that tells when or where: 'at the Monday summit'."""
    while noun.dep_ in ("compound", "nmod", "poss") and is_noun(noun.head):
        noun = noun.head
    if noun.dep_ == "pobj":
        return noun.head.lower_ in word_lists("words")["adjuncts", "prepositions"] and not is_noun(noun.head.head)
    return noun.dep_ not in ("dobj", "nsubj", "pobj", "attr")


def _is_of_object(token: "Token", hit: Hit, reading: Reading) -> bool:
    """Whether a month or longer stands behind what is blamed: 'criticised the annexation in 2014'."""
    first, last = reading.dates_at[token.i].past
    preposition = token if token.dep_ == "prep" else token.head
    if hit.sense.entry.type != "ACCUSE" or preposition.dep_ != "prep" or last - first <= _WEEK:
        return False
    verb, own = verb_of(hit), {part.i for part in hit.tokens}
    things = children(verb, "dobj") if verb is not None else []
    return any(
        thing.i not in own
        and thing.i < preposition.i <= thing.right_edge.i + 1
        and ("noun", reading.lemma(thing)) in senses()
        for thing in things
    )
