"""Rows as a table to read on a terminal."""

import io
from collections.abc import Iterator, Sequence

from kg.cli import terminal

LONG = 60
NARROWEST = 8
GAP = 2
INDENT = 4

Texts = Sequence[str]


def table(columns: Texts, rows: Sequence[Texts], width: int) -> Iterator[str]:
    """Yield the lines of a table at most `width` columns wide.

    Where it does not fit, columns of long texts, such as the evidence, stand under their row, then the ids.
    """
    widths = [max(_width(name), *(_width(row[at]) for row in rows), 0) for at, name in enumerate(columns)]
    narrow = _total(widths) > width
    ids = [at for at, name in enumerate(columns) if narrow and _is_id(name)]
    long = [at for at, size in enumerate(widths) if narrow and size > LONG and at not in ids]
    short = [at for at in range(len(widths)) if at not in (*long, *ids)]
    sizes = _squeezed([widths[at] for at in short], width)
    yield from _line([columns[at] for at in short], sizes, "bold")
    yield from _line(["─" * size for size in sizes], sizes, "dim")
    for row in rows:
        yield from _line([row[at] for at in short], sizes, "")
        for text in filter(None, (row[at] for at in long)):
            yield from _below(text, width)
        if ids:
            yield from _below("  ".join(f"{columns[at]} {row[at]}" for at in ids), width)


def _is_id(name: str) -> bool:
    return name == "article" or name.endswith("_id")


def _total(sizes: Sequence[int]) -> int:
    return sum(sizes) + GAP * (len(sizes) - 1)


def _squeezed(widths: Sequence[int], width: int) -> list[int]:
    """Return the widths made smaller, the widest first, until they fit or none can give way."""
    sizes = list(widths)
    while _total(sizes) > width and max(sizes, default=0) > NARROWEST:
        sizes[sizes.index(max(sizes))] -= 1
    return sizes


def _width(text: str) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, text.split("\n")))


def _line(cells: Texts, sizes: Sequence[int], style: str) -> Iterator[str]:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, GAP, 0, 0))
    for size in sizes:
        grid.add_column(width=size, overflow="fold")
    grid.add_row(*(Text(cell, style=style) for cell in cells))
    yield from _drawn(grid, sum(sizes) + GAP * len(sizes))


def _below(text: str, width: int) -> Iterator[str]:
    from rich.padding import Padding
    from rich.text import Text

    yield from _drawn(Padding(Text(text, style="dim"), (0, 0, 0, INDENT)), width)


def _drawn(picture: object, width: int) -> Iterator[str]:
    from rich.console import Console

    target = io.StringIO()
    Console(file=target, width=width, force_terminal=terminal.in_colour(), highlight=False).print(picture)
    yield from (line.rstrip() for line in target.getvalue().splitlines())
