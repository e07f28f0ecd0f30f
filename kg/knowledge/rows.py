"""The rows of the tables of the world, and CSV files turned into them."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass, fields
from types import GenericAlias
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_origin

import msgspec

from kg.errors import KnowledgeError
from kg.model import Kind

Identifier = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9][A-Za-z0-9._:-]*$")]
Iso3 = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")]
Qid = Annotated[str, msgspec.Meta(pattern="^Q[1-9][0-9]*$")]
PlaceKind = Literal["city", "region", "country"]

SEVERAL = frozenset({"aliases", "metonyms", "handles", "adjectives", "people"})
"""The columns whose cells hold any number of values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """A person, body or state in the news; `cameo` is its code where no dated office gives another."""

    id: Identifier
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
class JointOfficeRow:
    """An office that several hold at a time, of one state or body or, where `of` is empty, of any."""

    title: str
    of: str = ""
    why: str


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


_SHAPES = {
    "country": "three capital letters, ISO 3166-1 alpha-3",
    "id": "letters, digits and . _ : -",
    "iso3": "three capital letters, ISO 3166-1 alpha-3",
    "lat": "a number from -90 to 90",
    "lon": "a number from -180 to 180",
    "organ": "true or false",
    "qid": "Q and digits, or empty",
}
AnyRow = ActorRow | AgentRow | CountryRow | JointOfficeRow | OfficeRow | PlaceRow
Row = TypeVar("Row", bound=AnyRow)
Other = TypeVar("Other", bound=AnyRow)
Cells = tuple[int, list[str]]

ROW_TYPES: dict[str, type[AnyRow]] = {
    "actors.csv": ActorRow,
    "agents.csv": AgentRow,
    "countries.csv": CountryRow,
    "joint_offices.csv": JointOfficeRow,
    "offices.csv": OfficeRow,
    "places.csv": PlaceRow,
}
NAMES = tuple(ROW_TYPES)


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """The rows that one file gives to one table, and the line of each.

    `replacing` holds the lines of rows that take the place of shipped ones; `own` tells a file of the user's.
    """

    file: str
    row_type: type[Row]
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    replacing: frozenset[int] = frozenset()
    own: bool = False

    def where(self, line: int) -> str:
        """Return a line of the file as messages name it."""
        return f"table {self.file}, line {line}"


AnySheet = Sheet[Any]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file of tables holds: sheets, what is wrong with its lines, and what of it had to be left out.

    `unread` holds the cells of the lines that are no rows.
    """

    sheets: tuple[AnySheet, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """All tables in the order of their files, states after the other actors, and a digest of the bytes.

    `sheets` holds the same rows with the file and the line of each.
    """

    actors: tuple[ActorRow, ...]
    offices: tuple[OfficeRow, ...]
    countries: tuple[CountryRow, ...]
    places: tuple[PlaceRow, ...]
    agents: tuple[AgentRow, ...]
    joint_offices: tuple[JointOfficeRow, ...]
    digest: str
    sheets: tuple[AnySheet, ...]


def tables_of(sheets: Sequence[AnySheet], digest: str) -> Tables:
    """Return the tables that sheets make up."""
    countries = _rows(sheets, CountryRow)
    return Tables(
        actors=(*_rows(sheets, ActorRow), *map(state_of, countries)),
        offices=_rows(sheets, OfficeRow),
        countries=countries,
        places=_rows(sheets, PlaceRow),
        agents=_rows(sheets, AgentRow),
        joint_offices=_rows(sheets, JointOfficeRow),
        digest=digest,
        sheets=tuple(sheets),
    )


def of_type(sheets: Iterable[AnySheet], row_type: type[Other]) -> Iterator[Sheet[Other]]:
    """Yield the sheets that hold rows of a type."""
    return (sheet for sheet in sheets if sheet.row_type is row_type)


def state_of(row: CountryRow) -> ActorRow:
    """Return the state of a country as an actor."""
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


def names_of(row: ActorRow) -> Iterable[str]:
    """Return every string that names an actor: name, aliases, metonyms and handles, each once."""
    return dict.fromkeys((row.name, *row.aliases, *row.metonyms, *row.handles))


def overlap(first: ActorRow | OfficeRow, second: ActorRow | OfficeRow) -> bool:
    """Return whether there is a day in the time of both rows."""
    return _before(first.start, second.end) and _before(second.start, first.end)


def key(row: AnyRow) -> tuple[str, ...]:
    """Return what tells a row from the others of its table, and sorts it."""
    match row:
        case ActorRow():
            return (row.id,)
        case AgentRow():
            return (row.noun,)
        case CountryRow():
            return (row.iso3,)
        case JointOfficeRow():
            return (row.title, row.of)
        case OfficeRow():
            return (row.of, row.title, row.to or "", row.start, row.holder)
        case PlaceRow():
            return (row.name, row.country or "")


def said(row: AnyRow) -> str:
    """Return what tells a row from the others of its table, as messages name it."""
    return " ".join(filter(None, key(row)))


def columns(row_type: type[AnyRow]) -> list[str]:
    """Return the columns of a table."""
    return [field.name for field in fields(row_type)]


def needed(row_type: type[AnyRow]) -> list[str]:
    """Return the columns of a table that no file may leave out."""
    return [field.name for field in fields(row_type) if field.default is MISSING and field.name != "source"]


def cells(file: str, content: bytes) -> list[Cells]:
    """Return the number and the cells of each line of a CSV file that is not blank.

    Raises KnowledgeError naming file, line and cure where it is not UTF-8 or its quotes are broken.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise KnowledgeError(f"table {file}, line {line}: not UTF-8; save the file in UTF-8") from error
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return [(lines.line_num, line) for line in lines if line]
    except csv.Error as error:
        raise KnowledgeError(f"table {file}, line {lines.line_num}: {error}; mend the quotes") from error


