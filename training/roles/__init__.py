"""The roles: who is the source and who the target of an event, learned from the corpus.

`python -m training roles` fits a multinomial logistic regression over the features of `kg.coding.beside`, one row for
each actor in the sentence of a trigger of the codebook that a label of its type has. An actor has the role of the
label's phrase that it is the head of.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.coding.beside import BUCKETS, Beside, Candidate, Told
from kg.coding.participants import meets, participants
from kg.coding.roles import NEITHER, SOURCE, TARGET
from kg.coding.statements import find_statements, speakers_within
from kg.coding.triggers import Hit, find_triggers
from kg.evaluation import Tally
from kg.knowledge.codebook import codebook
from kg.model import Article, EventType
from kg.reading.document import Reading
from kg.reading.read import read
from training.corpus import LONG, Label, corpus, digest, span_of
from training.regression import fitted, is_held_out, matrix, save

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


EXAMPLES = 3  # how often an example of the codebook counts
OF_LONG = 0.3  # how much an actor of a long text counts: a tenth of the texts hold two fifths of the actors


@dataclass(frozen=True, slots=True)
class Lesson:
    """An event of a text: type, triggers, and the phrases of its sides, names in the codebook's examples."""

    type: EventType
    triggers: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An actor beside a trigger: the text and the trigger, its features, its class, the class by the frame.

    `count` is how often it counts.
    """

    event: tuple[str, int]
    buckets: list[int]
    wanted: int
    ruled: int
    count: float = 1.0


def train(out: Path | None) -> Iterator[str]:
    """Yield, line by line, what was trained from and how well it fits held-out texts; write the weights, if asked."""
    texts = corpus()
    labelled, long = list(texts.values()), {each.text for (file, _), each in texts.items() if file == LONG}
    found = _rows([(each.text, [*map(_of_label, each.events)]) for each in labelled])
    rows = [replace(row, count=OF_LONG) if row.event[0] in long else row for row in found]
    examples = [*_rows(list(_of_codebook()))] * EXAMPLES
    yield f"corpus {digest(labelled)}, codebook {codebook().digest}, {len(rows)} actors beside triggers"
    learned = [row for row in rows if not is_held_out(row.event[0])]
    yield from _scores([*learned, *examples], [row for row in rows if is_held_out(row.event[0])])
    if out:
        save(*_fitted([*rows, *examples]), out)


def _of_label(label: Label) -> Lesson:
    return Lesson(label.type, (label.trigger, *label.more_triggers), label.source, label.target)


def _of_codebook() -> Iterator[tuple[str, list[Lesson]]]:
    for entry in codebook().types:
        for example in entry.examples:
            lessons = [Lesson(entry.type, (each.trigger,), each.source, each.target) for each in example.events]
            yield example.text, lessons


def _rows(texts: Sequence[tuple[str, list[Lesson]]]) -> Iterator[Row]:
    articles = [Article(id=str(number), text=text) for number, (text, _) in enumerate(texts)]
    for (_, lessons), reading in zip(texts, read(articles), strict=True):
        speakers = speakers_within(reading, find_statements(reading))
        every = (Told(hit, participants(hit, reading, speakers)) for hit in find_triggers(reading))
        told = [each for each in every if meets(each.hit.sense.frame, each.who)]
        beside = Beside(told, reading, speakers)
        for one in told:
            lesson = _lesson_of(one.hit, lessons, reading)
            if lesson is not None:
                yield from _of_event(one, lesson, beside, reading)


def _of_event(told: Told, lesson: Lesson, beside: Beside, reading: Reading) -> Iterator[Row]:
    candidates = beside.candidates(told.hit)
    sides = ((TARGET, lesson.target), (SOURCE, lesson.source))
    wanted = {at: role for role, phrases in sides for phrase in phrases for at in _heads(phrase, candidates, reading)}
    for each, buckets in zip(candidates, beside.features([(told, candidates)]).tolist(), strict=True):
        actors = {*each.actors}
        ruled = SOURCE if actors & {*told.who.source} else TARGET if actors & {*told.who.target} else NEITHER
        event = (reading.article.text, told.hit.token.i)
        yield Row(event, buckets, wanted.get(each.token.i, NEITHER), ruled)


def _lesson_of(hit: Hit, lessons: Iterable[Lesson], reading: Reading) -> Lesson | None:
    """Return the event whose trigger a hit shares words with, its head before others."""
    fitting = [lesson for lesson in lessons if lesson.type == hit.sense.entry.type]
    for tokens in ({hit.token.i}, {token.i for token in hit.tokens}):
        for lesson in fitting:
            spans = (span_of(words, reading) for words in lesson.triggers)
            if any(span is not None and tokens & {*range(span.start, span.end)} for span in spans):
                return lesson
    return None


def _heads(phrase: str, candidates: Sequence[Candidate], reading: Reading) -> list[int]:
    """Return the token that heads a phrase, or the actor's nearest to its head; else those of the actor of a name."""
    called = {actor.id for actor in reading.mentioned.actors if actor.name == phrase}
    span = span_of(phrase, reading)
    inside = [each.token for each in candidates if span is not None and span.start <= each.token.i < span.end]
    nearest = [min(inside, key=lambda token: len([*token.ancestors])).i] if inside else []
    return nearest or [each.token.i for each in candidates if called & {*each.actors}]


def _fitted(rows: Sequence[Row]) -> "tuple[Array, Array]":
    import numpy as np

    wanted, counts = np.array([row.wanted for row in rows]), np.array([row.count for row in rows])
    return fitted(matrix([row.buckets for row in rows], BUCKETS), wanted, counts)


def _scores(learned: Sequence[Row], held_out: Sequence[Row]) -> Iterator[str]:
    weights, bias = _fitted(learned)
    found = (matrix([row.buckets for row in held_out], BUCKETS) @ weights + bias).argmax(axis=1).tolist()
    for name, guesses in (("model", found), ("frames", [row.ruled for row in held_out])):
        tally = _tally([row.wanted for row in held_out], guesses)
        yield f"on {len(_events(held_out))} held-out events, {name}: {tally.as_dict()}"


def _events(rows: Sequence[Row]) -> list[tuple[str, int]]:
    return [event for event, _ in groupby(row.event for row in rows)]


def _tally(wanted: Sequence[int], found: Sequence[int]) -> Tally:
    right = sum(one == other != NEITHER for one, other in zip(wanted, found, strict=True))
    return Tally(right, sum(each != NEITHER for each in found), sum(each != NEITHER for each in wanted))
