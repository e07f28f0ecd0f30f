"""Rows of a canned question as a table of a page: what stands in a cell, and where it leads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Rows, Value
from kg.web.addresses import actor_page, article_page, event_page, outside, with_query

_ACTORS = frozenset(
    "actor other source target speaker speaks_for accuser accused critic criticised addressee go_between "
    "according_to".split()
)
_EVENT, _ANSWER, _DENIAL = ((f"{which}article", f"{which}event_id") for which in ("", "answer_", "denied_"))
_EVENTS = {
    "event": _EVENT, "date": _EVENT, "evidence": _EVENT, "answer": _ANSWER, "answer_date": _ANSWER,
    "answer_evidence": _ANSWER, "denial": _DENIAL,
}  # fmt: skip
_FOUND_BY = {"topic": "topic", "place": "place", "outlet": "outlet"}
_KEYS = frozenset(
    "event_id statement_id denied_event_id answer_event_id actor_id other_id speaker_id speaks_for_id go_between_id "
    "node answer_article denied_article".split()
)
_DAYS = frozenset("date first_day last_day published answer_date".split())
_LONG = frozenset("evidence denial answer_evidence evidence_with_other said".split())


@dataclass(frozen=True, slots=True)
class Link:
    """A text, and the address it leads to; empty where it leads nowhere."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: links joined by `; `, and of which kind it is: text, number, date or outside."""

    links: tuple[Link, ...]
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the sentences that stand below them, each with the name of its column.

    `article` is the address of the article that the sentences are from, where that is known.
    """

    cells: tuple[Cell, ...]
    says: tuple[tuple[str, Link], ...]
    article: str


@dataclass(frozen=True, slots=True)
class Table:
    """Names of columns as they are read, the rows, and whether there are more."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    truncated: bool


def table(rows: Rows) -> Table:
    """Return rows as a table; ids that people cannot read become the links of what they can.

    Columns that are empty in every row are left out.
    """
    told = list(rows.mappings())
    filled = [name for name in rows.columns if any(row[name] not in (None, "") for row in told)]
    long = [name for name in filled if name in _LONG]
    shown = [name for name in filled if name not in (*_KEYS, *long, "article" if long else "")]
    found = tuple(_row(row, shown, long) for row in told)
    return Table(tuple(map(_read, shown)), found, rows.truncated)


def _row(row: Mapping[str, Value], shown: Sequence[str], long: Sequence[str]) -> Row:
    article = str(row.get("article") or "") if long else ""
    cells = tuple(_cell(name, row) for name in shown)
    return Row(cells, tuple(_says(long, row)), article_page(article) if article else "")


def _says(names: Sequence[str], row: Mapping[str, Value]) -> Iterator[tuple[str, Link]]:
    """Yield the sentences of a row; one is named where there are several."""
    for name in names:
        if text := str(row[name] or ""):
            yield _read(name) if len(names) > 1 else "", Link(text, _address(name, text, row))


def _read(name: str) -> str:
    return name.replace("_", " ")


def _cell(name: str, row: Mapping[str, Value]) -> Cell:
    value = row[name]
    if value is None or value == "":
        return Cell((Link("undated", _address(name, "", row)),) if name == "date" and "event_id" in row else ())
    text = str(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Cell((Link(f"{value:,}" if isinstance(value, int) else text),), "number")
    if name == "url":
        return Cell((Link(text, outside(text)),), "outside")
    if name in _ACTORS:
        return Cell(tuple(_actors(name, text, row)))
    return Cell((Link(text, _address(name, text, row)),), "date" if name in _DAYS else "text")


def _actors(name: str, text: str, row: Mapping[str, Value]) -> Iterator[Link]:
    """Yield the actors of a cell, each under its id where the row tells it."""
    if key := row.get(f"{name}_id"):
        yield Link(text, actor_page(str(key)))
        return
    for each in text.split("; "):
        yield Link(each, actor_page(each))


def _address(name: str, text: str, row: Mapping[str, Value]) -> str:
    if name in _EVENTS:
        article, event = (str(row.get(key) or "") for key in _EVENTS[name])
        return event_page(article, event) if article and event else ""
    if name in ("article", "copy_of"):
        return article_page(text)
    if name in _FOUND_BY:
        return with_query("/events", {_FOUND_BY[name]: text, "modality": "all"}) if "; " not in text else ""
    return actor_page(text) if name.endswith("_id") else ""