def sheet(file: str, content: bytes, row_type: type[AnyRow]) -> Contents:
    """Return what a CSV file holds whose header has all columns of a table, in their order."""
    try:
        lines = cells(file, content)
    except KnowledgeError as error:
        return Contents(problems=(str(error),))
    header = columns(row_type)
    if not lines or lines[0][1] != header:
        return Contents(problems=(f"table {file}, line 1: the header must be {','.join(header)}",))
    return sheet_of(Sheet(file, row_type, (), ()), header, lines[1:])


def sheet_of(
    empty: AnySheet, header: Sequence[str], lines: Sequence[Cells], given: dict[str, str] | None = None
) -> Contents:
    """Return an empty sheet filled with the rows of lines; `given` holds the values of columns left out."""
    problems = tuple(
        f"{empty.where(number)}: {len(line)} cells; there must be {len(header)}: {','.join(header)}"
        for number, line in lines
        if len(line) != len(header)
    )
    whole = [(number, line) for number, line in lines if len(line) == len(header)]
    values = [{**(given or {}), **_values(header, line)} for _, line in whole]
    faults = dict(_faults(empty, whole, values))
    sound = [(number, value) for (number, _), value in zip(whole, values, strict=True) if number not in faults]
    rows = msgspec.convert([value for _, value in sound], GenericAlias(list, (empty.row_type,)), strict=False)
    numbers = tuple(number for number, _ in sound)
    made = Sheet(empty.file, empty.row_type, tuple(rows), numbers, empty.replacing, empty.own)
    unread = (cell.strip() for number, line in lines if number not in numbers for cell in line)
    return Contents((made,), (*problems, *faults.values()), unread=frozenset(unread))


def _rows(sheets: Iterable[AnySheet], row_type: type[Other]) -> tuple[Other, ...]:
    return tuple(row for sheet in of_type(sheets, row_type) for row in sheet.rows)


def _before(start: str | None, end: str | None) -> bool:
    return start is None or end is None or start < end


def _values(header: Sequence[str], line: Sequence[str]) -> dict[str, Any]:
    return {
        column: [text.strip() for text in cell.split(";") if text.strip()] if column in SEVERAL else cell
        for column, cell in zip(header, line, strict=True)
        if cell
    }


def _faults(empty: AnySheet, lines: Iterable[Cells], values: Sequence[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that is no row of the table, and what is wrong with it."""
    try:
        msgspec.convert(values, GenericAlias(list, (empty.row_type,)), strict=False)
    except msgspec.ValidationError:
        yield from _each_fault(empty, lines, values)


def _each_fault(empty: AnySheet, lines: Iterable[Cells], values: Iterable[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    for (number, line), value in zip(lines, values, strict=True):
        try:
            msgspec.convert(value, empty.row_type, strict=False)
        except msgspec.ValidationError as error:
            yield number, f"{empty.where(number)}: {_cure(empty.row_type, value, str(error))}, in {','.join(line)!r}"


def _cure(row_type: type[AnyRow], value: dict[str, Any], error: str) -> str:
    """Return what is wrong with a cell, told by the error of the decoder, and what it must be."""
    if missing := re.search(r"required field `(\w+)`", error):
        return f"{missing[1]} is empty; it is needed"
    column = re.sub(r".*`\$\.(\w+).*", r"\1", error)
    choices = (get_args(each.type) for each in fields(row_type) if each.name == column and get_origin(each.type))
    shape = _SHAPES.get(column) or f"one of {', '.join(map(str, next(choices, ())))}"
    return f"{column} is {value[column]!r}; it must be {shape}"
