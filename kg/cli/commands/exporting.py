"""Commands that write the graph in the formats of other programs: export."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from kg.cli import files, options
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.asking.canned import Answer

EVERY_ROW = 1_000_000


@click.command()
@click.argument("form", metavar="FORMAT", shell_complete=options.format_names)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Where to write instead of stdout.",
)
@click.option("--actor", metavar="NAME", help="Only events that this actor takes part in.")
@click.option("--from", "first", metavar="DATE", callback=options.day, help="Only events from this day on.")
@click.option("--to", "last", metavar="DATE", callback=options.day, help="Only events up to this day.")
@click.option(
    "--query",
    metavar="NAME",
    shell_complete=options.query_names,
    help="Only events that this question finds.",
)
@options.parameter_option()
@options.modality_option()
def export(form: str, *, output: str | None, query: str | None, pairs: Mapping[str, str], **part: Any) -> None:
    """Write the graph, or a part of it, for other programs.

    FORMAT is graphml, gexf, html or what else is there; a wrong one is answered with the list.
    """
    from kg.asking.canned import ask
    from kg.exports import formats, select

    available = formats()
    if form not in available:
        raise UsageError(f"no export format {form!r}; there are {', '.join(available)}")
    if pairs and not query:
        raise UsageError("-p gives a parameter of a question; name the question with --query")
    with options.opened(read_only=True) as store:
        if query:
            part["events"] = _events(ask(store, query, pairs, limit=EVERY_ROW, modality=part["modality"]))
            part["modality"] = "all"  # the question has chosen
        graph = select(store, **part)
    with files.target(output) as out:
        available[form].write(graph, out)


def _events(answer: "Answer") -> set[tuple[str, str]]:
    """Return the events of an answer, as article and event id."""
    columns = answer.rows.columns
    if not {"article", "event_id"} <= set(columns):
        raise UsageError(f"the rows of {answer.query} are not events; name a question with a column event_id")
    article, event = columns.index("article"), columns.index("event_id")
    return {(str(row[article]), str(row[event])) for row in answer.rows.rows}
