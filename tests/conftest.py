"""The servers and stores that tests share."""

import os
from collections.abc import Iterator

import pytest
from neo4j_server import NoServerError, Server, neo4j_server


@pytest.fixture(scope="session")
def neo4j() -> Iterator[Server]:
    """A real Neo4j whose database tests may empty; without one they are skipped, which under CI is a failure."""
    serving = neo4j_server()
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
