"""Whether a word tells of an event and of which type, as learned from the corpus of coded sentences.

Multinomial logistic regression over hashed features (`kg.coding.features`). It judges what the codebook finds, and
finds words that the codebook lacks: such a word is coded like the trigger of its type that it resembles most.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, get_args

from kg.coding.features import features
from kg.coding.triggers import Hit, Sense, part_of_speech, senses
from kg.knowledge.codebook import PartOfSpeech
from kg.knowledge.scores import codes
from kg.knowledge.words import word_lists
from kg.model import EventType
from kg.reading import weights
from kg.reading.document import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Token

TYPES: tuple[EventType, ...] = get_args(EventType)
"""The classes of the model in its order; before them stands 'no event'."""

DOUBTED = 0.02  # a trigger of the codebook less likely to be of its type than this is none
RETYPED = 0.9  # a trigger of the codebook more likely to be of another type than this is of that one
ACCOMPANIED = 0.5  # a trigger that needs certain words beside it, and has them, is at least as likely as this
CERTAIN = 0.97  # in a sentence of a game or a story, a trigger less likely than this is none
FOUND = 0.75  # a word that the codebook lacks is a trigger from here on


@dataclass(frozen=True, slots=True)
class Judged:
    """A trigger with how likely it is one of its type."""

    hit: Hit
    chance: float


def judged(hits: Sequence[Hit], reading: Reading) -> tuple[Judged, ...]:
    """Return the triggers of a text in order: the likely ones of the codebook, and what the model finds besides."""
    seen = features(reading, hits)
    chances = dict(zip(seen.tokens.tolist(), weights.linear(weights.SENSES).chances(seen.buckets), strict=True))
    kept = [each for hit in hits for each in _kept(hit, chances.get(hit.token.i), reading)]
    taken = {token.i for hit in hits for token in hit.tokens}
    found = list(_found(chances, taken, reading))
    real = (each for each in (*kept, *found) if each.chance >= CERTAIN or not _is_unreal(each.hit.token, reading))
    return tuple(sorted(real, key=lambda each: each.hit.token.i))


def _is_unreal(token: "Token", reading: Reading) -> bool:
    """Whether a sentence tells of a game or a story: a word of it says so, or 'game' with what kind of game."""
    words = word_lists("modality")
    unreal, kinds = words["unreal", "sport"] | words["unreal", "fiction"], words["unreal", "games"]
    for each in token.sent:
        lemma = reading.lemma(each) if each.tag_[:2] in ("NN", "JJ") else ""
        is_game = lemma == "game" and any(child.lower_ in kinds for child in each.children)
        if lemma in unreal or is_game:
            return True
    return False


def _kept(hit: Hit, chances: "NDArray[Any] | None", reading: Reading) -> Iterator[Judged]:
    if chances is None or hit.sense.group.is_own:
        yield Judged(hit, hit.sense.group.confidence)
        return
    own = float(chances[1 + TYPES.index(hit.sense.entry.type)])
    if hit.sense.group.only_with:
        own = max(own, ACCOMPANIED)
    best = int(chances[1:].argmax())
    if chances[1 + best] >= RETYPED and TYPES[best] != hit.sense.entry.type:
        sense = alike(reading.lemma(hit.token), hit.sense.part, TYPES[best])
        yield Judged(Hit(hit.token, hit.tokens, sense), float(chances[1 + best]))
    elif own >= DOUBTED:
        yield Judged(hit, own)


def _found(chances: "Mapping[int, NDArray[Any]]", taken: set[int], reading: Reading) -> Iterator[Judged]:
    for at, each in chances.items():
        best = int(each[1:].argmax())
        if at not in taken and 1 - each[0] >= FOUND:
            token: Token = reading.doc[at]
            part = part_of_speech(token)
            if part is not None:
                sense = alike(reading.lemma(token), part, TYPES[best])
                yield Judged(Hit(token, (token,), sense), float(each[1 + best]))


def alike(lemma: str, part: PartOfSpeech, type_: EventType) -> Sense:
    """Return the sense in which a word is a trigger of a type: with the frame of the trigger that it resembles most.

    The code is the general one of that trigger's branch, as a likeness tells no more.
    """
    import numpy as np

    known, vectors = _examples(part, type_)
    own = weights.word_vectors([lemma])[0]
    nearest = known[int(np.argmax(vectors @ own))]
    general = nearest.group.cameo[:2] + "0"
    cameo = general if general in codes() else nearest.group.cameo
    return Sense(lemma, (), part, nearest.entry, replace(nearest.group, cameo=cameo, mode=None, contexts=()))


@cache
def _examples(part: PartOfSpeech, type_: EventType) -> "tuple[tuple[Sense, ...], NDArray[Any]]":
    """Return the triggers of one word of a type, with vectors of length 1; verbs where it has none of the part."""
    import numpy as np

    found = [
        sense
        for (of, _), several in senses().items()
        for sense in several
        if of == part
        and sense.entry.type == type_
        and not sense.others
        and not sense.group.only_with
        and not sense.group.is_own
    ]
    if not found:
        return _examples("verb", type_)
    vectors = weights.word_vectors([sense.head for sense in found])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return tuple(found), vectors / np.maximum(lengths, 1e-6)
