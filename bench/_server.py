"""A Neo4j of our own, as the tests start it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Protocol

from kg.errors import KgError

_FILE = Path(__file__).resolve().parents[1] / "tests" / "neo4j_server.py"


class Server(Protocol):
    """Where a Neo4j listens, and who may enter."""

    uri: str
    username: str
    password: str


class OwnServer(Protocol):
    """A Neo4j in a process of ours."""

    server: Server

    @property
    def pid(self) -> int:
        """The process."""

    def start(self) -> None:
        """Start the process and wait until it takes connections."""

    def kill(self) -> None:
        """End the process as a power cut would."""


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """Yield a running server with an empty database. Raises KgError, with the reason, where none can be had."""
    tests = _module()
    serving = tests.own_server(small=False)
    try:
        own = serving.__enter__()
    except tests.NoServerError as error:
        raise KgError(f"no Neo4j to measure with: {error}") from error
    try:
        yield own
    finally:
        serving.__exit__(None, None, None)


def emptied(server: Server) -> None:
    """Take every node out of the server's database."""
    _module().emptied(server)


def login(server: Server) -> dict[str, str]:
    """Return the settings, as variables of the environment, with which kg enters a server."""
    return {"KG_STORE": server.uri, "NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}


def _module() -> Any:
    if _FILE.stem not in sys.modules:
        spec = spec_from_file_location(_FILE.stem, _FILE)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[_FILE.stem] = module = module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules[_FILE.stem]
