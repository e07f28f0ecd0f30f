"""A part of the graph turned back into the record that it came from."""

from collections import defaultdict
from dataclasses import dataclass, fields
from typing import Any

from kg.graph.checks import CONTEXT_SEPARATOR
from kg.graph.keys import local_id
from kg.model import (
    Actor,
    Article,
    Attribution,
    Delta,
    Edge,
    Event,
    Label,
    Link,
    Mention,
    Place,
    Record,
    Stamp,
    Statement,
    Time,
    Topic,
    Trigger,
)

Properties = dict[str, Any]
End = tuple[Label, str]


@dataclass(frozen=True, slots=True)
class _Graph:
    """The nodes of a delta by label and id, and its relationships by type and either end, in their order."""

    nodes: dict[End, Properties]
    leaving: dict[tuple[Link, End], list[Edge]]
    arriving: dict[tuple[Link, End], list[Edge]]


def record_of(delta: Delta) -> Record:
    """Return the record that `delta_of` turned into this part of the graph, equal in every field.

    Raises KeyError where the part is not whole.
    """
    graph = _indexed(delta)
    article = graph.nodes[Label.ARTICLE, delta.article]
    return Record(
        article=_article(delta.article, article),
        sentences=tuple((node["start_at"], node["end_at"]) for _, node in _ordered(graph, Label.SENTENCE)),
        actors=tuple(_actor(graph, edge) for edge in _arriving(graph, Link.APPEARS_IN, (Label.ARTICLE, delta.article))),
        events=tuple(_event(graph, *node) for node in _ordered(graph, Label.EVENT)),
        statements=tuple(_statement(graph, *node) for node in _ordered(graph, Label.STATEMENT)),
        made_with=_stamp(article),
    )


def _indexed(delta: Delta) -> _Graph:
    leaving: dict[tuple[Link, End], list[Edge]] = defaultdict(list)
    arriving: dict[tuple[Link, End], list[Edge]] = defaultdict(list)
    for edge in sorted(delta.edges, key=_position):
        leaving[edge.type, edge.start].append(edge)
        arriving[edge.type, edge.end].append(edge)
    return _Graph({(node.label, node.id): dict(node.properties) for node in delta.nodes}, leaving, arriving)


def _position(edge: Edge) -> int:
    position = edge.properties.get("position")
    return position if isinstance(position, int) else 0


def _ordered(graph: _Graph, label: Label) -> list[tuple[End, Properties]]:
    own = [(end, properties) for end, properties in graph.nodes.items() if end[0] is label]
    return sorted(own, key=lambda node: int(node[1]["position"]))


def _leaving(graph: _Graph, link: Link, end: End) -> list[Edge]:
    return graph.leaving.get((link, end), [])


def _arriving(graph: _Graph, link: Link, end: End) -> list[Edge]:
    return graph.arriving.get((link, end), [])


def _article(article: str, properties: Properties) -> Article:
    return Article(
        id=article,
        text=properties["text"],
        title=properties.get("headline"),
        url=properties.get("url"),
        source=properties.get("outlet"),
        published=properties.get("published"),
        language=properties.get("language"),
        date_source=properties.get("date_source"),
    )


def _stamp(properties: Properties) -> Stamp | None:
    made_with = {field.name: properties.get(f"made_with_{field.name}") for field in fields(Stamp)}
    known = {name: value for name, value in made_with.items() if value is not None}
    return Stamp(**known) if known else None


def _actor(graph: _Graph, appearance: Edge) -> Actor:
    here: Properties = dict(appearance.properties)
    return Actor(
        id=appearance.start[1],
        name=here["full_name"],
        kind=here["kind"],
        country=here.get("country"),
        cameo=here.get("cameo"),
        qid=here.get("qid"),
        mentions=tuple(_mention(edge) for edge in _leaving(graph, Link.MENTIONED_IN, appearance.start)),
    )


def _mention(edge: Edge) -> Mention:
    said: Properties = dict(edge.properties)
    return Mention(said["start_at"], said["end_at"], said["surface"], said["form"])


def _event(graph: _Graph, end: End, properties: Properties) -> Event:
    return Event(
        id=properties["event_id"],
        type=properties["event_type"],
        mode=properties.get("mode"),
        contexts=tuple(properties["contexts"].split(CONTEXT_SEPARATOR)) if properties["contexts"] else (),
        cameo=properties.get("cameo"),
        quad=properties["quad"],
        goldstein=properties.get("goldstein"),
        plover_score=properties.get("plover_score"),
        symmetric=properties["symmetric"],
        source=tuple(edge.start[1] for edge in _arriving(graph, Link.SOURCE_OF, end)),
        target=tuple(edge.start[1] for edge in _arriving(graph, Link.TARGET_OF, end)),
        topics=_topics(graph, end),
        about=tuple(local_id(edge.end[1]) for edge in _leaving(graph, Link.ABOUT, end)),
        part_of=next((local_id(edge.end[1]) for edge in _leaving(graph, Link.PART_OF, end)), None),
        place=_place(graph, end),
        time=_time(properties),
        modality=properties["modality"],
        attributions=tuple(_attribution(edge) for edge in _leaving(graph, Link.ACCORDING_TO, end)),
        mentions=tuple(_trigger(graph, edge) for edge in _leaving(graph, Link.EVIDENCED_BY, end)),
        confidence=properties["confidence"],
        rule=properties.get("rule"),
    )


def _topics(graph: _Graph, end: End) -> tuple[Topic, ...]:
    return tuple(_topic(graph, edge) for edge in _leaving(graph, Link.HAS_TOPIC, end))


def _topic(graph: _Graph, edge: Edge) -> Topic:
    said: Properties = dict(edge.properties)
    return Topic(said["surface"], said["start_at"], said["end_at"], graph.nodes[edge.end]["full_name"])


def _place(graph: _Graph, end: End) -> Place | None:
    for edge in _leaving(graph, Link.TOOK_PLACE_AT, end):
        said: Properties = dict(edge.properties)
        place = graph.nodes[edge.end]
        where = {key: place.get(key) for key in ("country", "lat", "lon")}
        return Place(name=place["full_name"], start=said["start_at"], end=said["end_at"], **where)
    return None


def _time(properties: Properties) -> Time | None:
    first, last = properties.get("date_first"), properties.get("date_last")
    return None if first is None or last is None else Time(first, last, properties.get("date_text"))


def _attribution(edge: Edge) -> Attribution:
    said: Properties = dict(edge.properties)
    statement = said.get("statement")
    return Attribution(edge.end[1], said["stance"], None if statement is None else local_id(statement))


def _trigger(graph: _Graph, edge: Edge) -> Trigger:
    said: Properties = dict(edge.properties)
    sentence = graph.nodes[edge.end]
    return Trigger(said["start_at"], said["end_at"], said["surface"], (sentence["start_at"], sentence["end_at"]))


def _statement(graph: _Graph, end: End, properties: Properties) -> Statement:
    addressees = _leaving(graph, Link.ADDRESSED_TO, end)
    return Statement(
        id=properties["statement_id"],
        speaker=_arriving(graph, Link.SAID, end)[0].start[1],
        addressee=addressees[0].end[1] if addressees else None,
        text=properties["text"],
        start=properties["start_at"],
        end=properties["end_at"],
        cue=properties.get("cue"),
        direct=properties["direct"],
        time=_time(properties),
        topics=_topics(graph, end),
    )
