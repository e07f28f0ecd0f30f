"""The command that goes on reading: watch."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli import judging, options, rows, terminal
from kg.cli.commands.reading import IN_PART
from kg.config import is_server
from kg.errors import KgError, SchemaError, SourceError, StoreError, UsageError

if TYPE_CHECKING:
    from kg.fetching.steps import Place
    from kg.fetching.stop import Stop
    from kg.fetching.watch import Figures, Load, Targets, Watch
    from kg.stores.base import Store

RETRY_SECONDS = 60.0
"""How long a store that cannot be used is left alone between rounds."""


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--every",
    type=click.FloatRange(0, 31_536_000, min_open=True),
    metavar="SECONDS",
    help="Look again after so long.  [default: 900 for feeds, 60 for folders]",
)
@click.option("--once", is_flag=True, help="One round, as for cron: ends with 0, or 3 where something was kept aside.")
@click.option(
    "--state",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to remember what was fetched.  [default: STORE.watch.json, or ./kg.watch.json for a server]",
)
@options.fetching_options()
@click.pass_context
def watch(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    *,
    every: float | None,
    once: bool,
    state: Path | None,
    **fetching: Any,
) -> None:
    """Watch folders and feeds, and store what is new or changed.

    A SOURCE is a folder, a file, or the http or https address of an RSS or Atom feed. Prints one line of JSON after
    every round. SIGTERM and Ctrl-C end it once the batch that is being stored is in.
    """
    from kg.fetching import memory
    from kg.fetching.fetch import Fetcher
    from kg.fetching.stop import Stop
    from kg.fetching.watch import Watch

    targets, path, stop = _targets(sources), state or _state_file(), Stop()
    known = memory.read(path, _store_name())
    if _is_lost() and (known.feeds or known.files):
        terminal.note(f"{_store_name()} is not there any more: what {path} remembers is read again")
        known = memory.Memory(version=memory.VERSION, store=_store_name())
    fetcher = Fetcher(options.manners(**fetching), stop)
    with stop.on_signals():
        watched = Watch(targets, known, lambda now: memory.write(path, now), fetcher, stop)
        if once:
            figures = _round(watched, every, once=True)
            _tell(1, figures, targets, None)
            context.exit(IN_PART if figures.kept_aside and not stop.asked else 0)
        _go_on(watched, targets, every, stop)


def _go_on(watched: "Watch", targets: "Targets", every: float | None, stop: "Stop") -> None:
    """Make rounds until the stop; a store that could be used once is waited for when it cannot later.

    Raises KgError where nothing is left to watch.
    """
    from kg.fetching.stop import StoppedError

    number = 0
    while not stop.asked:
        number += 1
        try:
            figures = _round(watched, every)
            left = watched.seconds_to_next()
            _tell(number, figures, targets, None if stop.asked else left)
            if left is None:
                raise KgError("every feed that is watched is gone for good; name others")
            wait = left
        except StoreError as error:
            if number == 1 or isinstance(error, SchemaError):
                raise
            wait = RETRY_SECONDS
            terminal.warn(f"{error}; trying again in {wait:g} s")
        try:
            stop.sleep(wait)
        except StoppedError:
            return


def _round(watched: "Watch", every: float | None, *, once: bool = False) -> "Figures":
    with _loading() as load:
        return watched.round(load, every=every, once=once)


@contextmanager
def _loading() -> Iterator["Load"]:
    """Yield what loads; it opens the store with the first call, and the end of the round gives it free."""
    from kg.fetching.watch import Figures
    from kg.pipeline import extract_new
    from kg.pipeline import load as store_all
    from kg.sources import read_found

    with ExitStack() as stack:
        opened: list[Store] = []
        ids: dict[str, tuple[str, str]] = {}  # over all batches: none replaces another unseen within one round

        def load(places: Sequence["Place"], seen: Collection[str]) -> Figures:
            if not opened:
                opened.append(stack.enter_context(options.opened()))
                opened[0].prepare()
                judging.brought_up(opened[0])
            names = set(seen)
            items = extract_new(opened[0], read_found(places, seen=names.add, ids=ids))
            summary = store_all(opened[0], items, seen=names)
            terminal.list_kept_aside(summary.kept_aside, listed_by="kg status --kept-aside")
            return Figures(summary.added, summary.updated, summary.unchanged, len(summary.kept_aside))

        yield load


def _tell(number: int, figures: "Figures", targets: "Targets", wait: float | None) -> None:
    now = datetime.now(UTC)
    told = {
        "time": _shown(now),
        "round": number,
        **asdict(figures),
        "sources": len(targets.feeds) + len(targets.paths),
        "next": None if wait is None else _shown(now + timedelta(seconds=wait)),
    }
    terminal.emit([rows.as_json(told)])


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _targets(sources: tuple[str, ...]) -> "Targets":
    """Return what is to be watched; raise UsageError for what is no feed's address and not there."""
    from kg.addresses import is_address, masked, plain
    from kg.fetching.watch import Targets

    feeds, paths = [], []
    for name in sources:
        try:
            if is_address(name):
                feeds.append(plain(name))
                continue
        except SourceError as error:
            raise UsageError(f"{masked(name)}: {error}") from error
        if not Path(name).exists():
            raise UsageError(f"there is no folder or file {name!r} to watch; name one, or the address of a feed")
        paths.append(Path(name))
    return Targets(tuple(dict.fromkeys(feeds)), tuple(dict.fromkeys(paths)))


def _store_name() -> str:
    """Return how the store is told from others: its address, or the whole path of its folder."""
    address = options.chosen().address
    return address if is_server(address) else str(Path(address).expanduser().absolute())


def _state_file() -> Path:
    name = _store_name()
    return Path("kg.watch.json") if is_server(name) else Path(f"{name}.watch.json")


def _is_lost() -> bool:
    """Tell whether the store's folder went away, with all that the memory says was brought into it."""
    name = _store_name()
    return not is_server(name) and not Path(name).exists()
