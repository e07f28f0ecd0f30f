"""The part of a graph of schema 1 that a record brought: a copy of the code of then, kept to write old graphs."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import fields

from kg.graph.checks import CONTEXT_SEPARATOR, check
from kg.graph.keys import day_number, own_id, place_id, shown_date, topic_id
from kg.model import (
    Actor,
    Delta,
    Edge,
    Event,
    Label,
    Link,
    Node,
    Place,
    Record,
    Stamp,
    Statement,
    Time,
    Topic,
    Value,
    digest,
    encode,
)


def delta_of(record: Record) -> Delta:
    """Return the nodes and relationships that hold a record, from which `record_of` gives it back.

    Shared nodes stand once. Raises SourceError where an id stands twice or a reference leads nowhere.
    """
    check(record)
    nodes = (_article(record), *_sentences(record), *_actors(record), *_events(record), *_statements(record))
    edges = (*_places_in_text(record), *_event_edges(record), *_statement_edges(record))
    return Delta(record.article.id, (*nodes, *_topics(record), *_places(record)), edges)


def record_digest(record: Record) -> str:
    """Return the SHA-256 of a record as it is encoded, by which an unchanged article is known."""
    return digest(encode(record).decode())


def sentence_id(article: str, span: tuple[int, int]) -> str:
    """Return the id of a sentence."""
    return own_id(article, f"{span[0]}-{span[1]}")


def _article(record: Record) -> Node:
    article = record.article
    properties: dict[str, Value] = {
        "headline": article.title,
        "url": article.url,
        "outlet": article.source,
        "text": article.text,
        "published": article.published,
        "published_day": day_number(article.published),
        "language": article.language,
        "sha256": article.sha256,
        "date_source": article.date_source,
        "digest": record_digest(record),
    }
    return Node(Label.ARTICLE, article.id, properties | _made_with(record))


def _made_with(record: Record) -> dict[str, Value]:
    names = (field.name for field in fields(Stamp))
    return {f"made_with_{name}": getattr(record.made_with, name, None) for name in names}


def _sentences(record: Record) -> Iterator[Node]:
    article = record.article
    for position, (start, end) in enumerate(record.sentences):
        own = sentence_id(article.id, (start, end))
        text: dict[str, Value] = {"text": article.text[start:end], "start_at": start, "end_at": end}
        yield Node(Label.SENTENCE, own, {"article": article.id, "position": position, **text})


def _actors(record: Record) -> Iterator[Node]:
    for actor in record.actors:
        yield Node(Label.ACTOR, actor.id, _identity(actor))


def _identity(actor: Actor) -> dict[str, Value]:
    return {"full_name": actor.name, "kind": actor.kind, "country": actor.country, "qid": actor.qid}


def _events(record: Record) -> Iterator[Node]:
    for position, event in enumerate(record.events):
        own = own_id(record.article.id, event.id)
        yield Node(Label.EVENT, own, _event_properties(record.article.id, position, event))


def _event_properties(article: str, position: int, event: Event) -> dict[str, Value]:
    trigger = event.mentions[0]
    return {
        "event_id": event.id,
        "article": article,
        "position": position,
        "event_type": event.type,
        "mode": event.mode,
        "contexts": CONTEXT_SEPARATOR.join(event.contexts),
        "cameo": event.cameo,
        "quad": event.quad,
        "goldstein": event.goldstein,
        "plover_score": event.plover_score,
        "symmetric": event.symmetric,
        "modality": event.modality,
        "confidence": event.confidence,
        "rule": event.rule,
        **_dates(event.time),
        "pair": _pair((*event.source, *event.target)),
        "surface": trigger.text,
        "sort_key": _sort_key(event.time, article, trigger.start, event.id),
    }


def _statements(record: Record) -> Iterator[Node]:
    article = record.article.id
    for position, statement in enumerate(record.statements):
        properties: dict[str, Value] = {
            "statement_id": statement.id,
            "article": article,
            "position": position,
            "text": statement.text,
            "start_at": statement.start,
            "end_at": statement.end,
            "cue": statement.cue,
            "direct": statement.direct,
            **_dates(statement.time),
            "sort_key": _sort_key(statement.time, article, statement.start, statement.id),
        }
        yield Node(Label.STATEMENT, own_id(article, statement.id), properties)


def _dates(time: Time | None) -> dict[str, Value]:
    return {
        "date": shown_date(time),
        "date_first": time.start if time else None,
        "date_last": time.end if time else None,
        "date_text": time.text if time else None,
        **_days(time),
    }


def _days(time: Time | None) -> dict[str, Value]:
    return {
        "day_from": day_number(time.start if time else None),
        "day_to": day_number(time.end if time else None),
    }


def _sort_key(time: Time | None, article: str, start: int, local: str) -> str:
    return f"{day_number(time.start if time else None):08d} {article} {start:08d} {local}"


def _topics(record: Record) -> Iterator[Node]:
    told: tuple[Event | Statement, ...] = (*record.events, *record.statements)
    names = sorted({topic.name for teller in told for topic in teller.topics})
    yield from (Node(Label.TOPIC, topic_id(name), {"full_name": name}) for name in names)


def _places(record: Record) -> Iterator[Node]:
    places = {place_id(event.place): event.place for event in record.events if event.place}
    for key, place in sorted(places.items()):
        where: dict[str, Value] = {"country": place.country, "lat": place.lat, "lon": place.lon}
        yield Node(Label.PLACE, key, {"full_name": place.name, **where})


def _places_in_text(record: Record) -> Iterator[Edge]:
    article = (Label.ARTICLE, record.article.id)
    brought: dict[str, Value] = {"article": record.article.id}
    for position, span in enumerate(record.sentences):
        sentence = (Label.SENTENCE, sentence_id(record.article.id, span))
        yield Edge(Link.PART_OF, sentence, article, {**brought, "position": position})
    for position, actor in enumerate(record.actors):
        here = {**brought, "position": position, "cameo": actor.cameo, **_identity(actor)}
        yield Edge(Link.APPEARS_IN, (Label.ACTOR, actor.id), article, here)
        yield from _mention_edges(record, actor)


def _mention_edges(record: Record, actor: Actor) -> Iterator[Edge]:
    order = sorted(record.sentences)
    for position, mention in enumerate(actor.mentions):
        index = max(bisect_right(order, mention.start, key=lambda span: span[0]) - 1, 0)
        sentence = sentence_id(record.article.id, order[index])
        properties: dict[str, Value] = {
            **_spanned(record.article.id, position, (mention.start, mention.end), mention.text),
            "form": mention.form,
        }
        yield Edge(Link.MENTIONED_IN, (Label.ACTOR, actor.id), (Label.SENTENCE, sentence), properties)


def _event_edges(record: Record) -> Iterator[Edge]:
    article = record.article.id
    codes = {actor.id: actor.cameo for actor in record.actors}
    for event in record.events:
        own = (Label.EVENT, own_id(article, event.id))
        yield from _participants(article, event, codes)
        yield from _sources(article, event)
        yield from _topic_edges(article, own, event.topics)
        if event.place is not None:
            yield _place_edge(record, own, event.place)
        for position, other in enumerate(event.about):
            told = (Label.EVENT, own_id(article, other))
            yield Edge(Link.ABOUT, own, told, {"article": article, "position": position})
        if event.part_of is not None:
            whole = (Label.EVENT, own_id(article, event.part_of))
            yield Edge(Link.PART_OF, own, whole, {"article": article, "position": 0})


def _participants(article: str, event: Event, codes: dict[str, str | None]) -> Iterator[Edge]:
    own = (Label.EVENT, own_id(article, event.id))
    for link, actors in ((Link.SOURCE_OF, event.source), (Link.TARGET_OF, event.target)):
        for position, actor in enumerate(actors):
            properties: dict[str, Value] = {
                "article": article,
                "position": position,
                "cameo": codes[actor],
                "event_type": event.type,
                **_days(event.time),
            }
            yield Edge(link, (Label.ACTOR, actor), own, properties)


def _sources(article: str, event: Event) -> Iterator[Edge]:
    own = (Label.EVENT, own_id(article, event.id))
    for position, trigger in enumerate(event.mentions):
        sentence = (Label.SENTENCE, sentence_id(article, trigger.sentence))
        span = _spanned(article, position, (trigger.start, trigger.end), trigger.text)
        yield Edge(Link.EVIDENCED_BY, own, sentence, span)
    for position, attribution in enumerate(event.attributions):
        statement = None if attribution.statement is None else own_id(article, attribution.statement)
        properties: dict[str, Value] = {
            "article": article,
            "position": position,
            "stance": attribution.stance,
            "statement": statement,
        }
        yield Edge(Link.ACCORDING_TO, own, (Label.ACTOR, attribution.speaker), properties)


def _topic_edges(article: str, own: tuple[Label, str], topics: Iterable[Topic]) -> Iterator[Edge]:
    for position, topic in enumerate(topics):
        span = _spanned(article, position, (topic.start, topic.end), topic.text)
        yield Edge(Link.HAS_TOPIC, own, (Label.TOPIC, topic_id(topic.name)), span)


def _place_edge(record: Record, own: tuple[Label, str], place: Place) -> Edge:
    surface = record.article.text[place.start : place.end]
    span = _spanned(record.article.id, 0, (place.start, place.end), surface)
    return Edge(Link.TOOK_PLACE_AT, own, (Label.PLACE, place_id(place)), span)


def _statement_edges(record: Record) -> Iterator[Edge]:
    article = record.article.id
    brought: dict[str, Value] = {"article": article}
    for statement in record.statements:
        own = (Label.STATEMENT, own_id(article, statement.id))
        speaker = (Label.ACTOR, statement.speaker)
        yield Edge(Link.SAID, speaker, own, {**brought, **_days(statement.time)})
        if statement.addressee is not None:
            yield Edge(Link.ADDRESSED_TO, own, (Label.ACTOR, statement.addressee), brought)
        for position, span in enumerate(_touched(record, statement)):
            sentence = (Label.SENTENCE, sentence_id(article, span))
            yield Edge(Link.STATED_IN, own, sentence, {**brought, "position": position})
        yield from _topic_edges(article, own, statement.topics)


def _touched(record: Record, statement: Statement) -> tuple[tuple[int, int], ...]:
    """Return the sentences that a statement touches, or else the nearest one before it."""
    order = sorted(record.sentences)
    touched = tuple(span for span in order if span[0] < statement.end and statement.start < span[1])
    before = [span for span in order if span[0] <= statement.start] or order
    return touched or (before[-1],)


def _spanned(article: str, position: int, span: tuple[int, int], surface: str) -> dict[str, Value]:
    start, end = span
    return {
        "article": article,
        "position": position,
        "start_at": start,
        "end_at": end,
        "surface": surface,
    }


def _pair(actors: tuple[str, ...]) -> str:
    parties = sorted(set(actors))
    return "|".join(parties) if len(parties) == 2 else ""
