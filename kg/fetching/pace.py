"""How fast one host is asked: never twice within a delay, and not at all while it wants to be left alone."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from kg.errors import FetchError
from kg.fetching.stop import Stop

LONGEST_WAIT = 60.0
"""Seconds that are waited for a host; one that wants more is left alone instead."""

LONGEST_REST = 86_400.0
"""Seconds that a host can have itself left alone for, whatever it says."""


class Pace:
    """When each host may be asked next; `delay` is in seconds between two questions to one host."""

    def __init__(self, delay: float, stop: Stop) -> None:
        self._delay = delay
        self._stop = stop
        self._next: dict[str, float] = {}

    def wait(self, host: str) -> None:
        """Wait until a host may be asked.

        Raises FetchError, with the seconds left, where that takes too long.
        """
        left = self._next.get(host, 0.0) - time.monotonic()
        if left > LONGEST_WAIT:
            raise FetchError(f"{host} wants to be left alone for {left:.0f} s; try again after that", wait=left)
        if left > 0:
            self._stop.sleep(left)

    def asked(self, host: str, delay: float = 0.0) -> None:
        """Note that a host has been asked now, by rules of its own with a longer delay."""
        self.rest(host, max(self._delay, min(delay, LONGEST_WAIT)))

    def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        self._next[host] = max(self._next.get(host, 0.0), time.monotonic() + seconds)


def retry_after(header: str) -> float | None:
    """Return the seconds that a Retry-After header tells, as a number or a date, a day at most; None for neither."""
    words = header.strip()
    if words.isascii() and words.isdigit():
        return min(float(words), LONGEST_REST)
    try:
        date = parsedate_to_datetime(words)
    except (ValueError, OverflowError):
        return None
    seconds = (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_REST)
