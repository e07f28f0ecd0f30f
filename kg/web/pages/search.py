"""The page of what some words may mean."""

from kg.asking.search import search
from kg.errors import UsageError
from kg.web.site import Address, Asked, Site, View

LONGEST = 200
_LIVE, _WHOLE = 6, 30  # of each kind


def show(site: Site, asked: Asked) -> View:
    """Return what the words of an address may mean: all of it, or the first of each kind while they are typed.

    Raises UsageError where they are too long.
    """
    words = asked.query.get("q", "")
    if len(words) > LONGEST:
        raise UsageError(f"more than {LONGEST} characters are no name; search for fewer")
    found = search(site.store, words, limit=_LIVE if asked.part else _WHOLE)
    template = "hits.html" if asked.part else "search.html"
    title = f"Search: {words}" if words else "Search"
    return View(template, title, {"words": words, "found": found}, [("Search", "")])


ADDRESSES = (Address("/search", show, at_a_time=4),)
