"""Commands on what was known when: history, news."""

import click

from kg.cli import options, rows

MOST = 1000


@click.command()
@click.argument("article")
@click.argument("event", required=False)
@options.format_option(*rows.FORMATS)
def history(article: str, event: str | None, *, form: str | None) -> None:
    """Show the versions of an article, and when each was seen.

    With EVENT, the versions that tell of it, of all articles that do. ARTICLE and EVENT are ids.
    """
    from kg.asking.past import history as versions

    with options.opened(read_only=True) as store:
        found = versions(store, article, event)
    rows.show(found, form)


@click.command()
@click.option("--since", required=True, metavar="DATE|LAST", help="A day or a time in UTC; LAST: the last load.")
@click.option("--actor", default="", metavar="NAME", help="Only where this actor takes part.")
@click.option("--other", default="", metavar="NAME", help="And this one.")
@options.modality_option()
@options.limit_option()
@options.format_option(*rows.FORMATS)
def news(*, since: str, actor: str, other: str, modality: str, limit: int | None, form: str | None) -> None:
    """List what came in since: new events, and more on known ones.

    An event is new, or more articles tell of it, or it contradicts another. Days count from their end: --since
    2026-11-26 gives what came in on the 27th and later.
    """
    from kg.asking.past import news as told

    parameters = {"actor": actor, "other": other, "modality": modality}
    with options.opened(read_only=True) as store:
        found = told(store, since, parameters, limit=limit or MOST)
    rows.show(found, form)
