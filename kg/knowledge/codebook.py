"""The event codebook: one TOML file per event type, read into frozen records.

Types and scores follow PLOVER (Open Event Data Alliance, 2021), codes CAMEO (Schrodt, 2012). The slots of a frame are
grammatical functions that `kg.coding.arguments` finds for verbs (active and passive) and nouns alike.
"""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

from kg.errors import KnowledgeError
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

    `own` stands for the trigger's own words where they say more than it: 'gave generous aid'. `within_topic` lets the target stand within the topic where its own slots are empty: 'demanded that Hamas renounce'.
    `needs` names the roles that must hold an actor for the words to be an event; `any` stands for either of them.
    """

    source: tuple[str, ...] = ("subject",)
    target: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    needs: tuple[Literal["source", "target", "any", "both", "topic"], ...] = ()
    symmetric: bool = False
    within_topic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerGroup:
    """Words of one sense: lemmas, or several words whose first (of nouns without preposition: last) is the head.

    `not_with` holds lemmas; the words are no event where one of these is an argument or modifier of the trigger.
    `only_with` is its counterpart: one of these must be. `@oprd` and the like stand for a child of that dependency
    label, `+will` and `+will not` for an auxiliary of the trigger, `++must` for one of the clause that it governs. Words that take their clause leave no event of its own in it. `modality` is set where the words imply one.
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


@dataclass(frozen=True, slots=True)
class Codebook:
    """All event types, in alphabetical order, and a digest of their files."""

    types: tuple[TypeFile, ...]
    digest: str


@cache
def codebook() -> Codebook:
    """Return the codebook that comes with kg.

    Raises KnowledgeError naming file, place and cure where a file is broken.
    """
    sources = sorted((files("kg.knowledge") / "events").iterdir(), key=lambda path: path.name)
    contents = [(path.name, path.read_bytes()) for path in sources if path.name.endswith(".toml")]
    hashed = hashlib.sha256()
    for name, content in contents:
        hashed.update(name.encode() + b"\0" + content)
    return Codebook(tuple(type_file(name, content.decode()) for name, content in contents), hashed.hexdigest()[:16])


def type_file(name: str, content: str) -> TypeFile:
    """Return one event type from the text of its TOML file, checked.

    Raises KnowledgeError naming file, place and cure.
    """
    try:
        raw = tomllib.loads(content)
        entry = msgspec.convert(raw, TypeFile)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"codebook file {name}: {error}") from error
    _check_keys(name, raw)
    _check_announced(name, entry)
    _check_frames(name, entry)
    for group in entry.triggers:
        _check_group(name, entry, group)
    _check_words(name, entry)
    _check_examples(name, entry)
    return entry


def _check_keys(name: str, raw: Mapping[str, Any]) -> None:
    """Refuse keys that no record has: they would be passed over in silence."""
    examples = raw.get("examples", [])
    sections: list[tuple[type, str, Mapping[str, Any]]] = [
        (TypeFile, "the file", raw),
        *((Frame, f"frame {label!r}", frame) for label, frame in raw["frames"].items()),
        *((TriggerGroup, f"triggers of {group['cameo']}", group) for group in raw["triggers"]),
        *((Example, f"example {example['text']!r}", example) for example in examples),
        *((Expected, f"example {each['text']!r}", event) for each in examples for event in each.get("events", [])),
    ]
    for record, place, table in sections:
        known = [field.name for field in fields(record)]
        for key in table:
            if key not in known:
                raise KnowledgeError(
                    f"codebook file {name}: {place} holds an unknown key {key!r}; there are {', '.join(known)}"
                )


def _check_announced(name: str, entry: TypeFile) -> None:
    for type_, cameo in entry.announced.items():
        if not cameo.startswith(entry.roots):
            raise KnowledgeError(
                f"codebook file {name}: announced {type_}: CAMEO code {cameo!r} is not under {', '.join(entry.roots)}"
            )


def _check_frames(name: str, entry: TypeFile) -> None:
    for label, frame in entry.frames.items():
        for slot in (*frame.source, *frame.target, *frame.topic):
            if slot not in GRAMMAR_SLOTS | PREPOSITION_SLOTS:
                raise KnowledgeError(
                    f"codebook file {name}: frame {label!r} names an unknown slot {slot!r}; there are "
                    f"{', '.join(sorted(GRAMMAR_SLOTS))} and prepositions"
                )


def _check_group(name: str, entry: TypeFile, group: TriggerGroup) -> None:
    if group.frame not in entry.frames:
        raise KnowledgeError(
            f"codebook file {name}: triggers of {group.cameo} name an unknown frame {group.frame!r}; "
            f"there are {', '.join(sorted(entry.frames))}"
        )
    if not group.cameo.isdigit() or not group.cameo.startswith(entry.roots):
        raise KnowledgeError(f"codebook file {name}: CAMEO code {group.cameo!r} is not under {', '.join(entry.roots)}")
    if group.mode is not None and group.mode not in entry.modes:
        raise KnowledgeError(
            f"codebook file {name}: triggers of {group.cameo} name an unknown mode {group.mode!r}; "
            f"there are {', '.join(entry.modes) or 'none'}"
        )


def _check_words(name: str, entry: TypeFile) -> None:
    """Refuse a trigger that can never match, and one that stands twice."""
    seen: set[tuple[PartOfSpeech, str, tuple[str, ...], tuple[str, ...]]] = set()
    for group in entry.triggers:
        for part, word in words_of(group):
            if word != " ".join(word.lower().split()) or not word:
                raise KnowledgeError(
                    f"codebook file {name}: {part} {word!r} of {group.cameo} can match nothing; "
                    "write lemmas in lower case with single spaces"
                )
            key = (part, word, group.not_with, group.only_with)
            if key in seen:
                raise KnowledgeError(
                    f"codebook file {name}: {part} {word!r} stands twice; keep one, or tell the senses apart "
                    "with not_with and only_with"
                )
            seen.add(key)


def _check_examples(name: str, entry: TypeFile) -> None:
    for example in entry.examples:
        for event in example.events:
            if event.trigger not in example.text:
                raise KnowledgeError(
                    f"codebook file {name}: the trigger {event.trigger!r} is not in its example "
                    f"{example.text!r}; give the words as they stand there"
                )


def words_of(group: TriggerGroup) -> Iterator[tuple[PartOfSpeech, str]]:
    """Yield the trigger words of a group with their part of speech."""
    yield from (("verb", word) for word in group.verbs)
    yield from (("noun", word) for word in group.nouns)
    yield from (("adjective", word) for word in group.adjectives)
