"""The page of an article: its text with all that was read out of it marked, and the events that it tells of."""

from kg.asking.whole import whole
from kg.web.site import Address, Asked, Site, View

KINDS = ("actor", "event", "statement", "topic", "place")


def show(site: Site, asked: Asked) -> View:
    """Return the page of an article.

    Raises MissingError where it is not there.
    """
    found = whole(site.store, asked.path["article"])
    article = found.record.article
    title = article.title or article.id
    starts = {event.id: event.mentions[0].start for event in found.record.events if event.mentions}
    told = {"found": found, "article": article, "starts": starts, "kinds": KINDS}
    return View("article.html", title, told, [("Articles", "/queries/articles?go=1"), (title, "")])


ADDRESSES = (Address("/article/{article:path}", show),)
