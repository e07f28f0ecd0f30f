"""The picture of the events around an actor, or between the most active ones: that of `kg export html`, which opens."""

from kg.asking.circle import circle
from kg.asking.names import resolve
from kg.exports import html
from kg.web.addresses import actor_page, with_query
from kg.web.site import Address, Asked, Sent, Site, View, refuse_unknown


def show(site: Site, asked: Asked) -> View:
    """Return the page, which asks for its data when it is there."""
    refuse_unknown(asked, {"actor"})
    name = asked.query.get("actor", "")
    if not name:
        return View("graph.html", "Graph", {"data": "/graph.json", "actor": None})
    actor = resolve(site.store, name)
    shown = {"name": actor.full_name, "address": actor_page(actor.id)}
    return View("graph.html", actor.full_name, {"data": with_query("/graph.json", {"actor": actor.id}), "actor": shown})


def data(site: Site, asked: Asked) -> Sent:
    """Return what the picture shows as JSON."""
    refuse_unknown(asked, {"actor"})
    part = circle(site.store, asked.query.get("actor", ""))
    return Sent(html.as_json(html.data(part)).encode("utf-8"), "application/json")


ADDRESSES = (
    Address("/graph", show, at_a_time=2),
    Address("/graph.json", data, at_a_time=2),
)
