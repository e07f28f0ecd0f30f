"""What the fields of forms offer: closed lists, and names of the store to begin with."""

from collections.abc import Mapping

from kg.asking.canned import CHOICES, ask
from kg.asking.overview import most_active
from kg.stores.base import Store
from kg.web.site import Site

MOST = 60


def choices(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Return what each parameter may hold: all of a closed list, of names those with the most events."""
    return site.remembered.read("choices", site.store, _choices)


def _choices(store: Store) -> Mapping[str, tuple[str, ...]]:
    found = {name: tuple(each for each in values if each) for name, values in CHOICES.items()}
    actors = most_active(store, limit=MOST).mappings()
    found["actor"] = found["other"] = found["speaker"] = tuple(dict.fromkeys(str(row["actor"]) for row in actors))
    for listing, parameter in (("topics", "topic"), ("places", "place"), ("outlets", "outlet")):
        found[parameter] = _names(store, listing, parameter)
    return found


def _names(store: Store, question: str, column: str) -> tuple[str, ...]:
    rows = ask(store, question, {}, limit=MOST).rows
    at = rows.columns.index(column)
    return tuple(dict.fromkeys(str(row[at]) for row in rows.rows))
