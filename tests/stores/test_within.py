"""Questions to a store come to an end: all of one view together, and those that wait for others too."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking.hand_made import records

from kg.errors import QueryError
from kg.stores.embedded import EmbeddedStore
from kg.stores.within import within

LONG = "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 300) AS c RETURN count(*) AS n"
SHORT = "RETURN 1 AS n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(tmp_path_factory.mktemp("within") / "store") as found:
        found.prepare()
        found.put(records())
        yield found


def test_view_does_what_the_store_does(store: EmbeddedStore) -> None:
    view = within(store, 30)
    assert view.address == store.address
    assert view.counts() == store.counts()
    assert view.query(SHORT) == store.query(SHORT)
    assert view.record("letters") == store.record("letters")


def test_long_query_ends_in_time(store: EmbeddedStore) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"ran out of its 0\.5 seconds"):
        within(store, 0.5).query(LONG)
    assert time.monotonic() - begun < 10


def test_queries_share_the_seconds(store: EmbeddedStore) -> None:
    view = within(store, 0.2)
    view.query(SHORT)
    time.sleep(0.3)
    with pytest.raises(QueryError, match="ran out"):
        view.query(SHORT)
    assert view.query(SHORT, timeout=5).rows == ((1,),)


def test_waiting_for_another_query_counts(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        store.prepare()
        store.put(records())
        store.query(SHORT)
        started = threading.Event()

        def other() -> None:
            started.set()
            with pytest.raises(QueryError):
                store.query(LONG, timeout=3)

        busy = threading.Thread(target=other)
        busy.start()
        started.wait()
        time.sleep(0.2)
        begun = time.monotonic()
        with pytest.raises(QueryError, match="ran out"):
            store.query(SHORT, timeout=0.3)
        assert time.monotonic() - begun < 2
        busy.join()
