"""The page of an actor: who it is, what it did, with whom, and what it said."""

from kg.asking.names import resolve
from kg.asking.profile import profile
from kg.asking.search import like
from kg.errors import MissingError, UsageError
from kg.web.addresses import actor_page
from kg.web.choices import choices
from kg.web.listing import listing
from kg.web.site import Address, Asked, Moved, Site, View
from kg.web.strip import strip


def show(site: Site, asked: Asked) -> View | Moved:
    """Return the page of the actor that has an id; a name leads to it."""
    key = asked.path["actor"]
    path = actor_page(key)
    if asked.part:
        found = listing(site, asked, path, {"actor": key})
        return View("events_part.html", "", {"listing": found}, status=found.status)
    try:
        about = profile(site.store, key)
    except MissingError:
        return _elsewhere(site, key)
    found = listing(site, asked, path, {"actor": key})
    told = {
        "actor": about,
        "strip": strip(about.months),
        "listing": found,
        "choices": choices(site),
    }
    return View("actor.html", about.name, told, [("Actors", "/queries/actors?go=1"), (about.name, "")], found.status)


def _elsewhere(site: Site, key: str) -> View | Moved:
    """Return the way to the actor that a name means, or those that are like it."""
    try:
        return Moved(actor_page(resolve(site.store, key).id))
    except UsageError as unresolved:
        problem = str(unresolved)
    return View(
        "nobody.html", "Who is meant?", {"problem": problem, "near": like(site.store, key)}, [("Actors", "")], 404
    )


ADDRESSES = (Address("/actor/{actor:path}", show),)
