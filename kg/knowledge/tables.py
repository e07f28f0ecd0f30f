"""Tables of the world: actors, dated offices, countries, places, and nouns that name actors by what they are.

Each table is a CSV file beside this module, in UTF-8 with a header line, sorted by its key; `;` joins the values
of a cell that holds several. Dates are ISO 8601; `start` is the first day and `end` the first day after, so that
one holder follows another on the same day.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain, combinations, pairwise
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from kg.errors import KnowledgeError
from kg.model import Kind

Iso3 = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
Qid = Annotated[str, msgspec.Meta(pattern="^Q[1-9][0-9]*$")]
PlaceKind = Literal["city", "region", "country"]

SEVERAL = frozenset({"aliases", "metonyms", "handles", "adjectives", "people"})
"""The columns whose cells hold any number of values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """A person, body or state in the news; `cameo` is its code where no dated office gives another."""

    id: str
    name: str
    kind: Kind
    country: Iso3 | None = None
    cameo: str | None = None
    qid: Qid | None = None
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRow:
    """Who held an office of a state (ISO3) or body (actor id) and when; for ambassadors also `to` whom."""

    title: str
    of: str
    to: str | None = None
    holder: str
    cameo: str
    start: str
    end: str | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryRow:
    """A state, the words for it and its people, its capital, and the places that stand for it."""

    iso3: Iso3
    name: str
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: str
    metonyms: tuple[str, ...] = ()
    qid: Qid | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A city, region or country, where it lies in degrees, and its other names."""

    name: str
    country: Iso3 | None = None
    lat: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    lon: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    kind: PlaceKind
    aliases: tuple[str, ...] = ()
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRow:
    """A noun for actors: the kind and CAMEO sector it names, and whether that is an organ, not people."""

    noun: str
    kind: Kind
    sector: str = ""
    organ: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All tables in the order of their files, states after the other actors, and a digest of the bytes."""

    actors: tuple[ActorRow, ...]
    offices: tuple[OfficeRow, ...]
    countries: tuple[CountryRow, ...]
    places: tuple[PlaceRow, ...]
    agents: tuple[AgentRow, ...]
    digest: str


AnyRow = ActorRow | OfficeRow | CountryRow | PlaceRow | AgentRow
Row = TypeVar("Row", bound=AnyRow)

NAMES = ("actors.csv", "agents.csv", "countries.csv", "offices.csv", "places.csv")


@cache
def tables() -> Tables:
    """Return the tables that come with kg.

    Raises KnowledgeError naming file, line and cure where a table is broken.
    """
    return read(files("kg.knowledge"))


def read(folder: Traversable) -> Tables:
    """Return the tables of a folder.

    Raises KnowledgeError naming file, line and cure where a table is broken.
    """
    contents = {name: _content(folder, name) for name in NAMES}
    countries = _rows("countries.csv", contents["countries.csv"], CountryRow)
    return Tables(
        actors=(*_rows("actors.csv", contents["actors.csv"], ActorRow), *map(_state, countries)),
        offices=_rows("offices.csv", contents["offices.csv"], OfficeRow),
        countries=countries,
        places=_rows("places.csv", contents["places.csv"], PlaceRow),
        agents=_rows("agents.csv", contents["agents.csv"], AgentRow),
        digest=_digest(contents),
    )


def check(world: Tables) -> tuple[str, ...]:
    """Return the problems of the tables, each with file, line and cure; nothing when all is well."""
    tests = (_repeated, _unsorted, _unknown, _misdated, _contested)
    return tuple(chain.from_iterable(test(world) for test in tests))


def actor_by_id(identifier: str) -> ActorRow:
    """Return the actor of that id.

    Raises KnowledgeError where the tables hold none.
    """
    try:
        return _actors()[identifier]
    except KeyError:
        raise KnowledgeError(f"no actor {identifier!r} in the tables; add a row to actors.csv") from None


@cache
def aliases() -> Mapping[str, tuple[ActorRow, ...]]:
    """Return the actors by every exact string that names them: names, aliases, metonyms and handles."""
    found: dict[str, tuple[ActorRow, ...]] = {}
    for row in tables().actors:
        for text in _strings(row):
            found[text] = (*found.get(text, ()), row)
    return MappingProxyType(found)


def holders(title: str, of: str, *, day: str, to: str | None = None) -> tuple[ActorRow, ...]:
    """Return who held an office of a state (ISO3) or body (actor id) on an ISO day; `to` narrows ambassadors."""
    return tuple(
        actor_by_id(row.holder)
        for row in _offices().get((title, of), ())
        if to in (None, row.to) and row.start <= day and (row.end is None or day < row.end)
    )


@cache
def adjectives() -> Mapping[str, str]:
    """Return the ISO3 code by adjective and by name of the people: "Russian", "Russians"."""
    return MappingProxyType({word: row.iso3 for row in tables().countries for word in (*row.people, *row.adjectives)})


@cache
def capitals() -> Mapping[str, str]:
    """Return the ISO3 code by capital."""
    return MappingProxyType({row.capital: row.iso3 for row in tables().countries})


@cache
def metonyms() -> Mapping[str, str]:
    """Return the ISO3 code by the places that stand for a state: "Moscow"."""
    return MappingProxyType({word: row.iso3 for row in tables().countries for word in row.metonyms})


@cache
def _actors() -> dict[str, ActorRow]:
    return {row.id: row for row in tables().actors}


@cache
def _offices() -> dict[tuple[str, str], tuple[OfficeRow, ...]]:
    found: dict[tuple[str, str], tuple[OfficeRow, ...]] = {}
    for row in tables().offices:
        found[row.title, row.of] = (*found.get((row.title, row.of), ()), row)
    return found


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


