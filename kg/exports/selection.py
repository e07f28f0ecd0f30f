"""The part of the graph that an export shows: actors as nodes, and every event between two as an edge."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg import __version__
from kg.asking.canned import day, refuse_backwards
from kg.asking.names import resolve
from kg.model import FACTS, Actor, Attribution, Event, Record, Stamp, short_id
from kg.stores.base import Store

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Attribute = str | float | bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an event must be to be shown; empty texts ask for nothing, days are ISO dates."""

    actor: str
    first: str
    last: str
    modality: str
    events: Container[tuple[str, str]] | None


@dataclass(frozen=True, slots=True)
class _Edge:
    """An event between two actors; `order` sorts edges by day, article and place in the record."""

    order: tuple[str, str, int, int]
    source: str
    target: str
    attributes: dict[str, Attribute]


@dataclass(slots=True)
class _Found:
    """What the records read so far bring to the graph."""

    actors: dict[str, Actor] = field(default_factory=dict)
    edges: list[_Edge] = field(default_factory=list)
    stamps: set[Stamp] = field(default_factory=set)


def select(
    store: Store,
    *,
    actor: str | None = None,
    first: str | None = None,
    last: str | None = None,
    modality: str = "facts",
    events: Container[tuple[str, str]] | None = None,
) -> "MultiDiGraph":
    """Return the events between actors as a `networkx.MultiDiGraph`, sorted, all attributes scalars.

    Nodes are actor ids with label, kind, country and qid; edges run from source to target, or between any
    two parties of a symmetric event in the order of their names; events with one actor have no edge. `first`
    and `last` are days written YYYY-MM-DD, and an event without a date is left out where one is given;
    `modality` is facts, all or one modality; `events` holds pairs of article and event id. The graph's
    `made_with` tells the versions. Raises UsageError where the name fits no actor or several, and for days that
    are none or stand the wrong way round.
    """
    start, end = day("from", first) if first else "", day("to", last) if last else ""
    refuse_backwards(start, end)
    chosen = resolve(store, actor).id if actor else ""
    wanted = _Wanted(chosen, start, end, modality, events)
    found = _Found()
    for record in store.records():
        _add(found, record, wanted)
    return _graph(found, wanted)


def _add(found: _Found, record: Record, wanted: _Wanted) -> None:
    if record.made_with:
        found.stamps.add(record.made_with)
    actors = {actor.id: actor for actor in record.actors}
    for position, event in enumerate(record.events):
        if not _is_wanted(record.article.id, event, wanted):
            continue
        for number, (source, target) in enumerate(_dyads(event, actors)):
            found.edges.append(_edge(record, event, (position, number), (source, target), actors))
            found.actors.setdefault(source, actors[source])
            found.actors.setdefault(target, actors[target])


def _is_wanted(article: str, event: Event, wanted: _Wanted) -> bool:
    if wanted.actor and wanted.actor not in (*event.source, *event.target):
        return False
    if wanted.events is not None and (article, event.id) not in wanted.events:
        return False
    allowed = FACTS if wanted.modality == "facts" else (wanted.modality,)
    if wanted.modality != "all" and event.modality not in allowed:
        return False
    if not wanted.first and not wanted.last:
        return True
    if event.time is None:
        return False
    return event.time.end >= wanted.first and (not wanted.last or event.time.start <= wanted.last)


def _dyads(event: Event, actors: Mapping[str, Actor]) -> Iterator[tuple[str, str]]:
    if event.symmetric:
        parties = sorted({*event.source, *event.target}, key=lambda party: (actors[party].name, party))
        return combinations(parties, 2)
    return product(event.source, event.target)


def _edge(
    record: Record,
    event: Event,
    place: tuple[int, int],
    dyad: tuple[str, str],
    actors: Mapping[str, Actor],
) -> _Edge:
    article, (source, target) = record.article, dyad
    attributes: dict[str, Attribute] = {
        "label": event.mentions[0].text,
        "event_type": event.type,
        "mode": event.mode or "",
        "cameo": event.cameo or "",
        "source_code": actors[source].cameo or "",
        "target_code": actors[target].cameo or "",
        "quad": event.quad,
        **_scores(event),
        "symmetric": event.symmetric,
        "date": _date(event),
        "modality": event.modality,
        "place": event.place.name if event.place else "",
        "topics": _joined(topic.name for topic in event.topics),
        "according_to": _voices(event.attributions, actors),
        "outlet": article.source or "",
        "headline": article.title or "",
        "evidence": _evidence(article.text, event),
        "article": article.id,
        "event": event.id,
        "confidence": event.confidence,
    }
    order = (event.time.start if event.time else "9999-99-99", article.id, *place)
    return _Edge(order, source, target, attributes)


def _scores(event: Event) -> dict[str, float]:
    """Return Goldstein's value and PLOVER's score of an event, as far as its type has them."""
    scores = {"goldstein": event.goldstein, "plover_score": event.plover_score}
    return {name: score for name, score in scores.items() if score is not None}


def _date(event: Event) -> str:
    if event.time is None:
        return ""
    return event.time.start if event.time.start == event.time.end else f"{event.time.start}/{event.time.end}"


def _voices(attributions: Iterable[Attribution], actors: Mapping[str, Actor]) -> str:
    return _joined(sorted(actors[each.speaker].name for each in attributions))


def _evidence(text: str, event: Event) -> str:
    sentences = dict.fromkeys(text[slice(*trigger.sentence)] for trigger in event.mentions)
    return "\n".join(" ".join(sentence.split()) for sentence in sentences)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _graph(found: _Found, wanted: _Wanted) -> "MultiDiGraph":
    from networkx import MultiDiGraph

    graph = MultiDiGraph(made_with=_made_with(found.stamps), selection=_told(found, wanted))
    for key in sorted(found.actors):
        actor = found.actors[key]
        known = {"country": actor.country or "", "qid": actor.qid or ""}
        graph.add_node(key, label=actor.name, kind=actor.kind, **known)
    for edge in sorted(found.edges, key=lambda edge: edge.order):
        graph.add_edge(edge.source, edge.target, key=short_id(*edge.order), **edge.attributes)
    return graph


def _made_with(stamps: Iterable[Stamp]) -> str:
    told = [
        f"records by kg {stamp.kg}, model {stamp.model}, codebook {stamp.codebook}, tables {stamp.tables}"
        for stamp in stamps
    ]
    return "; ".join((f"written by kg {__version__}", *sorted(told)))


def _told(found: _Found, wanted: _Wanted) -> str:
    actor = found.actors.get(wanted.actor)
    parts = {
        "actor": actor.name if actor else wanted.actor,
        "from": wanted.first,
        "to": wanted.last,
        "modality": wanted.modality,
    }
    return ", ".join(f"{name} {value}" for name, value in parts.items() if value)
