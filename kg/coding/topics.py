"""What an event is about: the phrase, its characters, and a canonical topic."""

import re
from typing import TYPE_CHECKING

from kg.coding.grammar import CLAUSES, is_verb, subtree_span
from kg.model import Topic
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_CUT = ("relcl", "advcl", "appos", "conj", "cc", "npadvmod", "parataxis")
_LEADING = re.compile(
    r"^(?:the|a|an|any|some|such|his|her|its|their|this|that|these|those|to|that|whether)\s+", re.IGNORECASE
)
_LONGEST = 200


def topic(head: "Token", reading: Reading) -> Topic:
    """Return the topic that a phrase or clause stands for."""
    without = ("conj", "cc", "mark") if is_verb(head) or head.dep_ in CLAUSES else _CUT
    start, end = subtree_span(head, without=without)
    text = reading.article.text[start : min(end, start + _LONGEST)]
    return Topic(text, start, start + len(text), canonical(text))


def canonical(phrase: str) -> str:
    """Return the canonical topic of a phrase: lower case, without quotes and without articles in front."""
    name = " ".join(re.sub(r"[“”\"«»]", "", phrase).split()).lower()
    shorter = _LEADING.sub("", name)
    while shorter != name:
        name, shorter = shorter, _LEADING.sub("", shorter)
    return name.strip(" ,.;:") or phrase.lower()
