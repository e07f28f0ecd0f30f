"""What the graph holds of an actor, of two of them, or of one event: all that a report tells, gathered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from shlex import quote
from typing import Any

from kg.asking.canned import ask
from kg.asking.names import Named, resolve
from kg.asking.parts import EVERY_ROW, Happening, Paper, Part, made_with, read, select
from kg.errors import MissingError, UsageError
from kg.graph.keys import own_id
from kg.model import FACTS, Value
from kg.stores.base import Store

_PAPER = """x.id AS id, x.headline AS headline, x.url AS url, x.outlet AS outlet, x.published AS published,
  x.language AS language, x.sha256 AS sha256"""
_NAMED_IN = f"""MATCH (a:Actor {{id: $actor}})-[m:MENTIONED_IN {{form: 'name'}}]->(s:Sentence)
MATCH (x:Article {{id: s.article}})
WHERE x.standing = ''
RETURN s.start_at AS start, s.end_at AS end, s.text AS text, {_PAPER}
ORDER BY CASE WHEN x.published_day = 0 THEN 1 ELSE 0 END, x.published_day, id, start
LIMIT 1"""
_WHO = """MATCH (a:Actor {id: $actor})
OPTIONAL MATCH (a)-[r:APPEARS_IN]->(x:Article)
WITH a, r, x
ORDER BY x.published_day, x.id
RETURN a.qid AS qid, r.cameo AS cameo"""
_SAID = f"""UNWIND $keys AS key
MATCH (a:Actor)-[:SAID]->(e:Statement {{id: key.id}})
MATCH (x:Article {{id: e.article}})
MATCH (e)-[v:STATED_IN]->(s:Sentence)
OPTIONAL MATCH (e)-[:ADDRESSED_TO]->(b:Actor)
RETURN key.number AS number, e.id AS statement, a.full_name AS speaker, b.full_name AS addressee, e.text AS words,
  e.start_at AS start, e.end_at AS end, e.cue AS cue, e.direct AS direct, e.date AS date, e.date_text AS date_text,
  v.position AS position, s.text AS sentence, s.start_at AS sentence_start, s.end_at AS sentence_end, {_PAPER}
ORDER BY number, position"""
_DENIALS = """MATCH (d:Event)-[:CONTRADICTS]->(e:Event {id: $event})
WHERE d.standing IN ['', 'right']
RETURN d.id AS id
ORDER BY id"""


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of an article; offsets are 0-based code points into its text, end exclusive."""

    paper: Paper
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who an actor is: its CAMEO codes as of its articles, how many these are, and where the first of them names it."""

    actor: Named
    qid: str
    cameo: tuple[str, ...]
    articles: int
    named: Cited | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement; `cited` holds the words themselves where they are `direct`, else the sentences that report them."""

    speaker: str
    addressee: str
    cue: str
    direct: bool
    date: str
    date_text: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Clash:
    """What some tell as a fact, and an account that it did not happen."""

    fact: Happening
    denial: Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """All that a report tells.

    `event` is what a report on one event is about, else None. `events` are those that fit, in the order of their days,
    whatever their modality; `denials` those that say of something that it is not so. `tied` holds, by id of the node,
    the events that others are about, part of, or against. `parameters` are those of the questions behind it.
    """

    profiles: tuple[Introduction, ...]
    event: Happening | None
    events: tuple[Happening, ...]
    clashes: tuple[Clash, ...]
    denials: tuple[Happening, ...]
    statements: tuple[Said, ...]
    tied: Mapping[str, Happening]
    parameters: Mapping[str, str]
    selection: str
    made_with: str

    def way(self, question: str, **more: str) -> str:
        """Return which command asks a question with the parameters of the report, empty where these are none."""
        if not self.parameters:
            return ""
        given = (f"-p {quote(f'{name}={value}')}" for name, value in {**self.parameters, **more}.items())
        return " ".join(("kg query", question, *given))

    @property
    def facts(self) -> tuple[Happening, ...]:
        """The events that are told as facts."""
        return tuple(event for event in self.events if event.modality in FACTS)


def of_actors(store: Store, name: str, *, other: str = "", first: str = "", last: str = "") -> Briefing:
    """Return what is told of an actor, or of what two actors had to do with each other, in some days.

    Days are YYYY-MM-DD. Raises UsageError where a name fits nobody or several, both names the same actor, or a day is
    none.
    """
    actors = tuple(resolve(store, each) for each in (name, other) if each)
    if len({actor.id for actor in actors}) < len(actors):
        raise UsageError(f"{name!r} and {other!r} are both {actors[0].full_name}; name two actors")
    days = {key: value for key, value in (("from", first), ("to", last)) if value}
    both = dict(zip(("actor", "other"), (actor.id for actor in actors), strict=False))
    part = select(store, parameters={**both, **days}, modality="all")
    events = tuple(part.events())
    clashes = _clashes(store, {**both, **days})
    denials = _denials(store, actors, days, events)
    return Briefing(
        profiles=tuple(_profile(store, actor) for actor in actors),
        event=None,
        events=events,
        clashes=clashes,
        denials=denials,
        statements=_statements(store, actors, days),
        tied=_tied(store, (*events, *denials)),
        parameters={**both, **days},
        selection=part.selection,
        made_with=part.made_with,
    )


