"""Which actor of a store a name means: exact names first, then aliases, then surnames and other parts."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from kg.asking.questions import find
from kg.errors import UsageError
from kg.stores.base import Store

LISTED_AT_MOST = 10

_EVERYBODY = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Named:
    """An actor of a store; `country` is ISO 3166-1 alpha-3, empty where unknown."""

    id: str
    full_name: str
    kind: str
    country: str


def resolve(store: Store, name: str) -> Named:
    """Return the actor that a name means, capitals and accents aside.

    Tried in turn: its id, its full name, the aliases of the tables, the surname of a person, any words of a
    full name. Raises UsageError where several actors fit, listing them, or none, with the nearest names.
    """
    refuse_broken(name)
    same = actors_of(store, name)
    for actor in same:
        if actor.id == name or len(same) == 1:
            return actor
    actors = actors_of(store)
    for fits in _tests(fold(name)):
        found = [actor for actor in actors if fits(actor)]
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{name!r} may be {_listed(found)}; give {_telling(found)}")
    raise UsageError(f"no actor {name!r} in {store.address}; {_nearest(name, 'actors', _full_names(actors))}")


def refuse_broken(text: str) -> None:
    """Raise UsageError for a text with bytes that were no UTF-8, which no store takes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(f"{text!r} is not UTF-8; write it anew") from error


def _full_names(actors: Iterable[Named]) -> Iterator[str]:
    return (actor.full_name for actor in actors)


def refuse_unknown(store: Store, what: str, words: str) -> None:
    """Raise UsageError where no topic, place or outlet of a store holds some words, with the nearest names."""
    listing = f"{what}s"
    if not _names(store, listing, words):
        hint = _nearest(words, listing, _names(store, listing, ""))
        raise UsageError(f"no {what} in {store.address} holds {words!r}; {hint}")


def _names(store: Store, listing: str, words: str) -> list[str]:
    most = 1 if words else _EVERYBODY
    return [str(name) for name, *_ in store.query(find(listing).text, {"words": words, "limit": most}).rows]


def fold(text: str) -> str:
    """Return a text without capitals, accents and surplus spaces, its apostrophes plain, for comparison."""
    bare = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join("".join(bare).replace("’", "'").casefold().split())


def actors_of(store: Store, name: str = "") -> list[Named]:
    """Return the actors of a store; with a name, those whose id or full name it is."""
    rows = store.query(find("actors").text, {"name": name, "words": "", "kind": "", "limit": _EVERYBODY}).rows
    return [Named(str(key), str(full_name), str(kind), str(country)) for key, full_name, kind, country, *_ in rows]


def _tests(wanted: str) -> Iterator[Callable[[Named], bool]]:
    known = _aliases().get(wanted, frozenset())
    yield lambda actor: fold(actor.full_name) == wanted
    yield lambda actor: actor.id in known
    yield lambda actor: actor.kind == "person" and fold(actor.full_name).endswith(f" {wanted}")
    yield lambda actor: bool(wanted) and f" {wanted} " in f" {fold(actor.full_name)} "


@cache
def _aliases() -> Mapping[str, frozenset[str]]:
    from kg.knowledge.tables import aliases

    found: dict[str, frozenset[str]] = {}
    for text, rows in aliases().items():
        key = fold(text)
        found[key] = found.get(key, frozenset()) | {row.id for row in rows}
    return MappingProxyType(found)


def _listed(actors: Sequence[Named]) -> str:
    named = [f"{actor.full_name} ({_described(actor, actors)})" for actor in actors[:LISTED_AT_MOST]]
    rest = len(actors) - LISTED_AT_MOST
    return " or ".join(named) + (f" or one of {rest} more" if rest > 0 else "")


def _described(actor: Named, actors: Iterable[Named]) -> str:
    shared = sum(other.full_name == actor.full_name for other in actors) > 1
    facts = (actor.kind, actor.country, f"id {actor.id}" if shared else "")
    return ", ".join(fact for fact in facts if fact)


def _telling(actors: Sequence[Named]) -> str:
    return "the whole name" if len({actor.full_name for actor in actors}) == len(actors) else "the id"


def _nearest(wanted: str, listing: str, names: Iterable[str]) -> str:
    """Return the end of a message: the names like the one that is not known, or the question that lists them."""
    by_words: dict[str, str] = {}
    for name in names:
        whole = fold(name)
        for words in (whole, *whole.split()):
            by_words.setdefault(words, name)
    close = dict.fromkeys(by_words[words] for words in get_close_matches(fold(wanted), by_words, n=5, cutoff=0.7))
    return f"did you mean {' or '.join(close)}?" if close else f"`kg query {listing}` lists them"
