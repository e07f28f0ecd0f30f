"""Statements: who said what, in quotation marks or not, and with what stance."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, cast

from kg.coding.direct import direct_quotes, labelled_quotes
from kg.coding.grammar import (
    children,
    is_noun,
    objects,
    prepositional,
    subjects,
    subtree_span,
    support_verb,
    with_conjuncts,
)
from kg.coding.participants import Speakers, actors_of
from kg.coding.speech import NOBODY, Cue, Said, find_cues, said_as
from kg.coding.turns import interview_turns, posts, set_off
from kg.knowledge.words import word_lists
from kg.model import Stance
from kg.reading.document import Reading
from kg.reading.quotes import find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLOSE = 6  # tokens


def find_statements(reading: Reading) -> tuple[Said, ...]:
    """Return the statements of a text in order; where two cover the same words, the direct one."""
    quotes = find_quotes(reading.article.text, reading.parsed.blocks)
    cues = tuple(find_cues(reading, quotes))
    quoted = chain(direct_quotes(reading, quotes, cues), labelled_quotes(reading, quotes))
    found = [*quoted, *posts(reading), *interview_turns(reading)]
    taken = [(said.statement.start, said.statement.end) for said in found]
    for said in chain(set_off(reading, cues), _indirect(reading, cues), _according_to(reading), _nominal(reading)):
        span = (said.statement.start, said.statement.end)
        if not any(_mostly_within(span, other) for other in taken):
            found.append(said)
    unique = {(said.statement.start, said.statement.end, said.statement.speaker): said for said in found}
    return tuple(sorted(unique.values(), key=lambda said: (said.statement.start, said.statement.end)))


def speakers_within(reading: Reading, statements: Iterable[Said]) -> Speakers:
    """Return whom 'I' and 'we' stand for in direct quotes."""
    words = word_lists("words")
    first_person = words["pronouns", "speaker"] | words["pronouns", "speakers"]
    at = {}
    for said in statements:
        if said.statement.direct:
            tokens = reading.doc.char_span(said.statement.start, said.statement.end, alignment_mode="contract")
            for token in tokens or ():
                if token.lower_ in first_person:
                    at[token.i] = said.statement.speaker
    return Speakers(at)


def _indirect(reading: Reading, cues: tuple[Cue, ...]) -> Iterator[Said]:
    only_direct = word_lists("speech")["direct_only", "verbs"]
    for cue in cues:
        for span in _contents(cue, reading):
            lemma = reading.lemma(cue.verb)
            if lemma in only_direct and not any(
                child.lower_ == "that" for head in children(cue.verb, "ccomp") for child in head.lefts
            ):
                continue
            if len(reading.article.text[span[0] : span[1]].split()) > 1 or cue.stance == "denies":
                said = said_as(reading, cue.speaker, span, cue.verb.text, cue.stance, direct=False)
                yield replace(said, beside=tuple(_beside(cue, reading)))


def _beside(cue: Cue, reading: Reading) -> Iterator[str]:
    """Yield those who speak together with the speaker of a cue: 'Lind and Berg announced'."""
    for head in subjects(cue.verb):
        for other in with_conjuncts(head)[1:]:
            yield from (actor for actor in actors_of(other, reading, NOBODY) if actor != cue.speaker)
    yield from _cited(cue.verb.i + 1, reading)


def _nominal(reading: Reading) -> Iterator[Said]:
    """Yield what nouns of speech introduce: 'the announcement that it would close', 'denials of meddling'."""
    speech = word_lists("speech")
    for noun in reading.doc:
        stance = speech.owner("nouns", reading.lemma(noun)) if is_noun(noun) else None
        speakers = [actor for head in _owners(noun) for actor in actors_of(head, reading, NOBODY)] if stance else []
        for content in _contents_of_noun(noun, reading) if speakers else ():
            yield said_as(reading, speakers[0], content, noun.text, cast(Stance, stance), direct=False)


def _owners(noun: "Token") -> list["Token"]:
    """Return whose words a noun names: its possessor's, those of a by-phrase, or of its verb's subject."""
    verb = support_verb(noun)
    return [*children(noun, "poss"), *prepositional(noun, "by")] or (subjects(verb) if verb is not None else [])


def _contents_of_noun(noun: "Token", reading: Reading) -> Iterator[tuple[int, int]]:
    for clause in children(noun, "acl", "ccomp"):
        if any(mark.lower_ == "that" for mark in children(clause, "mark")):
            yield _clause_span(clause, noun, reading)
    if word_lists("speech").owner("nouns", reading.lemma(noun)) == "denies":
        end = subtree_span(noun, without=("acl", "advcl", "parataxis", "relcl"))[1]
        yield from ((subtree_span(thing)[0], end) for thing in prepositional(noun, "of"))


def _contents(cue: Cue, reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the characters of what a verb of speech introduces: its clause, or the sentence around a parenthesis."""
    clauses = children(cue.verb, "ccomp")
    for clause in clauses:
        yield _clause_span(clause, cue.verb, reading)
    if clauses:
        return
    if reading.lemma(cue.verb) in word_lists("speech")["naming", "verbs"]:
        yield from _naming(cue.verb)
        return
    is_aside = cue.verb.dep_ in ("parataxis", "advcl") and cue.verb.tag_ != "VBG"
    if is_aside and cue.verb.head.i != cue.verb.i and cue.verb.i > cue.verb.head.i:
        inner = cue.verb.left_edge.i
        if reading.doc[inner - 1].text == ",":
            yield _chars(reading, cue.verb.head.left_edge.i, inner - 1)
    if cue.stance == "denies":
        told = (thing for thing in objects(cue.verb) if thing.i not in reading.mentioned.at)  # 'dismissed the minister'
        yield from (subtree_span(thing, without=("advcl",)) for thing in told)
    if cue.stance == "alleges":
        charges = [child for child in children(cue.verb, "prep") if child.lower_ in ("of", "with")]
        yield from (subtree_span(charge) for charge in charges)


