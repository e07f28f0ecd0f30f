"""What an address asks of a list of events, the page of it, and the addresses of the pages beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.asking.listing import Listed, listed
from kg.errors import UsageError
from kg.web.addresses import with_query
from kg.web.site import Asked, Site, refuse_unknown

FILTERS = (
    "actor",
    "other",
    "type",
    "quad",
    "topic",
    "place",
    "outlet",
    "speaker",
    "from",
    "to",
    "modality",
    "min_sources",
    "standing",
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The filters that are given, a page of events and the addresses of those beside it, or what is wrong with them."""

    path: str
    given: Mapping[str, str]
    page: Listed | None
    problem: str
    before: str = ""
    after: str = ""

    @property
    def status(self) -> int:
        """The status of HTTP of a page that shows it."""
        return 422 if self.problem else 200


def listing(site: Site, asked: Asked, path: str, fixed: Mapping[str, str]) -> Listing:
    """Return a page of the events that an address asks for; `fixed` are filters that the address does not choose."""
    given = {name: asked.query[name] for name in FILTERS if name in asked.query and name not in fixed}
    try:
        refuse_unknown(asked, {*FILTERS, "page"})
        number = asked.number("page", 1)
        page = listed(site.store, {**given, **fixed}, number=number)
    except UsageError as error:
        return Listing(path, given, None, str(error))
    return Listing(
        path,
        given,
        page,
        "",
        with_query(path, {**given, "page": number - 1 if number > 2 else ""}) if number > 1 else "",
        with_query(path, {**given, "page": number + 1}) if page.more else "",
    )
