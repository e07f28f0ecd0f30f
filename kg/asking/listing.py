"""A page of the events that fit: as many as one wants to read at a time, with all that is told of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.asking.canned import ask
from kg.asking.parts import Happening, read
from kg.errors import UsageError
from kg.stores.base import Store

SIZE = 20
"""How many events a page holds."""

MOST_PAGES = 500

_QUESTION = "events"


@dataclass(frozen=True, slots=True)
class Listed:
    """The events of a page, its number from 1 on, whether more follow, and every parameter with its value.

    `total` is how many events fit, None where nobody counted to the end.
    """

    events: tuple[Happening, ...]
    number: int
    more: bool
    total: int | None
    parameters: Mapping[str, str | int]


def listed(store: Store, parameters: Mapping[str, str], *, number: int = 1, size: int = SIZE) -> Listed:
    """Return a page of the events that fit the parameters of the canned question `events`, in the order of their days.

    Raises UsageError for a page that there cannot be, and what `kg.asking.canned.ask` raises.
    """
    if not 1 <= number <= MOST_PAGES:
        raise UsageError(f"no page {number}; there are pages 1 to {MOST_PAGES}, and filters lead to the rest")
    answer = ask(store, _QUESTION, parameters, limit=number * size)
    rows = list(answer.rows.mappings())
    pages = -(-len(rows) // size)
    if number > max(pages, 1):
        raise UsageError(
            f"no page {number}; {len(rows):,} events fit, on {pages} pages"
            if pages > 1
            else f"no page {number}; there is one alone"
        )
    keys = [(str(row["article"]), str(row["event_id"])) for row in rows[(number - 1) * size :]]
    total = None if answer.rows.truncated else len(rows)
    return Listed(read(store, keys), number, answer.rows.truncated, total, answer.parameters)
