"""The words of the codebook found in a text: each hit is an event's trigger, with the sense that it was taken in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.coding.grammar import SUBJECTS, children, is_noun, objects, prepositional, small_clauses
from kg.knowledge.codebook import (
    PREPOSITION_SLOTS,
    Frame,
    PartOfSpeech,
    TriggerGroup,
    TypeFile,
    codebook,
    remembered,
    words_of,
)
from kg.knowledge.words import word_lists
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_NOUNS = frozenset({"compound", "amod", "nmod", "prep", "pobj"})
_OF_VERBS = frozenset(
    "prt prep dobj pobj pcomp advmod acomp xcomp oprd dative nsubjpass attr agent amod compound advcl det aux auxpass "
    "npadvmod mark".split()
)
"""The dependency labels under which a trigger's further words stand."""


_FULL = {"wo": "will", "'ll": "will", "’ll": "will", "'d": "would", "’d": "would", "ca": "can"}
"""Auxiliaries by their short forms."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A trigger of the codebook: its head lemma, the other words it needs, and what it codes."""

    head: str
    others: tuple[str, ...]
    part: PartOfSpeech
    entry: TypeFile
    group: TriggerGroup

    @property
    def frame(self) -> Frame:
        """The frame that finds its participants."""
        return self.entry.frames[self.group.frame]

    @property
    def alone(self) -> "Sense | None":
        """The sense that holds where one party only is told, None where it is no other."""
        name = self.frame.alone
        return replace(self, group=replace(self.group, frame=name)) if name else None


@dataclass(frozen=True, slots=True)
class Hit:
    """A trigger in a text: its head token, all its tokens, and its sense."""

    token: "Token"
    tokens: tuple["Token", ...]
    sense: Sense


@remembered
def senses() -> dict[tuple[PartOfSpeech, str], tuple[Sense, ...]]:
    """Return the senses of the codebook by part of speech and head lemma, those of more words first."""
    found: dict[tuple[PartOfSpeech, str], list[Sense]] = {}
    for entry in codebook().types:
        for group in entry.triggers:
            for part, word in words_of(group):
                sense = _sense(part, word, entry, group)
                found.setdefault((part, sense.head), []).append(sense)
    return {key: tuple(sorted(value, key=_rank)) for key, value in found.items()}


def find_triggers(reading: Reading) -> tuple[Hit, ...]:
    """Return the triggers of a text in order; a word within a trigger of several words is none of its own."""
    hits = [hit for token in reading.doc if not _is_name(token, reading) for hit in _hit(token, reading)]
    within = {part.i for hit in hits for part in hit.tokens if part.i != hit.token.i}
    within |= {i for hit in hits if hit.sense.group.takes_clause for i in _clause(hit.token)}
    of_verbs = {part.i for hit in hits if hit.sense.part == "verb" for part in hit.tokens}
    return tuple(hit for hit in hits if hit.token.i not in within and not _is_shared(hit, of_verbs))


def _is_shared(hit: Hit, of_verbs: set[int]) -> bool:
    """Whether a noun has a word that a verb has too: the 'aid programme' of 'suspended its aid programme'."""
    return hit.sense.part == "noun" and any(each.i in of_verbs for each in hit.tokens)


def _clause(token: "Token") -> set[int]:
    """Return the heads of what a trigger governs: its clause, or the object of its preposition."""
    clauses = {child.i for child in token.children if child.dep_ in ("xcomp", "ccomp")}
    return clauses | {thing.i for child in token.children if child.dep_ == "prep" for thing in child.children}


def _is_name(token: "Token", reading: Reading) -> bool:
    """Whether a token is part of an actor's name, or the name of a month: 'March' is no protest."""
    return token.i in reading.mentioned.name_tokens or (token.tag_ == "NNP" and token.ent_type_ == "DATE")


