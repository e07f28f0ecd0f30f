"""Titles of offices: what each can stand for in the tables, and what the words beside it make of it."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import msgspec


@dataclass(frozen=True, slots=True)
class Titles:
    """The lists of `titles.toml`."""

    synonyms: dict[str, tuple[str, ...]]
    ranks: dict[str, tuple[str, ...]]
    leaders: dict[str, tuple[str, ...]]
    alone: dict[str, frozenset[str]]
    turned: dict[str, frozenset[str]]
    owned: dict[str, frozenset[str]]
    ministries: dict[str, str]
    beginnings: dict[str, frozenset[str]]
    adverbs: dict[str, frozenset[str]]


@cache
def titles() -> Titles:
    """Return the lists of titles."""
    raw = tomllib.loads((files("kg.knowledge") / "titles.toml").read_text("utf-8"))
    return msgspec.convert(raw, Titles)


@cache
def meanings(title: str, of: str = "") -> tuple[str, ...]:
    """Return the titles that a title of a state or body can stand for: its own plain form, the likeliest, its rank's.

    'Minister of defence' is 'defence minister', 'vice-president' is 'vice president'; the leader of a state is its
    president or its head of government.
    """
    plain = _turned(" ".join(title.lower().replace("-", " ").split()))
    found = [plain, *titles().synonyms.get(plain, ()), *of_rank(plain)]
    if plain == "leader" and len(of) == len("USA") and of.isupper():
        found += titles().leaders["head" if of in titles().leaders["presidents"] else "government"]
    return tuple(dict.fromkeys(found))


def of_rank(title: str) -> tuple[str, ...]:
    """Return the titles of the offices of a title's rank: a foreign secretary is a foreign minister."""
    return next((rank for rank in titles().ranks.values() if title in rank), ())


def told_alone(title: str) -> str | None:
    """Return the state or body whose office a title names by itself: 'home secretary'."""
    return _alone().get(title)


def is_others(words: Iterable[str]) -> bool:
    """Tell whether a word among these makes an office another one: 'deputy', 'elect'."""
    return not titles().adverbs["others"].isdisjoint(words)


def is_earlier(words: Iterable[str]) -> bool:
    """Tell whether a word among these makes an office that of an earlier holder: 'former'."""
    return not titles().adverbs["earlier"].isdisjoint(words)


def is_then(words: Iterable[str]) -> bool:
    """Tell whether a word among these makes an office that of the holder on the day told: 'then'."""
    return not titles().adverbs["then"].isdisjoint(words)


def _turned(title: str) -> str:
    """Return 'defence minister' for 'minister of defence', and any other title as it is."""
    lists = titles().turned
    found = re.fullmatch(rf"({'|'.join(sorted(lists['nouns'], reverse=True))}) (?:of|for) (?:the )?(.+)", title)
    if found is None or title in lists["kept"]:
        return title
    return f"{found[2]} {found[1].split()[0]}"


@cache
def _alone() -> Mapping[str, str]:
    return MappingProxyType({title: of for of, names in titles().alone.items() for title in names})
