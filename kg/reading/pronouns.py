"""Pronouns to the actors they stand for: the nearest that fits in number, gender and kind, subjects first.

After Hobbs (1978) and Lappin and Leass (1994), much simplified: recency by sentences, a bonus for subjects.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.knowledge.words import word_lists
from kg.reading.cast import Cast, Member

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 3  # sentences
_SUBJECTS = ("nsubj", "nsubjpass")


def pronoun_kinds(token: "Token") -> tuple[str, ...]:
    """Return the kinds of actor that a pronoun can stand for; none where it is no such pronoun."""
    words = word_lists("words")
    if token.tag_ not in ("PRP", "PRP$"):
        return ()
    if token.lower_ in words["pronouns", "person"]:
        return ("person",)
    if token.lower_ in words["pronouns", "thing"]:
        return ("state", "government", "igo", "party", "organisation", "armed_group")
    if token.lower_ in words["pronouns", "plural"]:
        return ("group", "armed_group", "party", "organisation", "government", "igo", "state")
    return ()


def is_plural(token: "Token") -> bool:
    """Tell whether a pronoun is 'they' in one of its forms."""
    return token.lower_ in word_lists("words")["pronouns", "plural"]


def antecedent(token: "Token", cast: Cast, order: Sequence[int]) -> Member | None:
    """Return the actor that a pronoun stands for, or None where none in reach fits.

    `order` gives the number of each token's sentence, those of posts and captions far from those of the running text.
    `quoted` holds the tokens in quotation marks: whom these name is not meant by a pronoun outside.
    """
    kinds = pronoun_kinds(token)
    gender = word_lists("words").owner("gender", token.lower_) if kinds == ("person",) else None
    best: tuple[float, Member] | None = None
    for member in cast:
        if member.kind not in kinds or (gender and member.gender not in (None, gender)):
            continue
        score = salience(member, token, cast, order)
        if score is not None and (best is None or score > best[0]):
            best = (score, member)
    if best and gender:
        best[1].gender = gender
    return best[1] if best else None


def salience(member: Member, token: "Token", cast: Cast, order: Sequence[int]) -> float | None:
    """Return how near the best mention of an actor is: by sentences, subjects first, those of main clauses most."""
    scores = []
    hidden = frozenset() if token.i in cast.quoted else cast.quoted
    if any(_is_rival(token, token.doc[start:end].root) for start, end in member.mentions if end <= token.i):
        return None
    for span in member.mentions:
        distance = order[token.i] - order[span[0]]
        if (
            span[1] > token.i
            or not 0 <= distance <= _REACH
            or span in cast.shared
            or (span[0] in hidden and not distance)
        ):
            continue
        head = token.doc[span[0] : span[1]].root
        if head.dep_ != "attr":
            scores.append(_rank(head) - 1.5 * distance - 0.01 * (token.i - span[0]) + 0.5 * member.is_named)
    return max(scores, default=None)


def _rank(head: "Token") -> float:
    if head.dep_ not in _SUBJECTS:
        return 0.0
    return 2.0 if head.head.dep_ in ("ROOT", "conj") else 1.0


def _is_rival(token: "Token", head: "Token") -> bool:
    """'He' and 'him' are nobody whom the same verb has as its other argument, unless it is 'himself'."""
    is_reflexive = token.lower_ in word_lists("words")["pronouns", "reflexive"]
    verb = None if token.tag_ != "PRP" or is_reflexive else _verb(token)
    return verb is not None and verb == _verb(head)


def _verb(token: "Token") -> int | None:
    """Return the place of the word that a subject, an object or what 'to', 'by' and the like add belongs to."""
    if token.dep_ in ("nsubj", "nsubjpass", "dobj", "dative"):
        return token.head.i
    is_added = token.dep_ == "pobj" and token.head.lower_ in word_lists("words")["arguments", "prepositions"]
    return token.head.head.i if is_added else None
