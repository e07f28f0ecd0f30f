"""The part of a graph that somebody wants to see or take away: its events, with all that is told of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from kg import __version__
from kg.asking.canned import Answer, ask, find
from kg.errors import UsageError
from kg.graph.delta import outlets_behind
from kg.model import Value
from kg.stores.base import Store

EVERY_ROW = 1_000_000_000 - 2
T = TypeVar("T")
K = TypeVar("K")

_PORTION = 500  # events or nodes that are read at a time
_OF_EVENTS = "events"

_CHOSEN = """UNWIND $keys AS key
MATCH (:Article {id: key.article})<-[:TOLD_IN {event_id: key.event_id}]-(e:Event)
RETURN key.number AS number, e.id AS id
ORDER BY number"""
_OF = "UNWIND $ids AS key MATCH (e:Event {id: key}) "
_EVENTS = f"""{_OF}RETURN e.id AS id, e.article AS article, e.event_id AS event_id, e.event_type AS type,
  e.mode AS mode, e.contexts AS contexts, e.cameo AS cameo, e.quad AS quad, e.goldstein AS goldstein,
  e.plover_score AS plover_score, e.symmetric AS symmetric, e.modality AS modality, e.confidence AS confidence,
  e.rule AS rule, e.date AS date,
  e.date_first AS first, e.date_last AS last, e.date_text AS date_text, e.surface AS words,
  e.corroboration AS corroboration, e.standing AS standing, e.judged AS judged"""
_PARTIES = f"""{_OF}MATCH (a:Actor)-[r:SOURCE_OF|TARGET_OF]->(e)
RETURN e.id AS event, type(r) AS side, r.position AS position, r.cameo AS cameo, a.id AS id, a.full_name AS name,
  a.kind AS kind, a.country AS country, a.qid AS qid
ORDER BY event, side, position"""
_VOICES = f"""{_OF}MATCH (e)-[r:ACCORDING_TO]->(a:Actor)
RETURN e.id AS event, r.position AS position, r.stance AS stance, r.article AS article, r.statement AS statement,
  a.id AS id, a.full_name AS name, a.kind AS kind, a.country AS country, a.qid AS qid
ORDER BY event, position"""
_TOPICS = f"""{_OF}MATCH (e)-[r:HAS_TOPIC]->(t:Topic)
RETURN e.id AS event, r.position AS position, t.id AS id, t.full_name AS name, r.surface AS words, r.article AS article,
  r.start_at AS start, r.end_at AS end
ORDER BY event, position"""
_PLACES = f"""{_OF}MATCH (e)-[r:TOOK_PLACE_AT]->(p:Place)
RETURN e.id AS event, p.id AS id, p.full_name AS name, p.country AS country, p.lat AS lat, p.lon AS lon,
  r.surface AS words"""
_ACCOUNTS = f"""{_OF}MATCH (e)-[r:TOLD_IN]->(x:Article)
OPTIONAL MATCH (x)-[:COPY_OF]->(o:Article)
RETURN e.id AS event, r.position AS position, r.event_id AS event_id, r.modality AS modality,
  r.confidence AS confidence, r.date AS date, x.id AS id, x.headline AS headline, x.url AS url,
  x.outlet AS outlet, x.published AS published,
  x.language AS language, x.sha256 AS sha256, o.id AS copy_of
ORDER BY event, position"""
_QUOTES = f"""{_OF}MATCH (e)-[r:EVIDENCED_BY]->(s:Sentence)
RETURN e.id AS event, r.position AS position, r.article AS article, s.start_at AS start, s.end_at AS end,
  s.text AS text, s.position AS number, r.start_at AS word_start, r.end_at AS word_end, r.surface AS word
ORDER BY event, position"""
_TIES = f"""{_OF}MATCH (e)-[r:ABOUT|PART_OF|CONTRADICTS]->(o:Event)
RETURN DISTINCT e.id AS event, type(r) AS link, o.id AS other
ORDER BY event, link, other"""
_STAMPS = """MATCH (x:Article) WHERE x.made_with_kg IS NOT NULL
RETURN DISTINCT x.made_with_kg AS kg, x.made_with_model AS model, x.made_with_codebook AS codebook,
  x.made_with_tables AS tables
