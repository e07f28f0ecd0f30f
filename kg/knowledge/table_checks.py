"""What can be wrong with the tables as a whole: each problem with file, line and cure."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import chain, combinations, pairwise

from kg.knowledge.rows import (
    ActorRow,
    AnyRow,
    AnySheet,
    CountryRow,
    JointOfficeRow,
    OfficeRow,
    PlaceRow,
    Tables,
    key,
    names_of,
    of_type,
    overlap,
    said,
    state_of,
)

Placed = tuple[AnySheet, int, ActorRow]
Term = tuple[AnySheet, int, OfficeRow]


def check(world: Tables) -> tuple[str, ...]:
    """Return the problems of the tables, each with file, line and cure; nothing when all is well."""
    tests = (_repeated, _unsorted, _unknown, _misdated, _held_twice, _contested, _circular)
    return tuple(chain.from_iterable(test(world.sheets) for test in tests))


def joint_offices(sheets: Sequence[AnySheet]) -> Callable[[OfficeRow], bool]:
    """Return a test of whether an office is one that several hold at a time."""
    joint = {key(row) for sheet in of_type(sheets, JointOfficeRow) for row in sheet.rows}
    return lambda row: (row.title, "") in joint or (row.title, row.of) in joint


def _repeated(sheets: Sequence[AnySheet]) -> Iterator[str]:
    seen: dict[tuple[object, ...], tuple[AnySheet, int]] = {}
    for sheet in sheets:
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            other, number = seen.setdefault((_table(row), *_identity(row)), (sheet, line))
            if (other, number) != (sheet, line):
                yield _repetition(row, (sheet, line), (other, number))


def _repetition(row: AnyRow, here: tuple[AnySheet, int], there: tuple[AnySheet, int]) -> str:
    what = f"{here[0].where(here[1])}: {said(row)!r} stands in {there[0].where(there[1])} already"
    if here[0].own and not there[0].own:
        return f"{what}; take another id, or write yes in the column replaces to put this row in its place"
    return f"{what}; keep one row"


def _table(row: AnyRow) -> type[AnyRow]:
    return ActorRow if isinstance(row, CountryRow) else type(row)


def _identity(row: AnyRow) -> tuple[str, ...]:
    return (row.iso3.lower(),) if isinstance(row, CountryRow) else key(row)


def _unsorted(sheets: Sequence[AnySheet]) -> Iterator[str]:
    for sheet in sheets:
        if sheet.own:
            continue
        for line, (before, row) in zip(sheet.lines[1:], pairwise(sheet.rows), strict=False):
            if key(row) < key(before):
                yield f"{sheet.where(line)}: {said(row)!r} stands too late; sort the file by its key"


def _unknown(sheets: Sequence[AnySheet]) -> Iterator[str]:
    states = {row.iso3 for sheet in of_type(sheets, CountryRow) for row in sheet.rows}
    ids = {row.id for sheet in of_type(sheets, ActorRow) for row in sheet.rows} | {iso3.lower() for iso3 in states}
    for sheet in sheets:
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            if isinstance(row, ActorRow | PlaceRow) and row.country and row.country not in states:
                yield f"{sheet.where(line)}: no country {row.country!r}; use an iso3 of countries.csv"
    for sheet in of_type(sheets, OfficeRow):
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            if row.holder not in ids:
                yield f"{sheet.where(line)}: no holder {row.holder!r}; add a row to {_beside(sheet, 'actors.csv')}"
            for body in {row.of, row.to or row.of} - states - ids:
                yield f"{sheet.where(line)}: no state or body {body!r}; use an iso3 or the id of an actor"


def _beside(sheet: AnySheet, table: str) -> str:
    return "a table of actors" if sheet.own else table


def _misdated(sheets: Sequence[AnySheet]) -> Iterator[str]:
    for sheet in chain[AnySheet](of_type(sheets, ActorRow), of_type(sheets, OfficeRow)):
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            for day in filter(None, (row.start, row.end)):
                if not _is_day(day):
                    yield f"{sheet.where(line)}: {day!r} is no date; write YYYY-MM-DD"
            if row.start and row.end and row.start >= row.end:
                yield f"{sheet.where(line)}: ends {row.end}, not after its start {row.start}; mend the dates"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _held_twice(sheets: Sequence[AnySheet]) -> Iterator[str]:
    for terms in _by_office(sheets).values():
        terms.sort(key=lambda term: (term[0].own, term[2].start))
        for first, second in combinations(terms, 2):
            if overlap(first[2], second[2]):
                yield _second_holder(first, second)


def _by_office(sheets: Sequence[AnySheet]) -> dict[tuple[object, ...], list[Term]]:
    """Return the terms of each office; where several hold it at a time, those of each holder by themselves."""
    is_joint = joint_offices(sheets)
    found: dict[tuple[object, ...], list[Term]] = defaultdict(list)
    for sheet in of_type(sheets, OfficeRow):
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            found[row.title, row.of, row.to, row.holder if is_joint(row) else None].append((sheet, line, row))
    return found


def _second_holder(first: Term, second: Term) -> str:
    (there, number, other), (here, line, row) = first, second
    cure = "let one end where the other starts"
    if here.own and not there.own:
        cure += ", by a row with yes in the column replaces"
    return (
        f"{here.where(line)}: {row.holder} is {row.title} of {row.of} while {other.holder} is, in "
        f"{there.where(number)}; {cure}, or list the office among the joint ones"
    )


def _contested(sheets: Sequence[AnySheet]) -> Iterator[str]:
    claims: dict[tuple[str, str], list[Placed]] = {}
    for placed in _claimants(sheets):
        for text in names_of(placed[2]):
            claims.setdefault((placed[2].kind, text), []).append(placed)
    for (_, text), claimants in claims.items():
        for (_, _, first), (sheet, line, second) in combinations(claimants, 2):
            if first.id != second.id and overlap(first, second):
                yield (
                    f"{sheet.where(line)}: {text!r} names {second.id} as well as {first.id}; "
                    "drop it from one, or date the rows apart"
                )


def _claimants(sheets: Sequence[AnySheet]) -> Iterator[Placed]:
    for sheet in of_type(sheets, ActorRow):
        yield from ((sheet, line, row) for line, row in zip(sheet.lines, sheet.rows, strict=True))
    for states in of_type(sheets, CountryRow):
        yield from ((states, line, state_of(row)) for line, row in zip(states.lines, states.rows, strict=True))


def _circular(sheets: Sequence[AnySheet]) -> Iterator[str]:
    """Yield the rings of rows in which the name of each is an alias of the one before."""
    placed = {row.id: (sheet, line, row) for sheet, line, row in _claimants(sheets)}
    bearers: dict[str, list[str]] = {}
    for _, _, row in placed.values():
        bearers.setdefault(row.name, []).append(row.id)
    leads = {
        row.id: [bearer for alias in row.aliases for bearer in bearers.get(alias, ())]
        for _, _, row in placed.values()
        if not bearers.keys().isdisjoint(row.aliases)
    }
    while ring := _ring(leads):
        sheet, line, row = placed[ring[0]]
        yield (
            f"{sheet.where(line)}: the aliases lead in a circle, {' > '.join(ring)}; "
            f"drop {placed[ring[1]][2].name!r} from those of {row.id}"
        )
        leads[ring[0]].remove(ring[1])


def _ring(leads: dict[str, list[str]]) -> list[str]:
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []
