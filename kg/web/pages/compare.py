"""The page on which two outlets that tell of one event stand side by side."""

from kg.asking.comparing import compared, outlets_of
from kg.errors import UsageError
from kg.web.addresses import event_page
from kg.web.pages.event import event_of, headline
from kg.web.site import Address, Asked, Site, View


def show(site: Site, asked: Asked) -> View:
    """Return what two outlets say of an event.

    Raises UsageError where the address names no event, MissingError where there is none.
    """
    article, key = asked.query.get("article", ""), asked.query.get("event", "")
    if not (article and key):
        raise UsageError("say which event: /compare?article=...&event=..., as the page of an event links to it")
    happening = event_of(site.store, article, key)
    title = headline(happening)
    crumbs = [("Events", "/events"), (title, event_page(article, key)), ("Outlets compared", "")]
    told = {"event": happening, "article": article, "key": key, "outlets": outlets_of(happening)}
    try:
        found = compared(site.store, happening, one=asked.query.get("one", ""), other=asked.query.get("other", ""))
    except UsageError as error:
        return View("compare.html", f"Compared: {title}", {**told, "found": None, "problem": str(error)}, crumbs, 422)
    return View("compare.html", f"Compared: {title}", {**told, "found": found, "problem": ""}, crumbs)


ADDRESSES = (Address("/compare", show),)
