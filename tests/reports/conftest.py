"""The hand-made records, two that contradict each other and one full of markup, in an embedded store."""

from collections.abc import Iterator

import pytest
from asking.hand_made import records
from odd_records import contradicting, hostile

from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with EmbeddedStore(tmp_path_factory.mktemp("reports") / "store") as store:
        store.prepare()
        store.put([*(each for each in records() if each.article.id != "letters"), *contradicting(), hostile()])
        yield store
