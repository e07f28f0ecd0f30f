"""The hand-made records of tests/asking in an embedded store, all its events, and the network of them."""

from collections.abc import Iterator

import pytest
from asking.hand_made import records
from networkx import MultiDiGraph

from kg.asking.parts import Part, select
from kg.exports.network import network
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with EmbeddedStore(tmp_path_factory.mktemp("exports") / "store") as store:
        store.prepare()
        store.put(records())
        yield store


@pytest.fixture(scope="session")
def part(embedded: Store) -> Part:
    return select(embedded, modality="all")


@pytest.fixture(scope="session")
def graph(part: Part) -> MultiDiGraph:
    return network(part)