def _sense(part: PartOfSpeech, word: str, entry: TypeFile, group: TriggerGroup) -> Sense:
    words = word.split()
    if part == "noun" and not _has_preposition(words):
        return Sense(words[-1], tuple(words[:-1]), part, entry, group)
    return Sense(words[0], tuple(words[1:]), part, entry, group)


def _has_preposition(words: list[str]) -> bool:
    return not PREPOSITION_SLOTS.isdisjoint(words[1:])


def _rank(sense: Sense) -> tuple[bool, int, bool, bool, float]:
    """Order senses: those that an auxiliary makes, of more words, of the user's own, in need of company, the surest."""
    by_auxiliary = any(word[0] == "+" for word in sense.group.only_with)
    group = sense.group
    return not by_auxiliary, -len(sense.others), not group.is_own, not group.only_with, -group.confidence


def is_blamed_for(noun: "Token", reading: Reading) -> bool:
    """Tell whether a noun says for what somebody is blamed: 'condemned Norway for the raid'."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "for":
        return False
    found = senses().get(("verb", reading.lemma(noun.head.head)), ())
    return any(each.entry.type == "ACCUSE" and not each.others for each in found)


def part_of_speech(token: "Token") -> PartOfSpeech | None:
    """Return whether a token can trigger as a verb, a noun or an adjective, None where as neither.

    A participle before its noun says which one it is, and tells of nothing: 'the besieged town'.
    """
    if token.tag_[:2] == "VB":
        return None if token.dep_ == "amod" else "verb"
    if is_noun(token):
        return "noun"
    return "adjective" if token.tag_[:2] == "JJ" else None


def _hit(token: "Token", reading: Reading) -> Iterator[Hit]:
    part = part_of_speech(token)
    if part is None:
        return
    candidates = _candidates(token, part, reading)
    if not candidates:
        return
    beside = {word for each in _attached(token, part, []) for word in (each.lower_, reading.lemma(each))}
    for sense in candidates:
        if sense.others and sense.others[0] not in beside:
            continue
        others = _others(token, sense, reading)
        if others is not None and _company(token, others, sense, reading):
            yield Hit(token, tuple(sorted((token, *others), key=lambda each: each.i)), sense)
            return


def _candidates(token: "Token", part: PartOfSpeech, reading: Reading) -> tuple[Sense, ...]:
    described = senses().get(("adjective", token.lower_), ()) if token.tag_ == "VBN" and token.dep_ == "acomp" else ()
    found = described or senses().get((part, reading.lemma(token)), ())
    if found or token.lower_[-3:] != "ing" or part != "noun":
        return found
    return senses().get(("noun", token.lower_), ())


def _others(token: "Token", sense: Sense, reading: Reading) -> tuple["Token", ...] | None:
    """Return the tokens of a trigger's further words, or None where one is missing."""
    found: list[Token] = []
    for word in sense.others:
        match = next((near for near in _attached(token, sense.part, found) if _is(near, word, reading)), None)
        if match is None or (match.i == token.head.i and _tells_itself(match, sense, reading)):
            return None
        found.append(match)
    return tuple(found)


def _tells_itself(noun: "Token", sense: Sense, reading: Reading) -> bool:
    """Whether the noun that a clause says more of is a trigger of the same type: 'the accusation made by Norway'."""
    return any(each.entry.type == sense.entry.type for each in senses().get(("noun", reading.lemma(noun)), ()))


def _is(token: "Token", word: str, reading: Reading) -> bool:
    if token.lower_ == word:
        return not any(thing.i in reading.dates_at for thing in children(token, "pobj"))  # 'called on Sunday'
    return reading.lemma(token) == word


def _attached(token: "Token", part: PartOfSpeech, found: list["Token"]) -> Iterator["Token"]:
    """Yield what may complete a trigger: particles, prepositions, objects, the 'to' of clauses, a noun's modifiers."""
    heads = [token, *found]
    taken = {each.i for each in heads}
    labels = _OF_NOUNS if part == "noun" else _OF_VERBS
    taken |= {mark.i for mark in children(token, "aux") if mark.tag_ == "TO"}  # 'to protest' is no protest to anybody
    near = [child for head in heads for child in head.children if child.i not in taken and child.dep_ in labels]
    yield from near
    for clause in near:
        if clause.dep_ == "xcomp":
            yield from (mark for mark in children(clause, "aux") if mark.tag_ == "TO")
    if part == "verb":
        yield from (each for each in _around_object(token) if each.i not in taken)


