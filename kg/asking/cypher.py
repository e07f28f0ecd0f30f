"""A Cypher text of the user's own, run without writing anything."""

from collections.abc import Mapping

from kg.asking.questions import parameters_used
from kg.errors import QueryError
from kg.model import Rows, Value
from kg.stores.base import Store

DEFAULT_LIMIT = 1000
DEFAULT_TIMEOUT = 30.0


def run(
    store: Store,
    text: str,
    parameters: Mapping[str, Value],
    *,
    limit: int | None = None,
    timeout: float | None = None,
) -> Rows:
    """Return the rows of a text that reads: without a limit at most 1000, within 30 seconds unless told.

    Raises QueryError where a parameter is missing, and as `Store.query` does.
    """
    for name in sorted(parameters_used(text) - parameters.keys()):
        raise QueryError(f"the Cypher text uses ${name}; give it with -p {name}=VALUE")
    return store.query(
        text,
        parameters,
        limit=DEFAULT_LIMIT if limit is None else limit,
        timeout=DEFAULT_TIMEOUT if timeout is None else timeout,
        confined=True,
    )
