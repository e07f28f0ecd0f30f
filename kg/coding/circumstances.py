"""What stands near a trigger: the phrases of its own clause, where its time and its place are told."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.coding.grammar import is_noun, is_verb, support_verb
from kg.coding.triggers import Hit

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEPTH = 6  # steps down from a head
_CLAUSES = ("ccomp", "advcl", "relcl", "acl", "conj", "csubj", "parataxis")


def near(hit: Hit) -> Iterator["Token"]:
    """Yield the tokens of a trigger's clause, nearest attachment first: its own phrases, its verb's, those above."""
    seen: set[int] = set()
    for head in heads(hit):
        for token in phrases(head):
            if token.i not in seen:
                seen.add(token.i)
                yield token


def verb_of(hit: Hit) -> "Token | None":
    """Return the verb that a trigger is or is governed by as its object, None where there is none."""
    return hit.token if is_verb(hit.token) else support_verb(hit.token)


def heads(hit: Hit) -> list["Token"]:
    """Return the words that a trigger's circumstances attach to: its own, its verb, and the verb of its clause."""
    others = (support_verb(hit.token), _clause_head(hit.token))
    return [*hit.tokens, *(token for token in others if token is not None)]


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


def phrases(head: "Token") -> Iterator["Token"]:
    """Yield the tokens below a head, outside of its subordinate clauses, nearest attachment first."""
    level = [child for child in head.children if child.dep_ not in _CLAUSES or child.dep_ == "acl"]
    for _ in range(_DEPTH):
        yield from level
        level = [child for token in level for child in token.children if child.dep_ not in _CLAUSES]
