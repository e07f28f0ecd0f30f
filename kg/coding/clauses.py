"""What the clause of a verb, or the words at a noun, say of whether it happened: negation, auxiliaries, conditions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kg.coding.grammar import children, is_verb
from kg.knowledge.words import word_lists
from kg.model import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEFT = ("neg", "aux", "advmod", "mark", "preconj")
_HEAD = 3  # tokens at the head of a clause


@dataclass(frozen=True, slots=True)
class Cue:
    """A modality and the word that tells it."""

    modality: Modality
    token: "Token"


def named(name: str | None, token: "Token") -> Cue | None:
    """Return the cue of a list of words that is named for a modality, None without a name."""
    return Cue(cast(Modality, name), token) if name else None


def of_verb(verb: "Token") -> Cue | None:
    """Return what a verb's own clause says; a coordinated verb shares what is said of the first one."""
    found = next(_of_clause(verb), None)
    if found is None and verb.dep_ == "conj" and is_verb(verb.head):
        shares = not children(verb, "nsubj", "nsubjpass", "aux", "auxpass")
        return of_verb(verb.head) if shares else None
    return found


def of_noun(noun: "Token") -> Cue | None:
    """Return what the determiner and the adjectives of a noun say: 'no talks', 'the planned talks'."""
    words = word_lists("modality")
    for child in noun.children:
        if child.dep_ == "det" and child.lower_ in words["negation", "determiners"]:
            return Cue("negated", child)
        if child.dep_ in ("amod", "compound") and (found := named(words.owner("adjectives", child.lower_), child)):
            return found
    return None


def goes_on(token: "Token") -> Cue | None:
    """Return what tells that something is going on: 'is attacking', 'is being attacked', 'is critical of'."""
    now = word_lists("modality")["ongoing", "now"]
    auxiliaries = children(token, "aux", "auxpass")
    if token.tag_ == "VBG":
        return next((Cue("ongoing", each) for each in auxiliaries if each.lower_ in now), None)
    if token.tag_[:2] == "VB":
        return next((Cue("ongoing", each) for each in auxiliaries if each.lower_ == "being"), None)
    is_predicate = token.dep_ in ("acomp", "attr") or (token.dep_ == "pobj" and token.head.dep_ == "prep")
    copula = token.head if token.dep_ != "pobj" else token.head.head
    is_now = is_predicate and copula.lower_ in now and copula.tag_ in ("VBZ", "VBP")
    return Cue("ongoing", copula) if is_now else None


def _of_clause(verb: "Token") -> Iterator[Cue]:
    """Yield what a verb's clause says of it, what counts most first."""
    yield from (Cue("negated", token) for token in _negations(verb))
    if verb.dep_ == "ROOT" and _is_inverted(verb) and verb.sent.text.rstrip()[-1:] == "?":
        yield Cue("possible", verb)  # 'did he leave?'
    if _is_order(verb):
        yield Cue("requested", verb)
    yield from _conditions(verb)
    yield from _auxiliaries(verb)
    words = word_lists("modality")
    adverbs = (named(words.owner("adverbs", child.lower_), child) for child in children(verb, *_LEFT))
    yield from filter(None, adverbs)


def _negations(verb: "Token") -> Iterator["Token"]:
    """Yield the words that negate a verb: its own, its subject's and object's, those heading its clause."""
    words = word_lists("modality")
    yield from (child for child in children(verb, *_LEFT) if child.lower_ in words["negation", "words"])
    for thing in children(verb, "nsubj", "nsubjpass", "dobj"):
        if thing.lower_ in words["negation", "pronouns"]:
            yield thing
        yield from (child for child in thing.children if child.lower_ in words["negation", "determiners"])
    for thing in children(verb, "nsubj", "nsubjpass"):
        if thing.left_edge.lower_ in words["negation", "words"]:
            yield thing.left_edge  # 'not a single hostage was freed'
    if verb.dep_ == "pcomp" and verb.head.lower_ in words["negation", "prepositions"]:
        yield verb.head
    if verb.i and verb.nbor(-1).lower_ in words["negation", "approximators"] and verb.nbor(-1).head.i == verb.i:
        yield verb.nbor(-1)  # 'nearly broke the truce'
    before = verb.doc[max(verb.i - 2, 0) : verb.i]
    if before.text.lower() in words["negation", "phrases"]:
        yield before[0]  # 'instead of leaving'
    start = verb.left_edge.i
    for token in verb.doc[start : min(start + _HEAD, verb.i)] if _is_inverted(verb) else ():
        if token.lower_ in words["negation", "words"]:
            yield token  # 'not once did he leave'


def _conditions(verb: "Token") -> Iterator[Cue]:
    words = word_lists("modality")
    for mark in children(verb, *_LEFT):
        if verb.dep_ == "ccomp" and mark.lower_ in words["conditional", "doubts"]:
            yield Cue("possible", mark)
        if verb.dep_ == "advcl" and mark.lower_ in words["conditional", "markers"]:
            yield Cue("conditional", mark)
    if verb.tag_ in ("VB", "VBP", "VBZ"):
        for clause in children(verb, "advcl", "prep"):
            yield from (Cue("conditional", token) for token in _conditional(clause))


def _conditional(clause: "Token") -> Iterator["Token"]:
    """Yield what tells that a clause is a condition of its main clause: 'if they land', 'in case they land'."""
    words = word_lists("modality")
    markers = words["conditional", "conditions"]
    yield from (token for token in (clause, *children(clause, "mark")) if token.lower_ in markers)
    yield from (thing for thing in children(clause, "pobj") if thing.lower_ in words["conditional", "nouns"])


def _auxiliaries(verb: "Token") -> Iterator[Cue]:
    words = word_lists("modality")
    for child in children(verb, "aux"):
        name = words.owner("auxiliaries", child.lower_)
        if name == "conditional" and _had_been_said(verb):
            yield Cue("planned", child)
        elif found := named(name, child):
            yield found


def _is_inverted(verb: "Token") -> bool:
    """Whether an auxiliary stands before the doer: 'did he leave'."""
    auxiliaries, doers = children(verb, "aux", "auxpass"), children(verb, "nsubj", "nsubjpass")
    return bool(auxiliaries and doers) and auxiliaries[0].i < doers[0].i


def _is_order(verb: "Token") -> bool:
    """Whether a verb tells somebody to do something: 'Send us doctors'."""
    is_bare = verb.tag_ == "VB" and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass", "csubj")
    return is_bare and verb.dep_ in ("ROOT", "ccomp") and verb.left_edge.i == verb.i


def _had_been_said(verb: "Token") -> bool:
    """'said it would attack': the future seen from the past."""
    is_told = verb.dep_ in ("acl", "ccomp") and word_lists("speech").owner("nouns", verb.head.lower_) is not None
    return is_told or (verb.dep_ in ("ccomp", "relcl", "conj") and verb.head.tag_ in ("VBD", "VBN"))
