"""What can be wrong with the tables as a whole: each problem with file, line and cure."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
from kg.knowledge.titles import meanings
from kg.knowledge.words import word_lists

Placed = tuple[AnySheet, int, ActorRow]
Term = tuple[AnySheet, int, OfficeRow]


def check(world: Tables, *, unread: Collection[str] | None = ()) -> tuple[str, ...]:
    """Return the problems of the tables, each with file, line and cure; nothing when all is well.

    `unread` holds what stands in lines that could not be read, so that nobody in them is said to be unknown; None
    where whole files could not.
    """
    rings = tuple(_rings(world.sheets))
    found = chain(
        *(test(world.sheets) for test in (_repeated, _unsorted, _placeless, _misdated, _held_twice)),
        _unknown(world.sheets, unread) if unread is not None else (),
        _contested(world.sheets, [{*ring} for ring in rings]),
        _circular(world.sheets, rings),
        *(test(world.sheets) for test in (_one_on_wikidata, _taken, _family_alone, _no_handle)),
        _called_otherwise(world.sheets),
        _miscoded(world),
    )
    return tuple(found)


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


def _placeless(sheets: Sequence[AnySheet]) -> Iterator[str]:
    states = _states(sheets)
    for sheet in sheets:
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            if isinstance(row, ActorRow | PlaceRow) and row.country and row.country not in states:
                yield f"{sheet.where(line)}: no country {row.country!r}; use an iso3 of countries.csv"


def _states(sheets: Sequence[AnySheet]) -> frozenset[str]:
    return frozenset(row.iso3 for sheet in of_type(sheets, CountryRow) for row in sheet.rows)


def _unknown(sheets: Sequence[AnySheet], unread: Collection[str]) -> Iterator[str]:
    states = _states(sheets)
    small = {iso3.lower() for iso3 in states}
    ids = {row.id for sheet in of_type(sheets, ActorRow) for row in sheet.rows}.union(unread)
    for sheet in of_type(sheets, OfficeRow):
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            if row.holder not in ids | small:
                yield f"{sheet.where(line)}: no holder {row.holder!r}; add a row to {_beside(sheet, 'actors.csv')}"
            for body in sorted({row.of, row.to or row.of} - states - ids):
                cure = f"write {body.upper()}" if body in small else "use an iso3 or the id of an actor"
                yield f"{sheet.where(line)}: no state or body {body!r}; {cure}"


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


def _contested(sheets: Sequence[AnySheet], rings: Sequence[set[str]]) -> Iterator[str]:
    """Yield the names that two actors of a kind bear; those of aliases in a circle are told as such."""
    claims: dict[tuple[str, str], list[Placed]] = {}
    for placed in _claimants(sheets):
        for text in names_of(placed[2]):
            claims.setdefault((placed[2].kind, text), []).append(placed)
    for (_, text), claimants in claims.items():
        for (_, _, first), (sheet, line, second) in combinations(claimants, 2):
            in_circle = any({first.id, second.id} <= ring for ring in rings)
            if first.id != second.id and overlap(first, second) and not in_circle:
                yield (
                    f"{sheet.where(line)}: {text!r} names {second.id} as well as {first.id}; "
                    "drop it from one, or date the rows apart"
                )


def _claimants(sheets: Sequence[AnySheet]) -> Iterator[Placed]:
    for sheet in of_type(sheets, ActorRow):
        yield from ((sheet, line, row) for line, row in zip(sheet.lines, sheet.rows, strict=True))
    for states in of_type(sheets, CountryRow):
        yield from ((states, line, state_of(row)) for line, row in zip(states.lines, states.rows, strict=True))


def _circular(sheets: Sequence[AnySheet], rings: Iterable[Sequence[str]]) -> Iterator[str]:
    placed = {row.id: (sheet, line, row) for sheet, line, row in _claimants(sheets)}
    for ring in rings:
        sheet, line, row = placed[ring[0]]
        yield (
            f"{sheet.where(line)}: the aliases lead in a circle, {' > '.join(ring)}; "
            f"drop {placed[ring[1]][2].name!r} from those of {row.id}"
        )


def _rings(sheets: Sequence[AnySheet]) -> Iterator[tuple[str, ...]]:
    """Yield the rings of rows in which the name of each is an alias of the one before."""
    rows = {row.id: row for _, _, row in _claimants(sheets)}
    bearers: dict[str, list[str]] = {}
    for row in rows.values():
        bearers.setdefault(row.name, []).append(row.id)
    leads = {
        row.id: [bearer for alias in row.aliases for bearer in bearers.get(alias, ())]
        for row in rows.values()
        if not bearers.keys().isdisjoint(row.aliases)
    }
    while ring := _ring(leads):
        yield tuple(ring)
        leads[ring[0]].remove(ring[1])


def _ring(leads: dict[str, list[str]]) -> list[str]:
    try:
        TopologicalSorter(leads).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _one_on_wikidata(sheets: Sequence[AnySheet]) -> Iterator[str]:
    seen: dict[str, Placed] = {}
    for sheet, line, row in _claimants(sheets):
        there, number, other = seen.setdefault(row.qid or f"none {row.id}", (sheet, line, row))
        if other.id != row.id:
            yield f"{sheet.where(line)}: {row.qid} is {other.id} in {there.where(number)}; mend one of the two"


def _taken(sheets: Sequence[AnySheet]) -> Iterator[str]:
    """Yield the names of bodies of the user's own that a body or state of another kind bears: 'Moscow'."""
    shipped: dict[str, list[Placed]] = defaultdict(list)
    own = [placed for placed in _claimants(sheets) if placed[0].own and placed[2].kind != "person"]
    for placed in _claimants(sheets) if own else ():
        for text in names_of(placed[2]) if placed[2].kind != "person" and not placed[0].own else ():
            shipped[text].append(placed)
    for sheet, line, row in own:
        for text in names_of(row):
            for there, number, other in shipped[text]:
                if other.kind != row.kind and overlap(row, other):
                    yield f"{sheet.where(line)}: {text!r} names {other.id} in {there.where(number)}; drop it here"


