"""How kg codes the corpus of labelled sentences: types, participants, CAMEO codes and modality.

A predicted event is a labelled one when type and words agree: a trigger of one lies on a trigger of the other, or, for
`types`, anywhere in the text. What matches an optional label counts neither way. Rules are developed on the half
`develop` of the texts, told apart by a digest of the text; `check` tells whether a change helps elsewhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.reading.corpora import Half, half_of
from kg.evaluation import Rate, Tally
from kg.model import Article, Event, Record
from kg.pipeline import extract
from training.corpus import Label, Labelled, corpus

Figures = dict[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled text with what kg made of it, and the labels and events that are one."""

    labelled: Labelled
    record: Record
    pairs: tuple[tuple[Label, Event], ...]


def measure() -> Figures:
    """Return the figures of both halves."""
    judged = list(judge(list(corpus().values())))
    halves: tuple[Half, ...] = ("develop", "check")
    return {half: figures([each for each in judged if half_of(each.labelled.text) == half]) for half in halves}


def judge(labelled: Sequence[Labelled]) -> Iterator[Judged]:
    """Yield each labelled text with what kg extracts from it, those that it does not take for English left out."""
    articles = [Article(id=str(number), text=each.text) for number, each in enumerate(labelled)]
    for each, record in zip(labelled, extract(articles), strict=True):
        if isinstance(record, Record):
            yield Judged(each, record, tuple(_pairs(each, record)))


def figures(judged: Sequence[Judged]) -> dict[str, object]:
    """Return the figures over judged texts."""
    found = sum((_found(each) for each in judged), Tally())
    types = sum((_types(each) for each in judged), Tally())
    roles = sum((_roles(each) for each in judged), Tally())
    right = [label.modality == event.modality for each in judged for label, event in each.pairs]
    codes = [label.cameo == event.cameo for each in judged for label, event in each.pairs if label.cameo]
    silent = [not each.record.events for each in judged if not each.labelled.events]
    return {
        "texts": len(judged),
        "events": found.as_dict(),
        "types": types.as_dict(),
        "participants": roles.as_dict(),
        "codes": Rate(sum(codes), len(codes)).as_dict(),
        "modality": Rate(sum(right), len(right)).as_dict(),
        "silent_on_negatives": Rate(sum(silent), len(silent)).as_dict(),
        "by_type": {name: tally.as_dict() for name, tally in sorted(_by_type(judged).items())},
    }


def _pairs(each: Labelled, record: Record) -> Iterator[tuple[Label, Event]]:
    free = list(record.events)
    for label in each.events:
        spans = [_span(each.text, words) for words in (label.trigger, *label.more_triggers)]
        fitting = [event for event in free if event.type == label.type and _is_on(event, spans)]
        if fitting:
            free.remove(fitting[0])
            yield label, fitting[0]


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _is_on(event: Event, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < mention.end and mention.start < end for mention in event.mentions for start, end in spans)


def _found(each: Judged) -> Tally:
    optional = sum(label.optional for label, _ in each.pairs)
    wanted = sum(not label.optional for label in each.labelled.events)
    return Tally(len(each.pairs) - optional, len(each.record.events) - optional, wanted)


def _types(each: Judged) -> Tally:
    wanted = Counter(label.type for label in each.labelled.events if not label.optional)
    optional = Counter(label.type for label in each.labelled.events if label.optional)
    predicted = Counter(event.type for event in each.record.events)
    right = wanted & predicted
    neutral = (predicted - right) & optional
    return Tally(right.total(), predicted.total() - neutral.total(), wanted.total())


def _roles(each: Judged) -> Tally:
    total = Tally()
    spans = {actor.id: [(m.start, m.end) for m in actor.mentions] for actor in each.record.actors}
    for label, event in each.pairs:
        sides = [(label.source, event.source), (label.target, event.target)]
        if event.symmetric:
            sides = [(label.source + label.target, event.source + event.target)]
        for phrases, actors in sides:
            wanted = [_span(each.labelled.text, phrase) for phrase in phrases]
            right = sum(any(_overlap(want, spans.get(actor, ())) for actor in actors) for want in wanted)
            total += Tally(min(right, len(actors)), len(actors), len(wanted))
    return total


def _overlap(want: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < want[1] and want[0] < end for start, end in spans)


def _by_type(judged: Sequence[Judged]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for each in judged:
        paired = {id(event) for _, event in each.pairs}
        for label, event in each.pairs:
            tallies[event.type] += Tally(not label.optional, not label.optional, not label.optional)
        found = {id(label) for label, _ in each.pairs}
        for label in each.labelled.events:
            if id(label) not in found and not label.optional:
                tallies[label.type] += Tally(0, 0, 1)
        for event in each.record.events:
            if id(event) not in paired:
                tallies[event.type] += Tally(0, 1, 0)
    return tallies
