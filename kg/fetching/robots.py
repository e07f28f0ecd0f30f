"""What robots.txt of each host allows, as RFC 9309 has it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import FetchError

if TYPE_CHECKING:
    from protego import Protego

NAME = "kg"
"""The name under which robots.txt speaks of kg."""

MAX_BYTES = 500 * 1024
"""How much of a robots.txt counts."""

_GOOD_FOR = 86_400.0
_RETRIED_AFTER = 300.0
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class _Rules:
    """What was found, the reason why nothing was, and until when that counts; with neither all is allowed."""

    found: "Protego | None"
    problem: FetchError | None
    until: float


class Robots:
    """The rules of every host that was asked; `fetch` gives the content of a robots.txt or raises FetchError."""

    def __init__(self, fetch: Callable[[str], bytes]) -> None:
        self._fetch = fetch
        self._rules: dict[str, _Rules] = {}

    def check(self, address: str) -> None:
        """Raise FetchError where an address may not be fetched, or where the rules cannot be had."""
        rules = self._of(address)
        if rules.problem is not None:
            known = rules.problem
            reason = f"robots.txt of its host cannot be read: {known}" if known.status else str(known)
            raise FetchError(reason, status=known.status, wait=known.wait, lasting=known.lasting) from known
        if rules.found is not None and not rules.found.can_fetch(address, NAME):
            raise FetchError("robots.txt of its host does not allow it; ask the publisher", lasting=True)

    def delay(self, address: str) -> float:
        """Return the seconds between two questions that the rules of a host ask for."""
        rules = self._of(address)
        return float(rules.found.crawl_delay(NAME) or 0) if rules.found is not None else 0.0

    def _of(self, address: str) -> _Rules:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules.get(origin)
        if rules is None or rules.until < time.monotonic():
            rules = self._rules[origin] = self._read(f"{origin}/robots.txt")
        return rules

    def _read(self, address: str) -> _Rules:
        from protego import Protego

        now = time.monotonic()
        try:
            content = self._fetch(address)
        except FetchError as error:
            refused = error.status is not None and error.status < 500 and error.status != _TOO_MANY
            return _Rules(None, None, now + _GOOD_FOR) if refused else _Rules(None, error, now + _RETRIED_AFTER)
        return _Rules(Protego.parse(content.decode("utf-8", "replace")), None, now + _GOOD_FOR)
