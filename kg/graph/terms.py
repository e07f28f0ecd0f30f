"""The tables that decide on accounts of events: how types are joined, and the words that say nothing."""

import calendar
import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_COUNTRY_COLUMNS = ("name", "aliases", "adjectives", "people", "metonyms")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Terms:
    """Types by how they are joined, light words, and the names of countries.

    `alike` has a common name for types that one act is told as.
    """

    frequent: frozenset[str]
    mutual: frozenset[str]
    verbal: frozenset[str]
    alike: Mapping[str, str]
    light: frozenset[str]
    countries: frozenset[str]


@cache
def terms() -> Terms:
    """Return the table; days, months, and the names and peoples of countries count as light words too."""
    raw: dict[str, dict[str, Any]] = tomllib.loads((files("kg.graph") / "joining.toml").read_text("utf-8"))
    types, words = raw["types"], raw["words"]
    alike = {name: "/".join(group) for group in types["alike"] for name in group}
    rows = _countries()
    days = _words(" ".join((*calendar.day_name, *calendar.month_name)))
    light = {*words["light"].split(), *days, *_country_words(rows)}
    frequent, mutual, verbal = (frozenset(types[name]) for name in ("frequent", "mutual", "verbal"))
    countries = frozenset(row["name"] for row in rows)
    return Terms(frequent, mutual, verbal, alike, frozenset(light), countries)


def content_words(text: str) -> frozenset[str]:
    """Return the words of a text that say something, in lower case and without the s of a plural."""
    return frozenset(word.removesuffix("s") for word in _words(text) if word not in terms().light)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _country_words(rows: Iterable[Mapping[str, str]]) -> set[str]:
    """Return the words for countries and their people."""
    return {word for row in rows for column in _COUNTRY_COLUMNS for word in _words(row[column])}


def _countries() -> list[dict[str, str]]:
    """Return the table of countries as kg ships it: what the user adds changes no graph."""
    return [*csv.DictReader((files("kg.knowledge") / "countries.csv").read_text("utf-8").splitlines())]
