"""The page of an event: what every article tells of it, what contradicts it, and what followed."""

from kg.asking.accounts import MOST, accounts
from kg.asking.comparing import outlets_of
from kg.asking.parts import Happening, read
from kg.asking.ties import answers_to, ties_of
from kg.errors import MissingError
from kg.stores.base import Store
from kg.web.addresses import article_page
from kg.web.site import Address, Asked, Site, View


def show(site: Site, asked: Asked) -> View:
    """Return the page of an event, by an article that tells of it and its id in that.

    Raises MissingError where there is none.
    """
    article, key = asked.path["article"], asked.path["event"]
    happening = event_of(site.store, article, key)
    title = headline(happening)
    told = {
        "event": happening,
        "article": article,
        "key": key,
        "accounts": accounts(site.store, happening),
        "most": MOST,
        "outlets": outlets_of(happening),
        "ties": ties_of(site.store, happening),
        "answers": answers_to(site.store, happening),
        "definition": definition(happening.type),
    }
    crumbs = [("Events", "/events"), (article, article_page(article)), (title, "")]
    return View("event.html", title, told, crumbs)


def event_of(store: Store, article: str, key: str) -> Happening:
    """Return the event that an article tells of under an id.

    Raises MissingError where it tells of none.
    """
    found = read(store, [(article, key)])
    if not found:
        raise MissingError(
            f"no event {key!r} in the article {article!r}; the page of the article shows its events, and the query "
            "`articles` lists the articles"
        )
    return found[0]


def headline(happening: Happening) -> str:
    """Return an event in a few words: who did what to whom."""
    source, target = (", ".join(role.party.name for role in side) for side in (happening.sources, happening.targets))
    sides = f"{source} and {target}" if happening.symmetric and source and target else source
    after = "" if happening.symmetric or not target else f" → {target}"
    return f"{sides or 'Somebody'}: {happening.words}{after}"


def definition(kind: str) -> str:
    """Return what the codebook says of an event type."""
    from kg.knowledge.codebook import codebook

    entry = codebook().of(kind)
    return entry.definition if entry else ""


ADDRESSES = (Address("/event/{article:path}/{event}", show),)
