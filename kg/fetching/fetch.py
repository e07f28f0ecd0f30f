"""Fetching: robots.txt, pace, redirects and conditional requests around one HTTP request."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from kg import __version__
from kg.addresses import plain
from kg.errors import FetchError, SourceError
from kg.fetching.connection import Limits, Reply, ask
from kg.fetching.kinds import ending, recoded
from kg.fetching.pace import Pace, retry_after
from kg.fetching.robots import MAX_BYTES as ROBOTS_BYTES
from kg.fetching.robots import Robots
from kg.fetching.stop import Stop
from kg.sources import MAX_BYTES, Page

USER_AGENT = f"kg/{__version__} (+news graph)"
MOST_REDIRECTS = 5
DELAY = 1.0
"""Seconds between two questions to one host, unless told otherwise."""

SECONDS = 60.0
"""Seconds that one answer may take, unless told otherwise."""

_PAGES = "text/html,application/xhtml+xml,application/json;q=0.9,text/plain;q=0.8,*/*;q=0.5"
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_PASSING = (404, 408, 425, 429)  # what may be there later although it is the asker's fault


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server tells whether something changed since it was fetched: its ETag and its Last-Modified."""

    etag: str | None = None
    modified: str | None = None


UNKNOWN = Validators()
"""Those of what was never fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found: `fresh` is False where it is as it was, and the content is then empty.

    `address` is where it was found, in the form of `kg.addresses.plain`; `moved` where permanent redirects alone lead.
    """

    address: str
    fresh: bool
    content: bytes
    content_type: str
    validators: Validators
    moved: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How to fetch: seconds between questions to a host, seconds and bytes of one answer, and from where."""

    delay: float = DELAY
    seconds: float = SECONDS
    size: int = MAX_BYTES
    allow_private: bool = False


class Fetcher:
    """Fetches one address after the other, and remembers the rules and the pace of each host."""

    def __init__(self, manners: Manners, stop: Stop | None = None) -> None:
        self._manners = manners
        self._stop = stop or Stop()
        self._pace = Pace(manners.delay, self._stop)
        self._robots = Robots(self._rules)

    def page(self, address: str) -> Page:
        """Return the page of an address.

        Raises FetchError where it cannot be fetched or no loader takes it.
        """
        return page_of(self.get(address))

    def get(self, address: str, known: Validators | None = None) -> Answer:
        """Return what an address holds, or that it is as it was when it had the validators `known`.

        Raises FetchError where it cannot be fetched, is not allowed by robots.txt, or the stop breaks it off.
        """
        return self._follow(address, known or UNKNOWN, self._manners.size, self._robots.check)

    def _rules(self, address: str) -> bytes:
        return self._follow(address, UNKNOWN, ROBOTS_BYTES, None).content

    def _follow(self, address: str, known: Validators, size: int, allow: Callable[[str], None] | None) -> Answer:
        current, moved, for_good = _plain(address), None, True
        for _ in range(MOST_REDIRECTS + 1):
            if allow:
                allow(current)
            reply = self._ask(current, known, size, ruled=allow is not None)
            if reply.status not in _REDIRECTS:
                return _answer(current, reply, known, moved)
            current = _next(current, reply)
            for_good = for_good and reply.status in _FOR_GOOD
            moved = current if for_good else moved
        raise FetchError(f"more than {MOST_REDIRECTS} redirects; see whether it leads in a circle", lasting=True)

    def _ask(self, address: str, known: Validators, size: int, *, ruled: bool) -> Reply:
        host = urlsplit(address).netloc
        self._pace.wait(host)
        limits = Limits(
            seconds=self._manners.seconds, size=size, allow_private=self._manners.allow_private, cut=not ruled
        )
        try:
            with self._stop.waiting():
                reply = ask(address, _headers(known), limits)
        finally:
            if ruled:  # the page may follow its robots.txt at once
                self._pace.asked(host, self._robots.delay(address))
        if reply.status in (429, 503) and (seconds := retry_after(reply.headers.get("retry-after", ""))):
            self._pace.rest(host, seconds)
        return reply


def page_of(answer: Answer) -> Page:
    """Return an answer as a page for the loaders.

    Raises FetchError where no loader takes it.
    """
    kind = ending(answer.content_type, answer.address)
    return Page(answer.address, recoded(answer.content, answer.content_type), kind)


def _headers(known: Validators) -> dict[str, str]:
    headers = {"User-Agent": USER_AGENT, "Accept": _PAGES}
    if known.etag:
        headers["If-None-Match"] = known.etag
    if known.modified:
        headers["If-Modified-Since"] = known.modified
    return headers


def _answer(address: str, reply: Reply, known: Validators, moved: str | None) -> Answer:
    validators = Validators(reply.headers.get("etag"), reply.headers.get("last-modified"))
    if reply.status == 304 and known != UNKNOWN:
        return Answer(address=address, fresh=False, content=b"", content_type="", validators=known, moved=moved)
    if reply.status != 200:
        raise _refusal(reply)
    return Answer(
        address=address,
        fresh=True,
        content=reply.content,
        content_type=reply.headers.get("content-type", ""),
        validators=validators,
        moved=moved,
    )


def _refusal(reply: Reply) -> FetchError:
    status = reply.status
    wait = retry_after(reply.headers.get("retry-after", "")) if status in (429, 503) else None
    asked = f", and to wait {wait:.0f} s" if wait else ""
    lasting = 400 <= status < 500 and status not in _PASSING
    cure = "see whether the address is right" if 400 <= status < 500 and status != 429 else "try again later"
    said = f"the server answers with status {status}{asked}; {cure}"
    return FetchError(said, status=status, wait=wait, lasting=lasting)


def _next(address: str, reply: Reply) -> str:
    location = reply.headers.get("location", "")
    if not location:
        raise FetchError(f"status {reply.status} leads nowhere; see whether the address is right", status=reply.status)
    try:
        written = location.encode("latin-1").decode()
    except UnicodeDecodeError:
        written = location
    try:
        return _plain(urljoin(address, written))
    except (FetchError, ValueError) as error:
        raise FetchError(f"it leads on to no address to fetch from: {error}", lasting=True) from error


def _plain(address: str) -> str:
    try:
        return plain(address)
    except FetchError:
        raise
    except SourceError as error:
        raise FetchError(str(error), lasting=True) from error
