"""Options that commands share, and the store and settings that they name."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from kg.asking.evidence import AMOUNTS
from kg.cli import terminal
from kg.config import Settings, settings
from kg.errors import KgError, UsageError
from kg.stores.base import Store

if TYPE_CHECKING:
    from kg.fetching.fetch import Manners
    from kg.stores.migrations.base import OldStore

Decorated = Callable[..., Any]

_STORE = "kg.store"


LONGEST = 86_400
"""How many seconds a Cypher text may be given."""

MOST_ROWS = 1_000_000_000
"""The largest limit that may be asked for."""


def everywhere() -> list[click.Parameter]:
    """Return the options that stand before or after a command: --store, --quiet, --verbose."""
    return [
        click.Option(
            ["--store"],
            metavar="STORE",
            expose_value=False,
            callback=_remember_store,
            help="A folder (embedded store) or a bolt:// or neo4j:// address.  [default: KG_STORE, "
            "NEO4J_URI, .env, kg.toml, pyproject.toml, ./kg-data]",
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=_quieten,
            help="No notes, errors only.",
        ),
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            callback=_explain_more,
            help="More notes, tracebacks.",
        ),
    ]


def accept_everywhere(command: click.Command) -> None:
    """Add the options of `everywhere` to a command, and to the commands inside it."""
    if "--store" not in (name for parameter in command.params for name in parameter.opts):
        command.params.extend(everywhere())
    for child in command.commands.values() if isinstance(command, click.Group) else ():
        accept_everywhere(child)


def chosen() -> Settings:
    """Return the settings of the running command."""
    return settings(click.get_current_context().meta.get(_STORE))


@contextmanager
def opened(*, read_only: bool = False) -> Iterator[Store]:
    """Open the store that the settings name, for the running command.

    Raises StoreError where it cannot be reached.
    """
    with store_of(chosen(), read_only=read_only) as store:
        yield store


@contextmanager
def opened_whatever_its_schema(*, read_only: bool = False) -> "Iterator[OldStore]":
    """Open the store that the settings name to bring it forward; raises what `opened` does."""
    from kg.stores.open import open_old_store

    found = chosen()
    with open_old_store(found.address, **found.login, read_only=read_only) as store:
        yield store


def store_of(found: Settings, *, read_only: bool = False) -> Store:
    """Return the store that settings name."""
    from kg.stores.open import open_store

    return open_store(found.address, **found.login, read_only=read_only)


def format_option(*formats: str) -> Decorated:
    """Return the option `--format`, passed on as `form`: None where the command is to choose."""
    return click.option("--format", "form", type=click.Choice(formats), help="How to print it.")


def summary_format_option() -> Decorated:
    """Return the option `--format` of commands that print a few figures."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(("table", "json")),
        default="table",
        show_default=True,
        help="How to print it.",
    )


def parameter_option() -> Decorated:
    """Return the option `-p key=value`, passed on as `pairs`."""
    return click.option(
        "-p",
        "--parameter",
        "pairs",
        multiple=True,
        metavar="KEY=VALUE",
        callback=_split,
        shell_complete=_parameters,
        help="A parameter of the query; may be given several times.",
    )


def modality_option() -> Decorated:
    """Return the option `--modality`."""
    return click.option(
        "--modality",
        type=click.Choice(("facts", "all")),
        default="facts",
        show_default=True,
        help="facts: what is actual or ongoing; all: also planned, denied, possible and so on.",
    )


def limit_option() -> Decorated:
    """Return the option `--limit`, a number of rows from 1 to `MOST_ROWS`."""
    return click.option("--limit", type=click.IntRange(1, MOST_ROWS), metavar="N", help="At most so many rows.")


def timeout_option() -> Decorated:
    """Return the option `--timeout` of a Cypher text, in seconds up to `LONGEST`."""
    return click.option("--timeout", type=float, callback=_seconds, metavar="SECONDS", help="Give up after that.")


