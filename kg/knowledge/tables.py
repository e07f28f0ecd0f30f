"""Tables of the world: actors, dated offices, countries, places, and nouns that name actors by what they are.

Each table is a CSV file beside this module, in UTF-8 with a header line, sorted by its key; `;` joins the values
of a cell that holds several. Dates are ISO 8601; `start` is the first day and `end` the first day after, so that
one holder follows another on the same day. Files of the user's own are added by `using`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from kg.errors import KnowledgeError
from kg.knowledge import own
from kg.knowledge.in_use import InUse
from kg.knowledge.rows import (
    NAMES,
    ROW_TYPES,
    ActorRow,
    AgentRow,
    Contents,
    CountryRow,
    OfficeRow,
    PlaceRow,
    Tables,
    names_of,
    of_type,
    sheet,
    tables_of,
)
from kg.knowledge.table_checks import check

__all__ = [
    "NAMES",
    "ActorRow",
    "AgentRow",
    "CountryRow",
    "OfficeRow",
    "PlaceRow",
    "Tables",
    "actor_by_id",
    "adjectives",
    "aliases",
    "capitals",
    "check",
    "holders",
    "is_held",
    "is_joint",
    "metonyms",
    "offices_of",
    "origin",
    "own_files",
    "place_of",
    "read",
    "remembered",
    "review",
    "tables",
    "terms",
    "using",
]

_world = InUse(lambda paths: _with(paths))
using = _world.using
own_files = _world.own
remembered = _world.remembered


def tables() -> Tables:
    """Return the tables that come with kg and those of the user's own.

    Raises KnowledgeError naming file, line and cure where a table is broken or contradicts another.
    """
    return _world()


def read(folder: Traversable) -> Tables:
    """Return the tables of a folder.

    Raises KnowledgeError naming file, line and cure where a table is broken.
    """
    world, problems = _read(folder)
    _refuse(problems)
    return world


def review(paths: Sequence[Path]) -> Contents:
    """Return all that is wrong with the tables that come with kg and with files of the user's own."""
    shipped, broken = _shipped()
    _, added = own.added(shipped, paths)
    return replace(added, problems=broken or added.problems)


def actor_by_id(identifier: str) -> ActorRow:
    """Return the actor of that id.

    Raises KnowledgeError where the tables hold none.
    """
    try:
        return _actors()[identifier]
    except KeyError:
        raise KnowledgeError(f"no actor {identifier!r} in the tables; add a row to actors.csv") from None


@remembered
def aliases() -> Mapping[str, tuple[ActorRow, ...]]:
    """Return the actors by every exact string that names them: names, aliases, metonyms and handles."""
    found: dict[str, tuple[ActorRow, ...]] = {}
    for row in tables().actors:
        for text in names_of(row):
            found[text] = (*found.get(text, ()), row)
    return MappingProxyType(found)


def holders(title: str, of: str, *, day: str, to: str | None = None) -> tuple[ActorRow, ...]:
    """Return who held an office of a state (ISO3) or body (actor id) on an ISO day; `to` narrows ambassadors."""
    return tuple(actor_by_id(row.holder) for row in terms(title, of, to=to) if is_held(row, day))


def terms(title: str, of: str, *, to: str | None = None) -> tuple[OfficeRow, ...]:
    """Return the terms in an office of a state (ISO3) or body (actor id); `to` narrows ambassadors."""
    return tuple(row for row in _offices().get((title, of), ()) if to in (None, row.to))


def is_held(row: OfficeRow, day: str) -> bool:
    """Tell whether an ISO day lies in a term of office."""
    return row.start <= day and (row.end is None or day < row.end)


def is_joint(title: str, of: str) -> bool:
    """Tell whether an office is one that several hold at a time."""
    joint = {(row.title, row.of) for row in tables().joint_offices}
    return (title, "") in joint or (title, of) in joint


