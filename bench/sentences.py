"""How kg codes single sentences as the event coders do: type and countries, on coded sentences of the CAMEO manual.

The PLOVER gold standard records (CC BY-SA 4.0) are read from KG_SHARED. An event is a pair of actors with a type. Those
that did not happen or may not count as well, as in the gold, but none that is denied or negated, and no SAY, DENY and
ELECT, which have no PLOVER type. CONCEDE and RETREAT are one type there. Matching in a sentence is one to one, and what
is alike at a level counts once, as for the figures of PETRARCH2 and UniversalPetrarch in docs/accuracy.md.
"""

import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench._resampling import Figure, f1
from bench.reading.corpora import by_half, shared
from kg.evaluation import Tally
from kg.knowledge.codebook import codebook
from kg.model import Actor, Article, Event, Record
from kg.pipeline import extract

GOLD = "eval/gold/gsr_dev.jsonl"
_UNTYPED = ("SAY", "DENY", "ELECT")
_UNREAL = ("denied", "negated")
_SAME = {
    "RETREAT": "CONCEDE", "YIELD": "CONCEDE", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coded:
    """Who did something of a type and CAMEO code to whom: by the countries of their codes, '' where there is none."""

    type: str
    cameo: str
    source: str
    target: str


Level = Callable[[Coded], tuple[str, ...]]

LEVELS: dict[str, Level] = {
    "type": lambda event: (event.type,),
    "quad": lambda event: (_quads()[event.type],),
    "code": lambda event: (event.cameo,),
    "type_countries": lambda event: (event.type, event.source, event.target),
    "quad_countries": lambda event: (_quads()[event.type], event.source, event.target),
    "code_countries": lambda event: (event.cameo, event.source, event.target),
    "any_countries": lambda event: (event.source, event.target),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with its gold events and those that kg codes."""

    id: str
    wanted: tuple[Coded, ...]
    found: tuple[Coded, ...]


def measure() -> dict[str, object]:
    """Return the figures of each level over all sentences and over both halves, and the events for each gold event."""
    return {name: figures(part) for name, part in by_half(list(judge()), lambda each: each.id).items()}


def figures(judged: Sequence[Judged]) -> dict[str, Figure | float]:
    """Return the figures of each level, and how many events are coded for each of the gold."""
    found, wanted = (sum(len(getattr(each, name)) for each in judged) for name in ("found", "wanted"))
    levels = {name: f1([_tally(each, level) for each in judged]) for name, level in LEVELS.items()}
    return {**levels, "events_per_gold": round(found / max(wanted, 1), 3)}


def judge() -> Iterator[Judged]:
    """Yield each sentence of the gold with its events and kg's.

    Raises CorpusError where the gold is absent.
    """
    rows = [json.loads(line) for line in shared(GOLD).read_text("utf-8").splitlines()]
    articles = [Article(id=row["id"], text=row["text"], published=_day(row["date"])) for row in rows]
    for row, record in zip(rows, extract(articles), strict=True):
        wanted = (_gold(event) for event in row["events"])
        found = coded(record) if isinstance(record, Record) else ()
        yield Judged(row["id"], tuple(wanted), tuple(found))


def coded(record: Record) -> Iterator[Coded]:
    """Yield the pairs of actors of each event of a record, both ways for a symmetric one."""
    actors = {actor.id: _country(actor) for actor in record.actors}
    for event in record.events:
        if event.type not in _UNTYPED and event.modality not in _UNREAL:
            for source, target in _dyads(event):
                yield Coded(
                    _SAME.get(event.type, event.type), event.cameo or "", actors.get(source, ""), actors.get(target, "")
                )


def _gold(event: dict[str, str]) -> Coded:
    sides = (event.get(side, "").replace("---", "")[:3] for side in ("source", "target"))
    return Coded(_SAME.get(event["plover"], event["plover"]), event["code"], *sides)


def _dyads(event: Event) -> list[tuple[str, str]]:
    if not event.symmetric:
        return list(itertools.product(event.source or ("",), event.target or ("",)))
    if event.source and event.target:
        pairs = [pair for pair in itertools.product(event.source, event.target) if pair[0] != pair[1]]
        return [each for one, other in pairs for each in ((one, other), (other, one))]
    parties = dict.fromkeys(event.source + event.target)
    return list(itertools.permutations(parties, 2)) or [(party, "") for party in parties]


def _country(actor: Actor) -> str:
    return (actor.cameo or actor.country or "")[:3]


def _quads() -> dict[str, str]:
    quads = {str(entry.type): str(entry.quad) for entry in codebook().types}
    return {**quads, "CONCEDE": quads["RETREAT"]}


def _tally(judged: Judged, level: Level) -> Tally:
    wanted, found = ({level(event) for event in side} for side in (judged.wanted, judged.found))
    return Tally(len(wanted & found), len(found), len(wanted))


def _day(date: str) -> str:
    return f"{date[:4]}-{date[4:6]}-{date[6:]}"