def _naming(verb: "Token") -> Iterator[tuple[int, int]]:
    """Yield the characters from what is named to what it is called."""
    named = children(verb, "dobj")
    called = [*children(verb, "oprd"), *(child for child in children(verb, "prep") if child.lower_ == "as")]
    if named and called and called[0].i > named[0].i:
        yield subtree_span(named[0])[0], subtree_span(called[0])[1]


def _clause_span(clause: "Token", verb: "Token", reading: Reading) -> tuple[int, int]:
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if start <= verb.i < end:  # the clause runs around its verb: the longer side is kept
        start, end = (start, verb.left_edge.i) if verb.i - start > end - verb.i else (verb.i + 1, end)
    start = max([start, *(mark.i for mark in children(clause, "mark") if mark.lower_ == "that" and mark.i < end - 1)])
    while start < end - 1 and reading.doc[start].lower_ in ("that", ",", ":", "whether"):
        start += 1
    return _chars(reading, start, end)


def _chars(reading: Reading, start: int, end: int) -> tuple[int, int]:
    doc = reading.doc
    while end - 1 > start and (
        doc[end - 1].text in (",", ".", ";", ":", "“", "—", "–", "-")
        or doc[end - 1].is_space
        or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _according_to(reading: Reading) -> Iterator[Said]:
    for token in reading.doc if "ccording to" in reading.article.text else ():
        if token.lower_ != "according":
            continue
        for head in prepositional(token, "to"):
            actors = list(actors_of(head, reading, NOBODY)) or [
                actor
                for inner in children(head, "poss", "nmod", "compound")
                for actor in actors_of(inner, reading, NOBODY)
            ]
            span = _around(token, reading)
            if actors and span[1] > span[0]:
                said = said_as(reading, actors[0], span, "according to", "asserts", direct=False)
                yield replace(said, beside=tuple(_cited(head.i + 1, reading)))


def _cited(after: int, reading: Reading) -> Iterator[str]:
    """Yield whom a source quotes in its turn, close after a token: 'according to Yonhap, quoting KCNA'."""
    citing = word_lists("speech")["citing", "verbs"]
    for token in reading.doc[after : after + _CLOSE]:
        if token.tag_ == "VBG" and token.nbor(-1).text == "," and reading.lemma(token) in citing:
            yield from (actor for thing in objects(token) for actor in actors_of(thing, reading, NOBODY))


def _around(token: "Token", reading: Reading) -> tuple[int, int]:
    """Return the characters of the clause before or after an 'according to', whichever is longer."""
    start, end = _clause_around(token)
    left, right = token.left_edge.i, token.right_edge.i + 1
    if left - start > end - right:
        return _chars(reading, start, left)
    while right < end - 1 and reading.doc[right].is_punct:
        right += 1
    if reading.lemma(reading.doc[right]) in word_lists("speech")["citing", "verbs"]:
        right = reading.doc[right].right_edge.i + 2
    return _chars(reading, min(right, end - 1), end)


def _clause_around(token: "Token") -> tuple[int, int]:
    """Return the tokens of the relative clause that an 'according to' stands in, else those of its sentence."""
    verb = token.head
    if verb.dep_ == "relcl":
        return verb.left_edge.i, verb.right_edge.i + 1
    return token.sent.start, token.sent.end


def _mostly_within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(span[1], other[1]) - max(span[0], other[0])
    return shared > 0.6 * (span[1] - span[0])