ORDER BY kg, model, codebook, tables"""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor; `country` is ISO 3166-1 alpha-3, empty where unknown, as is `qid`."""

    id: str
    name: str
    kind: str
    country: str
    qid: str


@dataclass(frozen=True, slots=True)
class Role:
    """An actor on a side of an event, with the CAMEO code as of then, empty where there is none."""

    party: Party
    cameo: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Who vouches for an event in an article; `statement` is the id of the statement that does, or empty."""

    party: Party
    stance: str
    article: str
    statement: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: the canonical topic, and the words for it at a span of an article."""

    id: str
    name: str
    words: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an event took place; `lat` and `lon` in degrees, None where unknown, `words` those of the article."""

    id: str
    name: str
    country: str
    lat: float | None
    lon: float | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """An article without its text; what is not known is empty. `copy_of` is the article that it is a near copy of."""

    id: str
    headline: str
    url: str
    outlet: str
    published: str
    language: str
    sha256: str
    copy_of: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article that tells of an event; `words` holds start, end and text of each trigger in it.

    Offsets are 0-based code points into the text of the article, end exclusive. `number` counts the sentences of the
    article, the first one is 0.
    """

    start: int
    end: int
    text: str
    words: tuple[tuple[int, int, str], ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article tells of an event, under which id in its record, and in which sentences."""

    paper: Paper
    event_id: str
    modality: str
    confidence: float
    date: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event of the graph with all that is told of it, the earliest article first.

    `id` is the node's, `event_id` that in the record of `article`, the first that tells of it. `first` and `last` are
    ISO dates, empty where no day is known, `date` is what people read. `about`, `within` and `against` hold ids of
    nodes of events: what it is about, what it is part of, and the facts that it denies.
    """

    id: str
    article: str
    event_id: str
    type: str
    mode: str
    contexts: tuple[str, ...]
    cameo: str
    quad: str
    goldstein: float | None
    plover_score: float | None
    symmetric: bool
    modality: str
    confidence: float
    rule: str
    date: str
    first: str
    last: str
    date_text: str
    words: str
    corroboration: int
    standing: str
    judged: str
    sources: tuple[Role, ...]
    targets: tuple[Role, ...]
    voices: tuple[Voice, ...]
    subjects: tuple[Subject, ...]
    scene: Scene | None
    tellings: tuple[Telling, ...]
    about: tuple[str, ...]
    within: tuple[str, ...]
    against: tuple[str, ...]

    @property
    def parties(self) -> tuple[Party, ...]:
        """Who takes part, sources first, each once."""
        return tuple({role.party.id: role.party for role in (*self.sources, *self.targets)}.values())

    @property
    def topics(self) -> Mapping[str, int]:
        """Its topics by name, and how many of the outlets that `corroboration` counts tell of each."""
        return self._outlets((subject.name, subject.article) for subject in self.subjects)

    @property
    def vouchers(self) -> Mapping[tuple[Party, str], int]:
        """Who vouches, with the stance, and for how many of the outlets that `corroboration` counts."""
        return self._outlets(((voice.party, voice.stance), voice.article) for voice in self.voices)

    def _outlets(self, told: Iterable[tuple[K, str]]) -> dict[K, int]:
        """Return how many outlets tell each thing by themselves, from the articles that tell it."""
        papers = [telling.paper for telling in self.tellings]
        originals = {paper.id: paper.copy_of for paper in papers if paper.copy_of}
        behind = outlets_behind({paper.id: paper.outlet for paper in papers}, originals)
        found: dict[K, set[str]] = {}
        for thing, article in told:
            if article in behind:
                found.setdefault(thing, set()).add(behind[article])
        return {thing: len(names) for thing, names in found.items()}


class Part:
    """A part of the graph of a store, to be gone through while the store is open.

    `ids` are those of the nodes of its events, in the order of their days, undated ones last; `selection` tells in
    words what was chosen, `made_with` the versions of kg, model, codebook and tables behind it. A `whole` part is all
    of the graph: every event, whatever its modality and standing.
    """

    def __init__(
        self, store: Store, ids: Sequence[str], selection: str, made_with: str, *, whole: bool = False
    ) -> None:
        self.store = store
        self.ids = tuple(ids)
        self.selection = selection
        self.made_with = made_with
        self.whole = whole

    def portions(self) -> Iterator[list[Happening]]:
        """Yield the events in order, some hundreds at a time."""
        for portion in in_portions(self.ids):
            yield list(_read(self.store, portion))

    def events(self) -> Iterator[Happening]:
        """Yield the events in order; only a portion of them is held at a time."""
        for portion in self.portions():
            yield from portion


def select(
    store: Store,
    *,
    query: str = _OF_EVENTS,
    parameters: Mapping[str, str] | None = None,
    modality: str = "facts",
    limit: int = EVERY_ROW,
) -> Part:
    """Return the events that a canned question finds, by default all that fit its parameters (`kg queries events`).

    `modality` counts where the question has such a parameter and `parameters` does not give it; of the rows, the first
    `limit` count. Raises UsageError where the rows of the question are no events, and what `canned.ask` raises.
    """
    answer = ask(store, query, dict(parameters or {}), limit=limit, modality=modality)
    columns = answer.rows.columns
    if not {"article", "event_id"} <= set(columns):
        raise UsageError(f"the rows of {answer.query} are not events; name a question with a column event_id")
    article, event = columns.index("article"), columns.index("event_id")
    keys = dict.fromkeys((str(row[article]), str(row[event])) for row in answer.rows.rows if row[event])
    told = {"query": "" if query == _OF_EVENTS else query, **answer.parameters}
    defaults = {"min_sources": 1, "standing": "current"}
    words = ", ".join(f"{name} {value}" for name, value in told.items() if value and defaults.get(name) != value)
    return Part(store, _chosen(store, keys), words, made_with(store), whole=_is_all(answer))


def _is_all(answer: Answer) -> bool:
    """Tell whether nothing narrowed a question for events."""
    unnarrowed = {each.name: each.default for each in find(_OF_EVENTS).parameters} | {
        "modality": "all",
        "standing": "all",
    }
    return answer.query == _OF_EVENTS and answer.parameters == unnarrowed


def read(store: Store, keys: Iterable[tuple[str, str]]) -> tuple[Happening, ...]:
    """Return the events that articles tell of under an id, by pairs of article and id in its record."""
    return tuple(_read(store, _chosen(store, keys)))


def made_with(store: Store) -> str:
    """Return with which versions of kg, model, codebook and tables the records of a store were made."""
    told = [
        f"records by kg {row['kg']}, model {row['model']}, codebook {row['codebook']}, tables {row['tables']}"
        for row in store.query(_STAMPS).mappings()
    ]
    return "; ".join((f"written by kg {__version__}", *told))


def in_portions(things: Iterable[T]) -> Iterator[list[T]]:
    """Yield things in order, as many at a time as are read together."""
    rest = iter(things)
    while portion := list(islice(rest, _PORTION)):
        yield portion


def _chosen(store: Store, keys: Iterable[tuple[str, str]]) -> list[str]:
    """Return the ids of the nodes of events, each once, in the order of the keys."""
    found: dict[str, None] = {}
    asked = ({"number": number, "article": article, "event_id": event} for number, (article, event) in enumerate(keys))
    for portion in in_portions(asked):
        found.update(dict.fromkeys(str(row[1]) for row in store.query(_CHOSEN, {"keys": portion}).rows))
    return list(found)


def _read(store: Store, ids: Sequence[str]) -> Iterator[Happening]:
    """Yield events; one that goes, or is loaded anew, while it is read is left out."""
    told = {name: _grouped(store, text, ids) for name, text in _BESIDE.items()}
    events = {str(row["id"]): row for row in store.query(_EVENTS, {"ids": list(ids)}).mappings()}
    for each in ids:
        if each not in events or not told["accounts"][each] or not told["quotes"][each]:
            continue
        yield _happening(events[each], {name: rows[each] for name, rows in told.items()})


_BESIDE = {
    "parties": _PARTIES, "voices": _VOICES, "topics": _TOPICS, "places": _PLACES, "accounts": _ACCOUNTS,
    "quotes": _QUOTES, "ties": _TIES,
}  # fmt: skip
_Rows = list[dict[str, Value]]


def _grouped(store: Store, text: str, ids: Sequence[str]) -> defaultdict[str, _Rows]:
    found: defaultdict[str, _Rows] = defaultdict(list)
    for row in store.query(text, {"ids": list(ids)}).mappings():
        found[str(row["event"])].append(row)
    return found


def _happening(event: Mapping[str, Any], told: Mapping[str, _Rows]) -> Happening:
    known: dict[str, Any] = {name: event[name] for name in _AS_THEY_ARE}
    texts: dict[str, Any] = {name: event[name] or "" for name in _TEXTS}
    return Happening(
        **known,
        **texts,
        contexts=tuple(filter(None, str(event["contexts"] or "").split(";"))),
        sources=_side(told["parties"], "SOURCE_OF"),
        targets=_side(told["parties"], "TARGET_OF"),
        voices=tuple(_voice(row) for row in told["voices"]),
        subjects=tuple(_subject(row) for row in told["topics"]),
        scene=_scene(told["places"]),
        tellings=tuple(_telling(row, told["quotes"]) for row in told["accounts"]),
        about=_tied(told["ties"], "ABOUT"),
        within=_tied(told["ties"], "PART_OF"),
        against=_tied(told["ties"], "CONTRADICTS"),
    )


_AS_THEY_ARE = (
    "id", "article", "event_id", "type", "quad", "goldstein", "plover_score", "symmetric", "modality", "confidence",
    "date", "words", "corroboration", "standing", "judged",
)  # fmt: skip
_TEXTS = ("mode", "cameo", "rule", "first", "last", "date_text")


def _side(rows: _Rows, side: str) -> tuple[Role, ...]:
    """Return the actors of a side, each once, as the first article that tells of the event has them."""
    found: dict[str, Role] = {}
    for row in rows:
        if row["side"] == side:
            found.setdefault(str(row["id"]), Role(_party(row), str(row["cameo"] or "")))
    return tuple(found.values())


def _party(row: Mapping[str, Any]) -> Party:
    return Party(row["id"], row["name"], row["kind"], row["country"] or "", row["qid"] or "")


def _voice(row: Mapping[str, Any]) -> Voice:
    return Voice(_party(row), row["stance"], row["article"], row["statement"] or "")


def _subject(row: Mapping[str, Any]) -> Subject:
    return Subject(row["id"], row["name"], row["words"], row["article"], row["start"], row["end"])


def _scene(rows: Sequence[Mapping[str, Any]]) -> Scene | None:
    for row in rows:
        return Scene(row["id"], row["name"], row["country"] or "", row["lat"], row["lon"], row["words"] or "")
    return None


def _telling(row: Mapping[str, Any], quotes: Iterable[Mapping[str, Any]]) -> Telling:
    texts = {name: row[name] or "" for name in ("headline", "url", "outlet", "published", "language", "copy_of")}
    paper = Paper(id=row["id"], sha256=row["sha256"], **texts)
    sentences: dict[tuple[int, int, str, int], list[tuple[int, int, str]]] = defaultdict(list)
    for each in quotes:
        if each["article"] == paper.id:
            sentences[each["start"], each["end"], each["text"], each["number"]].append(
                (each["word_start"], each["word_end"], each["word"])
            )
    told = tuple(
        Quote(start, end, text, tuple(sorted(set(words))), number)
        for (start, end, text, number), words in sentences.items()
    )
    return Telling(paper, row["event_id"], row["modality"], row["confidence"], row["date"], told)


def _tied(rows: _Rows, link: str) -> tuple[str, ...]:
    return tuple(str(row["other"]) for row in rows if row["link"] == link)
