"""The senses: which words tell of an event, and of which type, learned from the corpus and the codebook's examples.

`python -m training senses` fits a multinomial logistic regression over the features of `kg.coding.features`, one row
for each verb and each trigger of the codebook. A word has the type of the label whose trigger it is the head of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.coding.features import BUCKETS, features
from kg.coding.senses import TYPES
from kg.coding.triggers import Hit, find_triggers
from kg.knowledge.codebook import codebook
from kg.model import Article, EventType
from kg.reading.document import Reading
from kg.reading.read import read
from training.corpus import Labelled, digest, span_of, without_long
from training.regression import fitted, is_held_out, matrix, save

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

EXAMPLES = 3  # how often an example of the codebook counts
UNSURE = -1  # a word of a trigger that is not its head


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text with the words of each trigger and its type."""

    text: str
    triggers: tuple[tuple[str, EventType], ...]


def train(out: Path | None) -> Iterator[str]:
    """Yield, line by line, what was trained from and how well it fits held-out texts; write the weights, if asked."""
    import numpy as np

    labelled = without_long()
    lessons = [*map(_of_corpus, labelled), *(each for each in _of_codebook() for _ in range(EXAMPLES))]
    yield f"corpus {digest(labelled)}, codebook {codebook().digest}, {len(lessons)} texts"
    buckets, classes, texts = _rows(lessons)
    held_out = np.array([is_held_out(each.text) for each in lessons])[texts]
    yield f"trained on four fifths, on the rest: {_scores(buckets, classes, held_out)}"
    if out:
        save(*_fitted(buckets, classes), out)


def _of_corpus(labelled: Labelled) -> Lesson:
    words = ((word, event.type) for event in labelled.events for word in (event.trigger, *event.more_triggers))
    return Lesson(labelled.text, tuple(words))


def _of_codebook() -> Iterator[Lesson]:
    for entry in codebook().types:
        for example in entry.examples:
            if example.events:
                yield Lesson(example.text, tuple((event.trigger, entry.type) for event in example.events))


def _rows(lessons: Sequence[Lesson]) -> "tuple[Array, Array, Array]":
    """Return the buckets, the class and the number of the text of every candidate; words of no lesson are class 0."""
    import numpy as np

    articles = [Article(id=str(number), text=each.text) for number, each in enumerate(lessons)]
    buckets, classes, texts = [], [], []
    for number, (each, reading) in enumerate(zip(lessons, read(articles), strict=True)):
        hits = find_triggers(reading)
        seen = features(reading, hits)
        class_of = _classes(each, reading, hits)
        buckets.append(seen.buckets)
        classes.append([class_of.get(at, 0) for at in seen.tokens.tolist()])
        texts.append([number] * len(seen.tokens))
    return np.vstack(buckets), np.array([*chain(*classes)]), np.array([*chain(*texts)])


def _classes(lesson: Lesson, reading: Reading, hits: Sequence[Hit]) -> dict[int, int]:
    """Return the class of each token within a trigger, and of what the codebook finds with words of it."""
    class_of: dict[int, int] = {}
    found: dict[int, int] = {}
    for words, type_ in lesson.triggers:
        span = span_of(words, reading)
        if span is not None:
            class_of |= {token.i: 1 + TYPES.index(type_) for token in span}
            found |= {token.i: UNSURE for token in span if token.i not in found}
            found[span.root.i] = class_of[span.root.i]
    for hit in hits:
        shared = [class_of[token.i] for token in hit.tokens if token.i in class_of]
        if shared:
            found[hit.token.i] = shared[0]
    return found


def _fitted(buckets: "Array", classes: "Array") -> "tuple[Array, Array]":
    sure = classes != UNSURE
    return fitted(matrix(buckets[sure].tolist(), BUCKETS), classes[sure])


def _scores(buckets: "Array", classes: "Array", held_out: "Array") -> str:
    weights, bias = _fitted(buckets[~held_out], classes[~held_out])
    found = (matrix(buckets[held_out].tolist(), BUCKETS) @ weights + bias).argmax(axis=1)
    wanted = classes[held_out]
    right = int(((found == wanted) & (wanted > 0)).sum())
    predicted, present = int(((found > 0) & (wanted != UNSURE)).sum()), int((wanted > 0).sum())
    return f"precision {right / predicted:.3f}, recall {right / present:.3f} of words that tell of an event, with type"