def of_event(store: Store, article: str, event_id: str) -> Briefing:
    """Return what is told of one event, by the id of an article and that of the event in it.

    Raises MissingError where there is none.
    """
    found = read(store, [(article, event_id)])
    if not found:
        raise MissingError(
            f"no event {event_id!r} in article {article!r} of {store.address}; `kg query events` lists them"
        )
    (event,) = found
    against = [str(row[0]) for row in store.query(_DENIALS, {"event": event.id}).rows]
    denied = [Clash(fact, event) for fact in _by_id(store, event.against)]
    return Briefing(
        profiles=(),
        event=event,
        events=found,
        clashes=(*(Clash(event, denial) for denial in _by_id(store, against)), *denied),
        denials=(),
        statements=_said(store, dict.fromkeys(voice.statement for voice in event.voices if voice.statement)),
        tied=_tied(store, found),
        parameters={},
        selection=f"event {event_id} of article {article}",
        made_with=made_with(store),
    )


def _profile(store: Store, actor: Named) -> Introduction:
    rows = list(store.query(_WHO, {"actor": actor.id}).mappings())
    named = [_cited(row) for row in store.query(_NAMED_IN, {"actor": actor.id}).mappings()]
    listed = ask(store, "actors", {"name": actor.id}).rows.mappings()
    return Introduction(
        actor=actor,
        qid=str(rows[0]["qid"] or "") if rows else "",
        cameo=tuple(dict.fromkeys(str(row["cameo"]) for row in rows if row["cameo"])),
        articles=next((int(str(row["articles"])) for row in listed if row["actor_id"] == actor.id), 0),
        named=named[0] if named else None,
    )


def _cited(row: Mapping[str, Any]) -> Cited:
    return Cited(_paper(row), row["start"], row["end"], row["text"])


def _paper(row: Mapping[str, Any]) -> Paper:
    texts = {name: row[name] or "" for name in ("headline", "url", "outlet", "published", "language")}
    return Paper(id=row["id"], sha256=row["sha256"], copy_of="", **texts)


def _clashes(store: Store, parameters: Mapping[str, str]) -> tuple[Clash, ...]:
    rows = list(ask(store, "contradictions", dict(parameters), limit=EVERY_ROW).rows.mappings())
    pairs = [(_key(row, "article", "event_id"), _key(row, "denied_article", "denied_event_id")) for row in rows]
    events = read(store, dict.fromkeys(key for pair in pairs for key in pair))
    found = {(telling.paper.id, telling.event_id): event for event in events for telling in event.tellings}
    return tuple(Clash(found[fact], found[denial]) for fact, denial in pairs if fact in found and denial in found)


def _key(row: Mapping[str, Value], article: str, event_id: str) -> tuple[str, str]:
    return str(row[article]), str(row[event_id])


def _denials(
    store: Store, actors: Sequence[Named], days: Mapping[str, str], events: Sequence[Happening]
) -> tuple[Happening, ...]:
    """Return denials: those of an actor and what is denied of it; of two actors, those that have to do with both."""
    ids = [event.id for event in events if event.modality == "denied" or event.type == "DENY"]
    for actor in actors:
        part = select(store, query="who_denied_what", parameters={"actor": actor.id, **days}, modality="all")
        ids += part.ids if len(actors) == 1 else _between(part, {event.id for event in events})
    found = {event.id: event for event in _by_id(store, dict.fromkeys(ids))}
    return tuple(sorted(found.values(), key=lambda event: (event.first or "9999", event.last, event.id)))


def _between(part: Part, events: set[str]) -> Iterator[str]:
    """Yield those denials that are about an event of both actors."""
    yield from (event.id for event in part.events() if events & {event.id, *event.about, *event.against})


def _statements(store: Store, actors: Sequence[Named], days: Mapping[str, str]) -> tuple[Said, ...]:
    """Return the statements of an actor; of two actors, those that one made to the other."""
    asked: list[dict[str, str]] = [{"actor": actors[0].id}]
    if len(actors) == 2:
        one, other = (actor.id for actor in actors)
        asked = [{"actor": one, "other": other}, {"actor": other, "other": one}]
    keys: dict[str, None] = {}
    for parameters in asked:
        answer = ask(store, "what_did_they_say", {**parameters, **days}, limit=EVERY_ROW)
        for row in answer.rows.mappings():
            keys[own_id(str(row["article"]), str(row["statement_id"]))] = None
    return tuple(sorted(_said(store, keys), key=_when_said))


def _when_said(said: Said) -> tuple[str, str, int]:
    paper = said.cited.paper
    return (said.date or paper.published or "9999")[:10], paper.id, said.cited.start


def _said(store: Store, keys: Iterable[str]) -> tuple[Said, ...]:
    asked = [{"number": number, "id": key} for number, key in enumerate(keys)]
    if not asked:
        return ()
    rows = store.query(_SAID, {"keys": asked}).mappings()
    return tuple(_statement(list(group)) for _, group in groupby(rows, key=lambda row: row["number"]))


def _statement(rows: Sequence[Mapping[str, Any]]) -> Said:
    first, last = rows[0], rows[-1]
    direct = bool(first["direct"])
    told = Cited(_paper(first), first["start"], first["end"], first["words"])
    if not direct:
        sentences = dict.fromkeys(str(row["sentence"]) for row in rows)
        told = replace(told, start=first["sentence_start"], end=last["sentence_end"], text=" ".join(sentences))
    return Said(
        speaker=first["speaker"],
        addressee=first["addressee"] or "",
        cue=first["cue"] or "",
        direct=direct,
        date=first["date"] or "",
        date_text=first["date_text"] or "",
        cited=told,
    )


def _tied(store: Store, events: Iterable[Happening]) -> Mapping[str, Happening]:
    ids = dict.fromkeys(each for event in events for each in (*event.about, *event.within, *event.against))
    return {event.id: event for event in _by_id(store, ids)}


def _by_id(store: Store, ids: Iterable[str]) -> tuple[Happening, ...]:
    return tuple(Part(store, tuple(ids), "", "").events())
