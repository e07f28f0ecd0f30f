"""Commands that ask: query, queries, cypher, explain."""

import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, Literal

import click

from kg.cli import options, rows, terminal
from kg.cli.parameters import scalars
from kg.errors import KgError
from kg.files import readable
from kg.model import Rows

if TYPE_CHECKING:
    from kg.asking.canned import CannedQuery
    from kg.stores.base import Store


@click.command()
@click.argument("name", shell_complete=options.query_names)
@options.parameter_option()
@options.limit_option()
@options.modality_option()
@options.evidence_option()
@click.option("--as-of", metavar="DATE", help="As it was known then: a day, or a time in UTC.")
@options.format_option(*rows.FORMATS)
def query(
    name: str,
    *,
    pairs: Mapping[str, str],
    limit: int | None,
    modality: Literal["facts", "all"],
    form: str | None,
    **view: str,
) -> None:
    """Answer a canned question, with the evidence.

    `kg queries` lists the questions and their parameters. --as-of asks the graph of the articles as they were stored
    then, which takes a while to make where there are many.
    """
    from kg.asking.canned import ask
    from kg.asking.evidence import shown

    with options.opened(read_only=True) as store, _known_then(store, view["as_of"]) as known:
        answer = ask(known, name, pairs, limit=limit, modality=modality, known_in=store)
        found = shown(known, answer.rows, view["evidence"])
    rows.show(found, form, about={"query": answer.query, "parameters": dict(answer.parameters)})


def _known_then(store: "Store", when: str | None) -> AbstractContextManager["Store"]:
    from kg.asking.past import as_of, moment

    return nullcontext(store) if when is None else as_of(store, moment(when))


@click.command()
@click.argument("name", required=False, shell_complete=options.query_names)
@options.format_option(*rows.FORMATS)
def queries(name: str | None, *, form: str | None) -> None:
    """List the canned questions, or print the Cypher text of one.

    The text of NAME is complete, with the defaults of its parameters, for any program that speaks to Neo4j.
    """
    from kg.asking.canned import find
    from kg.asking.canned import queries as canned

    if name is not None and form is None:
        terminal.emit([find(name).file().rstrip()])
        return
    listed = canned() if name is None else (find(name),)
    chosen = rows.chosen_format(form)
    if chosen == "json":
        terminal.emit([rows.as_json([_described(each) for each in listed])])
    elif chosen == "jsonl":
        terminal.emit(rows.as_json(_described(each)) for each in listed)
    else:
        found = tuple((each.name, each.answers, _parameters(each)) for each in listed)
        rows.show(Rows(("query", "answers", "parameters"), found), chosen)


@click.command()
@click.argument("text", metavar="CYPHER")
@options.parameter_option()
@options.limit_option()
@options.timeout_option()
@options.format_option(*rows.FORMATS)
def cypher(text: str, *, pairs: Mapping[str, str], limit: int | None, timeout: float | None, form: str | None) -> None:
    """Run a Cypher text that only reads; - takes it from stdin.

    A parameter that reads as a number, true, false, null or a text in double quotes is that; any other
    is a text.
    """
    from kg.asking.cypher import run

    asked = _typed() if text == "-" else text
    parameters = scalars(pairs)
    with options.opened(read_only=True) as store:
        found = run(store, asked, parameters, limit=limit, timeout=timeout)
    rows.show(found, form, about={"query": asked, "parameters": parameters})


@click.command()
@click.argument("article")
@click.argument("thing", metavar="EVENT|ACTOR")
@options.summary_format_option()
def explain(article: str, thing: str, *, form: str) -> None:
    """Show why an event or an actor is in the graph.

    For an event: its words, participants, rule and codebook entry, and who vouches for it; for an actor: the row of
    the tables that it is or those passed over, and each mention with the rule that put it there, the text being read
    again; and what people have judged of it. ARTICLE, EVENT and ACTOR are ids; an actor may be given by a name or by
    any mention.
    """
    from kg.asking.explain import described
    from kg.asking.explain import explain as explained
    from kg.graph.judged import verdicts
    from kg.graph.judgements import in_force

    with options.opened(read_only=True) as store:
        record = store.record(article)
        found = verdicts(in_force(store.judgements()))
        if record is None:
            raise KgError(f"no article {article!r} in {store.address}; `kg query articles` lists those there are")
    if form == "json":
        terminal.emit([rows.as_json(described(record, thing, found))])
    else:
        terminal.emit([terminal.printable(explained(record, thing, found))])


def _described(query: "CannedQuery") -> dict[str, object]:
    parameters = [asdict(parameter) for parameter in query.parameters]
    return {
        "query": query.name,
        "title": query.title,
        "answers": query.answers,
        "parameters": parameters,
        "columns": query.columns,
        "cypher": query.text,
    }


def _parameters(query: "CannedQuery") -> str:
    return "\n".join(f"{parameter.name}={parameter.default}  {parameter.help}" for parameter in query.parameters)


def _typed() -> str:
    with readable("standard input"):
        return sys.stdin.read()
