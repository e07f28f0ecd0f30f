"""How the articles behind events name who takes part, and what else of these articles some formats ask for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.asking.parts import Happening
from kg.stores.base import Store

_NAMED = """UNWIND $ids AS key
MATCH (e:Event {id: key})<-[:SOURCE_OF|TARGET_OF]-(a:Actor)
MATCH (e)-[:EVIDENCED_BY]->(s:Sentence)<-[m:MENTIONED_IN]-(a)
RETURN DISTINCT e.id AS event, a.id AS actor, s.article AS article, s.position AS number, m.start_at AS start,
  m.surface AS words
ORDER BY event, actor, article, number, start"""
_TEXTS = """UNWIND $ids AS key MATCH (x:Article {id: key}) RETURN x.id AS id, x.text AS text"""
_CAST = """UNWIND $ids AS key MATCH (x:Article {id: key})<-[r:APPEARS_IN]-(a:Actor)
RETURN x.id AS article, r.position AS position, coalesce(r.kind, a.kind) AS kind,
  coalesce(r.full_name, a.full_name) AS name
ORDER BY article, position, name"""


@dataclass(frozen=True, slots=True)
class Words:
    """The words for an actor in a sentence, and where they begin: a 0-based code point into the text of the article."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Cast:
    """The names of the people and of the bodies in an article, states aside."""

    people: tuple[str, ...]
    bodies: tuple[str, ...]


Spot = tuple[str, str, str, int]
"""Where an actor is named: ids of event, actor and article, and the number of the sentence."""


def words_for(store: Store, events: Sequence[Happening]) -> Mapping[Spot, Words]:
    """Return the first words for each participant in each sentence that tells of the event and names it."""
    found: dict[Spot, Words] = {}
    for row in store.query(_NAMED, {"ids": [event.id for event in events]}).mappings():
        spot = (str(row["event"]), str(row["actor"]), str(row["article"]), int(row["number"] or 0))
        found.setdefault(spot, Words(int(row["start"] or 0), str(row["words"] or "")))
    return found


def casts(store: Store, articles: Iterable[str]) -> Mapping[str, Cast]:
    """Return whom the articles of these ids name."""
    ids = sorted(set(articles))
    people: dict[str, list[str]] = {each: [] for each in ids}
    bodies: dict[str, list[str]] = {each: [] for each in ids}
    for row in store.query(_CAST, {"ids": ids}).mappings():
        if row["kind"] != "state":
            (people if row["kind"] == "person" else bodies)[str(row["article"])].append(str(row["name"]))
    return {each: Cast(tuple(people[each]), tuple(bodies[each])) for each in ids}


def lengths(store: Store, articles: Iterable[str]) -> Mapping[str, int]:
    """Return how many code points the articles of these ids have."""
    rows = store.query(_TEXTS, {"ids": sorted(set(articles))}).rows
    return {str(key): len(str(text)) for key, text in rows}
