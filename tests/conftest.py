"""The servers and stores that tests share."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import TypeVar

import pytest
from neo4j_server import NoServerError, OwnServer, Server, neo4j_server, own_server

Served = TypeVar("Served")


@pytest.fixture(scope="session")
def neo4j() -> Iterator[Server]:
    """A real Neo4j whose database tests may empty; without one they are skipped, which under CI is a failure."""
    yield from _served(neo4j_server())


@pytest.fixture(scope="module")
def own_neo4j() -> Iterator[OwnServer]:
    """A real Neo4j in a process that tests may stop and kill, which needs Java; without it as with `neo4j`."""
    yield from _served(own_server())


def _served(serving: AbstractContextManager[Served]) -> Iterator[Served]:
    try:
        server = serving.__enter__()
    except NoServerError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no Neo4j to test with: {reason}")
        pytest.skip(f"no Neo4j to test with: {reason}")
    try:
        yield server
    finally:
        serving.__exit__(None, None, None)