def _rows(name: str, content: bytes, row_type: type[Row]) -> tuple[Row, ...]:
    columns = [field.name for field in fields(row_type)]
    lines = list(_cells(name, content))
    if not lines or lines[0] != columns:
        raise KnowledgeError(f"table {name}, line 1: the header must be {','.join(columns)}")
    return tuple(
        _row(f"table {name}, line {number}", columns, cells, row_type)
        for number, cells in enumerate(lines[1:], start=2)
    )


def _cells(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise KnowledgeError(f"table {name}, line {line}: not UTF-8; save the file in UTF-8") from error
    lines = csv.reader(text.splitlines(), strict=True)
    try:
        yield from lines
    except csv.Error as error:
        raise KnowledgeError(f"table {name}, line {lines.line_num}: {error}; mend the quotes") from error


def _row(where: str, columns: list[str], cells: list[str], row_type: type[Row]) -> Row:
    if len(cells) != len(columns):
        raise KnowledgeError(f"{where}: {len(cells)} cells; there must be {len(columns)}: {','.join(columns)}")
    values: dict[str, Any] = {
        column: cell.split(";") if column in SEVERAL else cell
        for column, cell in zip(columns, cells, strict=True)
        if cell
    }
    try:
        return msgspec.convert(values, row_type, strict=False)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{where}: {error}; mend that cell of {','.join(cells)!r}") from error


def _state(row: CountryRow) -> ActorRow:
    return ActorRow(
        id=row.iso3.lower(),
        name=row.name,
        kind="state",
        country=row.iso3,
        cameo=row.iso3,
        qid=row.qid,
        aliases=row.aliases,
        metonyms=row.metonyms,
        source=row.source,
    )


def _strings(row: ActorRow) -> Iterable[str]:
    return dict.fromkeys((row.name, *row.aliases, *row.metonyms, *row.handles))


def _located(name: str, rows: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    return ((f"table {name}, line {number}", row) for number, row in enumerate(rows, start=2))


def _files(world: Tables) -> tuple[tuple[tuple[str, AnyRow], ...], ...]:
    listed = world.actors[: len(world.actors) - len(world.countries)]
    every: tuple[tuple[AnyRow, ...], ...] = (
        listed,
        world.agents,
        world.countries,
        world.offices,
        world.places,
    )
    return tuple(tuple(_located(name, rows)) for name, rows in zip(NAMES, every, strict=True))


def _key(row: AnyRow) -> tuple[str, ...]:
    match row:
        case ActorRow():
            return (row.id,)
        case AgentRow():
            return (row.noun,)
        case CountryRow():
            return (row.iso3,)
        case OfficeRow():
            return (row.of, row.title, row.to or "", row.start, row.holder)
        case PlaceRow():
            return (row.name, row.country or "")


def _repeated(world: Tables) -> Iterator[str]:
    for rows in _files(world):
        counts = Counter(_key(row) for _, row in rows)
        for where, row in rows:
            if counts[_key(row)] > 1:
                yield f"{where}: {' '.join(_key(row))!r} stands {counts[_key(row)]} times; keep one row"


def _unsorted(world: Tables) -> Iterator[str]:
    for rows in _files(world):
        for (_, before), (where, row) in pairwise(rows):
            if _key(row) < _key(before):
                yield f"{where}: {' '.join(_key(row))!r} stands too late; sort the file by its key"


def _unknown(world: Tables) -> Iterator[str]:
    states = {row.iso3 for row in world.countries}
    ids = {row.id for row in world.actors}
    for where, row in chain.from_iterable(_files(world)):
        if isinstance(row, ActorRow | PlaceRow) and row.country and row.country not in states:
            yield f"{where}: no country {row.country!r}; use an iso3 of countries.csv"
        if isinstance(row, OfficeRow):
            if row.holder not in ids:
                yield f"{where}: no holder {row.holder!r}; add a row to actors.csv"
            for body in {row.of, row.to or row.of} - states - ids:
                yield f"{where}: no state or body {body!r}; use an iso3 or the id of an actor"


def _misdated(world: Tables) -> Iterator[str]:
    for where, row in chain.from_iterable(_files(world)):
        if not isinstance(row, ActorRow | OfficeRow):
            continue
        wrong = [day for day in (row.start, row.end) if day and not _is_day(day)]
        yield from (f"{where}: {day!r} is no date; write YYYY-MM-DD" for day in wrong)
        if row.start and row.end and row.start >= row.end:
            yield f"{where}: ends {row.end}, not after its start {row.start}; mend the dates"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _contested(world: Tables) -> Iterator[str]:
    claims: dict[tuple[str, str], list[tuple[str, ActorRow]]] = {}
    for where, row in _claimants(world):
        for text in _strings(row):
            claims.setdefault((row.kind, text), []).append((where, row))
    for (_, text), claimants in claims.items():
        for (_, first), (where, second) in combinations(claimants, 2):
            if _overlap(first, second):
                yield (
                    f"{where}: {text!r} names {second.id} as well as {first.id}; "
                    "drop it from one, or date the rows apart"
                )


def _claimants(world: Tables) -> Iterator[tuple[str, ActorRow]]:
    states = {row.iso3.lower(): where for where, row in _located("countries.csv", world.countries)}
    for where, row in _located("actors.csv", world.actors):
        yield states.get(row.id, where), row


def _overlap(first: ActorRow, second: ActorRow) -> bool:
    return _before(first.start, second.end) and _before(second.start, first.end)


def _before(start: str | None, end: str | None) -> bool:
    return start is None or end is None or start < end
