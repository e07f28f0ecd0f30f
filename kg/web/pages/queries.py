"""The pages of the canned questions: all of them, and each with a form, its rows, and the rows as files."""

import csv
import io
from collections.abc import Mapping

import msgspec

from kg.asking.canned import CHOICES, Answer, ask
from kg.asking.questions import CannedQuery, find, nearest, queries
from kg.errors import MissingError, UsageError
from kg.model import Value
from kg.web.addresses import with_query
from kg.web.cells import table
from kg.web.choices import choices
from kg.web.site import Address, Asked, Sent, Site, View, refuse_unknown

ASKS = "go"
"""What the form of a question sends beside its parameters, so that it is asked where none is given."""

ROWS = 100
"""How many rows a page shows."""

_RUN = ("=", "+", "-", "@", "\t", "\r")
"""With what a text begins that spreadsheets take for a formula."""

MOST_ROWS = 10_000
"""How many rows a file holds at most."""


def listed(_site: Site, _asked: Asked) -> View:
    """Return the list of the questions."""
    return View("queries.html", "Questions", {"queries": queries()}, [("Questions", "")])


def show(site: Site, asked: Asked) -> View:
    """Return the form of a question, and its rows where it was asked.

    Raises MissingError where there is no such question.
    """
    query = _query(asked.path["query"])
    given = _given(query, asked)
    told: dict[str, object] = {
        "query": query,
        "given": given,
        "choices": choices(site),
        "closed": CHOICES,
        "files": with_query(f"/queries/{query.name}/csv", given),
        "json": with_query(f"/queries/{query.name}/json", given),
        "rows": None,
        "problem": "",
    }
    crumbs = [("Questions", "/queries"), (query.title, "")]
    if not asked.query:
        return View("query.html", query.title, told, crumbs)
    try:
        answer = ask(site.store, query.name, given, limit=ROWS)
    except UsageError as error:
        return View("query.html", query.title, {**told, "problem": str(error)}, crumbs, 422)
    return View("query.html", query.title, {**told, "rows": table(answer.rows)}, crumbs)


def as_csv(site: Site, asked: Asked) -> Sent:
    """Return the rows of a question as a file of CSV, with the names of the columns in front.

    A text that a spreadsheet would run begins with an apostrophe; JSON has it as it is.
    """
    answer = _answer(site, asked)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([answer.rows.columns, *(map(_inert, row) for row in answer.rows.rows)])
    body = out.getvalue().encode("utf-8", "backslashreplace")
    return Sent(body, "text/csv; charset=utf-8", f"{answer.query}.csv")


def _inert(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUN) else value


def as_json(site: Site, asked: Asked) -> Sent:
    """Return a question, its parameters and its rows as JSON."""
    answer = _answer(site, asked)
    told = {
        "query": answer.query,
        "parameters": answer.parameters,
        "columns": answer.rows.columns,
        "rows": list(answer.rows.mappings()),
        "truncated": answer.rows.truncated,
    }
    return Sent(msgspec.json.encode(told), "application/json", f"{answer.query}.json")


def _answer(site: Site, asked: Asked) -> Answer:
    query = _query(asked.path["query"])
    return ask(site.store, query.name, _given(query, asked), limit=MOST_ROWS)


def _query(name: str) -> CannedQuery:
    names = [query.name for query in queries()]
    if name not in names:
        raise MissingError(f"no query {name!r}; {nearest(name, names)}")
    return find(name)


def _given(query: CannedQuery, asked: Asked) -> Mapping[str, str]:
    """Return the parameters of a question that an address gives; raises UsageError for others."""
    names = {parameter.name for parameter in query.parameters}
    refuse_unknown(asked, {*names, ASKS})
    return {name: value for name, value in asked.query.items() if name in names}


ADDRESSES = (
    Address("/queries", listed),
    Address("/queries/{query}", show),
    Address("/queries/{query}/csv", as_csv, at_a_time=2),
    Address("/queries/{query}/json", as_json, at_a_time=2),
)
