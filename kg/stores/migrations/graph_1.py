"""Records read back out of a Neo4j graph of schema 1, which did not keep them whole.

What others have added to the graph is passed over.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from kg.graph.checks import CONTEXT_SEPARATOR
from kg.graph.delta import record_digest
from kg.graph.keys import local_id
from kg.model import (
    Actor,
    Article,
    Attribution,
    Event,
    KeptAside,
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
from kg.stores.cypher import BY_KEY, Reach, article_rows

REACH: Reach = {Label.EVENT: "(n:Event) WHERE n.id STARTS WITH row.key", **BY_KEY}
"""How the nodes of an article are reached, its events among them."""

CHANGED = "is not as it was loaded, for the graph was changed by other means"

Properties = dict[str, Any]
End = tuple[Label, str]

_OWN = "UNWIND $rows AS row MATCH {reached} WITH DISTINCT row.article AS article, n "
_NODES = _OWN + "RETURN article, collect([n.id, properties(n)]) AS found"
_LEAVING = _OWN + (
    "MATCH (n)-[r]->(m) WHERE m:Article OR m:Sentence OR m:Actor OR m:Event OR m:Statement OR m:Topic OR m:Place "
    "RETURN article, collect([type(r), n.id, m.id, properties(r), properties(m)]) AS found"
)
_ARRIVING = _OWN + (
    "MATCH (m:Actor)-[r]->(n) RETURN article, collect([type(r), m.id, n.id, properties(r), properties(n)]) AS found"
)


@dataclass(frozen=True, slots=True)
class _Edge:
    """A relationship: the ids of its ends, its properties, and those of the node that it leads to."""

    start: str
    end: str
    carried: Properties
    to: Properties


@dataclass(frozen=True, slots=True)
class _Part:
    """The nodes that an article brought, by label, and its relationships by type and either end, in their order."""

    nodes: dict[Label, list[Properties]] = field(default_factory=lambda: defaultdict(list))
    leaving: dict[tuple[str, End], list[_Edge]] = field(default_factory=lambda: defaultdict(list))
    arriving: dict[tuple[str, End], list[_Edge]] = field(default_factory=lambda: defaultdict(list))

    def out(self, link: Link, end: End) -> list[_Edge]:
        """Return the relationships of a type that leave a node."""
        return sorted(self.leaving.get((link, end), []), key=_position)

    def into(self, link: Link, end: End) -> list[_Edge]:
        """Return the relationships of a type that lead from an actor to a node."""
        return sorted(self.arriving.get((link, end), []), key=_position)

    def ordered(self, label: Label) -> list[Properties]:
        """Return the nodes of a label in the order of the record."""
        return sorted(self.nodes[label], key=lambda node: int(node["position"]))


def records_read(articles: Sequence[str], transaction: Any) -> list[Record | KeptAside]:
    """Return the record of each article that is stored, by id, or that the graph does not hold it as it was loaded."""
    parts = _parts(articles, transaction)
    return [_record(article, part) for article, part in sorted(parts.items()) if part.nodes[Label.ARTICLE]]


def _record(article: str, part: _Part) -> Record | KeptAside:
    try:
        record = _record_of(article, part)
        if record_digest(record) == part.nodes[Label.ARTICLE][0].get("digest"):
            return record
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        pass
    return KeptAside(article, CHANGED)


def _parts(articles: Sequence[str], transaction: Any) -> dict[str, _Part]:
    parts: dict[str, _Part] = defaultdict(_Part)
    for label in REACH:
        for article, (_, properties) in _found(transaction, _NODES, label, articles):
            parts[article].nodes[label].append(properties)
        for article, (link, *values) in _found(transaction, _LEAVING, label, articles):
            edge = _Edge(*values)
            parts[article].leaving[link, (label, edge.start)].append(edge)
        for article, (link, *values) in _found(transaction, _ARRIVING, label, articles):
            edge = _Edge(*values)
            parts[article].leaving[link, (Label.ACTOR, edge.start)].append(edge)
            parts[article].arriving[link, (label, edge.end)].append(edge)
    return parts


def _found(transaction: Any, text: str, label: Label, articles: Sequence[str]) -> Iterator[tuple[str, Sequence[Any]]]:
    for article, found in transaction.run(text.format(reached=REACH[label]), rows=article_rows(articles)):
        yield from ((article, values) for values in found)


def _position(edge: _Edge) -> int:
    position = edge.carried.get("position")
    return position if isinstance(position, int) else 0


def _record_of(article: str, part: _Part) -> Record:
    (node,) = part.nodes[Label.ARTICLE]
    return Record(
        article=_article(article, node),
        sentences=tuple((each["start_at"], each["end_at"]) for each in part.ordered(Label.SENTENCE)),
        actors=tuple(_actor(part, edge) for edge in part.into(Link.APPEARS_IN, (Label.ARTICLE, article))),
        events=tuple(_event(part, each) for each in part.ordered(Label.EVENT)),
        statements=tuple(_statement(part, each) for each in part.ordered(Label.STATEMENT)),
        made_with=_stamp(node),
    )


def _article(article: str, node: Properties) -> Article:
    return Article(
        id=article,
        text=node["text"],
        title=node.get("headline"),
        url=node.get("url"),
        source=node.get("outlet"),
        published=node.get("published"),
        language=node.get("language"),
        date_source=node.get("date_source"),
    )


def _stamp(node: Properties) -> Stamp | None:
    found = {each.name: node.get(f"made_with_{each.name}") for each in fields(Stamp)}
    known = {name: value for name, value in found.items() if value is not None}
    return Stamp(**known) if known else None


def _actor(part: _Part, appearance: _Edge) -> Actor:
    here = appearance.carried
    return Actor(
        id=appearance.start,
        name=here["full_name"],
        kind=here["kind"],
        country=here.get("country"),
        cameo=here.get("cameo"),
        qid=here.get("qid"),
        mentions=tuple(
            Mention(said["start_at"], said["end_at"], said["surface"], said["form"])
            for said in (edge.carried for edge in part.out(Link.MENTIONED_IN, (Label.ACTOR, appearance.start)))
        ),
    )


def _event(part: _Part, node: Properties) -> Event:
    own = (Label.EVENT, node["id"])
    return Event(
        id=node["event_id"],
        type=node["event_type"],
        mode=node.get("mode"),
        contexts=tuple(node["contexts"].split(CONTEXT_SEPARATOR)) if node["contexts"] else (),
        cameo=node.get("cameo"),
        quad=node["quad"],
        goldstein=node.get("goldstein"),
        plover_score=node.get("plover_score"),
        symmetric=node["symmetric"],
        source=tuple(edge.start for edge in part.into(Link.SOURCE_OF, own)),
        target=tuple(edge.start for edge in part.into(Link.TARGET_OF, own)),
        topics=_topics(part, own),
        about=tuple(local_id(edge.end) for edge in part.out(Link.ABOUT, own)),
        part_of=next((local_id(edge.end) for edge in part.out(Link.PART_OF, own)), None),
        place=next((_place(edge) for edge in part.out(Link.TOOK_PLACE_AT, own)), None),
        time=_time(node),
        modality=node["modality"],
        attributions=tuple(_attribution(edge) for edge in part.out(Link.ACCORDING_TO, own)),
        mentions=tuple(_trigger(edge) for edge in part.out(Link.EVIDENCED_BY, own)),
        confidence=node["confidence"],
        rule=node.get("rule"),
    )


def _topics(part: _Part, own: End) -> tuple[Topic, ...]:
    edges = part.out(Link.HAS_TOPIC, own)
    return tuple(
        Topic(edge.carried["surface"], edge.carried["start_at"], edge.carried["end_at"], edge.to["full_name"])
        for edge in edges
    )


def _place(edge: _Edge) -> Place:
    where = {key: edge.to.get(key) for key in ("country", "lat", "lon")}
    return Place(name=edge.to["full_name"], start=edge.carried["start_at"], end=edge.carried["end_at"], **where)


def _time(node: Properties) -> Time | None:
    first, last = node.get("date_first"), node.get("date_last")
    return None if first is None or last is None else Time(first, last, node.get("date_text"))


def _attribution(edge: _Edge) -> Attribution:
    statement = edge.carried.get("statement")
    return Attribution(edge.end, edge.carried["stance"], None if statement is None else local_id(statement))


def _trigger(edge: _Edge) -> Trigger:
    said = edge.carried
    return Trigger(said["start_at"], said["end_at"], said["surface"], (edge.to["start_at"], edge.to["end_at"]))


def _statement(part: _Part, node: Properties) -> Statement:
    own = (Label.STATEMENT, node["id"])
    addressees = part.out(Link.ADDRESSED_TO, own)
    return Statement(
        id=node["statement_id"],
        speaker=part.into(Link.SAID, own)[0].start,
        addressee=addressees[0].end if addressees else None,
        text=node["text"],
        start=node["start_at"],
        end=node["end_at"],
        cue=node.get("cue"),
        direct=node["direct"],
        time=_time(node),
        topics=_topics(part, own),
    )