def _around_object(verb: "Token") -> Iterator["Token"]:
    """Yield the noun that a verb says more of as its object, and what is said of its object.

    'the treaty signed by Norway', 'the text that Norway signed', 'sent them packing', 'cut most of its aid', 'declared
    them unwelcome'.
    """
    is_past = verb.tag_ in ("VBD", "VBN") and all(each.lower_ == "had" for each in children(verb, "aux"))
    if (verb.dep_ == "relcl" and is_past) or (verb.dep_ == "acl" and children(verb, "agent")):
        yield from (thing for thing in objects(verb) if thing.i == verb.head.i)
    for thing in children(verb, "dobj", "nsubjpass"):
        yield from (clause for clause in children(thing, "acl") if clause.tag_ == "VBG")
        yield from _held_in(thing)
    yield from small_clauses(verb)


def _held_in(noun: "Token") -> Iterator["Token"]:
    """Yield what a noun only counts or gives a form, and what counts it.

    'most of its aid', 'a mediation effort', '300 million kroner'.
    """
    counted = _counted(noun)
    yield from counted
    for each in (noun, *counted):
        yield from children(each, "nummod")
        if each.lower_ in word_lists("words")["quantities", "ways"]:
            yield from children(each, "compound", "nmod")


def _counted(noun: "Token") -> list["Token"]:
    """Return what a noun counts: 'dozens of diplomats'."""
    return prepositional(noun, "of") if noun.lower_ in word_lists("words")["quantities", "nouns"] else []


def _company(token: "Token", others: tuple["Token", ...], sense: Sense, reading: Reading) -> bool:
    """Tell whether the words around a trigger admit its sense: none of `not_with`, one of `only_with`."""
    group = sense.group
    if not group.not_with and not group.only_with:
        return True
    near = {reading.lemma(each) for head in (token, *others) for each in _neighbours(head)}
    near |= {each.lower_ for head in (token, *others) for each in _neighbours(head)}
    near |= {f"@{each.dep_}" for each in token.children}
    near |= {f"+{each}" for each in _auxiliaries(token)}
    for clause in children(token, "ccomp"):
        if any(doer.lower_ in ("i", "we") for doer in children(clause, *SUBJECTS)):
            continue  # 'said that we must act' asks nothing of anybody else
        near |= {f"++{each}" for each in _auxiliaries(clause)} | ({"++not"} if children(clause, "neg") else set())
    if near & set(group.not_with):
        return False
    return not group.only_with or bool(near & set(group.only_with))


def _times() -> frozenset[str]:
    """Return the prepositions under which stands what something came before or after."""
    limits = word_lists("dates")
    return limits["limits", "before"] - {"by"} | limits["limits", "after"]


def _auxiliaries(verb: "Token") -> Iterator[str]:
    """Yield the auxiliaries of a verb in full, with its negation: 'will', 'will not'."""
    negation = " not" if children(verb, "neg") else ""
    yield from (_FULL.get(each.lower_, each.lower_) + negation for each in children(verb, "aux"))


def _neighbours(token: "Token") -> Iterator["Token"]:
    """Yield what stands beside a token: its children, their objects, and what it is the object or modifier of."""
    yield from token.children
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ not in _times():
            yield from child.children
        elif child.dep_ in ("dobj", "nsubjpass"):
            yield from _counted(child)  # 'expelled dozens of diplomats'
    if is_noun(token) or token.dep_ in ("acl", "relcl", "amod"):
        yield token.head
    elif token.dep_ == "conj" and not children(token, *SUBJECTS):
        yield from children(token.head, *SUBJECTS)
