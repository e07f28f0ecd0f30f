"""Proper names of persons, organisations, places and events: gold, predicted, and how they compare.

`labels.toml` beside this module maps every type and kind to PER, ORG, LOC or EVENT.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.reading.corpora import CrossnerText, GoldName
from kg.evaluation import Tally

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.reading.document import Reading

CORE = ("PER", "ORG", "LOC")
_NAMING = ("name", "handle", "metonym")
_LETTERS = re.compile(r"[^\W_](?:.*[\w.])?", re.DOTALL)  # from the first letter or digit to the last, or a full stop


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold and a predicted name that belong together, or one of them alone; `kind` says what is wrong."""

    kind: str
    gold: GoldName | None
    predicted: GoldName | None


@cache
def labels() -> dict[str, Any]:
    """Return the mapping of labels, and the words that go by it, as `labels.toml` has them."""
    tables: dict[str, Any] = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
    return tables


def crossner_names(text: CrossnerText) -> tuple[GoldName, ...]:
    """Return the names in a sentence of CrossNER, those of other types left out."""
    known = labels()["crossner"]
    return tuple(GoldName(name.start, name.end, known[name.label]) for name in text.names if name.label in known)


def names_of_model(doc: "Doc") -> tuple[GoldName, ...]:
    """Return the entities that a spaCy pipeline found."""
    known = labels()["spacy"]
    return tuple(
        GoldName(entity.start_char, entity.end_char, known[entity.label_])
        for entity in doc.ents
        if entity.label_ in known
    )


def names_of_kg(reading: "Reading") -> tuple[GoldName, ...]:
    """Return the names of actors and places that kg found; where both are of one span, the actor.

    kg tells of no named events: those here are its entities that are labelled EVENT.
    """
    known, places = labels()["kg"], labels()["kg_places"]
    actors = [
        GoldName(mention.start, mention.end, known[actor.kind])
        for actor in reading.mentioned.actors
        for mention in actor.mentions
        if mention.form in _NAMING and actor.kind in known
    ]
    located = [
        GoldName(place.start, place.end, places["known" if place.row else "unknown"])
        for place in reading.places_at.values()
    ]
    events = [
        GoldName(span.start_char, span.end_char, "EVENT")
        for entity in reading.parsed.entities
        if entity.label == "EVENT" and (span := reading.doc[entity.start : entity.end])
    ]
    by_span = {(name.start, name.end): name for name in reversed([*actors, *located, *events])}
    return tuple(by_span[span] for span in sorted(by_span))


def longest(names: Iterable[GoldName]) -> tuple[GoldName, ...]:
    """Return the names in order, of overlapping ones the longest."""
    kept: list[GoldName] = []
    for name in sorted(names, key=lambda name: name.start - name.end):
        if not any(_overlap(name, other) for other in kept):
            kept.append(name)
    return tuple(sorted(kept, key=lambda name: name.start))


def bare(text: str, name: GoldName) -> GoldName:
    """Return a name without the determiners, titles, signs and genitives at its edges; one of nothing else as it is."""
    words = list(re.finditer(r"\S+", text[name.start : name.end]))
    while len(words) > 1 and _is_before_name(words[0].group()):
        words.pop(0)
    start = name.start + words[0].start()
    kept = _LETTERS.search(_genitive().sub("", text[start : name.end]))
    return GoldName(start + kept.start(), start + kept.end(), name.label) if kept else name


def compared(gold: Sequence[GoldName], predicted: Sequence[GoldName], corpus: str) -> tuple[Pair, ...]:
    """Return every name of both sides once: those of one span together, then those that overlap, then the rest.

    A predicted label that the corpus accepts for the gold one is taken for it; kinds are 'right', 'ORG as LOC' (span
    right), 'boundary of ORG' (label right), 'boundary of ORG as LOC', 'missed ORG', 'spurious LOC'.
    """
    accepted = labels()["accepted"][corpus]
    fits = sorted(
        (_unlikeness(name, other, accepted), i, j)
        for i, name in enumerate(gold)
        for j, other in enumerate(predicted)
        if _overlap(name, other)
    )
    other_of: dict[int, int] = {}
    for _, i, j in fits:
        if i not in other_of and j not in other_of.values():
            other_of[i] = j
    pairs = (_judged(gold[i], predicted[j], accepted) for i, j in other_of.items())
    missed = (Pair(f"missed {name.label}", name, None) for i, name in enumerate(gold) if i not in other_of)
    found = set(other_of.values())
    return (*pairs, *missed, *(_spurious(name, accepted) for j, name in enumerate(predicted) if j not in found))


def tallies(pairs: Iterable[Pair], *, of: Sequence[str]) -> dict[str, Tally]:
    """Return for each label how many names were right, predicted and wanted."""
    right: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for pair in pairs:
        wanted.update([pair.gold.label] if pair.gold else [])
        predicted.update([pair.predicted.label] if pair.predicted else [])
        right.update([pair.gold.label] if pair.gold and pair.kind == "right" else [])
    return {label: Tally(right[label], predicted[label], wanted[label]) for label in of}


def _same(one: GoldName, other: GoldName) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _overlap(one: GoldName, other: GoldName) -> bool:
    return one.start < other.end and other.start < one.end


def _unlikeness(gold: GoldName, predicted: GoldName, accepted: dict[str, list[str]]) -> tuple[bool, bool, int]:
    """Return what sorts pairs of overlapping names: those of one span first, then those of one label, the longest."""
    other_label = gold.label not in _meant(predicted, accepted)
    shared = min(gold.end, predicted.end) - max(gold.start, predicted.start)
    return not _same(gold, predicted), other_label, -shared


def _meant(predicted: GoldName, accepted: dict[str, list[str]]) -> list[str]:
    return accepted.get(predicted.label, [predicted.label])


def _judged(gold: GoldName, predicted: GoldName, accepted: dict[str, list[str]]) -> Pair:
    meant = _meant(predicted, accepted)
    label = gold.label if gold.label in meant else meant[0]
    mistaken = gold.label if label == gold.label else f"{gold.label} as {label}"
    kind = mistaken if _same(gold, predicted) else f"boundary of {mistaken}"
    return Pair("right" if kind == gold.label else kind, gold, GoldName(predicted.start, predicted.end, label))


def _spurious(name: GoldName, accepted: dict[str, list[str]]) -> Pair:
    label = _meant(name, accepted)[0]
    return Pair(f"spurious {label}", None, GoldName(name.start, name.end, label))


def _is_before_name(word: str) -> bool:
    words = labels()["words"]
    return word.lower() in words["determiners"] or word.lower() in words["titles"] or not any(map(str.isalnum, word))


@cache
def _genitive() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(labels()['words']['genitives'])})$")
