"""The events around one actor, or between those who have most to do with each other, to be drawn."""

from kg.asking.canned import ask
from kg.asking.names import resolve
from kg.asking.parts import Part, made_with, select
from kg.graph.keys import dyad_id
from kg.stores.base import Store

MOST_EVENTS = 2_000
"""More would take long to read and to draw."""

MOST_DYADS = 60

_BETWEEN = """UNWIND $dyads AS key
MATCH (e:Event)-[:BETWEEN {dyad: key}]->(:Dyad {id: key})
WHERE e.standing IN ['', 'right'] AND e.modality IN ['actual', 'ongoing']
WITH DISTINCT e
RETURN e.id AS id
ORDER BY e.sort_key LIMIT $limit"""


def circle(store: Store, actor: str = "") -> Part:
    """Return the events in which an actor takes part; without one, those between the most active pairs of actors.

    At most `MOST_EVENTS`, the earliest first. Raises UsageError where nobody, or several, have the name.
    """
    if actor:
        return select(store, parameters={"actor": resolve(store, actor).id}, limit=MOST_EVENTS)
    pairs = ask(store, "most_active_dyads", {}, limit=MOST_DYADS).rows
    dyads = [dyad_id(str(row["actor_id"]), str(row["other_id"])) for row in pairs.mappings()]
    rows = store.query(_BETWEEN, {"dyads": dyads, "limit": MOST_EVENTS}).rows
    told = f"the {len(dyads)} pairs of actors with the most events"
    return Part(store, [str(key) for (key,) in rows], told, made_with(store))
