"""What some words may mean in a graph: actors under any of their names, topics, places, articles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from kg.asking.canned import ask
from kg.asking.names import fold
from kg.knowledge.tables import aliases
from kg.model import Rows
from kg.stores.base import Store

SHORTEST = 3
"""Letters from which on the texts of articles are searched too."""

_EVERYBODY = """MATCH (a:Actor)
RETURN a.id AS id, a.full_name AS name, a.kind AS kind, coalesce(a.country, '') AS country"""
_ARTICLES = """UNWIND $ids AS key MATCH (a:Actor {id: key})
RETURN a.id AS id, COUNT { (a)-[:APPEARS_IN]->(:Article) } AS articles"""
_TEXTS = """MATCH (x:Article)
WHERE toLower(coalesce(x.headline, '')) CONTAINS toLower($words) OR x.id = $words
  OR toLower(coalesce(x.outlet, '')) CONTAINS toLower($words) OR ($whole AND toLower(x.text) CONTAINS toLower($words))
RETURN x.id AS article, coalesce(x.headline, '') AS headline, coalesce(x.outlet, '') AS outlet,
  coalesce(left(x.published, 10), '') AS published
ORDER BY CASE WHEN toLower(coalesce(x.headline, '')) CONTAINS toLower($words) THEN 0 ELSE 1 END, published DESC, article
LIMIT $limit"""
_RANKED = 200  # actors that fit of whom the articles are counted


@dataclass(frozen=True, slots=True)
class Person:
    """An actor that words may mean, `by` which name where that is not its own, and in how many articles it stands."""

    id: str
    name: str
    kind: str
    country: str
    by: str
    articles: int


@dataclass(frozen=True, slots=True)
class Found:
    """What words may mean: actors, and rows of the questions `topics` and `places`, and of articles."""

    actors: tuple[Person, ...]
    topics: Rows
    places: Rows
    articles: Rows

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.actors or self.topics.rows or self.places.rows or self.articles.rows)


def search(store: Store, words: str, *, limit: int = 10) -> Found:
    """Return what words may mean, at most so many of each kind, what fits best first; nothing for no words.

    Actors are looked for under their names, ids and aliases, capitals and accents aside; the others hold the words.
    """
    wanted = " ".join(words.split())
    if not wanted:
        nothing = Rows((), ())
        return Found((), nothing, nothing, nothing)
    given = {"words": wanted, "whole": len(wanted) >= SHORTEST, "limit": limit + 1}
    return Found(
        actors(store, wanted, limit=limit),
        ask(store, "topics", {"words": wanted}, limit=limit).rows,
        ask(store, "places", {"words": wanted}, limit=limit).rows,
        store.query(_TEXTS, given, limit=limit),
    )


def actors(store: Store, words: str, *, limit: int) -> tuple[Person, ...]:
    """Return the actors that words may mean, those whose name or alias they are first, then those named more often."""
    known = _by_alias(fold(words))
    fitting = sorted(_fitting(store, fold(words), known), key=lambda each: each[0])[:_RANKED]
    counts = _counted(store, [key for _, (key, *_) in fitting])
    found = [
        (rank, Person(key, name, kind, country, known.get(key, "") if rank[1] else "", counts.get(key, 0)))
        for rank, (key, name, kind, country) in fitting
    ]
    found.sort(key=lambda each: (each[0][0], -each[1].articles, each[1].name, each[1].id))
    return tuple(person for _, person in found[:limit])


def _counted(store: Store, ids: Sequence[str]) -> dict[str, int]:
    """Return in how many articles actors stand, by their ids."""
    rows = store.query(_ARTICLES, {"ids": list(ids)}).rows if ids else ()
    return {str(key): int(count or 0) for key, count in rows}


def like(store: Store, words: str, *, limit: int = 5) -> tuple[Person, ...]:
    """Return the actors whose names are most like words that name nobody."""
    wanted = fold(words.replace("-", " "))
    by_words: dict[str, str] = {}
    for _, name, *_ in store.query(_EVERYBODY).rows:
        whole = fold(str(name))
        for each in (whole, *whole.split()):
            by_words.setdefault(each, str(name))
    close = dict.fromkeys(by_words[each] for each in get_close_matches(wanted, by_words, n=limit, cutoff=0.65))
    return tuple(dict.fromkeys(person for name in close for person in actors(store, name, limit=2)))[:limit]


def _fitting(
    store: Store, wanted: str, known: Mapping[str, str]
) -> Iterator[tuple[tuple[int, bool], tuple[str, str, str, str]]]:
    """Yield how well actors fit, the lower the better, and whether by an alias alone."""
    for row in store.query(_EVERYBODY).rows:
        key, name, kind, country = map(str, row)
        own = _rank(wanted, fold(name), key)
        by_alias = _rank(wanted, fold(known[key]), "") if key in known else _NO_FIT
        if min(own, by_alias) < _NO_FIT:
            yield (min(own, by_alias), by_alias < own), (key, name, kind, country)


_NO_FIT = 9


def _rank(wanted: str, name: str, key: str) -> int:
    if wanted in (name, key.casefold()):
        return 0
    if f" {name} ".find(f" {wanted} ") >= 0:
        return 1
    if name.startswith(wanted):
        return 2
    if f" {wanted}" in name:
        return 3
    return 4 if wanted in name else _NO_FIT


def _by_alias(wanted: str) -> dict[str, str]:
    """Return the alias that fits words best, by the ids of the actors of the tables that have one."""
    found: dict[str, tuple[int, str]] = {}
    for folded, text, ids in _aliases():
        rank = _rank(wanted, folded, "")
        for key in ids if rank < _NO_FIT else ():
            found[key] = min(found.get(key, (_NO_FIT, "")), (rank, text))
    return {key: text for key, (_, text) in found.items()}


@cache
def _aliases() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the names of the tables, folded and as they are, with the ids of whom they mean."""
    return tuple((fold(text), text, tuple(row.id for row in rows)) for text, rows in aliases().items())
