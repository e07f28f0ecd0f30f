"""An empty store of either kind, and the same one opened again."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from neo4j_server import Server, emptied

from kg.stores.base import Store
from kg.stores.open import open_store

Opener = Callable[..., Store]


@pytest.fixture(params=["embedded", "neo4j"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opener]:
    """Open the test's own store, empty at first, as often as called; all are closed at the end."""
    address, login = str(tmp_path / "store"), {}
    if request.param == "neo4j":
        server: Server = request.getfixturevalue("neo4j")
        emptied(server)
        address, login = server.uri, {"user": server.username, "password": server.password}
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(open_store(address, **login | options))


@pytest.fixture
def store(opened: Opener) -> Store:
    """An empty store, prepared."""
    store = opened()
    store.prepare()
    return store
