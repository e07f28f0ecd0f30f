"""The scorer agrees with the reference scorer on every figure, whatever is wrong with the records."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from kg.evaluation import Figures, GoldArticle, as_article, read_gold, score
from kg.evaluation.gold import GoldActor, GoldEvent, GoldStatement, words
from kg.evaluation.spans import spans_of
from kg.model import (
    Actor,
    Attribution,
    Event,
    EventType,
    Mention,
    Modality,
    Place,
    Record,
    Stance,
    Statement,
    Time,
    Topic,
    Trigger,
    encode,
)

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
REFERENCE = SHARED / "eval" / "score.py"
GOLD = SHARED / "eval" / "gold" / "dev.jsonl"

pytestmark = pytest.mark.skipif(
    not REFERENCE.is_file() or not GOLD.is_file(),
    reason=f"the reference scorer and its gold are not under KG_SHARED ({SHARED})",
)

Change = Callable[[Record, random.Random], Record]


def actor(text: str, gold: GoldActor) -> Actor:
    anchors = (*gold.names, *gold.other)
    spans = [span for anchor in anchors for span in spans_of(text, anchor)]
    mentions = tuple(Mention(start, end, text[start:end], "name") for start, end in spans)
    return Actor(id=f"actor-{gold.key}", name=gold.name, kind="person", mentions=mentions)


def event(text: str, number: int, gold: GoldEvent) -> Event:
    anchors = (gold.anchor, *gold.more_anchors)
    spans = [span for anchor in anchors for span in spans_of(text, anchor)[:1]]
    return Event(
        id=f"e{number}",
        type=cast(EventType, gold.type),
        quad="neutral",
        symmetric=gold.symmetric,
        source=tuple(f"actor-{key}" for key in gold.source),
        target=tuple(f"actor-{key}" for key in gold.target),
        topics=tuple(Topic(words(topic), 0, 0, words(topic)) for topic in gold.topics),
        place=Place(name=gold.place, start=0, end=0) if gold.place else None,
        time=Time(*gold.date) if gold.date else None,
        modality=cast(Modality, gold.modality),
        attributions=tuple(
            Attribution(f"actor-{key}", cast(Stance, gold.stance or "asserts")) for key in gold.according_to or ()
        ),
        mentions=tuple(Trigger(start, end, text[start:end], (0, len(text))) for start, end in spans),
    )


def statements(text: str, number: int, gold: GoldStatement) -> Iterator[Statement]:
    for start, end in spans_of(text, gold.anchor)[:1]:
        yield Statement(
            id=f"s{number}",
            speaker=f"actor-{gold.speaker}",
            text=text[start:end],
            start=start,
            end=end,
            direct=gold.direct,
        )


def perfect(gold: GoldArticle) -> Record:
    return Record(
        article=as_article(gold),
        sentences=(),
        actors=tuple(actor(gold.text, a) for a in gold.actors),
        events=tuple(event(gold.text, n, e) for n, e in enumerate(gold.events)),
        statements=tuple(s for n, said in enumerate(gold.statements) for s in statements(gold.text, n, said)),
    )


def unchanged(record: Record, chance: random.Random) -> Record:
    return record


def dropped_events(record: Record, chance: random.Random) -> Record:
    return replace(record, events=tuple(e for e in record.events if chance.random() < 0.6))


def other_modality_time_and_place(record: Record, chance: random.Random) -> Record:
    def spoil(e: Event) -> Event:
        time = chance.choice([e.time, None, Time("2012-01-01", "2019-12-31"), Time("2015-05-15", "2015-05-15")])
        place = chance.choice([e.place, None, Place(name="the Vatican City", start=5, end=25)])
        modality = chance.choice([e.modality, "possible", "negated"])
        return replace(e, time=time, place=place, modality=modality)

    return replace(record, events=tuple(spoil(e) for e in record.events))


def other_types(record: Record, chance: random.Random) -> Record:
    kinds: tuple[EventType, ...] = ("SAY", "ACCUSE", "REQUEST", "CONSULT", "ASSAULT")
    changed = (replace(e, type=chance.choice([e.type, *kinds])) for e in record.events)
    return replace(record, events=tuple(changed))


def shifted_spans(record: Record, chance: random.Random) -> Record:
    def shift_trigger(t: Trigger) -> Trigger:
        by = chance.choice([0, -40, 7, 150])
        return replace(t, start=max(0, t.start + by), end=max(1, t.end + by + chance.choice([0, 3, 120])))

    def shift_said(s: Statement) -> Statement:
        return replace(s, end=s.end + chance.choice([0, 10, 60, 200]), direct=chance.random() < 0.5)

    def shift_mention(m: Mention) -> Mention:
        return replace(m, start=m.start + chance.choice([0, 0, 2]), end=m.end + chance.choice([0, 4, 30]))

    return replace(
        record,
        actors=tuple(replace(a, mentions=tuple(map(shift_mention, a.mentions))) for a in record.actors),
        events=tuple(replace(e, mentions=tuple(map(shift_trigger, e.mentions))) for e in record.events),
        statements=tuple(shift_said(s) for s in record.statements),
    )


def merged_actors(record: Record, chance: random.Random) -> Record:
    actors = [a for a in record.actors if chance.random() < 0.8]
    merged = [
        replace(a, mentions=a.mentions + b.mentions)
        for a, b in zip(actors[::2], actors[1::2], strict=False)
        if chance.random() < 0.7
    ]
    nameless = [replace(a, mentions=()) for a in actors[1::2] if chance.random() < 0.3]
    rest = [a for a in actors if a.id not in {m.id for m in (*merged, *nameless)} and chance.random() < 0.5]
    return replace(record, actors=tuple(merged + rest + nameless))


def other_roles_topics_and_voices(record: Record, chance: random.Random) -> Record:
    def spoil(e: Event) -> Event:
        source, target = chance.choice([(e.source, e.target), (e.target, e.source), (e.source, ())])
        topics = (*e.topics[1:], Topic("the peace talks and the ceasefire", 0, 0, "peace talks"))
        anyone = chance.choice(record.actors).id
        voices = chance.choice([e.attributions, (), (*e.attributions, Attribution(anyone, "denies"))])
        return replace(e, source=source, target=target, topics=topics, attributions=voices)

    return replace(record, events=tuple(spoil(e) for e in record.events))


def doubled(record: Record, chance: random.Random) -> Record:
    return replace(record, events=record.events * 2, statements=record.statements * 2)


def everything(record: Record, chance: random.Random) -> Record:
    for change in (
        doubled,
        other_roles_topics_and_voices,
        other_modality_time_and_place,
        other_types,
        shifted_spans,
    ):
        record = change(record, chance)
    return merged_actors(dropped_events(record, chance), chance)


CHANGES: tuple[Change, ...] = (
    unchanged,
    dropped_events,
    other_modality_time_and_place,
    other_types,
    shifted_spans,
    merged_actors,
    other_roles_topics_and_voices,
    doubled,
    everything,
)


def reference(records: list[Record], folder: Path) -> dict[str, object]:
    predicted = folder / "records.jsonl"
    predicted.write_bytes(b"".join(encode(record) + b"\n" for record in records))
    command = [sys.executable, str(REFERENCE), str(GOLD), str(predicted), "--json"]
    said: dict[str, object] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return said


def shared_figures(figures: Figures) -> dict[str, object]:
    """Leave out what the reference does not count: reliability by confidence."""
    return {name: figure for name, figure in figures.as_dict().items() if name != "reliability"}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_every_figure_agrees_with_the_reference(change: Change, seed: int, tmp_path: Path) -> None:
    gold, chance = read_gold(GOLD), random.Random(seed)
    records = [change(perfect(article), chance) for article in gold]
    assert shared_figures(score(gold, records)) == reference(records, tmp_path)


def test_articles_without_a_record_are_named_as_by_the_reference(tmp_path: Path) -> None:
    gold = read_gold(GOLD)
    records = [perfect(article) for article in gold[3:]]
    figures = score(gold, records)
    assert figures.missing == tuple(article.id for article in gold[:3])
    assert shared_figures(figures) == reference(records, tmp_path)


def test_the_reference_gives_a_perfect_record_its_due() -> None:
    gold = read_gold(GOLD)
    figures = score(gold, [perfect(article) for article in gold])
    assert figures.events_found.recall > 0.95
    assert figures.statements.recall > 0.95
