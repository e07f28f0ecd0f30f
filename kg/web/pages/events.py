"""The page of all events that fit some filters."""

from kg.web.choices import choices
from kg.web.listing import listing
from kg.web.site import Address, Asked, Site, View


def show(site: Site, asked: Asked) -> View:
    """Return a page of the events that fit."""
    found = listing(site, asked, "/events", {})
    if asked.part:
        return View("events_part.html", "", {"listing": found}, status=found.status)
    told = {"listing": found, "choices": choices(site)}
    return View("events.html", "Events", told, [("Events", "")], found.status)


ADDRESSES = (Address("/events", show),)
