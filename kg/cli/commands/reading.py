"""Commands that read articles: extract, load, diff, update, retry."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kg.cli import judging, options, repeats, rows, terminal
from kg.cli.repeats import noted
from kg.errors import SourceError, UsageError
from kg.model import Article, KeptAside, Record, Rows, Unchanged, decode, encode

if TYPE_CHECKING:
    from kg.fetching.fetch import Manners
    from kg.pipeline import Summary
    from kg.stores.base import Store

IN_PART = 3

_COUNTED = ("added", "updated", "unchanged")


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
    from kg.pipeline import check_own_files, extract_new

    if bool(sources or addresses) == bool(records):
        raise click.UsageError("give either SOURCE... or --records FILE")
    published = reading.pop("published")
    given = _given(sources, addresses)
    seen = {file.name for file in (records, addresses) if file}
    names = {key: file.name for key, file in (("addresses", addresses), ("records", records)) if file}
    again = noted(sources, **names, published=published)
    articles = None if records else _articles(given, published, options.manners(**reading), seen.add)
    check_own_files()
    with options.opened() as store:
        store.prepare()
        items = decoded(records) if records else extract_new(store, articles or ())
        summary = _stored(store, items, None if records else given, seen, again)
    _tell(context, summary, form)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@options.published_option()
@options.fetching_options()
@options.format_option(*rows.FORMATS)
@click.pass_context
def diff(
    context: click.Context, /, sources: tuple[str, ...], *, published: str | None, form: str | None, **fetching: Any
) -> None:
    """Say what loading would do, article by article, and change nothing.

    An article is new, changed, read anew (it is the same, but kg would read it otherwise), unchanged or kept aside.
    """
    from kg.pipeline import compared

    articles = _articles(_given(sources, None), published, options.manners(**fetching), None)
    with options.opened(read_only=True) as store:
        found = tuple(compared(store, articles))
    told = [(item.source, "kept aside") if isinstance(item, KeptAside) else item for item in found]
    rows.show(Rows(("article", "state"), tuple(told)), form)
    kept = [item for item in found if isinstance(item, KeptAside)]
    terminal.list_kept_aside(kept)
    counts = Counter(state for _, state in told)
    terminal.note(", ".join(f"{number} {state}" for state, number in sorted(counts.items())))
    context.exit(IN_PART if kept else 0)


@click.command()
@click.option("--dry-run", is_flag=True, help="Count the articles that would be read, and change nothing.")
@options.summary_format_option()
@click.pass_context
def update(context: click.Context, *, dry_run: bool, form: str) -> None:
    """Read stored articles again that kg would read otherwise now.

    That is so when kg, its model, a table or the codebook is another one than when they were read. Interrupted, the
    next run goes on where this one stopped.
    """
    from kg.pipeline import extract as read_all
    from kg.pipeline import outdated

    if dry_run:
        with options.opened(read_only=True) as store:
            rows.show_figures({"outdated": sum(1 for _ in outdated(store))}, form)
        return
    with options.opened() as store:
        waiting = list(outdated(store))
        store.prepare()
        summary = _stored(store, read_all(waiting) if waiting else [], None, set(), "", total=len(waiting))
    _tell(context, summary, form)


@click.command()
@options.fetching_options()
@options.summary_format_option()
@click.pass_context
def retry(context: click.Context, /, *, form: str, **fetching: Any) -> None:
    """Repeat the loads in which something was kept aside.

    What is stored and unchanged costs nothing. What was read from stdin cannot be repeated: its notes stay.
    """
    from kg.pipeline import Summary

    manners = options.manners(**fetching)
    summaries: list[Summary] = []
    with options.opened() as store:
        notes = store.kept_aside()
        for again in dict.fromkeys(note.again for note in notes if note.again):
            try:
                summaries.append(_repeated(store, again, manners))
            except UsageError as error:  # none of its sources is there any more
                terminal.warn(f"cannot be tried again: {error}")
        left = store.kept_aside()
    if stuck := sum(not note.again for note in notes):
        terminal.note(f"{stuck} kept aside cannot be tried again: they came from stdin, or from an older kg")
    added, updated, unchanged = (sum(getattr(each, name) for each in summaries) for name in _COUNTED)
    _tell(context, Summary(added, updated, unchanged, left), form)


def _repeated(store: "Store", again: str, manners: "Manners") -> "Summary":
    from kg.pipeline import extract_new

    repeat = repeats.read(again)
    with ExitStack() as stack:
        listed, records = (
            stack.enter_context(_opened(name)) if name else None for name in (repeat.addresses, repeat.records)
        )
        given = _given(repeat.sources, listed)
        seen = {file.name for file in (records, listed) if file}
        items: Iterator[Record | KeptAside | Unchanged]
        if records:
            items = decoded(records)
        else:
            items = extract_new(store, _articles(given, repeat.published, manners, seen.add))
        noted_before = [note.source for note in store.kept_aside() if note.again == again]
        summary = _stored(store, items, None, seen, again)
    left = {item.source for item in summary.kept_aside}
    store.forget_aside([source for source in noted_before if source not in left])
    store.set_aside(summary.kept_aside)
    return summary


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    try:
        with Path(name).open("rb") as file:
            yield file
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}") from error


def _stored(
    store: "Store",
    items: Iterable[Record | KeptAside | Unchanged],
    given: "_Given | None",
    seen: Collection[str],
    again: str,
    *,
    total: int | None = None,
) -> "Summary":
    from kg.pipeline import load as store_all
    from kg.sources import count

    judging.brought_up(store)
    with terminal.progress("articles", count(given.names) if given else total) as advance:
        return store_all(store, items, progress=advance, seen=seen, again=again)


def _tell(context: click.Context, summary: "Summary", form: str) -> None:
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


def _records(given: _Given, published: str | None, manners: "Manners") -> Iterator[Record | KeptAside]:
    from kg.pipeline import extract as read_all

    return read_all(_articles(given, published, manners, None))


def _articles(
    given: _Given, published: str | None, manners: "Manners", seen: Callable[[str], None] | None
) -> Iterator[Article | KeptAside]:
    from kg.fetching.fetch import Fetcher
    from kg.sources import read

    return chain(given.refused, read(given.names, published=published, seen=seen, fetch=Fetcher(manners).page))


def _lines(items: Iterable[Record | KeptAside], kept: list[KeptAside]) -> Iterator[str]:
    """Yield each record as a line of JSON and put what was kept aside into `kept`."""
    for item in items:
        if isinstance(item, KeptAside):
            kept.append(item)
        else:
            yield encode(item).decode()
