"""The hand-made records of tests/asking in an embedded store, and the graph of all their events."""

from collections.abc import Iterator

import pytest
from asking.hand_made import records
from networkx import MultiDiGraph

from kg.exports import select
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with EmbeddedStore(tmp_path_factory.mktemp("exports") / "store") as store:
        store.prepare()
        store.put(records())
        yield store


@pytest.fixture(scope="session")
def graph(embedded: Store) -> MultiDiGraph:
    return select(embedded, modality="all")
