"""The store that an address names."""

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.stores.base import PATIENCE, Store

if TYPE_CHECKING:
    from kg.stores.migrations.base import OldStore

_SCHEMES = frozenset({"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"})


def open_store(
    address: str,
    *,
    user: str = "neo4j",
    password: str | None = None,
    database: str | None = None,
    read_only: bool = False,
    patience: float = PATIENCE,
) -> Store:
    """Return the store at an address: a folder, or a Neo4j told by its scheme. It connects with the first use.

    `patience` is how many seconds it waits where a server goes away later on.

    Raises UsageError where the address is of neither kind, or holds a password.
    """
    if _is_folder(address):
        from kg.stores.embedded import EmbeddedStore

        return EmbeddedStore(Path(address).expanduser(), read_only=read_only)
    _check(address)
    from kg.stores.neo4j import Neo4jStore

    return Neo4jStore(address, user=user, password=password, database=database, read_only=read_only, patience=patience)


def open_old_store(
    address: str,
    *,
    user: str = "neo4j",
    password: str | None = None,
    database: str | None = None,
    read_only: bool = False,
    patience: float = PATIENCE,
) -> "OldStore":
    """Return the store at an address, whatever its schema, to be brought forward; raises what `open_store` does."""
    if _is_folder(address):
        from kg.stores.migrations.embedded import OldEmbeddedStore

        return OldEmbeddedStore(Path(address).expanduser(), read_only=read_only)
    _check(address)
    from kg.stores.migrations.neo4j import OldNeo4jStore

    return OldNeo4jStore(address, user=user, password=password, database=database, patience=patience)


def _is_folder(address: str) -> bool:
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", address) is None


def _check(address: str) -> None:
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise UsageError(f"{address} is no address: {error}; write bolt://HOST:7687") from error
    if parts.scheme.lower() not in _SCHEMES:
        raise UsageError(
            f"no store at {parts.scheme}:// addresses; name a folder, or one of {', '.join(sorted(_SCHEMES))}"
        )
    if "@" in parts.netloc:
        host = parts.netloc.rpartition("@")[2]
        raise UsageError(
            f"the address {parts.scheme}://{host} came with a user or a password; set NEO4J_USERNAME and NEO4J_PASSWORD"
        )
