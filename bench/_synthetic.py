"""Extraction records for measuring stores: those of seeds/ with names, topics, places, dates and outlets exchanged.

A feed brings 50 articles a day. One in twelve tells of what another told shortly before: half of these are near
copies, the others put the same actors, topics, place and day into other words. Every third word is one that no other
wording has, so that articles about different things are no near copies of each other.
"""

import random
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate, count, islice

from bench import _cast
from kg import shelf
from kg.model import Actor, Article, Event, Mention, Place, Record, Statement, Time, Topic, Trigger
from kg.pipeline import extract
from kg.sources import read

A_DAY = 50
BEGIN = date(2021, 1, 4)
AGAIN = 1 / 12
_BEFORE = 60  # articles back at most, for one that is told again

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Telling:
    """The article with a number: the number of the one that told its story first, and whether it copies that one."""

    number: int
    story: int
    copied: bool


@dataclass(frozen=True, slots=True)
class _Change:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """What takes the place of what, by id of the actor, name of the topic and name of the place."""

    actors: dict[str, Actor]
    topics: dict[str, str]
    places: dict[str, _cast.Where]


class _Moved:
    """A text with changes made in it, and where its positions have gone."""

    def __init__(self, text: str, changes: Sequence[_Change]) -> None:
        ends = [0, *(change.end for change in changes)]
        pieces = [text[end : change.start] + change.text for end, change in zip(ends, changes, strict=False)]
        self.text = "".join(pieces) + text[ends[-1] :]
        self._ends = ends[1:]
        self._shifts = [0, *accumulate(len(change.text) - (change.end - change.start) for change in changes)]

    def span(self, start: int, end: int) -> Span:
        """Return where a span of the text before stands now."""
        return start + self._shift(start), end + self._shift(end)

    def words(self, start: int, end: int) -> tuple[str, int, int]:
        """Return what stands now where a span of the text before was, and its span."""
        span = self.span(start, end)
        return self.text[slice(*span)], *span

    def _shift(self, position: int) -> int:
        return self._shifts[bisect_right(self._ends, position)]


def templates(words: int | None = None) -> tuple[Record, ...]:
    """Return the records of the articles of seeds/, or of pieces of these with at least so many words."""
    seeds = [item for item in read([str(shelf.folder("seeds"))]) if isinstance(item, Article)]
    given = seeds if words is None else [piece for seed in seeds for piece in _pieces(seed, words)]
    return tuple(item for item in extract(given) if isinstance(item, Record))


def records(kinds: Sequence[Record], *, seed: int = 0, start: int = 0) -> Iterator[Record]:
    """Yield records without end; `start` is the number of the first. Memory does not grow."""
    return (record(kinds, told(number, seed), seed) for number in count(start))


def told(number: int, seed: int) -> Telling:
    """Return what the article with a number tells."""
    chance = random.Random(f"telling {seed} {number}")
    if number == 0 or chance.random() >= AGAIN:
        return Telling(number, number, copied=False)
    before = told(number - chance.randint(1, min(number, _BEFORE)), seed)
    return Telling(number, before.story, copied=chance.random() < 0.5)


def record(kinds: Sequence[Record], telling: Telling, seed: int) -> Record:
    """Return the record of an article that tells a story in the words of one of the kinds."""
    wording = telling.story if telling.copied else telling.number
    kind = kinds[random.Random(f"kind {seed} {wording}").randrange(len(kinds))]
    parts = _parts(kind, f"{seed} {telling.story}")
    article = _article(kind.article, telling, seed)
    changes = [_Change(0, 0, f"({article.source}) ")] if telling.copied else []
    moved = _Moved(kind.article.text, [*changes, *_fitting(kind, parts, f"{seed} {wording}")])
    days = (_day(telling.story) - date.fromisoformat((kind.article.published or str(BEGIN))[:10])).days
    return Record(
        article=replace(article, text=moved.text, title=moved.text[:80]),
        sentences=tuple(moved.span(*span) for span in kind.sentences),
        actors=tuple(_actor(each, parts, moved) for each in kind.actors),
        events=tuple(_event(each, parts, moved, days) for each in kind.events),
        statements=tuple(_statement(each, parts, moved, days) for each in kind.statements),
        made_with=kind.made_with,
    )


def _pieces(article: Article, words: int) -> Iterator[Article]:
    paragraphs: list[str] = []
    for number, paragraph in enumerate(article.text.split("\n\n")):
        paragraphs.append(paragraph)
        if sum(len(each.split()) for each in paragraphs) >= words:
            yield replace(article, id=f"{article.id}#{number}", text="\n\n".join(paragraphs))
            paragraphs.clear()


