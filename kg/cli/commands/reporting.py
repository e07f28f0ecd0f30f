"""The command that writes a briefing: report."""

from typing import TYPE_CHECKING

import click

from kg.cli import files, options, terminal
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.asking.briefing import Briefing
    from kg.stores.base import Store


@click.command()
@click.argument("name", required=False)
@click.option("--other", metavar="NAME", default="", help="Another actor: what the two had to do with each other.")
@click.option(
    "--event", nargs=2, metavar="ARTICLE EVENT", help="One event instead, by the ids of its article and itself."
)
@click.option("--from", "first", metavar="DATE", callback=options.day, help="Only events from this day on.")
@click.option("--to", "last", metavar="DATE", callback=options.day, help="Only events up to this day.")
@click.option(
    "--format",
    "form",
    metavar="FORMAT",
    default="md",
    show_default=True,
    shell_complete=options.report_names,
    help="md, html, or the articles that it cites: bibtex, csl (CSL-JSON).",
)
@click.option(
    "-o", "--output", type=click.Path(allow_dash=True), metavar="FILE", help="Where to write instead of stdout."
)
def report(
    name: str | None, *, event: tuple[str, str] | None, form: str, output: str | None, **given: str | None
) -> None:
    """Write a briefing on an actor, on two of them or on an event.

    Every sentence leads to the quotations behind it. NAME is an id, a full name, an alias or a surname. Where no event
    fits, the report says so, and so does a note on stderr; the exit code is 0.
    """
    from kg.asking.questions import nearest
    from kg.reports import forms, page

    available = forms()
    if form not in available:
        raise UsageError(f"no format {form!r} of reports; {nearest(form, available)}")
    with options.opened(read_only=True) as store:
        found = _found(store, name, event, {key: value or "" for key, value in given.items()})
    text = available[form].write(page(found))
    with files.target(output) as out:
        out.write(text.encode("utf-8", "backslashreplace"))
    if not found.events:
        terminal.note("no event fits; the report says so")


def _found(store: "Store", name: str | None, event: tuple[str, str] | None, given: dict[str, str]) -> "Briefing":
    from kg.asking.briefing import of_actors, of_event

    if event:
        if name or any(given.values()):
            raise UsageError("--event names all that it takes: leave NAME, --other, --from and --to out")
        return of_event(store, *event)
    if not name:
        raise UsageError("whom about? name an actor, as in `kg report Merkel`, or an event with --event ARTICLE EVENT")
    return of_actors(store, name, **given)
