"""A store whose questions come to an end."""

import time
from collections.abc import Mapping
from typing import Any, cast

from kg.model import Rows
from kg.stores.base import Store
from kg.stores.faults import out_of_time

_SHORTEST = 0.1  # seconds that a query gets at least


def within(store: Store, seconds: float) -> Store:
    """Return a view of a store for so many seconds: all its queries together end in them.

    A query that is given a timeout of its own has that. Raises QueryError, from `query`, where the seconds are over.
    """
    return cast(Store, _Within(store, seconds))


class _Within:
    """A store until a moment; what it does not do itself the store does."""

    def __init__(self, store: Store, seconds: float) -> None:
        self._store = store
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        confined: bool = False,
    ) -> Rows:
        """Run a Cypher text as the store does, in the time that is left."""
        left = self._end - time.monotonic()
        if timeout is None and left <= 0:
            raise out_of_time(self._seconds)
        given = max(_SHORTEST, round(left, 1)) if timeout is None else timeout
        return self._store.query(cypher, parameters, limit=limit, timeout=given, confined=confined)
