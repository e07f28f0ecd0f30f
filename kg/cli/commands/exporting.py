"""Commands that write the graph in the formats of other programs: export."""

from collections.abc import Mapping

import click

from kg.cli import files, options, terminal
from kg.errors import UsageError


@click.command()
@click.argument("form", metavar="FORMAT", shell_complete=options.format_names)
@click.option(
    "-o",
    "--output",
    type=click.Path(allow_dash=True),
    metavar="FILE",
    help="Where to write instead of stdout; a folder for formats of several files.",
)
@click.option("--actor", metavar="NAME", help="Only events that this actor takes part in.")
@click.option("--from", "from_", metavar="DATE", callback=options.day, help="Only events from this day on.")
@click.option("--to", "to", metavar="DATE", callback=options.day, help="Only events up to this day.")
@click.option(
    "--query",
    default="events",
    metavar="NAME",
    shell_complete=options.query_names,
    help="Only events that this question finds.",
)
@click.option(
    "--picture",
    metavar="PICTURE",
    shell_complete=options.picture_names,
    help="What svg, png and pdf draw: network (unless told otherwise), timeline or curve.",
)
@options.parameter_option()
@options.modality_option()
def export(
    form: str,
    *,
    output: str | None,
    query: str,
    pairs: Mapping[str, str],
    modality: str,
    picture: str | None,
    **common: str | None,
) -> None:
    """Write the graph, or a part of it, for other programs.

    FORMAT is graphml, gexf, html, svg or what else is there; a wrong one is answered with the list.
    """
    from kg.asking.parts import select
    from kg.asking.questions import nearest
    from kg.exports import Choosy, Drawing, Folder, formats

    available = formats()
    if form not in available:
        raise UsageError(f"no export format {form!r}; {nearest(form, available)}")
    chosen = available[form]
    if isinstance(chosen, Folder) and output in (None, "-"):
        raise UsageError(f"{form} is several files; name a folder for them with -o")
    if picture is not None:
        _refuse_picture(form, chosen, picture)
    given = {name.removesuffix("_"): value for name, value in common.items() if value}
    if twice := given.keys() & pairs.keys():
        raise UsageError(f"{' and '.join(sorted(twice))} is given twice, as an option and with -p; give it once")
    parameters = {**given, **pairs}
    with options.opened(read_only=True) as store:
        part = select(store, query=query, parameters=parameters, modality=modality)
        if isinstance(chosen, Folder):
            with files.folder(str(output)) as folder:
                chosen.write_files(part, folder)
        elif isinstance(chosen, Drawing) and picture is not None:
            with files.target(output) as out:
                chosen.write(part, out, picture=picture)
        else:
            with files.target(output) as out:
                chosen.write(part, out)
        left = chosen.left_out(part) if isinstance(chosen, Choosy) else ""
    if left:
        terminal.note(left)
    if not part.ids:
        terminal.note("no event fits; what was written is empty")


def _refuse_picture(form: str, chosen: object, picture: str) -> None:
    """Raise UsageError where a format draws no pictures, or not this one."""
    from kg.asking.questions import nearest
    from kg.exports import Drawing

    if not isinstance(chosen, Drawing):
        raise UsageError(f"{form} is no picture; --picture is for svg, png and pdf")
    if picture not in chosen.PICTURES:
        raise UsageError(f"no picture {picture!r}; {nearest(picture, chosen.PICTURES)}")
