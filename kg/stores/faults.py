"""What is wrong with a Cypher text of the user's: told in the message, with a note that shows the place."""

import re

from kg.errors import QueryError

_PLACE = re.compile(r",? ?\(?(?:\bat )?line (\d+), col(?:umn)? (\d+)(?: \(offset: \d+\)\))?")
_OFFSET = re.compile(r" at position (\d+)$")
_AROUND = 50


def fault(told: str, cypher: str, *, shift: int = 0) -> QueryError:
    """Return the error that an engine told of a text, with a note that points at the place where it names one.

    `shift` is how many characters stood before the text in the first line that the engine saw.
    """
    line, column, message = _place(told, cypher)
    lines = cypher.split("\n")
    if line == 1:
        column -= shift
    if not 0 < line <= len(lines) or column < 1:
        return QueryError(message)
    error = QueryError(f"{message} (line {line}, column {column})")
    if lines[line - 1].strip():
        error.add_note(_pointed(lines[line - 1], column))
    return error


def out_of_time(timeout: float | None) -> QueryError:
    """Return the error of a query that did not end within its seconds."""
    within = "" if timeout is None else f" of its {timeout:g} seconds"
    return QueryError(f"the query ran out{within}; narrow it, or give it more time")


def _place(told: str, cypher: str) -> tuple[int, int, str]:
    """Return line and column, from 1 on, or zeros, and the message without them."""
    if found := _PLACE.search(told):
        rest = told[found.end() :].partition("\n")[0]
        return int(found[1]), int(found[2]), told[: found.start()] + rest
    if found := _OFFSET.search(told):
        before = cypher[: int(found[1])]
        return before.count("\n") + 1, len(before) - before.rfind("\n"), told[: found.start()]
    return 0, 0, told


def _pointed(line: str, column: int) -> str:
    """Return the part of a line around a column, with a caret under it."""
    start = max(0, column - 1 - _AROUND)
    part = line[start : column + _AROUND].replace("\t", " ").rstrip()
    return f"    {part}\n    {' ' * (column - 1 - start)}^"
