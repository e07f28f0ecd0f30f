"""The modality of events: whether they happened, learned from the corpus.

`python -m training modality` fits a multinomial logistic regression over the features of `kg.coding.moods`, one row for
each label of the corpus: the head of what the codebook finds with words of its trigger, else the head of the trigger.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.coding.modality import by_rules
from kg.coding.moods import BUCKETS, MODALITIES, buckets
from kg.coding.triggers import Hit, find_triggers
from kg.model import Article
from kg.reading.document import Reading
from kg.reading.read import read
from training.corpus import Label, Labelled, digest, span_of, without_long
from training.regression import fitted, is_held_out, matrix, save

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A label: its text, the features of its trigger, its class, and the class by kg's rules if they find a trigger."""

    text: str
    buckets: list[int]
    wanted: int
    ruled: int | None


def train(out: Path | None) -> Iterator[str]:
    """Yield, line by line, what was trained from and how well it fits held-out texts; write the weights, if asked."""
    labelled = without_long()
    rows = list(_rows(labelled))
    yield f"corpus {digest(labelled)}, {len(rows)} labels"
    yield from _scores(
        [row for row in rows if not is_held_out(row.text)], [row for row in rows if is_held_out(row.text)]
    )
    if out:
        save(*_fitted(rows), out)


def _rows(labelled: Sequence[Labelled]) -> Iterator[Row]:
    articles = [Article(id=str(number), text=each.text) for number, each in enumerate(labelled)]
    for each, reading in zip(labelled, read(articles), strict=True):
        hits = find_triggers(reading)
        for label in each.events:
            row = _row(label, reading, hits)
            if row is not None:
                yield row


def _row(label: Label, reading: Reading, hits: Sequence[Hit]) -> Row | None:
    span = span_of(label.trigger, reading)
    if span is None:
        return None
    within = range(span.start, span.end)
    hit = next((hit for hit in hits if any(token.i in within for token in hit.tokens)), None)
    head = hit.token if hit else span.root
    told = by_rules(hit, reading) if hit else None
    ruled = MODALITIES.index(told.modality if told else "actual") if hit else None
    return Row(reading.article.text, buckets(head, reading), MODALITIES.index(label.modality), ruled)


def _fitted(rows: Sequence[Row]) -> "tuple[Array, Array]":
    import numpy as np

    return fitted(matrix([row.buckets for row in rows], BUCKETS), np.array([row.wanted for row in rows]))


def _scores(learned: Sequence[Row], held_out: Sequence[Row]) -> Iterator[str]:
    weights, bias = _fitted(learned)
    ruled = [row for row in held_out if row.ruled is not None]
    found = (matrix([row.buckets for row in ruled], BUCKETS) @ weights + bias).argmax(axis=1).tolist()
    right = sum(row.wanted == guess for row, guess in zip(ruled, found, strict=True))
    by_rule = sum(row.wanted == row.ruled for row in ruled)
    yield f"on {len(ruled)} held-out triggers: model {right / len(ruled):.3f}, rules {by_rule / len(ruled):.3f} right"
