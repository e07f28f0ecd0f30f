"""kg reads news articles into a graph of political events in which every edge leads back to its source."""

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.library import Graph

__all__ = ["__version__", "open"]

__version__ = version("kg")


def open(
    address: str | None = None, *, user: str | None = None, password: str | None = None, database: str | None = None
) -> "Graph":
    """Return the graph at an address, a folder or a Neo4j, to be asked and closed; it connects with the first use.

    What is not given is as the settings say (`kg config show`). Raises UsageError where a setting is wrong or the
    address names no kind of store.
    """
    from kg.library import opened

    return opened(address, user=user, password=password, database=database)
