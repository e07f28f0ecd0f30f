"""Labels to learn from: a corpus's names under the base model's labels, and what that model tells beside them.

So a corpus with few types teaches what it knows and unteaches nothing else: numbers, dates, peoples and works stay as
the base model marks them, its persons, bodies and places give way to the corpus.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.knowledge.tables import adjectives, tables
from kg.knowledge.words import word_lists
from training.names.corpora import Name, Sentence, labels


@dataclass(frozen=True, slots=True)
class Lesson:
    """The words of a sentence with the entities in them under the base model's labels; `unsure` words teach nothing."""

    corpus: str
    words: tuple[str, ...]
    entities: tuple[Name, ...]
    unsure: frozenset[int]


def lesson(sentence: Sentence, predicted: Sequence[Name]) -> Lesson:
    """Return what to learn from a sentence in which the base model predicts these entities."""
    unsure = set(sentence.unsure)
    entities = []
    for name in sentence.names:
        entity = _labelled(sentence, _bare(sentence.words, name), predicted)
        if entity is None:
            unsure |= {*range(name.start, name.end)}
        else:
            entities.append(entity)
    named = {at for name in sentence.names for at in range(name.start, name.end)}
    kept = {*labels()["kinds"]["kept"], *({"EVENT"} if sentence.corpus in ("uner", "gum") else ())}
    entities += [
        entity for entity in predicted if entity.label in kept and named.isdisjoint(range(entity.start, entity.end))
    ]
    covered = {at for entity in entities for at in range(entity.start, entity.end)}
    order = sorted(entities, key=lambda entity: entity.start)
    return Lesson(sentence.corpus, sentence.words, tuple(order), frozenset(unsure - covered))


def _bare(words: Sequence[str], name: Name) -> Name:
    start, end = name.start, name.end
    while start < end - 1 and _stands_before(words[start]):
        start += 1
    while end > start + 1 and words[end - 1] in labels()["words"]["genitives"]:
        end -= 1
    return Name(start, end, name.label)


def _stands_before(word: str) -> bool:
    lists = word_lists("words")
    titles = any(word in lists["titles", kind] for kind in ("male", "female", "neutral"))
    return titles or word.lower() in labels()["words"]["determiners"] or not word[0].isalnum()


def _labelled(sentence: Sentence, name: Name, predicted: Sequence[Name]) -> Name | None:
    """Return the name under a label of the base model, or None where none of them is sure."""
    words = sentence.words[name.start : name.end]
    others = {entity.label for entity in predicted if entity.start < name.end and name.start < entity.end}
    label = _label(name.label, words, others)
    return Name(name.start, name.end, label) if label else None


def _label(label: str, words: Sequence[str], others: set[str]) -> str | None:
    text = " ".join(words)
    if text in adjectives() and text not in _states():
        return "NORP"
    if label == "LOC":
        return _kind_of_place().get(text) or next(
            (kind for kind in labels()["kinds"]["places"] if kind in others), "GPE"
        )
    if label == "OTHER":
        return _other(words, others)
    return "PERSON" if label == "PER" else label


def _other(words: Sequence[str], others: set[str]) -> str | None:
    """Return the label for a name of none of the types: an event, what the base model says, else a product."""
    if "EVENT" in others or {*words} & {*labels()["words"]["events"]}:
        return "EVENT"
    named = any(word[:1].isupper() for word in words)
    return next((kind for kind in labels()["kinds"]["others"] if kind in others), "PRODUCT" if named else None)


@cache
def _states() -> frozenset[str]:
    return frozenset(name for row in tables().countries for name in (row.name, *row.aliases))


@cache
def _kind_of_place() -> dict[str, str]:
    return dict(_kinds_of_places())


def _kinds_of_places() -> Iterator[tuple[str, str]]:
    for row in tables().places:
        names: Iterable[str] = (row.name, *row.aliases)
        yield from ((name, "LOC" if row.kind == "region" else "GPE") for name in names)
