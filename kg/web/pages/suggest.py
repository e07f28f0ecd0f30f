"""What may be typed next into a field of a form: options of a list."""

from kg.asking.search import actors
from kg.asking.suggestions import values
from kg.web.site import Address, Asked, Site, View

_MOST = 12
_ACTORS = ("actor", "other", "speaker")


def show(site: Site, asked: Asked) -> View:
    """Return the values that a parameter may have which begin as typed; actors by any of their names."""
    parameter = asked.path["parameter"]
    typed = asked.query.get(parameter, "")
    if parameter in _ACTORS:
        found = [each.name for each in actors(site.store, typed, limit=_MOST)] if typed else []
    else:
        found = values(site.store, parameter, typed)[:_MOST] if typed else []
    return View("options.html", "", {"options": list(dict.fromkeys(found))})


ADDRESSES = (Address("/suggest/{parameter}", show, at_a_time=4),)
