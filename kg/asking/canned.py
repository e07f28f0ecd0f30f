"""Canned queries asked of a store: names and dates of the question made sure of, then the rows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from kg.asking.names import Named, refuse_broken, refuse_unknown, resolve
from kg.asking.questions import CannedQuery, Parameter, find, nearest, queries
from kg.errors import UsageError
from kg.graph.keys import SPANS, day_number, dyad_id
from kg.model import EventType, Modality, Quad, Rows, Value
from kg.stores.base import Store

__all__ = ["Answer", "CannedQuery", "Parameter", "ask", "day", "find", "queries", "refuse_backwards"]

DEFAULT_LIMIT = 1000
"""How many rows an answer holds where nobody says otherwise."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "modality": ("facts", "all", *get_args(Modality)),
    "type": ("", *get_args(EventType)),
    "quad": ("", "cooperation", "conflict", *get_args(Quad)),
    "first": ("", *get_args(EventType)),
    "standing": ("current", "all"),
}
"""What the parameters of these names may hold."""

LAST_DAY = 99991231

ACTORS = frozenset({"actor", "other", "speaker"})
NAMED = ("topic", "place", "outlet")
DAYS = frozenset({"from", "to"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that a canned query gave, and every parameter with its value, actors by their full names."""

    query: str
    parameters: dict[str, str | int]
    rows: Rows


def ask(
    store: Store,
    name: str,
    parameters: Mapping[str, str],
    *,
    limit: int | None = None,
    modality: str = "facts",
    known_in: Store | None = None,
) -> Answer:
    """Return the answer of a canned query; without a limit, its first `DEFAULT_LIMIT` rows.

    `modality` counts where the query has such a parameter and `parameters` does not give it. A name that the store does
    not know may be known in another one. Raises UsageError where the query, a parameter or a value is not known, or a
    name fits no actor or several.
    """
    query = find(name)
    _refuse_unknown(query, parameters)
    given = {"modality": modality, **parameters}
    shown: dict[str, str | int] = {}
    bound: dict[str, Value] = {}
    for each in query.parameters:
        value = given.get(each.name, each.default)
        shown[each.name], bound[each.name] = _value((store, known_in or store), each, value)
    refuse_backwards(str(shown.get("from", "")), str(shown.get("to", "")))
    most = DEFAULT_LIMIT if limit is None else limit
    begun = _begun(bound)
    set_by_hand = {each.name for each in query.parameters if bound[each.name] != each.default}
    text = query.text_given(set_by_hand | begun.keys())
    rows = store.query(text, {**bound, **begun, "limit": most + 1}, limit=most)
    if not rows.rows:
        _refuse_unheard_of(known_in or store, shown)
    return Answer(name, shown, rows)


def _refuse_unheard_of(store: Store, shown: Mapping[str, str | int]) -> None:
    """Raise UsageError where a question without an answer was about words that nothing in the store bears."""
    for name in NAMED:
        if words := str(shown.get(name, "")):
            refuse_unknown(store, name, words)


def _begun(bound: Mapping[str, Value]) -> dict[str, Value]:
    """Return what the ways to begin use beside the parameters: whom to begin with, and the days to look through."""
    actor, other, first, last = (str(bound.get(name, "")) for name in ("actor", "other", "from", "to"))
    found: dict[str, Value] = {f"since_{days}": _before(first, days) for days in SPANS}
    found["since"], found["until"] = day_number(first), day_number(last) or LAST_DAY
    if actor or other:
        found["party"] = actor or other
    if actor:
        found["voice"] = actor
    if actor and other and actor != other:
        found["dyad"] = dyad_id(actor, other)
    return found


def _before(first: str, days: int) -> int:
    """Return the day so many days before another as yyyymmdd, 0 where there is none."""
    if not first or date.fromisoformat(first).toordinal() <= days:
        return 0
    return day_number((date.fromisoformat(first) - timedelta(days)).isoformat())


def _refuse_unknown(query: CannedQuery, given: Iterable[str]) -> None:
    names = [parameter.name for parameter in query.parameters]
    for key in given:
        if key not in names:
            raise UsageError(f"{query.name} has no parameter {key!r}; {nearest(key, names)}")


def _value(stores: tuple[Store, Store], parameter: Parameter, given: str | int) -> tuple[str | int, Value]:
    """Return the value of a parameter as it is shown, and as the query gets it."""
    if isinstance(parameter.default, int):
        number = _number(parameter.name, given)
        return number, number
    text = str(given).strip()
    refuse_broken(text)
    if parameter.name in ACTORS and text:
        actor = _actor(*stores, text)
        return actor.full_name, actor.id
    if parameter.name in DAYS and text:
        text = day(parameter.name, text)
    if parameter.name in CHOICES:
        text = _choice(parameter.name, text)
    return text, text


def _actor(store: Store, other: Store, name: str) -> Named:
    try:
        return resolve(store, name)
    except UsageError:
        if other is store:
            raise
        return resolve(other, name)


def _number(name: str, given: str | int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", str(given)):
        raise UsageError(f"{name}={given!r} is not a whole number from 0 to 999999999")
    return int(given)


def day(name: str, text: str) -> str:
    """Return a day that is written YYYY-MM-DD.

    Raises UsageError, with the name of the parameter, where it is written otherwise or not in the calendar.
    """
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"{name}={text!r} is no day of the calendar") from error
    raise UsageError(f"{name}={text!r} is not a date; write YYYY-MM-DD, such as 2018-07-16")


def _choice(name: str, text: str) -> str:
    by_fold = {choice.casefold(): choice for choice in CHOICES[name]}
    if text.casefold() not in by_fold:
        raise UsageError(f"no {name} {text!r}; {nearest(text, _filled(by_fold.values()))}")
    return by_fold[text.casefold()]


def _filled(choices: Iterable[str]) -> Iterator[str]:
    return (choice for choice in choices if choice)


def refuse_backwards(first: str, last: str) -> None:
    """Raise UsageError where the last of two days comes before the first; empty texts ask for nothing."""
    if first and last and first > last:
        raise UsageError(f"from={first} is later than to={last}; exchange them")
