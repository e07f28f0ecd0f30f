"""Whether an event happened, as learned from the corpus: its modality by the words around and above its trigger.

Multinomial logistic regression over hashed features, as for senses; `kg.coding.modality` lets it overrule what it finds
very unlikely.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from kg.coding.grammar import walk_up
from kg.coding.hashing import hashed
from kg.model import Modality
from kg.reading import weights
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

MODALITIES: tuple[Modality, ...] = get_args(Modality)
BUCKETS = 1 << 16
_LEGS = 6  # steps up from a trigger
_WORDS = 5  # before a trigger
_MARKS = frozenset({"neg", "aux", "auxpass", "mark", "advmod", "preconj"})
_OWN = _MARKS | {"det", "amod", "compound", "nsubj"}


def chances(token: "Token", reading: Reading) -> dict[Modality, float]:
    """Return how likely each modality is for the event of a trigger's head."""
    (found,) = weights.linear(weights.MODALITY).chances([buckets(token, reading)])
    return dict(zip(MODALITIES, found.tolist(), strict=True))


def buckets(token: "Token", reading: Reading) -> list[int]:
    """Return the features of a trigger's head, each once: numbers from 1 to BUCKETS - 1."""
    return hashed(_features(token, reading), BUCKETS)


def _features(token: "Token", reading: Reading) -> Iterator[str]:
    yield f"tag {token.tag_}"
    yield f"place {token.tag_} {token.dep_} {token.head.tag_}"
    yield f"question {token.sent.text.rstrip()[-1:] == '?'}"
    yield from (f"own {child.dep_} {child.lower_}" for child in token.children if child.dep_ in _OWN)
    yield from (f"sentence {reading.lemma(each)}" for each in token.sent)
    before = [each.lower_ for each in token.doc[max(token.sent.start, token.i - _WORDS) : token.i]]
    yield from (f"before {word}" for word in before)
    yield from (f"before {one} {other}" for one, other in pairwise(before))
    for leg, (below, above) in enumerate(walk_up(token, _LEGS)):
        lemma = reading.lemma(above)
        yield from (f"above {leg} {lemma}", f"above {lemma}", f"above {below.dep_} {lemma}")
        for child in above.children:
            if child.dep_ in _MARKS:
                yield from (f"mark {child.dep_} {child.lower_}", f"mark {min(leg, 2)} {child.lower_}")
