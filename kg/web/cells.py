"""Rows of a canned question as a table of a page: what stands in a cell, and where it leads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import Rows, Value
from kg.web.addresses import actor_page, article_page, event_page, outside, with_query

_ACTORS = frozenset(
    "actor other source target speaker speaks_for accuser accused critic criticised addressee go_between "
    "according_to".split()
)
_EVENTS = {
    "event": ("article", "event_id"), "date": ("article", "event_id"), "answer": ("answer_article", "answer_event_id"),
    "answer_date": ("answer_article", "answer_event_id"), "denial": ("denied_article", "denied_event_id"),
}  # fmt: skip
_FOUND_BY = {"topic": "topic", "place": "place", "outlet": "outlet"}
_KEYS = frozenset(
    "event_id statement_id denied_event_id answer_event_id actor_id other_id speaker_id speaks_for_id go_between_id "
    "node answer_article denied_article".split()
)
_LONG = frozenset("evidence denial answer_evidence evidence_with_other said".split())


@dataclass(frozen=True, slots=True)
class Link:
    """A text, and the address it leads to; empty where it leads nowhere."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: links joined by `; `, and of which kind it is: text, number, long or outside."""

    links: tuple[Link, ...]
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Names of columns as they are read, the cells of each row, and whether there are more rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    truncated: bool


def table(rows: Rows) -> Table:
    """Return rows as a table; ids that people cannot read become the links of what they can."""
    shown = [name for name in rows.columns if name not in _KEYS]
    found = tuple(tuple(_cell(name, row) for name in shown) for row in rows.mappings())
    return Table(tuple(name.replace("_", " ") for name in shown), found, rows.truncated)


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
    return Cell((Link(text, _address(name, text, row)),), "long" if name in _LONG else "text")


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