def evidence_option() -> Decorated:
    """Return the option `--evidence`, one of `kg.asking.evidence.AMOUNTS`."""
    return click.option(
        "--evidence",
        type=click.Choice(AMOUNTS),
        default="sentences",
        show_default=True,
        help="none; ids: of article and event; sentences; context: with the sentences before and after.",
    )


def published_option() -> Decorated:
    """Return the option `--published`."""
    return click.option(
        "--published",
        metavar="DATE",
        help="Publication date (YYYY-MM-DD) of sources that carry none; never overrides one that they carry.",
    )


def fetching_options() -> Decorated:
    """Return the options of how to fetch, passed on as `allow_private`, `delay` and `timeout`; see `manners`."""
    found = (
        click.option(
            "--allow-private",
            is_flag=True,
            help="Fetch from private and local addresses too, which is refused otherwise.",
        ),
        click.option(
            "--delay",
            type=click.FloatRange(0, 3600),
            default=1.0,
            show_default=True,
            metavar="SECONDS",
            help="Wait so long between two questions to one host.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(0, 3600, min_open=True),
            default=60.0,
            show_default=True,
            metavar="SECONDS",
            help="Give up on an address after so long.",
        ),
    )

    def decorated(command: Decorated) -> Decorated:
        for option in reversed(found):
            command = option(command)
        return command

    return decorated


def manners(*, allow_private: bool, delay: float, timeout: float) -> "Manners":
    """Return how to fetch, from the values of `fetching_options`."""
    from kg.fetching.fetch import Manners

    return Manners(allow_private=allow_private, delay=delay, seconds=timeout)


def day(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Return the day that an option holds, as it was given; refuse what is not written YYYY-MM-DD."""
    from kg.asking.canned import day as checked

    return None if value is None else checked(option.opts[0], value)


def query_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a canned query."""
    from kg.asking.canned import queries

    return [CompletionItem(query.name, help=query.title) for query in queries() if query.name.startswith(incomplete)]


def format_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of an export format."""
    from kg.exports import formats

    return [CompletionItem(name) for name in formats() if name.startswith(incomplete)]


def picture_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a picture."""
    from kg.exports._pictures import PICTURES

    return [CompletionItem(name) for name in PICTURES if name.startswith(incomplete)]


def report_names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a format of reports."""
    from kg.reports import forms

    return [CompletionItem(name) for name in forms() if name.startswith(incomplete)]


def _parameters(context: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the names of parameters of the questions named before, or the value after `=`."""
    from kg.asking.questions import queries

    words = {context.params.get("name"), context.params.get("query"), *context.args}
    keys = {parameter.name for query in queries() if query.name in words for parameter in query.parameters}
    key, sign, beginning = incomplete.partition("=")
    if not sign:
        return [CompletionItem(f"{each}=") for each in sorted(keys) if each.startswith(incomplete)]
    return [CompletionItem(f"{key}={value}") for value in _values(context, key, beginning)] if key in keys else []


def _values(context: click.Context, key: str, beginning: str) -> list[str]:
    """Return what a parameter may hold, none where the store cannot be asked: completing says nothing of errors."""
    from kg.asking.suggestions import values

    address = context.meta.get(_STORE)
    try:
        with store_of(settings(address), read_only=True) as store:
            return values(store, key, beginning)
    except KgError:
        return []


def _seconds(_: click.Context, option: click.Parameter, value: float | None) -> float | None:
    if value is None or 0 < value <= LONGEST:
        return value
    raise click.BadParameter(f"{value} is not a number of seconds above 0 and up to {LONGEST}", param=option)


def _split(_: click.Context, option: click.Parameter, pairs: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not key or not sign:
            raise click.BadParameter(f"{pair!r} is not of the form key=value", param=option)
        if key in found:
            raise UsageError(f"{key} is given twice with -p; give it once")
        found[key] = value
    return found


def _remember_store(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta[_STORE] = value


def _quieten(_: click.Context, __: click.Parameter, wanted: bool) -> None:
    if wanted:
        terminal.be_quiet()


def _explain_more(_: click.Context, __: click.Parameter, wanted: bool) -> None:
    if wanted:
        terminal.be_verbose()
