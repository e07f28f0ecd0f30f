"""What stands near a trigger: the phrases of its own clause, where its time and its place are told."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.coding.grammar import children, is_noun, is_verb, objects, prepositional, support_verb
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEPTH = 6  # steps down from a head
_CLAUSES = ("ccomp", "advcl", "relcl", "acl", "conj", "csubj", "parataxis")


def near(hit: Hit, reading: Reading) -> Iterator["Token"]:
    """Yield the tokens of a trigger's clause, nearest attachment first: its own phrases, its verb's, those above."""
    seen: set[int] = set()
    for head in heads(hit, reading):
        for token in phrases(head):
            if token.i not in seen:
                seen.add(token.i)
                yield token


def verb_of(hit: Hit) -> "Token | None":
    """Return the verb that a trigger is or is governed by as its object, None where there is none."""
    return hit.token if is_verb(hit.token) else support_verb(hit.token)


def heads(hit: Hit, reading: Reading) -> list["Token"]:
    """Return the words that a trigger's circumstances attach to: its own, its verb, and the verb of its clause.

    Of a noun that a clause says more of with a support verb it is that verb: 'the offer that Norway made on Monday'.
    """
    if carried := carriers(hit.token, reading):
        return [*hit.tokens, *carried]
    others = (support_verb(hit.token), _clause_head(hit.token))
    return [*hit.tokens, *(token for token in others if token is not None)]


def carriers(noun: "Token", reading: Reading) -> list["Token"]:
    """Return the support verbs of clauses that have a noun, or the amount that it is of, for their object.

    'The offer that Norway made', 'made by Norway', 'the loan of $2 million that Norway gave'.
    """
    if not is_noun(noun):
        return []
    amounts = [thing for thing in prepositional(noun, "of") if any(each.like_num for each in thing.lefts)]
    clauses = ((thing, clause) for thing in (noun, *amounts) for clause in children(thing, "relcl", "acl"))
    support = word_lists("words")["support", "verbs"]
    return [
        clause
        for thing, clause in clauses
        if reading.lemma(clause) in support and any(each.i == thing.i for each in objects(clause))
    ]


def _clause_head(token: "Token") -> "Token | None":
    """Return the verb of the clause that a noun stands in, None where it stands in another noun's phrase."""
    while is_noun(token) or token.dep_ in ("prep", "pobj", "compound", "amod", "poss", "pcomp"):
        inner = token.dep_ == "pobj" and is_noun(token.head.head) and token.head.dep_ == "prep"
        if token.head.i == token.i or inner:
            return None
        token = token.head
    if token.dep_ == "xcomp" and is_verb(token.head):
        return token.head
    return token if is_verb(token) else None


def length_before(token: "Token") -> str:
    """Return the words of time before a clause, or a noun, with what joins it: 'two days after'; '' without any."""
    after = word_lists("dates")["limits", "after"]
    if token.dep_ == "pobj" and token.head.lower_ in after:
        return _from(children(token.head, "npadvmod"), token.head)
    lengths = (each for each in (*token.lefts, token.head) if each.dep_ == "npadvmod")
    for length in lengths if token.dep_ == "advcl" else ():
        bare = [each for each in children(length, "prep") if not children(each, "pobj", "pcomp")]
        marks = [mark for mark in (*children(token, "mark"), *bare) if mark.lower_ in after and mark.i > length.i]
        if marks:
            return _from([length], marks[0])
    return ""


def _from(lengths: Sequence["Token"], after: "Token") -> str:
    return str(after.doc[lengths[0].left_edge.i : after.i + 1].text) if lengths else ""


def phrases(head: "Token") -> Iterator["Token"]:
    """Yield the tokens below a head, outside of its subordinate clauses, nearest attachment first."""
    level = [child for child in head.children if child.dep_ not in _CLAUSES or child.dep_ == "acl"]
    for _ in range(_DEPTH):
        yield from level
        level = [child for token in level for child in token.children if child.dep_ not in _CLAUSES]
