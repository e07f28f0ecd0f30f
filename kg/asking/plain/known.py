"""What a store and the tables know that a question may name: actors, places, outlets, topics, days."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from kg.asking.names import Named, actors_of, fold
from kg.asking.plain.tokens import words_of
from kg.asking.plain.vocabulary import is_word
from kg.asking.questions import find
from kg.errors import QuestionError
from kg.knowledge.tables import ActorRow, actor_by_id, aliases, remembered, tables
from kg.model import Value
from kg.stores.base import Store

Words = tuple[str, ...]
Index = dict[Words, tuple[Named, ...]]

LONGEST_NAME = 8
SAID = "what_did_they_say"
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

    @property
    def has_articles(self) -> bool:
        """Whether the store holds any."""
        return bool(self._rows("articles", {}))

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

    def topic(self, phrase: str, *, said: bool) -> str:
        """Return the words of a topic of the store that are a phrase, or that hold its words in their order.

        At most two other words may stand between two of them. `said` where a statement will do that holds the phrase.
        Empty where no topic is about it.
        """
        if self._rows("topics", {"words": phrase}) or (said and self._rows(SAID, {"topic": phrase})):
            return phrase
        wanted = phrase.split()
        pattern = r"(?:\W+\w\S*){0,2}?\W+".join(map(re.escape, wanted)) if len(wanted) > 1 else r"(?!)"
        topics = self._rows("topics", {"words": max(wanted, key=len)}, limit=_EVERYTHING) if len(wanted) > 1 else ()
        found = (re.search(rf"\b{pattern}\b", str(name), re.IGNORECASE) for name, *_ in topics)
        return next((match.group() for match in found if match), "")

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
        names = sorted(str(name) for name, *_ in self._rows("outlets", {}, limit=_EVERYTHING))
        return {words: name for name in names for words in (words_of(name), words_of(name.removeprefix("The ")))}

    @cached_property
    def somebody(self) -> str:
        """The full name of the person whom articles name most often, 'Germany' where they name none."""
        rows = self._rows("most_mentioned", {"kind": "person"})
        return str(rows[0][find("most_mentioned").columns.index("actor")]) if rows else "Germany"

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
        names = (str(name) for name, *_ in self._rows("places", {"words": " ".join(words)}, limit=_EVERYTHING))
        return next((name for name in names if words_of(name) == words), "")

    def _rows(self, name: str, given: Mapping[str, Value], *, limit: int = 1) -> tuple[tuple[Value, ...], ...]:
        """Return rows of a canned query, none where what is given is not there at all."""
        query = find(name)
        bound = {each.name: each.default for each in query.parameters}
        return self._store.query(query.text, {**bound, **given, "limit": limit}).rows

    @cached_property
    def _published(self) -> list[str]:
        at = find("articles").columns.index("published")
        return [str(row[at]) for row in self._rows("articles", {}, limit=_EVERYTHING)]

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
