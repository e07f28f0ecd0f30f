"""Rows made to fit an answer: how much of them a program or an agent gets at a time."""

from dataclasses import dataclass

from kg.model import Rows, Value

_SIGNS = 6  # that JSON puts around a name and its value


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many characters an answer may have, and a single text in it before it is cut."""

    answer: int
    text: int


PROGRAM = Bounds(answer=8_000_000, text=500_000)
AGENT = Bounds(answer=40_000, text=2_000)


def fitted(rows: Rows, bounds: Bounds) -> tuple[tuple[dict[str, Value], ...], str]:
    """Return as many rows as fit, as mappings from column to value, and a note where some were left out.

    A text that is too long is cut, and ends in how many characters are missing.
    """
    found: list[dict[str, Value]] = []
    room = bounds.answer
    for row in rows.rows:
        cells = [_cut(value, bounds.text) for value in row]
        room -= sum(len(str(cell)) + len(name) + _SIGNS for name, cell in zip(rows.columns, cells, strict=True))
        if room < 0:
            return tuple(found), f"only {len(found)} rows fit into an answer; narrow the question, or ask for less"
        found.append(dict(zip(rows.columns, cells, strict=True)))
    note = f"only the first {len(found)} rows; a higher limit gives more" if rows.truncated else ""
    return tuple(found), note


def _cut(value: Value, most: int) -> Value:
    if not isinstance(value, str) or len(value) <= most:
        return value
    return f"{value[:most]}… ({len(value) - most} more characters)"
