"""The first page: how much there is, who is most active, what happened last."""

from kg.asking.overview import overview
from kg.web.site import Address, Asked, Site, View


def show(site: Site, _: Asked) -> View:
    """Return the graph at a glance; of an empty store, how to load one."""
    return View("start.html", "Who did what to whom", {"found": site.remembered.read("overview", site.store, overview)})


ADDRESSES = (Address("/", show),)
