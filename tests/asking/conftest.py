"""The hand-made records in either store."""

from collections.abc import Iterator

import pytest
from asking.hand_made import records
from neo4j import GraphDatabase
from neo4j_server import Server

from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore
from kg.stores.neo4j import Neo4jStore


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with EmbeddedStore(tmp_path_factory.mktemp("asking") / "store") as store:
        store.prepare()
        store.put(records())
        yield store


@pytest.fixture(scope="module")
def filled_neo4j(neo4j: Server) -> Iterator[Store]:
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    with Neo4jStore(neo4j.uri, user=neo4j.username, password=neo4j.password) as store:
        store.prepare()
        store.put(records())
        yield store


@pytest.fixture(params=["embedded", "filled_neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    return request.getfixturevalue(request.param)
