"""What pages need again and again, read once while a store does not change."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from kg.stores.base import Store

SECONDS = 60.0
"""How long something is kept at most: what people judge may change it without being seen here."""

Read = TypeVar("Read")


class Remembered:
    """What was read of one store, until something is loaded into it or removed, and for `SECONDS` at most."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[str, tuple[object, float, Any]] = {}

    def read(self, what: str, store: Store, made: Callable[[Store], Read]) -> Read:
        """Return what a function reads of the store, or what it read before under the same name."""
        state, now = (store.last_change(), store.counts()), time.monotonic()
        with self._lock:
            known, end, value = self._kept.get(what, (None, 0.0, None))
        if known == state and now < end:
            found: Read = value
            return found
        found = made(store)
        with self._lock:
            self._kept[what] = (state, now + SECONDS, found)
        return found
