"""Commands that read articles: extract, load."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kg.cli import options, rows, terminal
from kg.errors import SourceError
from kg.model import KeptAside, Record, decode, encode

if TYPE_CHECKING:
    from kg.fetching.fetch import Manners

IN_PART = 3


def addresses_option() -> options.Decorated:
    """Return the option `--addresses`."""
    return click.option(
        "--addresses",
        type=click.File("rb"),
        metavar="FILE",
        help="Also read the pages of these addresses, one a line, # before comments; - for stdin.",
    )


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@addresses_option()
@options.published_option()
@options.fetching_options()
@click.pass_context
def extract(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    *,
    addresses: BinaryIO | None,
    published: str | None,
    **fetching: Any,
) -> None:
    """Print what is read out of articles, one JSON record a line.

    A SOURCE is a file, a folder, a glob, an http or https address, or - for stdin. No store is needed.
    """
    if not (sources or addresses):
        raise click.UsageError("Missing argument 'SOURCE...'; name sources, or give --addresses FILE")
    given = _given(sources, addresses)
    kept: list[KeptAside] = []
    terminal.emit(_lines(_records(given, published, options.manners(**fetching)), kept))
    terminal.list_kept_aside(kept)
    context.exit(IN_PART if kept else 0)


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE...]")
@addresses_option()
@click.option(
    "--records", type=click.File("rb"), metavar="FILE", help="Records that `kg extract` printed; - for stdin."
)
@options.published_option()
@options.fetching_options()
@options.summary_format_option()
@click.pass_context
def load(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    *,
    addresses: BinaryIO | None,
    records: BinaryIO | None,
    form: str,
    **reading: Any,
) -> None:
    """Read articles and store them.

    A SOURCE is a file, a folder, a glob, an http or https address, or - for stdin. An article takes the place of its
    former version. What cannot be read is kept aside with its reason, and the rest goes in.
    """
    from kg.pipeline import load as store_all
    from kg.sources import count

    if bool(sources or addresses) == bool(records):
        raise click.UsageError("give either SOURCE... or --records FILE")
    published = reading.pop("published")
    given = _given(sources, addresses)
    seen = {file.name for file in (records, addresses) if file}
    items = decoded(records) if records else _records(given, published, options.manners(**reading), seen.add)
    total = None if records else count(given.names)
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


@dataclass(frozen=True, slots=True)
class _Given:
    """The names of sources, and lines of a list of addresses that are none."""

    names: tuple[str, ...]
    refused: tuple[KeptAside, ...]


def _given(sources: tuple[str, ...], addresses: BinaryIO | None) -> _Given:
    listed = list(listed_addresses(addresses)) if addresses else []
    names = (*sources, *(item for item in listed if isinstance(item, str)))
    return _Given(names, tuple(item for item in listed if isinstance(item, KeptAside)))


def listed_addresses(lines: BinaryIO) -> Iterator[str | KeptAside]:
    """Yield the address of each line that is not blank or a comment; for a line that holds none, its place and why."""
    from kg.addresses import is_address

    for number, line in enumerate(lines, start=1):
        words = line.decode("utf-8-sig" if number == 1 else "utf-8", "backslashreplace").strip()
        name = re.split(r"(?:^|\s)#", words, maxsplit=1)[0].strip()
        if name and is_address(name) and not name.split()[1:]:
            yield name
        elif name:
            yield KeptAside(
                f"{lines.name}:{number}", f"{name[:60]!r} is no address; write one a line, as https://host/path"
            )


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
    given: _Given, published: str | None, manners: "Manners", seen: Callable[[str], None] | None = None
) -> Iterator[Record | KeptAside]:
    from kg.fetching.fetch import Fetcher
    from kg.pipeline import extract as read_all
    from kg.sources import read

    articles = read(given.names, published=published, seen=seen, fetch=Fetcher(manners).page)
    return read_all(chain(given.refused, articles))


def _lines(items: Iterable[Record | KeptAside], kept: list[KeptAside]) -> Iterator[str]:
    """Yield each record as a line of JSON and put what was kept aside into `kept`."""
    for item in items:
        if isinstance(item, KeptAside):
            kept.append(item)
        else:
            yield encode(item).decode()
