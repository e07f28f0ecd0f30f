"""What a store and the tables know that a question may name: actors, places, outlets, topics, days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from kg.asking import canned
from kg.asking.names import Named, actors_of, fold
from kg.asking.plain.tokens import words_of
from kg.asking.plain.vocabulary import is_word
from kg.asking.questions import queries
from kg.errors import QuestionError
from kg.knowledge.tables import ActorRow, actor_by_id, aliases, remembered, tables
from kg.stores.base import Store

Words = tuple[str, ...]
Index = dict[Words, tuple[Named, ...]]

LONGEST_NAME = 8
_EVERYTHING = 1_000_000
_SHORT = 3  # letters of an acronym that may as well be another word: 'let'


class Known:
    """What is known of the names in questions to one store; everything is looked up when it is first needed."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def address(self) -> str:
        """The folder or the address of the store."""
        return self._store.address

    def actors(self, words: Words, *, written: bool) -> tuple[Named, ...]:
        """Return the actors that words name, those of the store before those of the tables.

        `written` tells that the words are written as a name, with a capital: then the given name of somebody in the
        store will do, and the family name of somebody in the tables.
        """
        whole, families = _table_names()
        *exact, parts = self._names
        is_like_a_name = written or len(" ".join(words)) > _SHORT
        levels = (
            *exact,
            *((whole,) if is_like_a_name else ()),
            parts,
            *((self._given_names, families) if written else ()),
        )
        return next((level[words] for level in levels if words in level), ())

    def has(self, actor: Named) -> bool:
        """Return whether an article of the store speaks of an actor."""
        return actor.id in self._by_id

    def actor(self, key: str) -> Named | None:
        """Return the actor of the store that has an id, None where it has none."""
        return self._by_id.get(key)

    def state(self, code: str) -> tuple[Named, ...]:
        """Return the state of an ISO 3166-1 alpha-3 code."""
        return (self._by_id.get(code.lower()) or _named(actor_by_id(code.lower())),)

    def names_one(self, actor: Named) -> bool:
        """Return whether no other actor of the store has the full name of this one."""
        return len(self._names[0].get(words_of(actor.full_name), ())) <= 1

    def place(self, words: Words, *, led: bool) -> str:
        """Return what the queries call a place: its name, of a country its code; empty where no place has the name.

        `led` tells that the words stand behind 'in' or the like: then places that only the store has will do.
        """
        found = _countries().get(words) or _places().get(words, "")
        return found or (self._own_place(words) if led else "")

    def holds(self, query: str, phrase: str) -> bool:
        """Return whether a query finds anything about a topic, whatever the actors, times and modality."""
        shelf = {each.name: {parameter.name for parameter in each.parameters} for each in queries()}
        name = query if "topic" in shelf.get(query, ()) else "timeline"
        given = {"topic": phrase, **({"modality": "all"} if "modality" in shelf[name] else {})}
        return bool(canned.ask(self._store, name, given, limit=1).rows.rows)

    def days(self) -> tuple[date, date]:
        """Return the days on which the earliest and the newest article were published.

        Raises QuestionError where no article has a date.
        """
        days = sorted(str(day) for day in self._published if day)
        if not days:
            raise QuestionError(
                "the question tells a time from today, but no article of the store has a date; give the year"
            )
        return date.fromisoformat(days[0]), date.fromisoformat(days[-1])

    @cached_property
    def outlets(self) -> Mapping[Words, str]:
        """The outlets of the articles, by their words, with and without an article in front."""
        rows = canned.ask(self._store, "articles", {}, limit=_EVERYTHING).rows
        names = {str(row[rows.columns.index("outlet")]) for row in rows.rows} - {""}
        return {
            words: name for name in sorted(names) for words in (words_of(name), words_of(name.removeprefix("The ")))
        }

    def somebody(self) -> str:
        """Return the full name of the person whom articles name most often, 'Germany' where they name none."""
        rows = canned.ask(self._store, "most_mentioned", {"kind": "person"}, limit=1).rows
        return str(rows.rows[0][rows.columns.index("actor")]) if rows.rows else "Germany"

    def near(self, text: str) -> tuple[str, ...]:
        """Return the names of actors of the store, or else of places, that differ from a text by a letter or two."""
        known: dict[str, str] = {}
        for actor in self._by_id.values():
            whole = fold(actor.full_name)
            for part in (whole, *(whole.split() if actor.kind in ("person", "state") else ())):
                known.setdefault(part, actor.full_name)
        places = {" ".join(words): name for words, name in _places().items()} if text[:1].isupper() else {}
        return _close(fold(text), known) or _close(fold(text), places)

    def _own_place(self, words: Words) -> str:
        rows = canned.ask(self._store, "events_at", {"place": " ".join(words), "modality": "all"}).rows
        names = (str(row[rows.columns.index("place")]) for row in rows.rows)
        return next((name for name in names if words_of(name) == words), "")

    @cached_property
    def _published(self) -> list[str]:
        rows = canned.ask(self._store, "articles", {}, limit=_EVERYTHING).rows
        return [str(row[rows.columns.index("published")]) for row in rows.rows]

    @cached_property
    def _by_id(self) -> dict[str, Named]:
        return {actor.id: actor for actor in actors_of(self._store)}

    @cached_property
    def _names(self) -> tuple[Index, ...]:
        """Full names, aliases, family names and ends of full names, each an index by words."""
        everybody = self._by_id.values()
        also = (
            (words_of(text), self._by_id[row.id])
            for text, rows in aliases().items()
            for row in rows
            if row.id in self._by_id
        )
        return (
            _index((words_of(actor.full_name), actor) for actor in everybody),
            _index(also),
            _index((words_of(actor.full_name)[-1:], actor) for actor in everybody if _is_person(actor)),
            _index((part, actor) for actor in everybody for part in _parts(words_of(actor.full_name))),
        )

    @cached_property
    def _given_names(self) -> Index:
        return _index((words_of(actor.full_name)[:1], actor) for actor in self._by_id.values() if _is_person(actor))


