"""Commands on the tables of the world: actors check, actors unknown, actors show."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import options, rows, terminal
from kg.config import own_files

if TYPE_CHECKING:
    from kg.knowledge.tables import ActorRow

MOST = 20


@click.group()
def actors() -> None:
    """The tables of actors, offices and places: what is wrong, missing and in them."""


@actors.command()
@click.argument("files", nargs=-1, metavar="[FILE...]", type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Look for mistakes in the tables of kg and in your own.

    Prints each with file, line and cure, and ends with 1 where there is any. FILE is a table to check in place of those
    that `tables` in kg.toml or KG_TABLES name.
    """
    from kg.knowledge.tables import review

    found = review(files or own_files("tables").paths)
    terminal.emit(map(terminal.printable, found.problems))
    for note in found.notes:
        terminal.note(note)
    if not found.problems:
        terminal.note(f"no mistake in {sum(len(sheet.rows) for sheet in found.sheets)} rows")
    context.exit(1 if found.problems else 0)


@actors.command()
@options.limit_option()
@options.format_option(*rows.FORMATS)
def unknown(limit: int | None, form: str | None) -> None:
    """List the actors of the store that no table has.

    Those named most often come first, 20 of them unless --limit says otherwise: they are worth a row of your own.
    """
    from kg.asking.actors import unknown as strangers

    with options.opened(read_only=True) as store:
        found = strangers(store, limit=limit or MOST)
    rows.show(found, form)


@actors.command()
@click.argument("name", metavar="NAME|ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "csv")),
    default="table",
    show_default=True,
    help="How to print it; csv: rows to put into a table of your own.",
)
def show(name: str, form: str) -> None:
    """Show what the tables say of an actor.

    Its names, kind, country, offices with their days, and the line that it stands in. NAME is any of its names,
    capitals and accents aside, or a family name.
    """
    from kg.asking.actors import account, known

    found = known(name)
    if form == "json":
        terminal.emit([rows.as_json([_described(row) for row in found])])
    elif form == "csv":
        terminal.emit(rows.as_csv(_as_table(found)))
    else:
        terminal.emit("\n\n".join(terminal.printable(account(row)) for row in found).split("\n"))


def _described(row: "ActorRow") -> dict[str, object]:
    from kg.knowledge.tables import offices_of

    return {**asdict(row), "offices": [asdict(office) for office in offices_of(row.id)]}


def _as_table(found: Iterable["ActorRow"]) -> Iterator[list[str]]:
    """Yield header and cells of the rows that actors stand for; of several tables, those of the first."""
    from kg.knowledge.tables import origin

    originals = [asdict(origin(row)[1]) for row in found]
    yield list(originals[0])
    for original in originals:
        if original.keys() == originals[0].keys():
            yield [";".join(value) if isinstance(value, tuple) else value or "" for value in original.values()]
