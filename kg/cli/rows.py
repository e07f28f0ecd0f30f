"""Rows as text, in five formats: a table to read, JSON, JSON Lines, CSV and Markdown."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.cli import terminal
from kg.cli.table import table
from kg.model import Rows, Value

FORMATS = ("table", "json", "jsonl", "csv", "md")


def show(rows: Rows, form: str | None, *, about: Mapping[str, object] | None = None) -> None:
    """Print rows on stdout: without a format as a table on a terminal and as JSON Lines on a pipe.

    `about` goes before columns and rows in JSON. A note on stderr tells where a limit cut the answer off.
    """
    chosen = chosen_format(form)
    if chosen == "json":
        terminal.emit([as_json({**(about or {}), "columns": rows.columns, "rows": list(rows.mappings())})])
    elif chosen == "jsonl":
        terminal.emit(map(as_json, rows.mappings()))
    else:
        terminal.emit(_sheet(rows, chosen))
    if rows.truncated:
        terminal.note(f"only the first {len(rows.rows)} rows; --limit gives more")
    elif not rows.rows:
        terminal.note("no rows")


def show_figures(figures: Mapping[str, Value], form: str) -> None:
    """Print named figures: as one JSON object, as one row of CSV or Markdown, or one under another."""
    if form in ("json", "jsonl"):
        terminal.emit([as_json(figures)])
        return
    if form in ("csv", "md"):
        terminal.emit(_sheet(Rows(tuple(figures), (tuple(figures.values()),)), form))
        return
    longest = max(map(len, figures))
    terminal.emit(f"{name.replace('_', ' '):<{longest}}  {_text(value)}" for name, value in figures.items())


def chosen_format(form: str | None) -> str:
    """Return the format that was asked for, else a table on a terminal and JSON Lines on a pipe."""
    return form or ("table" if terminal.on_terminal() else "jsonl")


def as_json(value: object) -> str:
    """Return a value as one line of JSON, letters beyond ASCII as they are; what is no number there is null."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        return as_json(json.loads(json.dumps(value), parse_constant=lambda _: None))


def as_csv(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a CSV text; a value with line ends spans several."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(row)
        yield line.getvalue().removesuffix("\n")


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield _pipes(columns)
    yield _pipes(["---"] * len(columns))
    for row in rows:
        yield _pipes([_escaped(cell) for cell in row])


def _sheet(rows: Rows, form: str) -> Iterator[str]:
    texts = [[_text(value) for value in row] for row in rows.rows]
    if form == "csv":
        return as_csv([rows.columns, *rows.rows])
    return markdown(rows.columns, texts) if form == "md" else table(rows.columns, texts, terminal.width())


def _text(value: Value) -> str:
    if value is None:
        return ""
    return terminal.printable(value if isinstance(value, str) else json.dumps(value))


def _pipes(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").split())
