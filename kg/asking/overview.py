"""A graph at a glance: how much there is, who is most active, what happened last, which outlets tell it."""

from dataclasses import dataclass

from kg.asking.canned import ask
from kg.asking.parts import Happening, Part
from kg.model import Rows
from kg.stores.base import Counts, Store

MOST = 10

_ACTIVE = """MATCH (a:Actor)
WITH a, COUNT { (a)-[:SOURCE_OF|TARGET_OF]->(:Event) } AS events
WHERE events > 0
RETURN a.id AS actor_id, a.full_name AS actor, a.kind AS kind, coalesce(a.country, '') AS country, events AS events
ORDER BY events DESC, actor, actor_id LIMIT $limit"""
_LATEST = """MATCH (e:Event)
WHERE e.span = 7 AND e.day_from > 0 AND e.modality IN ['actual', 'ongoing'] AND e.standing IN ['', 'right']
RETURN e.id AS id
ORDER BY e.sort_key DESC LIMIT $limit"""
_DAYS = """MATCH (x:Article) WHERE x.published_day > 0
RETURN min(left(x.published, 10)) AS first, max(left(x.published, 10)) AS last"""


@dataclass(frozen=True, slots=True)
class Overview:
    """How much there is, the days of the first and the last article, and the rows of what stands out.

    `days` holds two ISO days, empty where no article has one; `latest` the events of which the day is known, the latest
    first.
    """

    counts: Counts
    days: tuple[str, str]
    actors: Rows
    dyads: Rows
    latest: tuple[Happening, ...]
    outlets: Rows


def overview(store: Store) -> Overview:
    """Return a graph at a glance."""
    first, last = store.query(_DAYS).rows[0]
    latest = tuple(str(key) for (key,) in store.query(_LATEST, {"limit": MOST}).rows)
    return Overview(
        counts=store.counts(),
        days=(str(first or ""), str(last or "")),
        actors=most_active(store, limit=MOST),
        dyads=ask(store, "most_active_dyads", {}, limit=MOST).rows,
        latest=tuple(Part(store, latest, "", "").events()),
        outlets=ask(store, "outlets", {}, limit=2 * MOST).rows,
    )


def most_active(store: Store, *, limit: int) -> Rows:
    """Return the actors with the most events: id, name, kind, country and how many."""
    return store.query(_ACTIVE, {"limit": limit})
