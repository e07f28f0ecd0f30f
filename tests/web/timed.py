"""A store that keeps how long each question to it may take."""

from collections.abc import Mapping
from typing import Any

from kg.model import Rows
from kg.stores.base import Store


class Timed:
    """Asks another store, and keeps the timeout of every query."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.timeouts: list[float | None] = []

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
        self.timeouts.append(timeout)
        return self._store.query(cypher, parameters, limit=limit, timeout=timeout, confined=confined)

    def all_end(self) -> bool:
        """Tell whether there was a query, and each had at most 30 seconds."""
        return bool(self.timeouts) and all(each is not None and 0 < each <= 30 for each in self.timeouts)
