"""The records of the event codebook, which is one TOML file per event type.

Types and scores follow PLOVER (Open Event Data Alliance, 2021), codes CAMEO (Schrodt, 2012). The slots of a frame are
grammatical functions that `kg.coding.participants` finds for verbs (active and passive) and nouns alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.model import EventType, Modality, Quad, Stance

PartOfSpeech = Literal["verb", "noun", "adjective"]
Role = Literal["source", "target", "topic"]

GRAMMAR_SLOTS = frozenset({"subject", "object", "indirect", "between", "clause", "among", "own"})
PREPOSITION_SLOTS = frozenset(
    "about across after against amid around as at before behind by for from in into of off on onto out over regarding "
    "through to toward towards under upon with within without".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Which grammatical slots fill which role, in order of preference.

    `own` stands for the trigger's own words where they say more than it: 'gave generous aid'. `within_topic` lets the
    target stand within the topic where its own slots are empty: 'demanded that Hamas renounce'. `needs` names the roles
    that must hold an actor for the words to be an event; `any` stands for either of them. `alone` names the frame that
    holds instead where one party only is told: 'agreed to lift the embargo on Iran'.
    """

    source: tuple[str, ...] = ("subject",)
    target: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    needs: tuple[Literal["source", "target", "any", "both", "topic"], ...] = ()
    symmetric: bool = False
    within_topic: bool = False
    alone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerGroup:
    """Words of one sense: lemmas, or several words whose first (of nouns without preposition: last) is the head.

    `not_with` holds lemmas; the words are no event where one of these is an argument or modifier of the trigger.
    `only_with` is its counterpart: one of these must be. In both, `@oprd` and the like stand for a child of that
    dependency label, `+will` and `+will not` for an auxiliary of the trigger, `++must` and `++not` for one of the
    clause that it governs. Words that take their clause leave no event of its own in it. `modality` is set where the
    words imply one. `is_own` tells of a user's own file: no file says it itself.
    """

    cameo: str
    frame: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    modality: Modality | None = None
    takes_clause: bool = False
    confidence: float = 0.8
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The coding that an example must get; actors by their canonical names."""

    trigger: str
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    topic: str | None = None
    modality: Modality = "actual"
    according_to: tuple[str, ...] = ()
    stance: Stance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of our own, with the events of this type that it must give: none at all for a hard negative."""

    text: str
    published: str | None = None
    events: tuple[Expected, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeFile:
    """One event type: its place in PLOVER, its frames, its triggers and the examples that test them.

    `announced` gives the CAMEO code of acts of other types that their own doer announces: they are of this type.
    """

    type: EventType
    title: str
    definition: str
    quad: Quad
    plover_score: float | None = None
    roots: tuple[str, ...]
    modes: tuple[str, ...] = ()
    announced: dict[EventType, str] = field(default_factory=dict)
    frames: dict[str, Frame]
    triggers: tuple[TriggerGroup, ...]
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What a file of the user's own adds to a type."""

    type: EventType
    modes: tuple[str, ...] = ()
    frames: dict[str, Frame] = field(default_factory=dict)
    triggers: tuple[TriggerGroup, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnExample:
    """An example of a user's own file: its type, and file and line."""

    type: EventType
    example: Example
    place: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """All event types, in alphabetical order, a digest of their files, and the examples of the user's own."""

    types: tuple[TypeFile, ...]
    digest: str
    own_examples: tuple[OwnExample, ...] = ()

    def of(self, type_: str) -> TypeFile | None:
        """Return the type of a name, None where there is none."""
        return next((entry for entry in self.types if entry.type == type_), None)


def words_of(group: TriggerGroup) -> Iterator[tuple[PartOfSpeech, str]]:
    """Yield the trigger words of a group with their part of speech."""
    yield from (("verb", word) for word in group.verbs)
    yield from (("noun", word) for word in group.nouns)
    yield from (("adjective", word) for word in group.adjectives)
