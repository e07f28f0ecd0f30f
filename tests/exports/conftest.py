"""The hand-made records of tests/asking, with hostile ones beside them, and the seeds, in embedded stores."""

from collections.abc import Iterator

import pytest
from asking.hand_made import records
from exports import hostile
from networkx import MultiDiGraph

from kg.asking.parts import Part, select
from kg.exports.network import network
from kg.model import Record
from kg.pipeline import extract
from kg.shelf import folder
from kg.sources import read
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


@pytest.fixture(scope="session")
def nothing(embedded: Store) -> Part:
    """A part without events."""
    return select(embedded, parameters={"from": "1900-01-01", "to": "1900-01-02"})


@pytest.fixture(scope="session")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The hand-made records, and one whose texts try to be more than text."""
    with EmbeddedStore(tmp_path_factory.mktemp("hostile") / "store") as store:
        store.prepare()
        store.put((*records(), hostile.record()))
        yield store


@pytest.fixture(scope="session")
def hostile_part(hostile_store: Store) -> Part:
    """All of that store."""
    return select(hostile_store, parameters={"modality": "all", "standing": "all"})


@pytest.fixture(scope="session")
def seeds() -> tuple[Record, ...]:
    """The articles of seeds/, as kg reads them."""
    return tuple(item for item in extract(read([str(folder("seeds"))])) if isinstance(item, Record))


@pytest.fixture(scope="session")
def seeds_store(seeds: tuple[Record, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """All of them in a store."""
    with EmbeddedStore(tmp_path_factory.mktemp("seeds") / "store") as store:
        store.prepare()
        store.put(seeds)
        yield store


@pytest.fixture(scope="session")
def seeds_part(seeds_store: Store) -> Part:
    """All of that store."""
    return select(seeds_store, parameters={"modality": "all", "standing": "all"})