def offices_of(holder: str) -> tuple[OfficeRow, ...]:
    """Return the offices that an actor has held, by their first day."""
    return tuple(sorted(_held().get(holder, ()), key=lambda row: row.start))


def origin(actor: ActorRow) -> tuple[str, ActorRow | CountryRow]:
    """Return file and line of the row that an actor stands in, and that row: of a state, its country's."""
    return _origins()[actor.id]


def place_of(office: OfficeRow) -> str:
    """Return file and line of a term of office."""
    return _office_places()[office]


@remembered
def adjectives() -> Mapping[str, str]:
    """Return the ISO3 code by adjective and by name of the people: "Russian", "Russians"."""
    return MappingProxyType({word: row.iso3 for row in tables().countries for word in (*row.people, *row.adjectives)})


@remembered
def capitals() -> Mapping[str, str]:
    """Return the ISO3 code by capital."""
    return MappingProxyType({row.capital: row.iso3 for row in tables().countries})


@remembered
def metonyms() -> Mapping[str, str]:
    """Return the ISO3 code by the places that stand for a state: "Moscow"."""
    return MappingProxyType({word: row.iso3 for row in tables().countries for word in row.metonyms})


def _with(paths: Sequence[Path]) -> Tables:
    if not paths:
        return _as_shipped()
    shipped, broken = _shipped()
    _refuse(broken)
    world, added = own.added(shipped, paths)
    _refuse(added.problems)
    return world


@cache
def _as_shipped() -> Tables:
    world, broken = _shipped()
    _refuse(broken or check(world))
    return world


@cache
def _shipped() -> tuple[Tables, tuple[str, ...]]:
    return _read(files("kg.knowledge"))


@remembered
def _actors() -> dict[str, ActorRow]:
    return {row.id: row for row in tables().actors}


@remembered
def _offices() -> dict[tuple[str, str], tuple[OfficeRow, ...]]:
    found: dict[tuple[str, str], tuple[OfficeRow, ...]] = {}
    for row in tables().offices:
        found[row.title, row.of] = (*found.get((row.title, row.of), ()), row)
    return found


@remembered
def _held() -> dict[str, tuple[OfficeRow, ...]]:
    found: dict[str, tuple[OfficeRow, ...]] = {}
    for row in tables().offices:
        found[row.holder] = (*found.get(row.holder, ()), row)
    return found


@remembered
def _origins() -> dict[str, tuple[str, ActorRow | CountryRow]]:
    found: dict[str, tuple[str, ActorRow | CountryRow]] = {}
    for table in tables().sheets:
        for line, row in zip(table.lines, table.rows, strict=True):
            if isinstance(row, ActorRow):
                found[row.id] = (table.where(line), row)
            elif isinstance(row, CountryRow):
                found[row.iso3.lower()] = (table.where(line), row)
    return found


@remembered
def _office_places() -> dict[OfficeRow, str]:
    sheets = of_type(tables().sheets, OfficeRow)
    return {row: each.where(line) for each in sheets for line, row in zip(each.lines, each.rows, strict=True)}


def _read(folder: Traversable) -> tuple[Tables, tuple[str, ...]]:
    """Return the tables of a folder as far as they can be read, and what is wrong with the rest."""
    contents = {name: _content(folder, name) for name in NAMES}
    found = [sheet(name, content, ROW_TYPES[name]) for name, content in contents.items()]
    sheets = tuple(chain.from_iterable(each.sheets for each in found))
    return tables_of(sheets, _digest(contents)), tuple(chain.from_iterable(each.problems for each in found))


def _content(folder: Traversable, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise KnowledgeError(f"table {name} cannot be read; install kg again") from error


def _digest(contents: Mapping[str, bytes]) -> str:
    hashed = hashlib.sha256()
    for name in NAMES:
        hashed.update(name.encode() + b"\0" + contents[name])
    return hashed.hexdigest()[:16]


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        rest = f" ({len(problems) - 1} more: kg actors check lists them)" if len(problems) > 1 else ""
        raise KnowledgeError(problems[0] + rest)
