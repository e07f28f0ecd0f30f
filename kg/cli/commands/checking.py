"""Commands that check: doctor, eval, config."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import click

from kg.cli import options, rows, terminal
from kg.cli.checks import checks
from kg.cli.commands.reading import decoded
from kg.config import shown
from kg.model import KeptAside, Record, Rows, Value


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(rows.FORMATS),
    default="table",
    show_default=True,
    help="How to print it.",
)
@click.pass_context
def doctor(context: click.Context, form: str) -> None:
    """Look for what kg needs and say what is missing."""
    found = tuple(checks(options.chosen()))
    listed = tuple((check.name, "ok" if check.exit_code == 0 else "wrong", check.found) for check in found)
    rows.show(Rows(("check", "state", "found"), listed), form)
    codes = {check.exit_code for check in found} - {0}
    context.exit(min(codes, default=0))


@click.command("eval")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--records", type=click.File("rb"), metavar="FILE", help="Records that `kg extract` printed; - for stdin."
)
@options.summary_format_option()
@click.pass_context
def evaluate(context: click.Context, gold: Path, *, records: BinaryIO | None, form: str) -> None:
    """Score records against gold articles.

    Without --records the articles of GOLD are read afresh.
    """
    from kg.evaluation import evaluate as scored

    kept: list[KeptAside] = []
    figures = scored(gold, _records(records, kept) if records else None).as_dict()
    if form == "json":
        terminal.emit([rows.as_json(figures)])
    else:
        rows.show(_figure_rows(figures), form)
    terminal.list_kept_aside(kept)
    context.exit(3 if kept else 0)


@click.group()
def config() -> None:
    """Settings: what they are and where they come from."""


@config.command("show")
@options.format_option(*rows.FORMATS)
def show_config(form: str | None) -> None:
    """Print each setting and who gave it, passwords masked."""
    rows.show(Rows(("setting", "value", "from"), tuple(shown(options.chosen()))), form)


def _records(lines: BinaryIO, kept: list[KeptAside]) -> Iterator[Record]:
    for item in decoded(lines):
        if isinstance(item, Record):
            yield item
        else:
            kept.append(item)


def _figure_rows(figures: Mapping[str, Any]) -> Rows:
    """Return figures, some of them in groups, as a table with a line for each."""
    lines = dict(chain.from_iterable(_flattened(name, value) for name, value in figures.items()))
    columns = tuple(dict.fromkeys(chain.from_iterable(lines.values())))
    return Rows(("figure", *columns), tuple((name, *map(line.get, columns)) for name, line in lines.items()))


def _flattened(name: str, value: Any) -> Iterator[tuple[str, dict[str, Value]]]:
    if not isinstance(value, Mapping):
        yield name, {"value": rows.as_json(value) if isinstance(value, list) else value}
    elif any(isinstance(part, Mapping) for part in value.values()):
        for key, part in value.items():
            yield from _flattened(f"{name} {key}", part)
    else:
        yield name, dict(value)
