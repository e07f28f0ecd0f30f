"""What the fields of forms offer: closed lists, and names of the store to begin with."""

from collections.abc import Mapping

from kg.asking.canned import CHOICES, ask
from kg.stores.base import Store

MOST = 60


def choices(store: Store) -> Mapping[str, tuple[str, ...]]:
    """Return what each parameter may hold: all of a closed list, of names those with the most events."""
    found = {name: tuple(each for each in values if each) for name, values in CHOICES.items()}
    found["actor"] = found["other"] = _names(store, "most_mentioned", "actor")
    for listing, parameter in (("topics", "topic"), ("places", "place"), ("outlets", "outlet")):
        found[parameter] = _names(store, listing, parameter)
    return found


def _names(store: Store, question: str, column: str) -> tuple[str, ...]:
    rows = ask(store, question, {}, limit=MOST).rows
    at = rows.columns.index(column)
    return tuple(dict.fromkeys(str(row[at]) for row in rows.rows))