def _family_alone(sheets: Sequence[AnySheet]) -> Iterator[str]:
    """Yield the aliases of persons of the user's own that are their family name and no more."""
    first = word_lists("words")["names", "family_first"]
    for sheet, line, row in _claimants(sheets):
        words = row.name.split()
        family = words[0] if row.country in first else words[-1]
        if sheet.own and row.kind == "person" and len(words) > 1 and family in row.aliases:
            yield f"{sheet.where(line)}: {family!r} is the family name of {row.id} alone, found by itself; drop it"


def _no_handle(sheets: Sequence[AnySheet]) -> Iterator[str]:
    for sheet, line, row in _claimants(sheets):
        for text in row.handles:
            if not text.startswith("@"):
                yield f"{sheet.where(line)}: the handle {text!r} has no @; write {'@' + text!r}"


def _called_otherwise(sheets: Sequence[AnySheet]) -> Iterator[str]:
    """Yield the offices of the user's own that kg has under another title: 'federal chancellor'."""
    shipped = {(row.title, row.of) for sheet in of_type(sheets, OfficeRow) if not sheet.own for row in sheet.rows}
    words = {row.iso3: _words_of(row) for sheet in of_type(sheets, CountryRow) for row in sheet.rows}
    for sheet in of_type(sheets, OfficeRow):
        for line, row in zip(sheet.lines, sheet.rows, strict=True) if sheet.own else ():
            known = next((title for title in _meant(row, words) if (title, row.of) in shipped), row.title)
            if known != row.title and (row.title, row.of) not in shipped:
                yield f"{sheet.where(line)}: {row.title!r} of {row.of} is {known!r} in the tables; write that"


def _words_of(row: CountryRow) -> frozenset[str]:
    return frozenset(name.lower() for name in (row.name, row.iso3, *row.aliases, *row.adjectives))


def _meant(row: OfficeRow, words: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the titles that a title can stand for, without the state before it: 'us president'."""
    title = row.title
    for name in sorted(words.get(row.of, ()), key=len, reverse=True):
        title = title.removeprefix(f"{name} ")
    return meanings(title, row.of)


def _miscoded(world: Tables) -> Iterator[str]:
    """Yield the CAMEO codes that do not begin with a state, a region, a sector or what is international."""
    lists = word_lists("actor_codes")
    states = _states(world.sheets)
    known = {
        *states,
        *(row.sector for row in world.agents),
        *lists["codes", "international"],
        *lists["codes", "regions"],
    }
    for sheet in chain[AnySheet](of_type(world.sheets, ActorRow), of_type(world.sheets, OfficeRow)):
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            code = row.cameo or ""
            if code and (code[:3] not in known or not re.fullmatch("([A-Z]{3})+", code)):
                yield f"{sheet.where(line)}: {code!r} is no CAMEO code; begin as in RUSGOV or IGOUNO"
