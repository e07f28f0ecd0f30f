"""Commands on a store: init, status, remove, dump, restore."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import BinaryIO

import click

from kg.cli import files, judging, options, rows, terminal
from kg.cli.commands.reading import IN_PART
from kg.errors import KgError
from kg.files import readable
from kg.model import Rows


@click.command()
def init() -> None:
    """Create constraints and indexes; a second time changes nothing."""
    with options.opened() as store:
        store.prepare()
        terminal.note(f"{store.address} is ready, schema {store.counts().schema}")


@click.command()
@click.option("--kept-aside", is_flag=True, help="List the sources that were kept aside, with the reasons, instead.")
@options.format_option(*rows.FORMATS)
def status(*, kept_aside: bool, form: str | None) -> None:
    """Count what is stored, and print the schema version."""
    with options.opened(read_only=True) as store:
        counts, aside = store.counts(), store.kept_aside() if kept_aside else ()
    if kept_aside:
        rows.show(Rows(("source", "reason"), tuple((item.source, item.reason) for item in aside)), form)
    else:
        rows.show_figures(asdict(counts), form or "table")


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.pass_context
def remove(context: click.Context, articles: tuple[str, ...]) -> None:
    """Remove articles and all that only they brought.

    The exact inverse of loading. ARTICLE is an id; prints the ids of those that were there.
    """
    with options.opened() as store:
        gone = store.remove(articles)
        address = store.address
    terminal.emit(gone)
    missing = [article for article in articles if article not in gone]
    if missing and not gone:
        raise KgError(f"no article {missing[0]!r} in {address}; `kg query articles` lists those there are")
    for article in missing:
        terminal.warn(f"no article {article!r} in {address}")
    context.exit(IN_PART if missing else 0)


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, allow_dash=True))
def dump(file: str | None) -> None:
    """Write everything stored as sorted JSON Lines, to FILE or stdout.

    That is articles, and the judgements in force. The same articles and judgements give the same bytes whatever the
    store and the order of loading.
    """
    from kg.stores.dump import dump as lines

    with options.opened(read_only=True) as store, files.target(file) as out:
        for line in lines(store):
            out.write(line.removesuffix("\n").encode() + b"\n")


@click.command()
@click.argument("file", type=click.File("rb"))
def restore(file: BinaryIO) -> None:
    """Load a dump from FILE, or from stdin where it is -.

    Articles and judgements come beside those that are there.
    """
    from kg.stores.dump import restore as put_back

    filed = judging.filed()
    with options.opened() as store:
        count = put_back(store, _text_lines(file), beside=filed)
        if (found := store.judgements()) != (filed or ()):
            judging.write(found)
    terminal.note(f"restored {count} articles")


def _text_lines(file: BinaryIO) -> Iterator[str]:
    with readable(file.name):
        for number, line in enumerate(file, start=1):
            yield _decoded(line, number, file.name)


def _decoded(line: bytes, number: int, name: str) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise KgError(f"{name}:{number}: not UTF-8, so not a dump of kg") from error
