"""Tables of the user's own, CSV or FollowTheMoney, added to those that come with kg."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.follow_the_money import supplement
from kg.knowledge.rows import (
    ROW_TYPES,
    AnyRow,
    AnySheet,
    Cells,
    Contents,
    OfficeRow,
    Sheet,
    Tables,
    cells,
    columns,
    key,
    needed,
    overlap,
    said,
    sheet_of,
    tables_of,
)
from kg.knowledge.table_checks import check, joint_offices

REPLACES = "replaces"
ANSWERS = {"": False, "no": False, "yes": True}
CSV = ".csv"
ENTITIES = (".json", ".jsonl", ".ndjson")


def added(world: Tables, paths: Sequence[Path]) -> tuple[Tables, Contents]:
    """Return the tables with files added, and what is wrong with the files or, where they can be read, with the whole.

    A row of a CSV file that says so takes the place of one of the tables. FollowTheMoney files come last, and what
    they say yields to the tables.
    """
    files, unread = _contents(paths)
    found = [_sheet(path, content) for path, content in files.items() if path.suffix.lower() == CSV]
    sheets = tuple(chain.from_iterable(each.sheets for each in found))
    world, idle = _merged(world, sheets, _digest(world, files.values()))
    for path, content in files.items():
        if path.suffix.lower() != CSV:
            found.append(supplement(world, str(path), content))
            world = tables_of(found[-1].sheets, world.digest)
    broken = (*unread, *chain.from_iterable(each.problems for each in found))
    notes = tuple(chain.from_iterable(each.notes for each in found))
    cells_unread = frozenset(chain.from_iterable(each.unread for each in found))
    is_whole = not unread and all(each.sheets for each in found)
    return world, Contents(
        world.sheets, (*broken, *idle, *check(world, unread=cells_unread if is_whole else None)), notes
    )


def _contents(paths: Sequence[Path]) -> tuple[dict[Path, bytes], list[str]]:
    """Return the bytes of each file, and why those of others cannot be had."""
    found: dict[Path, bytes] = {}
    problems: list[str] = []
    for path in dict.fromkeys(paths):
        try:
            found[path] = _content(path)
        except KnowledgeError as error:
            problems.append(str(error))
    return found, problems


def _content(path: Path) -> bytes:
    if path.suffix.lower() not in (CSV, *ENTITIES):
        raise KnowledgeError(f"table {path}: its name must end in {', '.join((CSV, *ENTITIES))}; rename it")
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise KnowledgeError(f"table {path} cannot be read: {reason}; mend its path where it is named") from error


def _digest(world: Tables, contents: Iterable[bytes]) -> str:
    parts = (hashlib.sha256(content).hexdigest() for content in contents)
    return hashlib.sha256(" ".join((world.digest, *parts)).encode()).hexdigest()[:16]


def _label(path: Path) -> str:
    """Return how messages name a file: never as they name a table of kg."""
    return f"./{path}" if str(path) in ROW_TYPES else str(path)


def _sheet(path: Path, content: bytes) -> Contents:
    file = _label(path)
    try:
        header, *lines = cells(file, content) or [(1, [""])]
        row_type = _row_type(file, header[1])
        return _rows(Sheet(file, row_type, (), (), own=True), header[1], lines)
    except KnowledgeError as error:
        return Contents(problems=(str(error),))


def _row_type(file: str, header: Sequence[str]) -> type[AnyRow]:
    """Return the table whose columns a header has.

    Raises KnowledgeError where it has none, has others besides, or lacks one that is needed.
    """
    name = max(ROW_TYPES, key=lambda name: len(set(header) & set(columns(ROW_TYPES[name]))))
    row_type = ROW_TYPES[name]
    where = f"table {file}, line 1"
    if not set(header) & set(columns(row_type)):
        told = "; ".join(f"{name} {','.join(needed(row_type))}" for name, row_type in ROW_TYPES.items())
        raise KnowledgeError(f"{where}: no header of a table; it must name at least the columns of one of: {told}")
    for column in header:
        if column not in (*columns(row_type), REPLACES) or header.count(column) > 1:
            known = ",".join((*columns(row_type), REPLACES))
            raise KnowledgeError(f"{where}: column {column!r} is none of {name}, or stands twice; there are {known}")
    if missing := [column for column in needed(row_type) if column not in header]:
        raise KnowledgeError(f"{where}: column {missing[0]!r} is missing; {name} needs {','.join(needed(row_type))}")
    return row_type


def _rows(empty: AnySheet, header: Sequence[str], lines: Sequence[Cells]) -> Contents:
    """Return a sheet of lines whose cells may have blanks around them, and may say that they replace a row."""
    stripped = [(number, [cell.strip() for cell in line]) for number, line in lines]
    given = {"source": empty.file} if "source" in columns(empty.row_type) else {}
    if REPLACES not in header:
        return sheet_of(empty, header, stripped, given)
    place = header.index(REPLACES)
    answers = {number: line[place] for number, line in stripped if len(line) == len(header)}
    odd = tuple(
        f"{empty.where(number)}: replaces is {answer!r}; write yes or leave it empty"
        for number, answer in answers.items()
        if answer not in ANSWERS
    )
    replacing = frozenset(number for number, answer in answers.items() if ANSWERS.get(answer))
    rest = [(number, line[:place] + line[place + 1 :]) for number, line in stripped]
    found = sheet_of(
        replace(empty, replacing=replacing), [column for column in header if column != REPLACES], rest, given
    )
    return replace(found, problems=(*odd, *found.problems))


def _merged(world: Tables, sheets: Sequence[AnySheet], digest: str) -> tuple[Tables, tuple[str, ...]]:
    """Return the tables with sheets added and without the rows that these replace, and which replace none."""
    new = [(sheet.where(line), row) for sheet, line, row in _replacing(sheets)]
    is_joint = joint_offices((*world.sheets, *sheets))
    useful: set[str] = set()

    def stays(old: AnyRow) -> bool:
        by = {where for where, row in new_at.get(_slot(old), ()) if _replaces(row, old, is_joint)}
        useful.update(by)
        return not by

    new_at: dict[tuple[object, ...], list[tuple[str, AnyRow]]] = defaultdict(list)
    for where, row in new:
        new_at[_slot(row)].append((where, row))
    kept = tuple(_filtered(sheet, stays) for sheet in world.sheets) if new else world.sheets
    idle = (
        f"{where}: {said(row)!r} replaces no row of kg; leave the column replaces empty"
        for where, row in new
        if where not in useful
    )
    return tables_of((*kept, *sheets), digest), tuple(idle)


def _replacing(sheets: Iterable[AnySheet]) -> Iterator[tuple[AnySheet, int, AnyRow]]:
    for sheet in sheets:
        for line, row in zip(sheet.lines, sheet.rows, strict=True):
            if line in sheet.replacing:
                yield sheet, line, row


def _filtered(sheet: AnySheet, stays: Callable[[AnyRow], bool]) -> AnySheet:
    kept = [(line, row) for line, row in zip(sheet.lines, sheet.rows, strict=True) if stays(row)]
    return replace(sheet, rows=tuple(row for _, row in kept), lines=tuple(line for line, _ in kept))


def _slot(row: AnyRow) -> tuple[object, ...]:
    """Return what a row and those that it may replace have in common."""
    return (row.title, row.of, row.to) if isinstance(row, OfficeRow) else (type(row), *key(row))


def _replaces(new: AnyRow, old: AnyRow, is_joint: Callable[[OfficeRow], bool]) -> bool:
    """Tell whether a row takes the place of another of its slot.

    Terms in an office do that begin on the same day, or are one holder's and touch; where several hold the office, the
    latter alone.
    """
    if not isinstance(new, OfficeRow) or not isinstance(old, OfficeRow):
        return True
    if new.holder == old.holder:
        return overlap(new, old)
    return new.start == old.start and not is_joint(new)
