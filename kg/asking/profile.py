"""An actor as a graph and the tables have it: who it is, what it did most, when, and with whom."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.asking.actors import facts
from kg.asking.canned import ask
from kg.errors import MissingError
from kg.knowledge.tables import tables
from kg.model import FACTS, Rows, Value
from kg.stores.base import Store

MOST_OTHERS = 12
MOST_STATEMENTS = 10
MOST_NAMES = 12
MOST_MONTHS = 600

_ACTOR = """MATCH (a:Actor {id: $id})
RETURN a.id AS id, a.full_name AS name, a.kind AS kind, coalesce(a.country, '') AS country, coalesce(a.qid, '') AS qid,
  COUNT { (a)-[:SAID]->(s:Statement) WHERE s.standing = '' } AS statements"""
_ARTICLES = """MATCH (:Actor {id: $id})-[r:APPEARS_IN]->(x:Article)
RETURN x.id AS article, coalesce(r.cameo, '') AS cameo, coalesce(x.outlet, '') AS outlet
ORDER BY coalesce(x.published, ''), article"""
_NAMES = """MATCH (:Actor {id: $id})-[m:MENTIONED_IN]->(:Sentence)
WHERE m.form IN ['name', 'handle', 'metonym']
RETURN m.surface AS words, count(m) AS times
ORDER BY times DESC, words LIMIT $limit"""
_EVENTS = """MATCH (:Actor {id: $id})-[:SOURCE_OF|TARGET_OF]->(e:Event)
WHERE e.standing IN ['', 'right']
WITH DISTINCT e
RETURN e.event_type AS type, e.quad AS quad, e.modality AS modality, count(e) AS events"""


@dataclass(frozen=True, slots=True)
class Month:
    """A month (YYYY-MM, empty for events without a day): how many events are cooperation, conflict, neither."""

    month: str
    cooperation: int
    conflict: int
    neutral: int

    @property
    def events(self) -> int:
        """How many there are."""
        return self.cooperation + self.conflict + self.neutral


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who an actor is, and what the graph tells of it.

    `types` and `quads` count its events told as facts, `unrealised` those that are planned, denied and so on, all
    without what was withdrawn or is wrong. `others` are rows of `most_active_dyads`, `said` of `what_did_they_say`.
    `facts` hold what the tables say, as label and text.
    """

    id: str
    name: str
    kind: str
    country: str
    qid: str
    cameo: tuple[str, ...]
    names: tuple[str, ...]
    outlets: tuple[str, ...]
    articles: int
    statements: int
    types: Mapping[str, int]
    quads: Mapping[str, int]
    unrealised: Mapping[str, int]
    months: tuple[Month, ...]
    others: Rows
    said: Rows
    facts: tuple[tuple[str, str], ...]

    @property
    def events(self) -> int:
        """How many events told as facts it takes part in."""
        return sum(self.types.values())


def profile(store: Store, actor: str) -> Profile:
    """Return what a graph tells of the actor that has an id.

    Raises MissingError where nobody has it.
    """
    rows = list(store.query(_ACTOR, {"id": actor}).mappings())
    if not rows:
        raise MissingError(f"no actor has the id {actor!r} in {store.address}; `kg query actors` lists them")
    articles = list(store.query(_ARTICLES, {"id": actor}).mappings())
    names = store.query(_NAMES, {"id": actor, "limit": MOST_NAMES}).rows
    events = store.query(_EVENTS, {"id": actor}).rows
    about = {name: str(rows[0][name]) for name in ("id", "name", "kind", "country", "qid")}
    return Profile(
        **about,
        cameo=_distinct(str(row["cameo"]) for row in articles),
        names=tuple(str(words) for words, _ in names),
        outlets=_distinct(str(row["outlet"]) for row in articles),
        articles=len({row["article"] for row in articles}),
        statements=int(rows[0]["statements"] or 0),
        types=_counted((kind, count) for kind, _, modality, count in events if modality in FACTS),
        quads=_counted((quad, count) for _, quad, modality, count in events if modality in FACTS),
        unrealised=_counted((modality, count) for _, _, modality, count in events if modality not in FACTS),
        months=_months(store, actor),
        others=ask(store, "most_active_dyads", {"actor": actor}, limit=MOST_OTHERS).rows,
        said=ask(store, "what_did_they_say", {"actor": actor}, limit=MOST_STATEMENTS).rows,
        facts=tuple(each for row in tables().actors if row.id == actor for each in facts(row)),
    )


def _months(store: Store, actor: str) -> tuple[Month, ...]:
    rows = ask(store, "cooperation_and_conflict", {"actor": actor}, limit=MOST_MONTHS).rows
    return tuple(_month(row) for row in rows.mappings())


def _month(row: Mapping[str, object]) -> Month:
    def counted(*quads: str) -> int:
        return sum(int(str(row[quad])) for quad in quads)

    return Month(
        str(row["month"]),
        counted("verbal_cooperation", "material_cooperation"),
        counted("verbal_conflict", "material_conflict"),
        counted("neutral"),
    )


def _counted(pairs: Iterable[tuple[Value, Value]]) -> dict[str, int]:
    """Return how often each thing is counted, the most often first."""
    found: Counter[str] = Counter()
    for key, count in pairs:
        found[str(key)] += int(count or 0)
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))
