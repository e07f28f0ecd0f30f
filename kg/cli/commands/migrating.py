"""The command that brings a store of an older kg forward: migrate."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import files, options, rows, terminal
from kg.cli.commands.reading import IN_PART
from kg.errors import KgError, UsageError
from kg.model import KeptAside, Value
from kg.stores.base import SCHEMA_VERSION

if TYPE_CHECKING:
    from kg.stores.migrations.base import OldStore


@dataclass(frozen=True, slots=True)
class _Way:
    """From which schema version to which, how many articles, and the file of the backup, if there is to be one."""

    store: str
    before: int
    after: int
    articles: int
    backup: str | None

    def figures(self) -> dict[str, Value]:
        """Return what is printed."""
        names = ("store", "from", "to", "articles", "backup")
        return dict(zip(names, (self.store, self.before, self.after, self.articles, self.backup), strict=True))


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--backup", metavar="FILE", help="Where to write the backup, instead of a file named by store and time.")
@click.option("--no-backup", is_flag=True, help="Make no backup.")
@click.option("--keep-aside", is_flag=True, help="Go on without articles whose records are damaged: keep them aside.")
@options.summary_format_option()
@click.pass_context
def migrate(
    context: click.Context, *, dry_run: bool, backup: str | None, no_backup: bool, keep_aside: bool, form: str
) -> None:
    """Bring a store that an older kg made forward to the schema of now.

    A backup, which `kg restore` reads, is made first. Interrupted, it goes on when called again.
    """
    if backup is not None and no_backup:
        raise UsageError("--backup and --no-backup exclude each other; give one of them")
    with options.opened_whatever_its_schema(read_only=dry_run) as store:
        way = _way(store, backup, no_backup)
        if way is None:
            return
        kept = () if dry_run else _done(store, way, keep_aside)
    rows.show_figures(way.figures(), form)
    terminal.list_kept_aside(kept, listed_by="kg status --kept-aside")
    context.exit(IN_PART if kept else 0)


def _way(store: "OldStore", backup: str | None, no_backup: bool) -> _Way | None:
    """Return what is to be done, or say that it is nothing."""
    standing = store.standing()
    if standing is None:
        terminal.note(f"there is no store in {store.address}, so nothing to bring forward; `kg load` makes one")
        return None
    if standing.schema == SCHEMA_VERSION:
        terminal.note(f"{store.address} has schema version {standing.schema} already; there is nothing to do")
        return None
    target = None if no_backup else _new_file(backup or store.backup_name(f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"))
    return _Way(store.address, standing.schema, SCHEMA_VERSION, standing.articles, target)


def _new_file(name: str) -> str:
    path = Path(name).expanduser().absolute()
    if path.exists():
        raise KgError(f"{path} is there already, and a backup overwrites nothing; name another file with --backup")
    return str(path)


def _done(store: "OldStore", way: _Way, keep_aside: bool) -> tuple[KeptAside, ...]:
    """Make the backup and bring the store forward; return the articles that are now kept aside."""
    from kg.stores.dump import dumped
    from kg.stores.migrations.base import whole_records

    store.take()
    records = whole_records(store, keep_aside=keep_aside)
    if way.backup is None:
        for _ in records:  # what is damaged is told before anything is changed
            pass
    else:
        with files.target(way.backup) as out:
            for line in dumped(records, way.before):
                out.write(line.encode())
        terminal.note(f"the backup is in {way.backup}; `kg restore` reads it")
    with terminal.progress("articles", way.articles) as advance:
        return store.migrate(keep_aside=keep_aside, advance=advance)
