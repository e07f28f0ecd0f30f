"""What the model of senses sees of each word: itself, its arguments, its neighbours, what the codebook takes it for.

All words of a text are looked at together. A feature is a bucket of a table of weights, found by hashing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.coding.hashing import bucketed, mixed, salts
from kg.coding.triggers import Hit
from kg.reading import weights
from kg.reading.document import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

BUCKETS = 1 << 16
_BAG = 6  # words to either side that count whatever their order
_SLOTS = (
    ("nsubj",), ("nsubjpass",), ("dobj",), ("agent",), ("prep",), ("neg",), ("aux", "auxpass"), ("poss",),
    ("compound", "nmod"), ("amod",), ("prt",), ("ccomp", "xcomp"), ("dative",), ("acomp", "attr", "oprd"), ("pobj",),
    ("advcl",), ("mark",),
)  # fmt: skip
"""The children of a word that are told apart, by dependency label; of several in one slot the last one counts."""

_SUBJECT, _PASSIVE, _OBJECT, _PREPOSITION, _CLAUSE, _OF_PREPOSITION = 0, 1, 2, 4, 11, 14
_KINDS = ("person", "state", "government", "armed_group", "igo", "party", "organisation", "group")
_ADJECTIVE, _PRONOUN = 9, 10


@dataclass(frozen=True, slots=True)
class Features:
    """The candidates of a text: their tokens, shape (n,), and the buckets of each, shape (n, features), 0 for none."""

    tokens: "Array"
    buckets: "Array"


def features(reading: Reading, hits: Sequence[Hit]) -> Features:
    """Return the features of the verbs outside of names, and of the triggers that the codebook finds."""
    import numpy as np

    doc = reading.doc
    lemmas = np.array([weights.word_key(reading.lemma(token)) for token in doc], dtype=np.uint64)
    attributes = doc.to_array(["TAG", "DEP", "HEAD", "LOWER", "SUFFIX", "ENT_TYPE"])
    tags, labels, lower, suffixes, entities = (attributes[:, column] for column in (0, 1, 3, 4, 5))
    heads = np.arange(len(doc)) + attributes[:, 2].astype(np.int64)
    triggers = {hit.token.i for hit in hits}
    verbs = {i for i, token in enumerate(doc) if token.tag_[:2] == "VB" and i not in reading.mentioned.name_tokens}
    tokens = np.array(sorted(triggers | verbs), dtype=np.int64)
    slots = [_children(labels, heads, [doc.vocab.strings[name] for name in names]) for names in _SLOTS]
    kinds = _kinds(reading)
    buckets = _Buckets(tokens, lemmas)
    buckets.of_word(tags, labels, lower, suffixes, entities)
    buckets.of_neighbours(len(doc))
    buckets.of_arguments(slots, heads, labels, kinds)
    buckets.of_hits(hits, len(doc))
    return Features(tokens, buckets.array())


def _children(labels: "Array", heads: "Array", names: Sequence[int]) -> "Array":
    """Return for each token its child under one of the labels, -1 where it has none."""
    import numpy as np

    found = np.full(len(labels) + 1, -1, dtype=np.int64)  # no token has no child
    for name in names:
        at = np.flatnonzero(labels == name)
        found[heads[at]] = at
    return found


def _kinds(reading: Reading) -> "Array":
    """Return for each token the kind of actor that it is the head of a mention of, 0 for none."""
    import numpy as np

    kind_of = {actor.id: _KINDS.index(actor.kind) + 1 for actor in reading.mentioned.actors}
    kinds = np.zeros(len(reading.doc) + 1, dtype=np.uint64)  # the last one stands for no token
    for at in reading.adjective_at:
        kinds[at] = _ADJECTIVE
    for at, actors in reading.mentioned.at.items():
        kinds[at] = _PRONOUN if reading.doc[at].tag_[:3] == "PRP" else kind_of.get(actors[0], 0)
    return kinds


class _Buckets:
    """The sparse features of the candidates as they are collected: one column each."""

    def __init__(self, tokens: "Array", lemmas: "Array") -> None:
        import numpy as np

        self._tokens = tokens
        self._lemmas = np.append(lemmas, np.uint64(0))  # the last one stands for no token
        self._columns: list[tuple[int, Array, Array | None]] = []  # salt, values, and what they are paired with

    def of_word(self, tags: "Array", labels: "Array", lower: "Array", suffixes: "Array", entities: "Array") -> None:
        """Add the word itself: its lemma, form, ending, tag and function."""
        at = self._tokens
        own = self._lemmas[at]
        for values in (own, lower[at], suffixes[at], tags[at], labels[at], entities[at]):
            self._add(values)
        for values in (tags[at], labels[at]):
            self._add(own, values)
        for kinds in weights.word_kinds(own).T:
            self._add(kinds)

    def of_neighbours(self, length: int) -> None:
        """Add the words beside the candidate, in their places, in pairs with it, and as a bag."""
        own = self._lemmas[self._tokens]
        for distance in (-2, -1, 1, 2):
            near = self._near(distance, length)
            self._add(near)
            self._add(own, near)
        bag = len(self._columns)
        for distance in [*range(-_BAG, 0), *range(1, _BAG + 1)]:
            self._columns.append((bag, self._near(distance, length), None))

    def of_arguments(self, slots: Sequence["Array"], heads: "Array", labels: "Array", kinds: "Array") -> None:
        """Add the lemmas and kinds of actor in each slot, alone and with the word, and the word that governs it."""
        at = self._tokens
        own = self._lemmas[at]
        for slot in slots:
            child = slot[at]
            self._add(self._lemmas[child])
            self._add(own, self._lemmas[child])
            self._add(kinds[child])
        of_preposition = slots[_OF_PREPOSITION][slots[_PREPOSITION][at]]
        pairs = (slots[_SUBJECT][at], slots[_OBJECT][at], slots[_PASSIVE][at], of_preposition)
        self._add(self._lemmas[slots[_PREPOSITION][at]], kinds[of_preposition])
        self._add(own, kinds[of_preposition])
        self._add(kinds[pairs[0]], kinds[pairs[1]])
        self._add(kinds[pairs[0]], kinds[pairs[3]])
        self._add(own, kinds[pairs[0]] * 16 + kinds[pairs[1]])
        self._add(self._lemmas[heads[at]])
        self._add(self._lemmas[heads[at]], labels[at])
        self._add(own, self._lemmas[heads[at]])

    def of_hits(self, hits: Sequence[Hit], length: int) -> None:
        """Add what the codebook takes the word for: the type and code of the sense that it found."""
        import numpy as np

        types, codes, frames = (np.zeros(length, dtype=np.uint64) for _ in range(3))
        for hit in hits:
            sense = hit.sense
            types[hit.token.i] = weights.word_key(sense.entry.type)
            codes[hit.token.i] = weights.word_key(sense.group.cameo)
            frames[hit.token.i] = weights.word_key(f"{sense.entry.type} {sense.group.frame} {len(sense.others)}")
        for values in (types, codes, frames):
            self._add(values[self._tokens])
            self._add(self._lemmas[self._tokens], values[self._tokens])

    def array(self) -> "Array":
        """Return the buckets: one row a candidate, one column a feature."""
        import numpy as np

        nothing = np.zeros(len(self._tokens), dtype=np.uint64)
        values = np.stack([values for _, values, _ in self._columns], axis=1)
        others = np.stack([nothing if others is None else others for _, _, others in self._columns], axis=1)
        paired = np.array([others is not None for _, _, others in self._columns])
        numbers = mixed(salts([number for number, _, _ in self._columns]), values, others)
        return bucketed(numbers, BUCKETS, (values != 0) & ~(paired & (others == 0)))

    def _near(self, distance: int, length: int) -> "Array":
        import numpy as np

        at = self._tokens + distance
        return self._lemmas[np.where((at >= 0) & (at < length), at, length)]

    def _add(self, values: "Array", others: "Array | None" = None) -> None:
        self._columns.append((len(self._columns), values, others))
