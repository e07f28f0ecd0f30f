"""Stores to serve: the hand-made records, and an article that gives orders."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from asking.hand_made import records
from disputed import disputed
from neo4j import GraphDatabase
from neo4j_server import Server
from orders import speaking
from pages import Pages
from web_runs import Api, Place, serving

from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore
from kg.stores.neo4j import Neo4jStore


def filled(store: Store) -> None:
    store.prepare()
    store.put([*records(), speaking()])


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Place:
    path = tmp_path_factory.mktemp("web") / "store"
    with EmbeddedStore(path) as store:
        filled(store)
    return Place(str(path))


@pytest.fixture
def database(neo4j: Server) -> Place:
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    with Neo4jStore(neo4j.uri, user=neo4j.username, password=neo4j.password) as store:
        filled(store)
    return Place(neo4j.uri, {"NEO4J_USERNAME": neo4j.username, "NEO4J_PASSWORD": neo4j.password})


@pytest.fixture(params=["folder", "database"])
def place(request: pytest.FixtureRequest) -> Place:
    return request.getfixturevalue(request.param)


@pytest.fixture
def nothing_loaded(tmp_path: Path) -> Place:
    with EmbeddedStore(tmp_path / "empty") as store:
        store.prepare()
    return Place(str(tmp_path / "empty"))


@pytest.fixture(scope="session")
def api(folder: Place) -> Iterator[Api]:
    """The HTTP API on loopback, without a token."""
    with serving(folder) as running:
        yield running


@pytest.fixture(scope="module")
def seeds_like(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Pages of a store in which one outlet denies what another tells, and one side answers the other."""
    with EmbeddedStore(tmp_path_factory.mktemp("denied") / "store") as store:
        store.prepare()
        store.put(disputed())
        yield Pages(store)