def _close(wanted: str, known: Mapping[str, str]) -> tuple[str, ...]:
    same_length = [name for name in known if abs(len(name) - len(wanted)) <= 1]
    return tuple(dict.fromkeys(known[name] for name in get_close_matches(wanted, same_length, n=3, cutoff=0.75)))


def _is_person(actor: Named) -> bool:
    """Whether an actor is a person with a name, and not 'Russian official'."""
    return actor.kind == "person" and actor.full_name.split()[-1][0].isupper()


def _index(named: Iterable[tuple[Words, Named]]) -> Index:
    found: dict[Words, dict[str, Named]] = {}
    for words, actor in named:
        if words:
            found.setdefault(words, {})[actor.id] = actor
    return {words: tuple(actors.values()) for words, actors in found.items()}


def _parts(words: Words) -> Iterator[Words]:
    """Yield what ends a name, two words or more, unless it goes with 'of', 'in' or the like: 'British diplomats'."""
    yield from (words[i:] for i in range(1, len(words) - 1) if not (is_word(words[i - 1]) or is_word(words[i])))


@remembered
def _table_names() -> tuple[Index, ...]:
    rows = tables().actors
    return (
        _index((words_of(text), _named(row)) for text, several in aliases().items() for row in several),
        _index((words_of(row.name)[-1:], _named(row)) for row in rows if row.kind == "person"),
    )


def _named(row: ActorRow) -> Named:
    return Named(row.id, row.name, row.kind, row.country or "")


@remembered
def _countries() -> dict[Words, str]:
    return {words_of(name): row.iso3 for row in tables().countries for name in (row.name, *row.aliases)}


@remembered
def _places() -> dict[Words, str]:
    found: dict[Words, str] = {}
    for row in tables().places:
        for name in (row.name, *row.aliases):
            found.setdefault(words_of(name), row.name)
    return found
