"""What articles tell of events, each account with the key by which others of the same event are looked for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from kg.graph.judged import Judged, Standing
from kg.graph.terms import content_words, terms
from kg.model import FACTS, Actor, Event, Record, Time, short_id

LONGEST = 7
"""Days of the longest span that an account may give for its event to be found the same as another."""

STATES = ("state", "government")
"""Kinds of actors that stand for their whole country."""

_DENIED = ("denied", "negated")
_WORDS = "words:"
_FEWEST_WORDS = 8

Span = tuple[date, date]


@dataclass(frozen=True)
class Account:
    """What one article tells of an event; `key` is empty where it can be found the same as no other.

    `span` holds the first and the last possible day, of one that goes by its words or has no key no day at all.
    """

    judged: Judged
    position: int
    event: Event
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    key: str
    span: Span

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its sentences besides light ones, days and names of the parties."""
        return _words(self.event, self.judged.record)

    @cached_property
    def names(self) -> frozenset[str]:
        """Those of its words that are written as names."""
        return self.words & _names(self.event, self.judged.record)

    @property
    def told_at(self) -> tuple[str, str]:
        """Article and id of the event in it."""
        return self.judged.record.article.id, self.event.id

    @property
    def order(self) -> tuple[str, str, int]:
        """Earlier articles first, undated ones last."""
        article = self.judged.record.article
        return article.published or "9999", article.id, self.position

    @property
    def standing(self) -> Standing | None:
        """Whether people let the event stand."""
        return self.judged.standing(self.event.id)

    @property
    def days(self) -> int:
        """How many days are possible."""
        return (self.span[1] - self.span[0]).days + 1

    @property
    def is_dated(self) -> bool:
        """Whether the article gives the day, or accounts of the same words are looked for."""
        return self.event.time is not None or self.key.startswith(_WORDS)

    def touches(self, first: date, last: date) -> bool:
        """Tell whether the event can have been between two days."""
        return self.span[0] <= last and first <= self.span[1]

    def covers(self, day: date) -> bool:
        """Tell whether the event can have been on a day."""
        return self.span[0] <= day <= self.span[1]


def accounts_of(judged: Judged) -> Iterator[Account]:
    """Yield the accounts of an article."""
    record = judged.record
    actors = {actor.id: actor for actor in record.actors}
    for position, event in enumerate(record.events):
        standing = judged.standing(event.id)
        barred = standing is not None and standing.verdict != "right"
        span = None if barred else _span(event, record)
        key = _key(event, actors) if span else ""
        if not key and not barred:
            key, span = _words_key(event, record), None
        source, target = (tuple(actors[id_] for id_ in ids) for ids in (event.source, event.target))
        days = span or (date.min, date.min)
        yield Account(judged, position, event, source, target, key, days)


def opposite(key: str) -> str:
    """Return the key of accounts that say of the same parties that it did not happen, or that it did; else ''."""
    base, _, modality = key.partition(":")
    return {"fact": f"{base}:denied", "denied": f"{base}:fact"}.get(modality, "")


def is_denied(key: str) -> bool:
    """Tell whether a key is one of accounts that say that something did not happen."""
    return key.endswith(":denied")


def is_mutual(event: Event) -> bool:
    """Tell whether it does not matter which party of an event is named as the doer."""
    return event.symmetric or event.type in terms().mutual


def class_of(modality: str) -> str:
    """Return whether a modality tells a `fact`, of what is `denied`, or of what is `ahead`."""
    if modality in FACTS:
        return "fact"
    return "denied" if modality in _DENIED else "ahead"


def name_of(event_type: str) -> str:
    """Return the type by which accounts are looked for: what one act is told as in two types is one."""
    return terms().alike.get(event_type, event_type)


def _key(event: Event, actors: Mapping[str, Actor]) -> str:
    """Return type, parties by country and class of modality of an event in one string; '' where too little is known."""
    source, target = (_parties(ids, actors) for ids in (event.source, event.target))
    if is_mutual(event):
        sides = [sorted({*source, *target})]
        enough = len({*event.source, *event.target}) > 1
    elif event.type in terms().frequent:
        sides, enough = [source, target], bool(source and target)
    else:
        sides, enough = [_doers(event, actors, source, target)], bool(source)
    return f"{short_id(name_of(event.type), repr(sides))}:{class_of(event.modality)}" if enough else ""


def _doers(event: Event, actors: Mapping[str, Actor], source: list[str], target: list[str]) -> list[str]:
    """Return the parties that do it; where none has a country, those that it is done to: protests are at home."""
    return source if not target or any(actors[id_].country for id_ in event.source) else target


def _words_key(event: Event, record: Record) -> str:
    """Return what is the same for accounts in the same words; '' where these are few, or a day is known."""
    trigger = event.mentions[0]
    sentence = record.article.text[slice(*trigger.sentence)].split()
    if len(sentence) < _FEWEST_WORDS or (event.time is not None and _short(event.time)):
        return ""
    at = len(record.article.text[trigger.sentence[0] : trigger.start].split())
    parties = sorted({*event.source, *event.target})
    return f"{_WORDS}{short_id(event.type, class_of(event.modality), at, parties, *sentence)}"


def _span(event: Event, record: Record) -> Span | None:
    """Return the days on which an event can have been; without any, those before publication, if that is known."""
    if event.time is not None:
        return _short(event.time)
    published = (record.article.published or "")[:10]
    last = _day(published)
    return (last - timedelta(days=LONGEST - 1), last) if last and class_of(event.modality) != "ahead" else None


def _short(time: Time) -> Span | None:
    first, last = _day(time.start), _day(time.end)
    return (first, last) if first and last and 0 <= (last - first).days < LONGEST else None


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _parties(ids: Iterable[str], actors: Mapping[str, Actor]) -> list[str]:
    """Return whom actors stand for: their countries, else themselves."""
    return sorted({actors[id_].country or id_ for id_ in ids})


def _names(event: Event, record: Record) -> frozenset[str]:
    """Return the words with a capital, but for the first of a sentence."""
    inner = (sentence.partition(" ")[2] for sentence in _sentences(event, record))
    return content_words(" ".join(word for sentence in inner for word in sentence.split() if word[0].isupper()))


def _sentences(event: Event, record: Record) -> set[str]:
    return {record.article.text[slice(*trigger.sentence)] for trigger in event.mentions}


def _words(event: Event, record: Record) -> frozenset[str]:
    doers = {*event.source, *(event.target if is_mutual(event) else ())}
    named = [actor for actor in record.actors if actor.id in doers or actor.kind == "state"]
    names = [mention.text for actor in named for mention in actor.mentions]
    return content_words(" ".join(_sentences(event, record))) - content_words(" ".join(names))