def _day(number: int) -> date:
    return BEGIN + timedelta(number // A_DAY)


def _article(kind: Article, telling: Telling, seed: int) -> Article:
    outlet = _cast.outlet(_cast.first("outlet", f"{seed} {telling.number}"))
    day = _day(telling.number)
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{day:%Y/%m/%d}/{telling.number}"
    return replace(kind, id=url, url=url, source=outlet, published=day.isoformat(), date_source="given")


def _parts(kind: Record, story: str) -> _Parts:
    ranks: dict[str, Iterator[int]] = defaultdict(lambda: iter(()))
    for each in kind.actors:
        ranks.setdefault(each.kind, _cast.drawn(each.kind, story))
    topics = dict.fromkeys(topic.name for teller in _tellers(kind) for topic in teller.topics)
    places = dict.fromkeys(event.place.name for event in kind.events if event.place)
    return _Parts(
        {each.id: _cast.actor(each.kind, next(ranks[each.kind])) for each in kind.actors},
        dict(zip(topics, map(_cast.topic, _cast.drawn("topic", story)), strict=False)),
        dict(zip(places, map(_cast.place, _cast.drawn("place", story)), strict=False)),
    )


def _fitting(kind: Record, parts: _Parts, wording: str) -> list[_Change]:
    """Return the changes in the order of the text: none that overlaps another or holds the end of a stored span."""
    edges = sorted(_edges(kind))
    chosen: dict[int, _Change] = {}
    taken: list[Span] = []
    for change in sorted([*_changes(kind, parts), *_reworded(kind, wording)], key=lambda each: each.start - each.end):
        inside = bisect_right(edges, change.start) < bisect_right(edges, change.end - 1)
        if not inside and all(change.end <= start or end <= change.start for start, end in taken):
            chosen[change.start] = change
            taken.append((change.start, change.end))
    return [chosen[start] for start in sorted(chosen)]


def _changes(kind: Record, parts: _Parts) -> Iterator[_Change]:
    for actor in kind.actors:
        name = parts.actors[actor.id].name
        for mention in actor.mentions:
            if mention.form == "name":
                short = len(mention.text.split()) < len(actor.name.split())
                yield _Change(mention.start, mention.end, name.split()[-1] if short else name)
    for teller in _tellers(kind):
        yield from (_Change(topic.start, topic.end, parts.topics[topic.name]) for topic in teller.topics)
    for event in kind.events:
        if event.place:
            yield _Change(event.place.start, event.place.end, parts.places[event.place.name].name)


def _reworded(kind: Record, wording: str) -> Iterator[_Change]:
    """Yield changes by which no two wordings of a kind have as many as five words in a row in common."""
    words = [word for number, word in enumerate(re.finditer(r"\b[a-z]+\b", kind.article.text)) if number % 3 == 0]
    letters = random.Random(f"words {wording}").choices("abcdefghijklmnopqrstuvwxyz", k=8)
    yield from (_Change(*word.span(), "".join(letters)) for word in words)


def _tellers(kind: Record) -> Iterator[Event | Statement]:
    yield from kind.events
    yield from kind.statements


def _edges(kind: Record) -> set[int]:
    """Return where spans of a record begin and end."""
    spans = [*kind.sentences, *((s.start, s.end) for s in kind.statements)]
    spans += [(mention.start, mention.end) for actor in kind.actors for mention in actor.mentions]
    spans += [(trigger.start, trigger.end) for event in kind.events for trigger in event.mentions]
    spans += [(topic.start, topic.end) for teller in _tellers(kind) for topic in teller.topics]
    spans += [(event.place.start, event.place.end) for event in kind.events if event.place]
    return {edge for span in spans for edge in span}


def _actor(actor: Actor, parts: _Parts, moved: _Moved) -> Actor:
    mentions = (_mention(mention, moved) for mention in actor.mentions)
    return replace(parts.actors[actor.id], mentions=tuple(mentions))


def _mention(mention: Mention, moved: _Moved) -> Mention:
    text, start, end = moved.words(mention.start, mention.end)
    return Mention(start, end, text, mention.form)


def _event(event: Event, parts: _Parts, moved: _Moved, days: int) -> Event:
    return replace(
        event,
        source=tuple(parts.actors[id_].id for id_ in event.source),
        target=tuple(parts.actors[id_].id for id_ in event.target),
        topics=tuple(_topic(topic, parts, moved) for topic in event.topics),
        place=event.place and _place(event.place, parts, moved),
        time=event.time and _time(event.time, days),
        attributions=tuple(replace(each, speaker=parts.actors[each.speaker].id) for each in event.attributions),
        mentions=tuple(_trigger(trigger, moved) for trigger in event.mentions),
    )


def _statement(statement: Statement, parts: _Parts, moved: _Moved, days: int) -> Statement:
    text, start, end = moved.words(statement.start, statement.end)
    addressee = statement.addressee and parts.actors[statement.addressee].id
    return replace(
        statement,
        speaker=parts.actors[statement.speaker].id,
        addressee=addressee,
        text=text,
        start=start,
        end=end,
        time=statement.time and _time(statement.time, days),
        topics=tuple(_topic(topic, parts, moved) for topic in statement.topics),
    )


def _topic(topic: Topic, parts: _Parts, moved: _Moved) -> Topic:
    return Topic(*moved.words(topic.start, topic.end), parts.topics[topic.name])


def _trigger(trigger: Trigger, moved: _Moved) -> Trigger:
    text, start, end = moved.words(trigger.start, trigger.end)
    return Trigger(start, end, text, moved.span(*trigger.sentence))


def _place(place: Place, parts: _Parts, moved: _Moved) -> Place:
    where = parts.places[place.name]
    start, end = moved.span(place.start, place.end)
    return Place(name=where.name, country=where.country, lat=where.lat, lon=where.lon, start=start, end=end)


def _time(time: Time, days: int) -> Time:
    return replace(time, start=_cast.later(time.start, days), end=_cast.later(time.end, days))


def some(kinds: Sequence[Record], number: int, *, seed: int = 0) -> list[Record]:
    """Return the first records of the stream."""
    return list(islice(records(kinds, seed=seed), number))
