"""What an event is about: the phrase, its characters, and a canonical topic."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.coding.grammar import CLAUSES, children, is_verb, subtree_span
from kg.model import Topic
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_CUT = ("relcl", "advcl", "appos", "conj", "cc", "npadvmod", "parataxis")
_CUT_CLAUSE = ("conj", "cc", "mark", "parataxis")
_LEADING = re.compile(
    r"^(?:the|a|an|any|some|such|his|her|its|their|this|that|these|those|to|that|whether)\s+", re.IGNORECASE
)
_LONGEST = 200


def topic(head: "Token", reading: Reading, participants: set[str]) -> Topic:
    """Return the topic that a phrase or clause stands for, without a part that names a participant or the day."""
    clause = is_verb(head) or head.dep_ in CLAUSES
    start, end = subtree_span(head, without=_CUT_CLAUSE if clause else _CUT)
    ends = _further(head) if clause else _asides(head, reading, participants)
    end = min([end, *ends])
    text = reading.article.text[start : min(end, start + _LONGEST)]
    return Topic(text, start, start + len(text), canonical(text))


def _further(verb: "Token") -> Iterator[int]:
    """Yield where clauses begin that only go with a verb's: after a comma, or after 'as' and such."""
    for child in verb.rights:
        first = child.left_edge
        is_parted = first.i > 0 and first.nbor(-1).text in (",", "–", "—", "-")
        if child.dep_ == "advcl" and (is_parted or children(child, "mark")):
            yield first.nbor(-1).idx if is_parted else first.idx - 1


def _asides(head: "Token", reading: Reading, participants: set[str]) -> Iterator[int]:
    """Yield where prepositional phrases begin that say with whom or when, which the parser hung on the topic."""
    for child in head.rights:
        if child.dep_ == "prep":
            for thing in child.children:
                if thing.i in reading.dates_at or participants & set(reading.mentioned.at.get(thing.i, ())):
                    yield child.idx - 1


def canonical(phrase: str) -> str:
    """Return the canonical topic of a phrase: without quotation marks, and without articles and pronouns in front."""
    name = " ".join(re.sub(r"[“”\"«»]", "", phrase).split())
    shorter = _LEADING.sub("", name)
    while shorter != name:
        name, shorter = shorter, _LEADING.sub("", shorter)
    return name.strip(" ,.;:") or phrase
