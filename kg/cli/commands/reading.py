"""Commands that read articles: extract, load."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import click

from kg.cli import options, rows, terminal
from kg.errors import SourceError
from kg.model import KeptAside, Record, decode, encode

IN_PART = 3


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@options.published_option()
@click.pass_context
def extract(context: click.Context, sources: tuple[str, ...], published: str | None) -> None:
    """Print what is read out of articles, one JSON record a line.

    A SOURCE is a file, a folder, a glob, or - for stdin. No store is needed.
    """
    kept: list[KeptAside] = []
    terminal.emit(_lines(_records(sources, published), kept))
    terminal.list_kept_aside(kept)
    context.exit(IN_PART if kept else 0)


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@click.option(
    "--records", type=click.File("rb"), metavar="FILE", help="Records that `kg extract` printed; - for stdin."
)
@options.published_option()
@options.summary_format_option()
@click.pass_context
def load(
    context: click.Context,
    sources: tuple[str, ...],
    *,
    records: BinaryIO | None,
    published: str | None,
    form: str,
) -> None:
    """Read articles and store them.

    A SOURCE is a file, a folder, a glob, or - for stdin. An article takes the place of its former version.
    What cannot be read is kept aside with its reason, and the rest goes in.
    """
    from kg.pipeline import load as store_all
    from kg.sources import count

    if bool(sources) == bool(records):
        raise click.UsageError("give either SOURCE... or --records FILE")
    seen = {records.name} if records else set()
    items = decoded(records) if records else _records(sources, published, seen.add)
    total = None if records else count(sources)
    with options.opened() as store, terminal.progress("articles", total) as advance:
        store.prepare()
        summary = store_all(store, items, progress=advance, seen=seen)
    figures = {
        "added": summary.added,
        "updated": summary.updated,
        "unchanged": summary.unchanged,
        "kept_aside": len(summary.kept_aside),
    }
    rows.show_figures(figures, form)
    terminal.list_kept_aside(summary.kept_aside)
    context.exit(IN_PART if summary.kept_aside else 0)


def decoded(lines: BinaryIO) -> Iterator[Record | KeptAside]:
    """Yield the record of each line that is not blank; for a broken one, its place and what is wrong."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield decode(line)
        except SourceError as error:
            yield KeptAside(f"{lines.name}:{number}", str(error))


def _records(
    sources: tuple[str, ...], published: str | None, seen: Callable[[str], None] | None = None
) -> Iterator[Record | KeptAside]:
    from kg.pipeline import extract as read_all
    from kg.sources import read

    return read_all(read(sources, published=published, seen=seen))


def _lines(items: Iterable[Record | KeptAside], kept: list[KeptAside]) -> Iterator[str]:
    """Yield each record as a line of JSON and put what was kept aside into `kept`."""
    for item in items:
        if isinstance(item, KeptAside):
            kept.append(item)
        else:
            yield encode(item).decode()
